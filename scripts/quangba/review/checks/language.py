"""
Language: a translation is in its language and its letters.

Every text gets one verdict, the first that fits, so that an untranslated sentence is not also a
sentence in the wrong script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from quangba.catalogs.glossary import Rule
from quangba.catalogs.terms import SOURCE
from quangba.errors import Severity
from quangba.review.checking import Values, check
from quangba.review.checks.characters import is_damaged
from quangba.review.entry import Entry, once
from quangba.review.precedence import unless
from quangba.source.scripts import (
    FRENCH,
    LATIN,
    VIETNAMESE,
    has,
    is_copy,
    is_latin,
    odd_han,
    own_scripts,
    script_of,
    spoken_words,
    without_known,
    words_of,
)
from quangba.source.text import unaccent

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FUNCTION_WORDS = {
    "en": "the and of is are was were with from by for that this which your you to at has have not "
    "be can or it its when where they we there will should must a an as in on no so do die per",
    "fr": "le la les des du et est une dans pour avec sur au aux par que qui sont vous votre cette "
    "ses leur leurs où être il elle ce ou nous plus en a à de son sa se si y ne pas on es as",
    "de": "der das und ist nicht mit für dem auf ein eine von zu wird sind oder bei nach",
    "es": "el los las y del con para una por está son que su como más en",
    "it": "il gli della di che per con una sono nel alla non è dei",
    "vi": "trong cho theo khi nay qua sau khu cao xe xem mua ra thu trung tay nam thi thay sinh "
    "dung thanh du va la cua co o tren den di khach tinh tu",
}
"""Words that most sentences of a language have, and few of the others."""

WORDS = {language: frozenset(words.split()) for language, words in FUNCTION_WORDS.items()}

SENTENCE = re.compile(r"[^.!?。！？:：;；()（）]+")

HAN = re.compile(r"[\u3400-\u9fff]")

NO_KANA = re.compile(r"[^\u3041-\u30ff]*")

HANJA = re.compile(r"[(（][\u3400-\u9fff·・, ]+[)）]")
"""What Korean may add to a word to tell it from others: 선(禪)."""

MIXABLE = re.compile(r"[\u0370-\u03ff\u0400-\u04ff\uff21-\uff3a\uff41-\uff5a]+")
"""Letters of which the check of look-alike letters speaks where they stand among others."""

TRADITIONAL = frozenset(
    "國會學灣廣驛圓氣澤櫻龍邊島縣號實寫寶對當點體萬與並乘亂價佛假傳來倉兒兩冊劍劑勞勳勵勸區卷參單嚴囑團圍壓壘壞壯"
    "壹壽壺奧奬孃寢將專尅屆屬峽嶽巖巢帶廢廳彈徑從德恆惡惠應懷戀戰戲戶拂拔拜拾插據擇擊擔擴攝收效敍數斷晝曆條榮樂樓"
    "樞樣檢權歐歡歷歸殘殼毆沒淚淨淺渴溪滿濕濟瀧燈燒營爐爭爲獨獻瓣產畫疊發盜眞硏碎祕禮禪稱稻穗穩竊竝粹絲經綠緖緣縱總"
    "繩纖續缺聲聰聽肅脫臟臺舊舍莊萠處蟲螢蠻衞裝覺覽觀觸證譯譽讀變讓豐豫賣贊踐輕轉辨遲遞醉釀釋鐵鑄鑛閱關陷險隨隱雙靈"
    "靜顏顯飜餘騷驅驗體髮鬪鷄鹽麥黃默點黨齊齡"
) - set("島並拜拾舍收豫巢佛壺嶽卷渴穗稻倉冊瀧燈龍")
"""Forms of Han that Japanese wrote before 1946 and Chinese still writes where it is traditional."""

SIMPLIFIED = frozenset("个从价冲决凉听广无气网荐")
"""Forms of simplified Chinese that JIS X 0208 has as rare characters."""

RARE = {"ja": SIMPLIFIED | TRADITIONAL, "zh": frozenset("後於麼")}
"""Han that the standards of a language have, but not the language of today."""

COMMON = {"ja": "shift_jis"}
"""Standards with the Han that texts have: JIS X 0208 leaves out those of other languages."""

COPIED = 4
"""Words of a sentence from which it is no name."""

PLAIN_WORD = re.compile(r"(?<![A-Za-zÀ-ỹ])(?!kmh|mol|bar|dpi)[A-Za-z][a-z]{2,}(?![A-Za-zÀ-ỹ])")
"""A word in Latin letters that is no unit and no abbreviation."""

SHORT = 15
"""Han of a sentence after which Japanese has kana."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Verdict:
    """What is wrong with the language of a text."""

    kind: str
    """``copy``, ``left``, ``other``, ``word``, ``script``, ``kana``, ``han``."""
    what: str
    """The words or letters that show it."""


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@once
def verdict(entry: Entry) -> Verdict | None:
    """Return the first thing that is wrong with the language of an entry."""
    if is_damaged(entry):
        return None
    before, after = (" \n ".join(side) for side in zip(*texts(entry), strict=True))
    if is_copy(before, after):
        return Verdict("copy", shortened(after))
    copied = copied_sentence(before, after)
    if copied:
        return Verdict("left", shortened(copied))
    kept = kept_words(entry)
    words = without_known(
        LATIN.sub(lambda m: " " if m[0] in kept else m[0], after), before, entry.language
    )
    return (
        (left_over(words, before, entry.language) if entry.language != SOURCE else None)
        or other_language(words, entry.language, before)
        or other_word(words, entry.language, before)
        or other_script(words, entry.language)
        or rare_han(words, entry)
    )


def is_foreign(entry: Entry) -> bool:
    """Tell whether a text is not in its language at all, of which its own checks speak."""
    found = verdict(entry)
    return found is not None and found.kind in ("copy", "other", "script")


def texts(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the pairs of texts with blanks in the place of masks."""
    yield entry.spoken
    yield from islice(entry.texts, 1, None)


def shortened(text: str) -> str:
    """Return the beginning of a text, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 40 else f"{flat[:40]}…"


def kept_words(entry: Entry) -> set[str]:
    """Return the Vietnamese words that may stay: brands, and terms without a form in a language."""
    kept: set[str] = set()
    if not VIETNAMESE.search(entry.after) and entry.after.isascii():
        return kept
    for match in entry.terms:
        kept |= {
            word for form in match.term.accepted(entry.language) for word in LATIN.findall(form)
        }
        # “tỉnh” and “xã” have no forms since they are common words.
        free = match.term.kind != "admin" and not match.term.accepted(entry.language)
        if match.term.rule is Rule.KEEP or free:
            for word in LATIN.findall(entry.before[match.start : match.end]):
                kept |= {word, word.lower(), word.capitalize()}
    if not is_latin(entry.language):
        # “Mũi Ngọc” is a name where the source has “mũi Ngọc”.
        kept |= {w.capitalize() for w in LATIN.findall(entry.before)}
    return kept


def copied_sentence(source: str, target: str) -> str | None:
    """Return a sentence that only repeats words of the source, with its accents or without."""
    said = set(words_of(source))
    for sentence in SENTENCE.findall(target):
        words = words_of(sentence)
        if len(words) >= COPIED and said.issuperset(words) and is_copy(source, sentence):
            return str(sentence)
    return None


def left_over(words: str, source: str, language: str) -> Verdict | None:
    """Find Vietnamese words; what the source has as a name or a code is already taken out."""
    spoken = spoken_words(source)
    if language != "fr":
        spoken |= {"là"} & set(LATIN.findall(source))
    left = [
        word
        for word in LATIN.findall(words)
        if VIETNAMESE.search(word) or word in spoken or word.lower() in spoken
    ]
    if not left:
        known = set(re.findall(r"[a-z]+", source)) & WORDS["vi"]
        left = [w for w in re.findall(r"(?<![\w])[a-z]+(?!\w)", words) if w in known]
        left = left if len(left) > 1 else []
    if left:
        return Verdict("left", shortened(" ".join(dict.fromkeys(left))))
    accent = FRENCH.search(words) if language == "fr" else None
    return Verdict("other", accent[0]) if accent and script_of(accent[0]) == "LATIN" else None


def other_language(words: str, language: str, source: str) -> Verdict | None:
    """Find a sentence in another language that is written in Latin letters, or Han for Japanese."""
    if not own_scripts(language):
        return None
    own = WORDS.get(language, frozenset())
    known = set(LATIN.findall(source))
    for sentence in SENTENCE.findall(words):
        said = [word for word in LATIN.findall(sentence) if word not in known]
        lower = {word for word in said if word.islower()}
        lower |= {word.lower() for word in said[:1] if word[1:].islower()}
        for other, theirs in WORDS.items():
            if other in (language, "vi"):
                continue
            strange = lower & theirs - own
            mine = lower & own - theirs
            if len(strange) > max(1, len(mine)) or (strange and not mine and len(lower) > 3):
                return Verdict("other", shortened(sentence))
        if not is_latin(language) and len(said) > 2 and len(lower) > 1:
            return Verdict("other", shortened(sentence))
        if language == "ja" and NO_KANA.fullmatch(sentence) and len(HAN.findall(sentence)) > SHORT:
            return Verdict("other", shortened(sentence))
    return None


def other_word(words: str, language: str, source: str) -> Verdict | None:
    """Find an English word in Chinese, Japanese or Korean; units and names of the source may be."""
    if is_latin(language) or not own_scripts(language):
        return None
    known = {word for said in LATIN.findall(source) for word in (said, unaccent(said))}
    known |= {word.lower() for word in known}
    for match in PLAIN_WORD.finditer(words):
        if match[0] not in known and match[0].lower() not in known:
            return Verdict("word", match[0])
    return None


def other_script(words: str, language: str) -> Verdict | None:
    """Find letters of another script, and forms of Han that the language does not write."""
    own = own_scripts(language)
    if not own:
        return None
    if language == "ko":
        words = HANJA.sub(" ", words)
    words = MIXABLE.sub(lambda m: " " if is_mixed(m) else m[0], words)
    letters = [char for char in words if char.isalpha() and char not in "ªº"]
    for char in letters:
        script = script_of(char)
        if script in own or (script == "LATIN" and not is_latin(language)):
            continue
        if language == "zh" and script in ("HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"):
            return Verdict("kana", "".join(re.findall(r"[\u3041-\u30ff]+", words)[:1]) or char)
        if script in ("KATAKANA-HIRAGANA", "MODIFIER", "IDEOGRAPHIC", "FULLWIDTH", "HALFWIDTH"):
            continue
        if script == "MICRO":
            continue
        run = re.search(rf"{re.escape(char)}[^\W\d_]*", words)
        return Verdict("script", shortened(run[0]) if run else char)
    if letters and not is_latin(language):
        mine = sum(script_of(char) in own for char in letters)
        if mine * 2 < len(letters) and any(char.islower() for char in letters):
            return Verdict("script", shortened("".join(words.split("\n")).strip()))
    strange = odd_han(words, language)
    return Verdict("han", strange) if strange else None


def rare_han(words: str, entry: Entry) -> Verdict | None:
    """Find Han that a language does not use today, but for names in the glossary such as 峒中."""
    rare = RARE.get(entry.language, frozenset())
    common = COMMON.get(entry.language)
    for char in words:
        odd = char in rare or (common and script_of(char) == "CJK" and not has(common, char))
        if odd and not is_in_forms(char, entry):
            return Verdict("han", char)
    return None


def is_in_forms(char: str, entry: Entry) -> bool:
    """Tell whether the glossary writes a character."""
    terms = entry.site.glossary.terms
    return any(char in form for term in terms for form in term.accepted(entry.language))


def is_mixed(match: re.Match[str]) -> bool:
    """Tell whether letters of another alphabet stand within a Latin word, or look like Latin."""
    around = match.string[: match.start()][-1:] + match.string[match.end() :][:1]
    return len(match[0]) < 3 or bool(LATIN.search(around))


# ----------------------------------------------------------------------------
# Checks
# ----------------------------------------------------------------------------


@check(
    Severity.ERROR,
    "bản dịch chép lại câu nguồn: “{words}”. Hãy dịch câu này.",
    "the translation repeats the source: “{words}”. Translate it.",
)
def untranslated(entry: Entry) -> Iterator[Values]:
    """Find copies of the source."""
    yield from said(entry, "copy", "words")


@check(
    Severity.ERROR,
    "còn sót tiếng Việt: “{words}”. Hãy dịch phần này.",
    "Vietnamese was left over: “{words}”. Translate it.",
)
def source_left(entry: Entry) -> Iterator[Values]:
    """Find words of the source language."""
    yield from said(entry, "left", "words")


@check(
    Severity.ERROR,
    "“{words}” là một ngôn ngữ khác. Hãy dịch phần này.",
    "“{words}” is in another language. Translate it.",
)
@unless("facts", "codes", "links", "changed")
def other_tongue(entry: Entry) -> Iterator[Values]:
    """Find sentences in a third language."""
    yield from said(entry, "other", "words")
    yield from said(entry, "word", "words")


@check(
    Severity.ERROR,
    "“{letters}” không viết bằng chữ của ngôn ngữ này. Hãy viết lại.",
    "“{letters}” is not in the script of this language. Rewrite it.",
)
def wrong_script(entry: Entry) -> Iterator[Values]:
    """Find letters that the language is not written with."""
    yield from said(entry, "script", "letters")


@check(
    Severity.ERROR,
    "chữ Nhật “{letters}” nằm trong tiếng Trung. Hãy viết bằng chữ Hán giản thể.",
    "Japanese kana “{letters}” stand in Chinese. Write simplified Chinese.",
)
def kana(entry: Entry) -> Iterator[Values]:
    """Find kana in Chinese."""
    yield from said(entry, "kana", "letters")


@check(
    Severity.ERROR,
    "chữ Hán “{letter}” không có trong ngôn ngữ này (chữ phồn thể, giản thể hoặc của Nhật). "
    "Hãy thay bằng chữ đúng.",
    "the Han character “{letter}” is not one of this language (traditional, simplified or "
    "Japanese). Replace it by the right form.",
)
def han(entry: Entry) -> Iterator[Values]:
    """Find traditional characters in simplified Chinese, simplified ones in Japanese."""
    yield from said(entry, "han", "letter")


def said(entry: Entry, kind: str, name: str) -> Iterator[Values]:
    """Yield what a verdict of one kind names."""
    found = verdict(entry)
    if found and found.kind == kind:
        yield {name: found.what}
