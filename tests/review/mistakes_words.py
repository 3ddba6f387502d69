"""Mistakes in terms and names, in the language and in the script of a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from random import Random

from mistakes import HIDDEN, Corpus, Text, doubtful, mistake, other_than, pick, sentences

from quangba.catalogs.glossary import Match
from quangba.catalogs.terms import Rule

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

NAMES = ("place", "heritage", "transport")
"""Kinds of terms that are names."""

OLD = {
    "Hạ Long": "city",
    "Móng Cái": "city",
    "Cẩm Phả": "city",
    "Uông Bí": "city",
    "Đông Triều": "city",
    "Vân Đồn": "district",
    "Cô Tô": "district",
    "Tiên Yên": "district",
    "Bình Liêu": "district",
    "Hải Hà": "district",
}
"""What places were until 1 July 2025."""

OLD_FORMS = {
    "en": {"city": "{} City", "district": "{} District"},
    "zh": {"city": "{}市", "district": "{}县"},
    "ja": {"city": "{}市", "district": "{}県"},
    "ko": {"city": "{}시", "district": "{}현"},
    "fr": {"city": "la ville de {}", "district": "le district de {}"},
}

TRADITIONAL = dict(
    zip(
        "广龙湾云门东国边关护际证岛时间发电经济区实应观县对转单团价历乐险验检铁权两带变亚开长书见问运过线资业车",
        "廣龍灣雲門東國邊關護際證島時間發電經濟區實應觀縣對轉單團價歷樂險驗檢鐵權兩帶變亞開長書見問運過線資業車",
        strict=True,
    )
)
"""Simplified characters and what Taiwan and Hong Kong write."""

SHINJITAI = dict(
    zip(
        "广龙边关发经应实观县对转单团价历乐险验检铁权两带变亚气图泽",
        "広竜辺関発経応実観県対転単団価歴楽険験検鉄権両帯変亜気図沢",
        strict=True,
    )
)
"""Simplified characters and what Japan writes."""

SIMPLIFIED = dict(
    zip(
        "時間門東見運過書問長電線証開関際観楽資業経済険発対転検鉄権両帯変気図島車陸駅語説",
        "时间门东见运过书问长电线证开关际观乐资业经济险发对转检铁权两带变气图岛车陆驿语说",
        strict=True,
    )
)
"""What Japan writes and what China does."""

KYUJITAI = dict(
    zip(
        "国広会経済発対転鉄権両帯変気図観楽県区団",
        "國廣會經濟發對轉鐵權兩帶變氣圖觀樂縣區團",
        strict=True,
    )
)
"""What Japan writes and what it wrote until 1946."""

LOOKALIKES = {
    "en": dict(zip("aeopcxy", "аеорсху", strict=True)),
    "fr": dict(zip("aeopcxy", "аеорсху", strict=True)),
    "ja": dict(zip("カニロハタエー", "力二口八夕工一", strict=True)),
    "zh": dict(zip("GRDPEC", "GRDРЕС", strict=True)),
    "ko": dict(zip("GRDPEC", "GRDРЕС", strict=True)),
}
"""Letters and what looks like them in another script."""

NEGATIONS = {
    "en": ((r"(?:do|does|did|is|are|has|have|can|must) not ", ""), (r"\bno\b ", "")),
    "fr": ((r"\b(?:ne |n’)(\w+) (?:pas|plus) ?", r"\1 "),),
    "zh": ((r"不是", "是"), (r"不(?=在|得|能|可|会|开|含|属|列)", ""), ("尚未|没有|禁止", "")),
    "ja": ((r"いません", "います"), (r"しません", "します"), ("ではありません", "です")),
    "ko": (
        (r"지 않습니다", "ㅂ니다"),
        (r"하지 마십시오", "하십시오"),
        (r"[이가] 아닙니다", "입니다"),
    ),
}

AFFIRMATIONS = {
    "en": ((r"\b(is|are|can|must)\b(?! not)", r"\1 not"),),
    "fr": ((r"\best\b", "n’est pas"), (r"\bpeut\b", "ne peut pas")),
    "zh": (("可以", "不可以"), (r"(?<![不也都就还])是(?=[一广越国])", "不是")),
    "ja": ((r"です。", "ではありません。"), (r"できます。", "できません。")),
    "ko": ((r"있습니다", "없습니다"), (r"입니다", "이 아닙니다")),
}

SOURCE_NEGATIVE = re.compile(
    r"\b(?:không|chưa|chẳng|đừng|cấm|ngoài|trừ|hết|miễn|thiếu|chỉ)\b", re.I
)

VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.I)

HAN = re.compile("[\u4e00-\u9fff]")

# ----------------------------------------------------------------------------
# Terms
# ----------------------------------------------------------------------------


@mistake
def term_replaced(random: Random, text: Text, corpus: Corpus) -> str | None:
    """Another term of the same field."""
    return with_other_term(random, text, corpus, names=False)


@mistake
def name_replaced(random: Random, text: Text, corpus: Corpus) -> str | None:
    return with_other_term(random, text, corpus, names=True)


@mistake
def name_misspelt(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, names_of(text, corpus))
    if not found:
        return None
    name = text.target[found.start : found.end]
    at = random.choice([i for i, char in enumerate(name) if char.isalpha()])
    if text.language in ("en", "fr"):
        ways = (name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:])
        new = random.choice(ways)
        if new.casefold() == name.casefold():
            return None
    else:
        rest = "".join(
            form for t in corpus.glossary.terms for form in t.forms.get(text.language, ())
        )
        same = [c for c in rest if c != name[at] and script_of(c) == script_of(name[at])]
        new = name[:at] + (pick(random, same) or "") + name[at + 1 :]
    known = {form for t in corpus.glossary.terms for form in t.forms.get(text.language, ())}
    if any(form in new for form in found.term.accepted(text.language)):
        # “Sa Vi CCape”: the name itself is right.
        return None
    return None if new in known else text.change((found.start, found.end), new)


@mistake
def name_dropped(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, names_of(text, corpus))
    if not found or len(text.target) < 2 * (found.end - found.start):
        return None
    return text.change((found.start, found.end), "").replace("  ", " ").strip()


@mistake
def term_dropped(random: Random, text: Text, corpus: Corpus) -> str | None:
    terms = [match for match in corpus.owed(text) if match.term.kind not in NAMES]
    found = pick(random, terms)
    if not found or len(text.target) < 2 * (found.end - found.start):
        return None
    return text.change((found.start, found.end), "").replace("  ", " ").strip()


@mistake
def name_in_vietnamese(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, names_of(text, corpus))
    if not found:
        return None
    said = next(m for m in corpus.glossary.matches(text.source, "vi") if m.term == found.term)
    name = text.source[said.start : said.end]
    known = found.term.accepted(text.language)
    return None if name in known else text.change((found.start, found.end), name)


@mistake
def name_in_other_language(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, names_of(text, corpus))
    if not found:
        return None
    language = other_than(random, ("en", "zh", "ja", "ko", "fr"), text.language)
    name = found.term.preferred(language)
    if not name or name.casefold() in (
        form.casefold() for form in found.term.accepted(text.language)
    ):
        return None
    return text.change((found.start, found.end), name)


@mistake
def forbidden_form(random: Random, text: Text, corpus: Corpus) -> str | None:
    ways = []
    for term in corpus.glossary.terms:
        if term.rule is Rule.FORBIDDEN:
            for match in corpus.owed(text):
                if set(match.term.forms["vi"]) & set(term.forms["vi"]):
                    ways += [(match, form) for form in term.forms.get(text.language, ())]
    way = pick(random, ways)
    return way and text.change((way[0].start, way[0].end), way[1])


@mistake
def old_unit(random: Random, text: Text, corpus: Corpus) -> str | None:
    if re.search("thành phố|huyện|thị xã", text.source):
        return None
    places = [m for m in corpus.owed(text) if m.term.forms["vi"][0] in OLD]
    found = pick(random, places)
    if not found:
        return None
    form = OLD_FORMS[text.language][OLD[found.term.forms["vi"][0]]]
    name = text.target[found.start : found.end]
    if name.endswith("）"):
        return None
    if text.language == "fr" and name.startswith("H"):
        form = form.replace("de {}", "d’{}")
    return text.change((found.start, found.end), form.format(name))


@mistake
def kept_changed(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches(r"\b(?:OCOP|PCI|PGI|SIPAS)\b"))
    if not found or found[0] not in text.source:
        return None
    at = random.randrange(len(found[0]))
    return text.change(found, found[0][:at] + found[0][at + 1 :])


# ----------------------------------------------------------------------------
# Language
# ----------------------------------------------------------------------------


@mistake
def source_copied(random: Random, text: Text, corpus: Corpus) -> str | None:
    words = text.source.split()
    return text.source if len(words) > 2 and VIETNAMESE.search(text.said) else None


@mistake
def source_sentence_left(random: Random, text: Text, corpus: Corpus) -> str | None:
    return with_sentence(random, text, text.source)


@mistake
def source_sentence_without_accents(random: Random, text: Text, corpus: Corpus) -> str | None:
    """An old program stores Vietnamese in ASCII."""
    plain = unicodedata.normalize("NFD", text.source.replace("đ", "d").replace("Đ", "D"))
    return with_sentence(random, text, re.sub("[\u0300-\u036f]", "", plain))


@mistake
def half_in_vietnamese(random: Random, text: Text, corpus: Corpus) -> str | None:
    if not text.long or HIDDEN in text.words + text.said:
        return None
    words = text.source.split()
    rest = " ".join(words[len(words) // 2 :])
    size = len(text.target) // 2
    kept = text.target[:size] if text.wide else text.target[:size].rpartition(" ")[0]
    return f"{kept} {rest}" if VIETNAMESE.search(rest) else None


@mistake
def vietnamese_word_left(random: Random, text: Text, corpus: Corpus) -> str | None:
    words = [
        w for w in re.findall(r"[^\W\d_]{3,}", text.said) if VIETNAMESE.search(w) and w.islower()
    ]
    word = pick(random, words)
    found = pick(random, text.matches(r"[\u4e00-\u9fff]{2}" if text.wide else r"[^\W\d_]{4,}"))
    return text.change(found, word) if word and found and word not in text.target else None


@mistake
def other_language(random: Random, text: Text, corpus: Corpus) -> str | None:
    other = pick(random, others(text, corpus))
    if not other or not text.long or (HAN.search(text.target) and not text.wide):
        return None
    return other.target


@mistake
def sentence_of_other_language(random: Random, text: Text, corpus: Corpus) -> str | None:
    other = pick(random, others(text, corpus))
    return with_sentence(random, text, other.target) if other else None


@mistake
def english_word_left(random: Random, text: Text, corpus: Corpus) -> str | None:
    english = corpus.translated(text, "en")
    if text.language in ("en", "fr") or not english:
        return None
    word = pick(random, [match[0] for match in english.matches(r"\b[a-z]{4,}\b")])
    found = pick(random, text.matches(r"[\u4e00-\u9fff]{2}" if text.wide else r"[가-힣]{2,}"))
    return text.change(found, word) if word and found and word not in text.source else None


# ----------------------------------------------------------------------------
# Script
# ----------------------------------------------------------------------------


@mistake
def traditional_characters(random: Random, text: Text, corpus: Corpus) -> str | None:
    return swap_all(text, TRADITIONAL) if text.language == "zh" else None


@mistake
def traditional_character(random: Random, text: Text, corpus: Corpus) -> str | None:
    return swap_one(random, text, TRADITIONAL) if text.language == "zh" else None


@mistake
def japanese_character_in_chinese(random: Random, text: Text, corpus: Corpus) -> str | None:
    return swap_one(random, text, SHINJITAI) if text.language == "zh" else None


@mistake
def kana_in_chinese(random: Random, text: Text, corpus: Corpus) -> str | None:
    return (
        swap_one(random, text, {"的": "の", "和": "と", "在": "で", "、": "や"})
        if text.language == "zh"
        else None
    )


@mistake
def hangul_in_japanese(random: Random, text: Text, corpus: Corpus) -> str | None:
    return (
        swap_one(random, text, {"の": "의", "は": "는", "で": "에서"})
        if text.language == "ja"
        else None
    )


@mistake
def simplified_in_japanese(random: Random, text: Text, corpus: Corpus) -> str | None:
    return swap_one(random, text, SIMPLIFIED) if text.language == "ja" else None


@mistake
def old_character_in_japanese(random: Random, text: Text, corpus: Corpus) -> str | None:
    return swap_one(random, text, KYUJITAI) if text.language == "ja" else None


@mistake
def kana_in_korean(random: Random, text: Text, corpus: Corpus) -> str | None:
    return (
        swap_one(random, text, {"의": "の", "는": "は", "에서": "で"})
        if text.language == "ko"
        else None
    )


@mistake
def han_in_korean(random: Random, text: Text, corpus: Corpus) -> str | None:
    words = {
        "관광": "觀光",
        "국제": "國際",
        "정보": "情報",
        "여행": "旅行",
        "경제": "經濟",
        "국경": "國境",
    }
    return swap_one(random, text, words) if text.language == "ko" else None


@mistake
def lookalike(random: Random, text: Text, corpus: Corpus) -> str | None:
    changed = {a: b for a, b in LOOKALIKES[text.language].items() if a != b}
    return swap_one(random, text, changed)


@mistake
def replacement_character(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches(rf"[^\W\d_{HIDDEN}]"))
    return found and text.change(found, "\ufffd")


@mistake
def question_marks_for_letters(random: Random, text: Text, corpus: Corpus) -> str | None:
    """An encoding without the letters writes question marks."""
    found = pick(random, text.matches(r"(?<=[^\W\d_])(?![a-zA-Z])[^\W\d_]{1,2}(?=[^\W\d_])"))
    return found and text.change(found, "?" * len(found[0]))


@mistake
def zero_width(random: Random, text: Text, corpus: Corpus) -> str | None:
    return inserted(random, text, "\u200b\ufeff\u2060\u00ad\u200c")


@mistake
def bidirectional_control(random: Random, text: Text, corpus: Corpus) -> str | None:
    return inserted(random, text, "\u200e\u200f\u202a\u202e\u2066\u2069")


@mistake
def private_use(random: Random, text: Text, corpus: Corpus) -> str | None:
    return inserted(random, text, "\ue000\ue100\ue200\uf8ff")


@mistake
def decomposed(random: Random, text: Text, corpus: Corpus) -> str | None:
    return unicodedata.normalize("NFD", text.target)


@mistake
def mojibake(random: Random, text: Text, corpus: Corpus) -> str | None:
    """UTF-8 is read as Windows-1252 and stored, in a word or in the whole text."""
    found = pick(random, text.matches(r"[^\x00-\x7f]+"))
    if not found:
        return None
    if random.random() < 0.5:
        return text.change(found, misread(found[0]))
    return text.target.replace(text.target, misread(text.target)) if text.long else None


@mistake
def entity_left(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches(rf"(?<=[^{HIDDEN}*]) (?=[^{HIDDEN}*])|[’，、]"))
    left = random.choice(("&nbsp;", "&#39;", "&amp;quot;", "\\n", "&amp;", "&lt;br&gt;"))
    return found and text.change(found, left)


# ----------------------------------------------------------------------------
# Meaning
# ----------------------------------------------------------------------------


@doubtful
def negation_dropped(random: Random, text: Text, corpus: Corpus) -> str | None:
    if not re.search(r"\b(?:không|chưa|đừng)\b", text.source, re.I):
        return None
    return reworded(text, NEGATIONS)


@doubtful
def negation_added(random: Random, text: Text, corpus: Corpus) -> str | None:
    return None if SOURCE_NEGATIVE.search(text.source) else reworded(text, AFFIRMATIONS)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def names_of(text: Text, corpus: Corpus) -> list[Match]:
    """Return where a target holds names that it owes."""
    return [match for match in corpus.owed(text) if match.term.kind in NAMES]


def with_other_term(random: Random, text: Text, corpus: Corpus, *, names: bool) -> str | None:
    """Return the target with another term of the same kind in the place of one."""
    found = pick(random, [m for m in corpus.owed(text) if (m.term.kind in NAMES) == names])
    if not found:
        return None
    forms = [
        form
        for term in corpus.glossary.terms
        if term.kind == found.term.kind and term.rule is Rule.REQUIRED and term != found.term
        for form in [term.preferred(text.language)]
        if form
        and not any(form in own or own in form for own in found.term.accepted(text.language))
    ]
    new = pick(random, forms)
    return new and text.change((found.start, found.end), new)


def with_sentence(random: Random, text: Text, other: str) -> str | None:
    """Return the target with one sentence of another text, where both have as many."""
    left = sentences(other)
    if len(left) != len(text.sentences) or len(left) < 2:
        return None
    at = random.randrange(len(left))
    if (len(left[at]) < 16 and not HAN.search(left[at])) or len(left[at]) < 8:
        return None
    return text.blank.join([*text.sentences[:at], left[at], *text.sentences[at + 1 :]])


def others(text: Text, corpus: Corpus) -> list[Text]:
    """Return the translations of the same source into other languages."""
    found = (corpus.translated(text, code) for code in ("en", "zh", "ja", "ko", "fr"))
    return [t for t in found if t and t.language != text.language]


def swap_one(random: Random, text: Text, table: dict[str, str]) -> str | None:
    """Return the target with one thing of a table exchanged."""
    forms = "|".join(map(re.escape, table))
    found = pick(random, text.matches(forms))
    return found and text.change(found, table[found[0]])


def swap_all(text: Text, table: dict[str, str]) -> str | None:
    """Return the target with everything of a table exchanged, when that is a good deal."""
    forms = "|".join(map(re.escape, table))
    if len(text.matches(forms)) < 3:
        return None
    return re.sub(forms, lambda match: table[match[0]], text.target)


def inserted(random: Random, text: Text, characters: Iterable[str]) -> str | None:
    """Return the target with one of some characters inside of a word."""
    found = pick(random, text.matches(rf"(?<=[^\W\d_{HIDDEN}])(?=[^\W\d_{HIDDEN}])"))
    return found and text.change(found, random.choice(list(characters)))


def misread(text: str) -> str:
    """
    Read UTF-8 as Windows-1252, as browsers do.

    >>> misread('forêt')
    'forÃªt'
    """
    data = text.encode()
    return "".join(
        bytes([byte]).decode("cp1252", "ignore") or chr(byte) if byte > 127 else chr(byte)
        for byte in data
    )


def reworded(text: Text, table: dict[str, tuple[tuple[str, str], ...]]) -> str | None:
    """Return the target with the first rule that applies, once."""
    for pattern, new in table[text.language]:
        found = text.matches(pattern)
        if found:
            return text.change(found[0], found[0].expand(new) if "\\" in new else new)
    return None


def script_of(char: str) -> str:
    """Return the first word of a character's name: its script."""
    return unicodedata.name(char, "?").split()[0]
