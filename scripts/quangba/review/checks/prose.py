"""Prose: a translation is whole, says nothing twice, and does not turn a no into a yes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from quangba.errors import Severity
from quangba.mt.loops import UNIT, UNSPACED
from quangba.mt.markup import MARK
from quangba.review.checking import Values, check
from quangba.review.checks.sentences import RATE, WORTH, repeated
from quangba.review.entry import Entry
from quangba.review.precedence import unless

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LETTER = re.compile(r"[^\W_]")

SHORT = 18
"""Letters of a source below which length says nothing."""

LABEL = 20
"""Letters up to which a label may well end with “of” or “from”."""

VARIANCE = {"en": (0.012, 1.7), "fr": (0.012, 1.7)}
WIDE_VARIANCE = (0.02, 2.4)
"""Variance of the logarithm of the rate of lengths: of long texts, and what letters add."""

LOWEST = {"en": 2.55, "fr": 2.4, "zh": 2.1, "ja": 2.4, "ko": 3.9}
"""Standard deviations below the usual length that are good for a label, which has no full stop."""

LOWEST_SENTENCE = 3.3
HIGHEST = 3.1
"""Those that are good for sentences, and those above the usual length."""

FULL_STOP = re.compile(r"[.!?:…][)”\"]*\s*\Z")

LAST_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "en": "a an the and or but of to in on at for with from by as than that which who whose "
        "where when if because into about between through during its their your our is are was "
        "were has be not no very more most these those",
        "fr": "le la les l un une des du de d à au aux et ou mais donc or ni car en dans sur sous "
        "pour par avec sans entre vers chez que qui dont où si ce cette ces son sa ses leur leurs "
        "votre vos notre nos est sont a ont été ne pas très plus",
        "ko": "및 또는 그리고 등의 위한 대한 관한 통한 따른 있는 하는 된 할",
        "vi": "và hoặc của với cho từ đến tại trong ngoài trên dưới bằng là các những một để khi "
        "nếu vì nhưng mà thì do theo",
    }.items()
}
"""Words that no text ends with; one that its source has at its end is good all the same."""

LAST_SIGNS = re.compile(r"(?:[,;、，；·/&(（\[「『“«《—–-]|[的和与及或をがは]\Z)\s*\Z")
"""Signs and particles that no text ends with."""

TAIL = 60
"""Characters at the end of a text that are looked at."""

LAST_WORD = re.compile(r"([^\W\d_]+)[’']?\s*(\.?)\Z")

ARTICLES = {
    language: frozenset(words.split())
    for language, words in {
        "en": "a an the and or our your their",
        "fr": "le la les un une des du de à au aux et ou dans pour par sur que qui ce",
    }.items()
}
"""Words that a full stop does not follow either."""

GLOSS = re.compile(r"[(（][^()（）]*[)）]")
"""What a translation adds to a name, in brackets."""

PAIRS = tuple(
    tuple(pair.split("|"))
    for pair in ("(（|)）", "[|]", "「|」", "『|』", "“|”", "«|»", "《|》", "【|】")
)
"""Brackets and quotation marks that come in pairs."""

BRACKET = re.compile("[" + re.escape("".join(a + b for a, b in PAIRS)) + "]")

NUMBERED = re.compile(r"(?:^|(?<=[\s;,.:]))(?:\d{1,3}|[a-zđA-Z]|[ivxIVX]{1,4})[)）]")
"""``a)`` of a list is no bracket that was closed."""

TWICE = {
    language: frozenset(words.split())
    for language, words in {
        "en": "had that very bye",
        "fr": "nous vous",
        "zh": "一个一个 一步一步 许许多多",
        "ja": "いろいろ さまざま たびたび ますます いよいよ そろそろ わざわざ まだまだ なかなか "
        "しばしば ときどき もともと つぎつぎ どんどん だんだん のびのび ゆらゆら きらきら "
        "そもそも どきどき わくわく たまたま ところどころ ほどほど まあまあ しみじみ ひとつひとつ "
        "一つ一つ 一人一人 ゆっくりゆっくり くねくね ごつごつ さらさら そよそよ ふわふわ",
        "ko": "더욱 하나 조금 점점",
    }.items()
}
"""What is rightly said twice."""

PARTICLES = frozenset("的をが")
"""Single characters that never follow themselves."""

LINKING = re.compile("の[国人日年月]")
"""``その他の国の国民`` says nothing twice."""

LONGEST = 40
"""Units of the longest phrase that is looked for."""

STUTTER = re.compile(r"([^\W\d_]{2,6}?)\1{2,}|([^\W\d_])\2{4,}")
"""``hahahaha``, ``ooooo``."""

POLARITY = {
    "vi": (
        r"(?<!hàng )(?<!trên )(?<!hay )\bkhông\b(?! khí| gian| quân)(?!\s*(?:[?.]|\Z))"
        r"|\bchưa\b|\bchẳng\b|\bđừng\b|\bcấm\b",
        r"(?<!địa )(?<!Sán )(?<!chứng )(?<!tín )\bchỉ\b(?! số| dẫn| đạo| huy| tiêu| thị| định)"
        r"|\bduy nhất\b",
        r"(?<!loại )(?<!khấu )\btrừ\b|\bngoại trừ\b|\bmiễn là\b",
    ),
    "en": (
        r"\b(?:not|no|never|none|nor|neither|without|cannot|unable|prohibit\w*|forbidden|ban\w*"
        r"|\w+n’t|outside|missing|disagree|exempt\w*)\b",
        r"\b(?:only|just|sole|solely|merely|unique)\b",
        r"\b(?:except|excluding|unless|apart|other than)\b",
    ),
    "fr": (
        r"\b(?:pas|non|sans|ni|jamais|aucune?|interdi\w*|hors|manque|exempt\w*)\b"
        r"|\bn(?:’ont|’avons|e) pu\b",
        r"\b(?:seul\w*|unique\w*|exclusivement|uniquement)\b|\bn(?:e |’)[^.]{1,30}\bqu(?:e\b|’)",
        r"\b(?:sauf|excepté|hormis|exception|hors)\b",
    ),
    "zh": (r"不(?!同|仅|少|断|久)|[没未无勿免]|禁止|尚缺|别", r"只|仅|唯一|独", r"除|以外|之外"),
    "ja": (
        r"ない|ません|なく|なし|ず[、に]|未|不(?!思議)|禁止|免除",
        r"のみ|だけ|唯一|限|しか|とどまり",
        r"以外|除",
    ),
    "ko": (
        r"않|없|못|아닙|아니|아닌|금지|마십|면제",
        r"에만|만 |만을|만이|유일|뿐|한해|한정|그쳤",
        r"제외|외에|이외|빼고",
    ),
}
"""What says no, only and except."""

SAYS = {
    language: tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
    for language, patterns in POLARITY.items()
}

NOT = {
    "en": re.compile(r"\b(?:not|never|cannot|don’t|doesn’t|isn’t|must not|forbidden)\b"),
    "fr": re.compile(r"\b(?:pas|jamais|interdit\w*)\b"),
    "zh": re.compile(r"不(?!同|仅|少|断|妨|久)|没有|禁止"),
    "ja": re.compile(r"ません(?!か)|禁止|ないで"),
    "ko": re.compile(r"않|지 마|없습|아닙|아니|못하|금지"),
}
"""Plain words for no, which no translation has by chance."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------

# Whole -----------------------------------------------------------------------


@check(
    Severity.WARNING,
    "bản dịch ngắn bất thường so với bản gốc (bằng {percent} phần trăm độ dài thường gặp). "
    "Hãy xem có thiếu ý không.",
    "the translation is much shorter than usual ({percent} per cent of the usual length). "
    "See whether something is missing.",
)
@unless(
    "no-end",
    "breaks-off",
    "lost-sentences",
    "facts",
    "links",
    "images",
    "wrong-script",
    "other-tongue",
    "untranslated",
)
def too_short(entry: Entry) -> Iterator[Values]:
    """Find a translation that must have lost something."""
    for rate, deviation in unusual(entry):
        label = not FULL_STOP.search(entry.before)
        if deviation < -(LOWEST[entry.language] if label else LOWEST_SENTENCE):
            yield {"percent": round(100 * rate)}


@check(
    Severity.WARNING,
    "bản dịch dài bất thường so với bản gốc (bằng {percent} phần trăm độ dài thường gặp). "
    "Hãy xem có thừa ý không.",
    "the translation is much longer than usual ({percent} per cent of the usual length). "
    "See whether something was added.",
)
@unless(
    "repeated-sentences",
    "added-sentences",
    "repeated-words",
    "untranslated",
    "source-left",
    "other-tongue",
    "wrong-script",
    "mojibake",
)
def too_long(entry: Entry) -> Iterator[Values]:
    """Find a translation that must have something more than its source."""
    for rate, deviation in unusual(entry):
        if deviation > HIGHEST:
            yield {"percent": round(100 * rate)}


def unusual(entry: Entry) -> Iterator[tuple[float, float]]:
    """Yield the length of a translation by the usual one, and standard deviations from it."""
    usual = RATE.get(entry.language)
    if usual is None or entry.source_language != "vi" or entry.segment.kind == "interface":
        return
    letters = len(LETTER.findall(entry.before))
    if letters < SHORT:
        return
    masks = WORTH * len(MARK.findall(entry.before))
    rate = size(entry.after) / (letters * usual + masks)
    if rate > 1 and not GLOSS.search(entry.before):
        rate = max(1.0, size(GLOSS.sub("", entry.after)) / (letters * usual + masks))
    fixed, falling = VARIANCE.get(entry.language, WIDE_VARIANCE)
    yield rate, math.log(max(rate, 0.01)) / math.sqrt(fixed + falling / (letters + masks))


def size(text: str) -> int:
    """Return the letters of a text, and what its masks count for."""
    return len(LETTER.findall(text)) + WORTH * len(MARK.findall(text))


@check(
    Severity.WARNING,
    "bản dịch dừng giữa chừng, sau “{last}”. Hãy dịch nốt phần còn lại.",
    "the translation breaks off after “{last}”. Translate the rest.",
)
def breaks_off(entry: Entry) -> Iterator[Values]:
    """Find a translation that ends with a word or a sign that something has to follow."""
    last = unfinished(entry)
    if last:
        yield {"last": last}


def unfinished(entry: Entry) -> str:
    """Return the end of a translation that cannot be its end, or nothing."""
    text = entry.after[-TAIL:].rstrip()
    sign = LAST_SIGNS.search(text)
    if sign and not LAST_SIGNS.search(entry.before.rstrip()):
        return sign[0]
    word = LAST_WORD.search(text)
    known = ARTICLES if word and word[2] else LAST_WORDS
    if word and word[1] in known.get(entry.language, ()):
        return word[1] if len(LETTER.findall(entry.before)) > LABEL else ""
    return ""


@check(
    Severity.WARNING,
    "dấu “{sign}” không có dấu đi cặp với nó. Hãy thêm dấu còn thiếu hoặc bỏ dấu này.",
    "“{sign}” has no counterpart. Add the one that is missing or remove it.",
)
@unless("mojibake")
def brackets(entry: Entry) -> Iterator[Values]:
    """Find brackets and quotation marks that are not closed or not opened."""
    for before, after in entry.texts:
        sign = alone(after)
        if sign and not alone(before) and not unfinished(entry):
            yield {"sign": sign}


def alone(text: str) -> str:
    """
    Return a bracket or quotation mark without its counterpart, or nothing.

    >>> alone('（Ha Long)'), alone('a) vé, b) tàu'), alone('“Vé')
    ('', '', '“')
    """
    if not BRACKET.search(text):
        return ""
    text = NUMBERED.sub("", text)
    for opening, closing in PAIRS:
        depth = 0
        last = ""
        for char in text:
            if char in opening:
                depth, last = depth + 1, char
            elif char in closing:
                depth -= 1
                if depth < 0:
                    return char
        if depth:
            return last
    return ""


# Twice -----------------------------------------------------------------------


@check(
    Severity.WARNING,
    "“{what}” bị lặp liền nhau. Hãy bỏ phần thừa.",
    "“{what}” is said twice in a row. Take out what is too much.",
)
def repeated_words(entry: Entry) -> Iterator[Values]:
    """Find words and phrases that follow themselves, where the source repeats nothing."""
    for before, after in entry.texts:
        said = echo(after, entry.language)
        if said and not echo(before, "") and not repeated(entry.marked[1], entry.language):
            yield {"what": said}


def echo(text: str, language: str) -> str:
    """
    Return words that follow themselves, or nothing.

    >>> echo('to the the port', 'en'), echo('vous vous levez', 'fr'), echo('ここここです', 'ja')
    ('the', '', 'ここ')
    """
    stutter = STUTTER.search(text)
    if stutter:
        return stutter[0]
    units = UNIT.findall(text.casefold())
    if len(set(units)) == len(units):
        return ""
    seen: dict[str, list[int]] = {}
    for at, unit in enumerate(units):
        for start in reversed(seen.get(unit, ())):
            period = at - start
            if period > LONGEST:
                break
            phrase = units[start:at]
            if units[at : at + period] == phrase and wrong_twice(phrase, language):
                unspaced = re.match(f"[{UNSPACED}]", unit)
                return ("" if unspaced else " ").join(phrase)
        seen.setdefault(unit, []).append(at)
    return ""


def wrong_twice(phrase: Sequence[str], language: str) -> bool:
    """Tell whether a phrase should not follow itself."""
    words = [unit for unit in phrase if unit[0].isalpha()]
    said = "".join(phrase)
    known = TWICE.get(language, frozenset())
    if len(phrase) == 1:
        if re.match(f"[{UNSPACED}]", said):
            return said in PARTICLES
        return bool(words) and language != "" and said not in known
    if len(words) < 2 or said * 2 in known or LINKING.fullmatch(said):
        return False
    return len(set(words)) > 1 or language != "vi"


# Yes and no ------------------------------------------------------------------


@check(
    Severity.NOTE,
    "bản gốc có từ phủ định hoặc giới hạn “{what}” mà bản dịch dường như không có. Hãy xem nghĩa "
    "có bị đảo không.",
    "the source says “{what}” (not, only, except) and the translation does not seem to. See "
    "whether its meaning was turned around.",
)
def polarity(entry: Entry) -> Iterator[Values]:
    """Find a not, an only or an except that the translation does not seem to have."""
    source, target = SAYS.get(entry.source_language), SAYS.get(entry.language)
    if not source or not target or entry.segment.kind == "interface":
        return
    for before, after in zip(source, target, strict=True):
        said = before.findall(entry.before)
        if said and len(said) > len(after.findall(entry.after)):
            yield {"what": said[0]}


@check(
    Severity.NOTE,
    "bản dịch có từ phủ định hoặc giới hạn “{what}” mà bản gốc dường như không có. Hãy xem nghĩa "
    "có bị đảo không.",
    "the translation says “{what}” (not, only, except) and the source does not seem to. See "
    "whether its meaning was turned around.",
)
def polarity_added(entry: Entry) -> Iterator[Values]:
    """Find a not that the source does not have."""
    source, added = SAYS.get(entry.source_language), NOT.get(entry.language)
    if not source or not added or entry.segment.kind == "interface":
        return
    said = added.search(entry.after)
    if said and not source[0].search(entry.before):
        yield {"what": said[0]}
