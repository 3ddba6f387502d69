"""Small numbers in words: hai ngày, two days, 两天, 둘째 날."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from quangba.source.number_words import han_digits, words_of

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

UNITS_VI = "một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín"
UNITS_EN = "one|two|three|four|five|six|seven|eight|nine"
LAST_EN = "sixth|seventh|eighth|ninth"
TENS_EN = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"

FIVE = (
    r"năm(?=\s+[^\W\d_])"
    r"(?!\s+(?:nay|sau|trước|ngoái|đó|ấy|này|qua|mới|tới|liên|cuối|đầu|là|có|và|từ))"
)
"""The word that is five, and much more often year."""

WORDS = {
    "vi": "một=1 nhất=1 tiên=1 hai=2 nhì=2 đôi=2 cặp=2 ba=3 bốn=4 tư=4 năm=5 lăm=5"
    " sáu=6 bảy=7 bẩy=7 tám=8 chín=9 mười=10 rằm=15 tá=12 giêng=1 chạp=12 trăm=100",
    "en": "one=1 once=1 single=1 a=1 an=1 first=1 two=2 twice=2 both=2 second=2"
    " double=2 pair=2 three=3 third=3 triple=3 four=4 fourth=4 five=5 fifth=5 six=6 sixth=6"
    " seven=7 seventh=7 eight=8 eighth=8 nine=9 ninth=9 ten=10 tenth=10 eleven=11 eleventh=11"
    " twelve=12 twelfth=12 dozen=12 thirteen=13 fourteen=14 fifteen=15 fifteenth=15 sixteen=16"
    " seventeen=17 eighteen=18 nineteen=19 twenty=20 twentieth=20 thirty=30 thirtieth=30 forty=40"
    " fifty=50 sixty=60 seventy=70 eighty=80 ninety=90 hundred=100",
    "fr": "un=1 une=1 premier=1 première=1 premiers=1 premières=1 deux=2 deuxième=2"
    " second=2 seconde=2 double=2 paire=2 trois=3 troisième=3 quatre=4 quatrième=4 cinq=5"
    " cinquième=5 six=6 sixième=6 sept=7 septième=7 huit=8 huitième=8 neuf=9 neuvième=9 dix=10"
    " dixième=10 onze=11 onzième=11 douze=12 douzième=12 douzaine=12 treize=13 quatorze=14"
    " quinze=15 quinzaine=15 seize=16 vingt=20 vingtaine=20 trente=30 trentaine=30 quarante=40"
    " cinquante=50 soixante=60 cent=100 centaine=100",
}
"""Words of languages with blanks, with what they are worth."""

SIGNS = {
    "zh": "两=2 兩=2 双=2 雙=2 首=1 单=1",
    "ja": "両=2 双=2 初=1 最初=1 ふた=2 ひと=1 ふたつ=2 ひとつ=1",
    "ko": "한=1 하나=1 첫=1 하루=1 두=2 둘=2 이틀=2 양국=2 세=3 셋=3 사흘=3 네=4 넷=4 나흘=4"
    " 다섯=5 닷새=5 여섯=6 엿새=6 일곱=7 이레=7 여덟=8 아홉=9 열=10 열흘=10 열두=12 보름=15 스무=20"
    " 스물=20 서른=30 마흔=40 쉰=50 백=100",
}
"""Words of languages without blanks around them."""

COMPOUNDS = {
    "vi": rf"\b(?:({UNITS_VI})\s+mươi|mười(?=\s+(?:{UNITS_VI})\b))(?:\s+({UNITS_VI}|mốt))?\b",
    "en": rf"\b({TENS_EN})[\s-]({UNITS_EN}|first|second|third|fourth|fifth|{LAST_EN})\b",
}
"""Numbers of two words or three: hai mươi lăm, twenty-five."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@lru_cache(maxsize=16)
def worth(code: str) -> tuple[re.Pattern[str], dict[str, int]] | None:
    """Return the pattern of a language's number words, and what each is worth."""
    words = WORDS.get(code) or SIGNS.get(code)
    if words is None:
        return None
    table = {word: int(value) for word, _, value in (pair.partition("=") for pair in words.split())}
    longest = "|".join(sorted(map(re.escape, table), key=len, reverse=True))
    if code == "vi":
        longest = longest.replace("năm", FIVE)
    return re.compile(rf"\b(?:{longest})\b" if code in WORDS else longest), table


def spelled(text: str, language: str) -> Counter[str]:
    """
    Count the numbers that words of a text may mean, at most a hundred.

    It says what may be meant, not what is: “năm” is five and year.

    >>> spelled('hai mươi lăm ngày', 'vi')['25'], spelled('两天', 'zh')['2']
    (1, 1)
    """
    found: Counter[str] = Counter()
    code = words_of(language).code
    table = worth(code)
    if table is None:
        return found
    pattern, values = table
    low = text.lower()
    for match in re.finditer(COMPOUNDS[code], low) if code in COMPOUNDS else ():
        tens, ones = match.groups()
        ten = values.get(tens or "", 1)
        found[str((ten * 10 if code == "vi" else ten) + values.get(ones or "", 0))] += 1
    found.update(str(values[word]) for word in pattern.findall(low))
    if code in ("zh", "ja"):
        for run in re.findall("[〇一二三四五六七八九十]{1,4}", text):
            found[str(han_digits(run))] += 1
    return found
