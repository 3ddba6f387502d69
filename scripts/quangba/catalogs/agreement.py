"""
Agreement: put a term into a sentence and make the words around it agree with it.

A draft is made with a slot where the term belongs. The words beside the slot were chosen for the
slot, not for the term: French articles and elisions, Korean particles, English “a” and “an”,
blanks in Chinese and Japanese. Words further away are left to people.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from quangba.source.text import unaccent

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

OPENING = r"[*_~«“‘\"(\[「『《〈\u00a0\ue000-\uf8ff]*(?:(?<=«) )?"
"""What may stand between an article and its noun: emphasis, quotation marks, marks of drafts."""

CLOSING = r"[*_~»”’\"'\])」』》〉\ue000-\uf8ff]*"
"""What may stand between a Korean noun and its particle."""

# French

ARTICLE = re.compile(
    r"(?<![\w-])(?P<word>de la |de l['’] ?|à la |à l['’] ?|du |des |aux? |"
    r"l(?:a|es?) |l['’] ?|de |d['’] ?|à |"
    r"(?:dans|sur|vers|depuis|par|avec|entre|pour|chez) |"
    r"ce(?:t|tte|s)? |une? |[mst](?:on|a|es) |"
    r"(?:lors|puis|quoi|jus)?qu(?:e |['’] ?)|[nsmt](?:e |['’] ?))"
    rf"(?P<between>{OPENING})$",
    re.IGNORECASE,
)
"""A French word before a slot that depends on gender, number or first sound of what follows."""

PREPOSITIONS = ("à", "dans", "sur", "vers", "depuis", "par", "avec", "entre", "pour", "chez")
"""Words after which a proper name keeps the article that its kind of place has."""

ARTICLES = {"m": "le ", "f": "la ", "mp": "les ", "fp": "les "}
CONTRACTIONS = {"de le ": "du ", "de les ": "des ", "à le ": "au ", "à les ": "aux "}
DEMONSTRATIVES = {"m": "ce ", "f": "cette ", "mp": "ces ", "fp": "ces "}
INDEFINITES = {"m": "un ", "f": "une ", "mp": "des ", "fp": "des "}
POSSESSIVES = {"m": "on ", "f": "a ", "mp": "es ", "fp": "es "}

ASPIRATED = re.compile(
    r"h(?:a(?:che|ie|ine|ir|ll|lte|meau|ndicap|ngar|nse|rdi|ricot|rpe|sard|usse|ut|vre)|"
    r"é(?:ron|ros\b|risson)|iérarchie|ibou|ollande|omard|ongrie|onte|ors|ublot|uit|utte)"
)
"""French words whose h bars elision; in the others it is mute."""

ELIDED_NAMES = ("ha", "hoa")
"""Vietnamese syllables with h that elide: “baie d’Ha Long”, but “de Hai Phong”, “de Hanoï”."""

# Korean

PARTICLES = re.compile(
    rf"(?P<closing>{CLOSING})(?P<blank> (?=[은는을를](?![가-힣])))?"
    r"(?:(?P<topic>[은는])(?![가-힣])|(?P<object>[을를])(?![가-힣])|"
    r"(?P<subject>[이가])(?![가-힣])|"
    r"(?P<with>[과와])(?=(?:의|는|도)?(?![가-힣]))|"
    r"(?P<toward>으?로)(?=(?:의|는|도|만|부터|서|써|서의)?(?![가-힣]))|"
    r"(?P<called>이?라)(?=(?:고|는|며|서|도)?(?![가-힣]))|"
    r"(?P<or>이?나)(?![가-힣])|(?P<and>이?며)(?![가-힣])|(?P<calling>[아야])(?![가-힣]))"
)
"""A particle whose form depends on the last sound of the word before it."""

FORMS = {
    "topic": ("은", "는"),
    "object": ("을", "를"),
    "subject": ("이", "가"),
    "with": ("과", "와"),
    "toward": ("으로", "로"),
    "called": ("이라", "라"),
    "or": ("이나", "나"),
    "and": ("이며", "며"),
    "calling": ("아", "야"),
}
"""Forms after a final consonant and after a vowel."""

FINALS = {
    **dict.fromkeys("036mnpbc", "ㄴ"),
    **dict.fromkeys("178l", "ㄹ"),
}
"""Last digits and letters that Koreans read with a final consonant: 0 영, 1 일, 6 육."""

SPELLED = {"L": "ㄹ", "R": "ㄹ", "M": "ㄴ", "N": "ㄴ"}
"""Letters whose Korean names end in a consonant: 엘, 알, 엠, 엔."""

# English

SPELLED_WITH_VOWEL = "FHLMNRSX"
"""Consonants whose English names begin with a vowel: “an FDI project”."""

LIKE_YOU = re.compile(
    r"(?:uni(?!n|m)|unesco|us[aeu]|ut[ei]|eu|u[ks]?\b|ubiq)|one\b|once\b", re.IGNORECASE
)
MUTE_H = re.compile(r"(?:hour|honest|honou?r|heir)", re.IGNORECASE)

# Chinese and Japanese

CJK = "\u2e80-\u2fff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef，。、；：！？（）「」"

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def place(text: str, slot: str, form: str, language: str, french: str = "") -> str:
    """
    Put a term into the place of every occurrence of a slot, a character.

    ``french`` is the term's gender and number there (``m``, ``f``, ``mp``, ``fp``), empty for a
    name that takes no article.

    >>> place('Près de la ▢, le soir', '▢', 'port Ao Tiên', 'fr', 'm')
    'Près du port Ao Tiên, le soir'
    >>> place('▢은 아름답다', '▢', '하롱베이', 'ko')
    '하롱베이는 아름답다'
    >>> place('a ▢', '▢', 'economic zone', 'en')
    'an economic zone'
    """
    agree = AGREEMENTS.get(language)
    if agree is None:
        return text.replace(slot, form)
    done, *parts = text.split(slot)
    for part in parts:
        before, after = agree(done, part, form, french)
        done = before + form + after
    return done


# French


def agree_french(before: str, after: str, form: str, gender: str) -> tuple[str, str]:
    """Make article, preposition and elision before a French term agree."""
    match = ARTICLE.search(before)
    if match is None:
        return before, after
    old = match["word"]
    new = french_word(old.lower().replace("'", "’").replace("’ ", "’"), form, gender)
    if old[0].isupper():
        new = new[:1].upper() + new[1:]
    return before[: match.start()] + new + match["between"], after


def french_word(word: str, form: str, gender: str) -> str:
    """
    Return what a word before a term becomes, with its blank or apostrophe.

    >>> french_word('de la ', 'Móng Cái', ''), french_word('du ', 'baie d’Ha Long', 'f')
    ('de ', 'de la ')
    """
    vowel = elides(form)
    stem = word.rstrip(" ’")
    if stem in ("le", "la", "les", "l"):
        return article(gender, vowel)
    if stem in ("de la", "de l", "du"):
        return with_article("de ", gender, vowel)
    if stem in ("à la", "à l", "au", "aux"):
        return with_article("à ", gender, vowel)
    if stem == "des":
        return with_article("de ", gender, vowel)
    if stem in ("de", "d"):
        return with_article("de ", gender if is_name(form) else "", vowel)
    if stem in PREPOSITIONS:
        return with_article(f"{stem} ", gender if is_name(form) else "", vowel)
    if stem in ("ce", "cet", "cette", "ces"):
        return demonstrative(stem, gender, vowel)
    if stem in ("un", "une") and gender:
        return INDEFINITES[gender]
    if stem[1:] in ("on", "a", "es") and stem[0] in "mst" and gender:
        return stem[0] + ("on " if gender == "f" and vowel else POSSESSIVES[gender])
    return elided(stem, vowel)


def article(gender: str, vowel: bool) -> str:
    """Return the definite article of a term; a name without gender has none."""
    if not gender:
        return ""
    return "l’" if vowel and gender in ("m", "f") else ARTICLES[gender]


def demonstrative(word: str, gender: str, vowel: bool) -> str:
    """Return “ce”, “cet”, “cette” or “ces”; a name without gender keeps the draft's choice."""
    if gender not in ("", "m") or (word in ("cette", "ces") and not gender):
        return DEMONSTRATIVES.get(gender, f"{word} ")
    return "cet " if vowel else "ce "


def with_article(preposition: str, gender: str, vowel: bool) -> str:
    """
    Return a preposition and the article of a term.

    >>> with_article('de ', 'mp', False), with_article('à ', 'f', True)
    ('des ', 'à l’')
    """
    following = article(gender, vowel)
    if not following:
        return elided(preposition.strip(), vowel)
    return CONTRACTIONS.get(preposition + following, preposition + following)


def elided(stem: str, vowel: bool) -> str:
    """
    Return a word with or without its last e, as the next sound asks.

    >>> elided('de', True), elided('qu', False), elided('jusqu', True)
    ('d’', 'que ', 'jusqu’')
    """
    short = stem[:-1] if stem.endswith("e") else stem
    if short.endswith("qu") or (len(short) == 1 and short in "dnsmt"):
        return f"{short}’" if vowel else f"{short}e "
    return f"{stem} "


def elides(form: str) -> bool:
    """
    Tell whether a French word before the form loses its vowel.

    >>> [elides(form) for form in ('Ha Long', 'Hai Phong', 'hôtel', 'hameau', 'Yên Tu', 'île')]
    [True, False, True, False, False, True]
    """
    first = re.search(r"[^\W_]+", form)
    if first is None:
        return False
    word = first[0]
    plain = unaccent(word).lower()
    if plain.startswith("h"):
        if word[0].isupper():
            return plain in ELIDED_NAMES
        return not ASPIRATED.match(word.lower())
    return plain[0] in "aeiouœæ" and plain not in ("onze", "oui", "un")


def is_name(form: str) -> bool:
    """Tell whether a form names one thing, as “baie d’Ha Long” and unlike “visa” or “IDE”."""
    words = re.findall(r"[^\W_]+", re.sub(r"\(.*?\)", "", form))
    return any(word[0].isupper() and not word.isupper() for word in words)


# Korean


def agree_korean(before: str, after: str, form: str, gender: str) -> tuple[str, str]:
    """Give the particle after a Korean term the form that its last sound asks for."""
    match = PARTICLES.match(after)
    if match is None or match.lastgroup is None:
        return before, after
    final = final_sound(form)
    if final is None:
        return before, after
    kind = match.lastgroup
    closed, opened = FORMS[kind]
    # After ㄹ, 로 keeps its short form: 서울로.
    chosen = opened if not final or (kind == "toward" and final == "ㄹ") else closed
    return before, match["closing"] + chosen + after[match.end() :]


def final_sound(form: str) -> str | None:
    """
    Return the final consonant of a form as Koreans read it: “” for a vowel, None when unknown.

    ㄴ stands for every consonant but ㄹ. What stands in brackets is not counted.

    >>> [final_sound(form) for form in ('꽝닌', '재팬데스크(꽝닌)', '호텔', 'FDI')]
    ['ㄴ', '', 'ㄹ', '']
    """
    outside = re.sub(r"[(（\[][^()（）\[\]]*[)）\]]\W*$", "", form)
    letters = re.findall(r"[^\W_]+", outside if re.search(r"[^\W_]", outside) else form)
    if not letters:
        return None
    word = letters[-1]
    last = unaccent(word[-1])
    if "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
        return {0: "", 8: "ㄹ"}.get(final, "ㄴ")
    if not last.isascii():
        return None
    if word.isupper() and last.isalpha():
        return SPELLED.get(last.upper(), "")
    return "ㄴ" if unaccent(word).lower().endswith("ng") else FINALS.get(last.lower(), "")


# English


def agree_english(before: str, after: str, form: str, gender: str) -> tuple[str, str]:
    """Choose “a” or “an” before an English term."""
    match = re.search(rf"(?<![\w’'-])(?P<word>an?) (?P<between>{OPENING})$", before, re.IGNORECASE)
    if match is None:
        return before, after
    word = match["word"][0] + ("n" if begins_with_vowel(form) else "")
    return f"{before[: match.start()]}{word} {match['between']}", after


def begins_with_vowel(form: str) -> bool:
    """
    Tell whether an English form begins with a vowel when it is read.

    >>> [begins_with_vowel(form) for form in ('hour', 'unit', 'FDI', 'SIPAS', 'OCOP', 'Uong Bi')]
    [True, False, True, False, True, True]
    """
    first = re.search(r"[^\W_]+", form)
    if first is None:
        return False
    word = unaccent(first[0])
    if word.isdigit():
        return word.startswith("8") or word in ("11", "18")
    if word.isupper() and len(word) > 1 and word[0] in SPELLED_WITH_VOWEL:
        return word[1] not in "AEIOU"
    if MUTE_H.match(word):
        return True
    return word[0].lower() in "aeiou" and not LIKE_YOU.match(word)


# Chinese and Japanese


def agree_unspaced(before: str, after: str, form: str, gender: str) -> tuple[str, str]:
    """Take away blanks between a term and Chinese or Japanese text."""
    if re.search(rf"[{CJK}] +$", before) or (is_cjk(form[0]) and before.endswith(" ")):
        before = before.rstrip(" ")
    if re.match(rf" +[{CJK}]", after) or (is_cjk(form[-1]) and after.startswith(" ")):
        after = after.lstrip(" ")
    return before, after


def is_cjk(character: str) -> bool:
    """Tell whether a character is written without blanks around it."""
    return bool(re.match(f"[{CJK}]", character))


AGREEMENTS: dict[str, Callable[[str, str, str, str], tuple[str, str]]] = {
    "fr": agree_french,
    "ko": agree_korean,
    "en": agree_english,
    "zh": agree_unspaced,
    "ja": agree_unspaced,
}
"""By language: what stands before and after a slot, form, French gender → the two parts."""
