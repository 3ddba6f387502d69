"""The ladder with scripted models: each rung is reached, and no draft that breaks is accepted."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from scripted import Model, climb, ladder

from quangba.catalogs.glossary import Glossary
from quangba.catalogs.terms import Rule, Term
from quangba.mt.acceptance import Flaw
from quangba.mt.crossing import HYPOTHESES, Ask, Steps
from quangba.mt.engine import Hypothesis
from quangba.mt.ladder import GLOSSARY, LONGEST, Draft
from quangba.mt.mending import mend, peel
from quangba.mt.profile import STYLES_TRIED, Profile
from quangba.source.markup import Inspector
from quangba.source.numbers import difference
from quangba.source.segment import Segment
from quangba.source.segmenter import SegmentExtension, collect
from support import markdown_of

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

STRANGER = Path(__file__).parents[1] / "sites" / "stranger" / "mkdocs.yml"
"""A site with every extension that there is."""

TERMS = Glossary(
    (
        Term(
            {
                "vi": ("vịnh Hạ Long",),
                "en": ("Ha Long Bay",),
                "zh": ("下龙湾",),
                "ja": ("ハロン湾",),
                "ko": ("하롱베이",),
                "fr": ("baie d’Ha Long",),
            },
            case=True,
            french="f",
        ),
        Term(
            {
                "vi": ("Quảng Ninh",),
                "en": ("Quang Ninh",),
                "zh": ("广宁",),
                "ja": ("クアンニン",),
                "ko": ("꽝닌",),
                "fr": ("Quang Ninh",),
            },
            case=True,
        ),
        Term(
            {"vi": ("cảng tàu",), "fr": ("port de bateaux",), "ko": ("항만",), "zh": ("客港",)},
            french="m",
        ),
        Term({"vi": ("thị thực",), "en": ("visa",), "fr": ("visa",)}, french="m"),
        Term({"vi": ("đô thị",), "en": ("Halong City",)}, rule=Rule.FORBIDDEN),
    )
)

# ----------------------------------------------------------------------------
# Helpers
# ----------------------------------------------------------------------------


def draft(
    text: str,
    model: Model | Mapping[str, str],
    *route: str,
    glossary: Glossary | None = None,
    plain: bool = False,
    profile: Profile | None = None,
    asked: list[Ask] | None = None,
) -> Draft | Flaw:
    """Draft a text, from Vietnamese to English unless a route is given."""
    says: Model = model if callable(model) else lambda package, shown: model.get(shown)
    one = ladder(*(route or ("vi", "en")), glossary=glossary, profile=profile)
    return climb(one.draft(Segment(text, plain=plain)), says, asked)


def drafted(text: str, model: Model | Mapping[str, str], *route: str, **options: object) -> str:
    """Draft a text that can be drafted."""
    result = draft(text, model, *route, **options)  # type: ignore[arg-type]
    assert isinstance(result, Draft), (result, result.what)
    return result.text


def refused(text: str, model: Model | Mapping[str, str], *route: str, **options: object) -> str:
    """Draft a text that cannot be drafted; return why."""
    result = draft(text, model, *route, **options)  # type: ignore[arg-type]
    assert isinstance(result, Flaw), result
    return str(result)


def nothing(package: str, text: str) -> None:
    """Answer nothing at all."""


def always(answer: str) -> Model:
    """Answer the same to everything."""
    return lambda package, text: answer


# ----------------------------------------------------------------------------
# Without a model
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("2025", "2025", id="year"),
        pytest.param("1.500.000", "1,500,000", id="number"),
        pytest.param("12,5 – 1.500", "12.5 – 1,500", id="range"),
        pytest.param("25%", "25%", id="percent"),
        pytest.param("{fact:gia_ve}", "{fact:gia_ve}", id="fact"),
        pytest.param("{1}", "{1}", id="token"),
        pytest.param("https://a.vn/x_y", "https://a.vn/x_y", id="url"),
        pytest.param("<a@b.vn>", "<a@b.vn>", id="email"),
        pytest.param("[2025](a.md)", "[2025](a.md)", id="link"),
        pytest.param("**1.500**", "**1,500**", id="bold"),
        pytest.param("`ls -l`", "`ls -l`", id="code"),
        pytest.param("76/2020/NĐ-CP", "76/2020/NĐ-CP", id="decree"),
        pytest.param("![](a.jpg)", "![](a.jpg)", id="image"),
        pytest.param("{fact:a} – {fact:b}", "{fact:a} – {fact:b}", id="two_facts"),
        pytest.param("–", "–", id="dash"),
        pytest.param("🙂", "🙂", id="emoji"),
        pytest.param(":smile:", ":smile:", id="emoji_code"),
    ],
)
def test_nothing_to_translate(text: str, expected: str) -> None:
    asked: list[Ask] = []
    assert drafted(text, nothing, asked=asked) == expected
    assert not asked


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        pytest.param("Vịnh Hạ Long", "en", "Ha Long Bay", id="en"),
        pytest.param("vịnh Hạ Long", "fr", "baie d’Ha Long", id="fr"),
        pytest.param("Vịnh Hạ Long", "fr", "Baie d’Ha Long", id="capital"),
        pytest.param("**Vịnh Hạ Long**", "zh", "**下龙湾**", id="bold"),
        pytest.param("[Vịnh Hạ Long](a.md)", "ja", "[ハロン湾](a.md)", id="link"),
        pytest.param("**[Vịnh Hạ Long](a.md)**", "ko", "**[하롱베이](a.md)**", id="bold_link"),
        pytest.param("![Vịnh Hạ Long](a.jpg)", "en", "![Ha Long Bay](a.jpg)", id="alt"),
    ],
)
def test_term(text: str, language: str, expected: str) -> None:
    asked: list[Ask] = []
    assert drafted(text, nothing, "vi", language, glossary=TERMS, asked=asked) == expected
    assert not asked


def test_origin_of_a_term_is_the_glossary() -> None:
    result = draft("Vịnh Hạ Long", nothing, glossary=TERMS)
    assert isinstance(result, Draft)
    assert (result.origin, result.pivot) == (GLOSSARY, None)


def test_too_long_a_text_is_left_to_people() -> None:
    assert refused("a" * (LONGEST + 1), always("b")) == "long"


def test_markup_that_cannot_be_told_apart_is_left_to_people() -> None:
    assert refused("[a *b](c) d*", always("b")) == "markup"


def test_date_alone_is_written_as_the_language_does() -> None:
    assert drafted("2/9/2025", nothing) == "2 September 2025"


# ----------------------------------------------------------------------------
# Rungs
# ----------------------------------------------------------------------------


def test_first_answer() -> None:
    asked: list[Ask] = []
    assert drafted("Mua vé.", {"Mua vé.": "Buy tickets."}, asked=asked) == "Buy tickets."
    assert [(ask.request.text, ask.request.hypotheses) for ask in asked] == [("Mua vé.", 1)]


def test_next_hypothesis() -> None:
    def model(package: str, text: str) -> Sequence[str]:
        return ["Buy 5 tickets.", "Buy 12 tickets.", "Buy twelve tickets."]

    asked: list[Ask] = []
    assert drafted("Mua 12 vé.", model, asked=asked) == "Buy 12 tickets."
    assert [ask.request.hypotheses for ask in asked] == [1, HYPOTHESES]


def test_names_switched() -> None:
    model = {"Thăm Ha Long Bay nhé.": "Do visit Ha Long Bay.", "Thăm vịnh Hạ Long nhé.": "Go."}
    assert drafted("Thăm vịnh Hạ Long nhé.", model, glossary=TERMS) == "Do visit Ha Long Bay."


def test_names_masked() -> None:
    model = {"Thăm [1] nhé.": "请参观 [1]。"}
    assert drafted("Thăm vịnh Hạ Long nhé.", model, "vi", "zh", glossary=TERMS) == "请参观下龙湾。"


def test_numbers_masked() -> None:
    def model(package: str, text: str) -> str:
        return "Receives [1] guests." if text == "Đón [1] khách." else "Receives 15 guests."

    assert drafted("Đón 1.500.000 khách.", model) == "Receives 1,500,000 guests."


def test_second_style() -> None:
    def model(package: str, text: str) -> str:
        return "Type 701 or 702." if "701" in text else "Type or."

    assert drafted("Gõ `ls` hoặc `rm`.", model) == "Type `ls` or `rm`."


def test_spans_by_masks() -> None:
    model = {"Mua [1] vé [2] nhé.": "Please buy [1] tickets [2]."}
    assert drafted("Mua **vé** nhé.", model) == "Please buy **tickets**."


def test_pieces() -> None:
    model = {"Gõ": "Type", "hoặc": "or", "nhé.": "please."}
    assert drafted("Gõ `ls` hoặc `rm` nhé.", model) == "Type `ls` or `rm` please."


def test_pairs_first_where_calibration_says_so() -> None:
    profile = Profile(masks={"hash": 1.0}, pairs={"hash": 1.0})
    asked: list[Ask] = []
    model = {"Mua #1 vé #2 nhé.": "Buy #1 tickets #2 please."}
    assert drafted("Mua **vé** nhé.", model, profile=profile, asked=asked)
    assert len(asked) == 1


def test_ladder_ends() -> None:
    asked: list[Ask] = []
    text = "Mua **vé** ở vịnh Hạ Long lúc 7 giờ với `ls`."
    assert refused(text, nothing, glossary=TERMS, asked=asked) == "empty"
    whole = [ask for ask in asked if "lúc" in ask.request.text and "Mua" in ask.request.text]
    assert len(whole) <= 2 + STYLES_TRIED * 6
    assert len(asked) < 80


def test_numbers_between_pieces_are_written_anew() -> None:
    says = {"Vé tàu": "Billets", "mua tại": "en vente au", "cảng": "port"}
    text = drafted("Vé tàu **50.000** mua tại [cảng](a.md).", says, "vi", "fr")
    assert text == "Billets **50\u202f000** en vente au [port](a.md)."


def test_a_word_that_the_model_has_no_token_for_is_masked() -> None:
    one = ladder("vi", "en")
    (hop,) = one.route
    one.route = (replace(hop, normalised=lambda text: text.replace("广西", "⁇")),)
    model = {"Tỉnh [1] đẹp.": "The province of [1] is beautiful."}
    result = climb(one.draft(Segment("Tỉnh 广西 đẹp.")), lambda package, shown: model.get(shown))
    assert isinstance(result, Draft)
    assert result.text == "The province of 广西 is beautiful."


def test_explains_every_rung() -> None:
    one = ladder("vi", "en")
    climb(one.draft(Segment("Mua 12 vé.")), always("Buy tickets."))
    assert one.rungs
    assert {rung.flaw for rung in one.rungs} <= {"numbers", "marks"}
    assert [rung.name[1] for rung in one.rungs][:2] == [
        "the sentence as it is, bold and links placed afterwards, masks “square”, answers: 1",
        "the sentence as it is, bold and links placed afterwards, masks “square”, answers: 4",
    ]


# ----------------------------------------------------------------------------
# Models that go wrong
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "answer", "flaw"),
    [
        pytest.param("Mua vé `ls` nhé.", "Buy [1] and [1].", "marks", id="doubles_masks"),
        pytest.param("Mua vé `ls` nhé.", "Buy [1] and [2].", "marks", id="invents_masks"),
        pytest.param("Mua vé nhé bạn.", "", "empty", id="nothing"),
        pytest.param("Mua vé tàu nhé bạn.", "Mua vé tàu nhé bạn.", "script", id="vietnamese"),
        pytest.param("Mua vé tàu nhé bạn.", "买票吧", "script", id="script"),
        pytest.param("Mua 12 vé.", "Buy 13 tickets.", "numbers", id="number"),
        pytest.param("Mua vé.", "Buy tickets at evil.com.", "marks", id="address"),
        pytest.param("Mua vé.", "Buy <b>tickets</b>.", "characters", id="html"),
        pytest.param("Mua vé.", "Buy [tickets](evil).", "characters", id="link"),
        pytest.param("Mua vé.", "Buy {fact:price}.", "characters", id="fact"),
        pytest.param("Mua vé.", "Buy \u202etickets.", "characters", id="bidi"),
    ],
)
def test_spoilt_answers(text: str, answer: str, flaw: str) -> None:
    assert refused(text, always(answer)) == flaw


def test_dropped_masks_come_back_between_pieces_only() -> None:
    def model(package: str, text: str) -> str:
        return "Buy tickets." if "1" in text else ""

    assert refused("Mua vé `ls` nhé.", model) == "marks"
    assert drafted("Mua vé `ls`", {"Mua vé": "Buy tickets"}) == "Buy tickets `ls`"


@pytest.mark.parametrize("answer", ["   ", ".", "…", "\u00a0"])
def test_answer_without_words(answer: str) -> None:
    assert refused("Mua vé nhé bạn.", always(answer)) == "empty"


def test_link_in_a_link() -> None:
    model = {"Xem [1] tàu [2] và [3] vịnh [4]": "See [1] the boat [3] bay [4] here [2]"}
    assert refused("Xem [tàu](a.md) và [vịnh](b.md)", model)


@pytest.mark.parametrize(
    ("text", "model"),
    [
        pytest.param(
            "Gọi 0203 3825 161 lúc 8 giờ", {"Gọi [1] lúc 8 giờ": "Call [1] 8:00"}, id="phone"
        ),
        pytest.param(
            "Có 5 vé [xem](a.md) https://a.vn/x",
            {
                "Có 5 vé xem [1]": "There are tickets xem [1]",
                "Có 5 vé [1] xem [2] [3]": "Have tickets [1] look [3] here [2] 5",
            },
            id="url_in_link",
        ),
    ],
)
def test_neighbours_of_masks(text: str, model: dict[str, str]) -> None:
    assert refused(text, model)


def test_italics_side_by_side_in_chinese() -> None:
    model = {"Xem tàu vịnh nhé": "看船海湾", "tàu": "船", "vịnh": "海湾"}
    assert "**" not in drafted("Xem *tàu* *vịnh* nhé", model, "vi", "zh")


@pytest.mark.parametrize("flaw", ["loop", "cap", "unknown", "empty"])
def test_flaws_of_the_engine(flaw: str) -> None:
    found: list[object] = []

    def whole() -> Steps[None]:
        found.append((yield from ladder("vi", "en").draft(Segment("Mua vé `ls` **nhé** bạn."))))

    steps = whole()
    asks: list[Ask] | None = next(steps)
    while asks is not None:
        answers = [[Hypothesis("Buy tickets [1]", 0.0, flaw)] for _ in asks]
        try:
            asks = steps.send(answers)
        except StopIteration:
            asks = None
    assert found == [flaw]


def test_no_hypotheses_at_all() -> None:
    assert refused("Mua **vé** nhé.", lambda package, text: []) == "empty"


def test_doubled_name() -> None:
    def model(package: str, text: str) -> str:
        return "The boat [1] reaches [1]." if "[1]" in text else "The boat goes."

    assert refused("Tàu đến vịnh Hạ Long.", model, glossary=TERMS)


def test_one_bad_sentence_spoils_the_text() -> None:
    model = {"Mua vé.": "Buy tickets."}
    assert refused("Mua vé. Đi tàu.", model) == "empty"


def test_bad_words_of_an_image_spoil_the_text() -> None:
    model = {"Xem nhé": "Look"}
    assert refused("![Tàu trên vịnh](a.jpg) Xem nhé", model) == "words"


# ----------------------------------------------------------------------------
# Markup comes back
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "model", "route", "expected"),
    [
        pytest.param(
            "**Mua vé. Đi tàu.**",
            {"Mua vé.": "Buy tickets.", "Đi tàu.": "Take the boat."},
            "en",
            "**Buy tickets. Take the boat.**",
            id="bold_around_sentences",
        ),
        pytest.param(
            "**Mua vé. Đi tàu.**",
            {"Mua vé.": "请买票。", "Đi tàu.": "请坐船。"},
            "zh",
            "**请买票。请坐船。**",
            id="bold_around_chinese_sentences",
        ),
        pytest.param(
            "Mua vé. **Đi tàu.** Xem vịnh.",
            {"Mua vé.": "Buy tickets.", "Đi tàu.": "Take the boat.", "Xem vịnh.": "See the bay."},
            "en",
            "Buy tickets. **Take the boat.** See the bay.",
            id="bold_sentence",
        ),
        pytest.param(
            "Mua **vé**. Xem [vịnh](a.md).",
            {"Mua vé.": "买票。", "Xem vịnh.": "看海湾。", "vé": "票", "vịnh": "海湾"},
            "zh",
            "买**票**。看[海湾](a.md)。",
            id="chinese_has_no_blanks",
        ),
        pytest.param(
            "Mua **vé** ở [cảng](a.md) nhé.",
            {"Mua [1] vé [2] ở [3] cảng [4] nhé.": "[3] 港 [4] で [1] 切符 [2] を買う。"},
            "ja",
            "[港](a.md)で**切符**を買う。",
            id="japanese_by_masks",
        ),
        pytest.param(
            "Mua **vé** ở [cảng](a.md) nhé.",
            {"Mua vé ở cảng nhé.": "항구에서 표를 사세요.", "vé": "표", "cảng": "항구"},
            "ko",
            "[항구](a.md)에서 **표**를 사세요.",
            id="korean",
        ),
        pytest.param(
            "**Giá vé:** rẻ lắm.",
            {"Giá vé: rẻ lắm.": "Prix des billets : modique."},
            "fr",
            "**Prix des billets\u00a0:** modique.",
            id="french_label",
        ),
        pytest.param(
            "Bạn có [vé](a.md) không?",
            {"Bạn có vé không?": "Avez-vous un billet ?", "vé": "billet"},
            "fr",
            "Avez-vous un [billet](a.md)\u202f?",
            id="french_question",
        ),
        pytest.param(
            "Xem [đảo](a.md) nhé.",
            {"Xem đảo nhé.": "Visitez l'île.", "đảo": "île"},
            "fr",
            "Visitez l’[île](a.md).",
            id="french_elision",
        ),
        pytest.param(
            ":material-ferry: Đi tàu",
            {"Đi tàu": "take the boat."},
            "en",
            ":material-ferry: Take the boat",
            id="icon",
        ),
        pytest.param(
            "Vịnh đẹp.[^1]",
            {"Vịnh đẹp.": "The bay is fine."},
            "en",
            "The bay is fine.[^1]",
            id="footnote_at_the_end",
        ),
        pytest.param(
            'Xem [vé](a.md "Giờ tàu") nhé.',
            {"Xem vé nhé.": "See the ticket.", "vé": "ticket", "Giờ tàu": "Boat times"},
            "en",
            'See the [ticket](a.md "Boat times").',
            id="title",
        ),
        pytest.param(
            '<abbr title="Ủy ban">UBND</abbr> tỉnh ra thông báo.',
            {
                "UBND tỉnh ra thông báo.": "The PPC issued a notice.",
                "UBND": "PPC",
                "Ủy ban": "Committee",
            },
            "en",
            'The <abbr title="Committee">PPC</abbr> issued a notice.',
            id="abbreviation",
        ),
        pytest.param(
            "(Xem [vé](a.md))",
            {"(Xem vé)": "(see the ticket)", "vé": "ticket"},
            "en",
            "(See the [ticket](a.md))",
            id="brackets",
        ),
    ],
)
def test_markup(text: str, model: dict[str, str], route: str, expected: str) -> None:
    assert drafted(text, model, "vi", route) == expected


@pytest.mark.parametrize(
    ("text", "model", "expected"),
    [
        pytest.param(
            "Cập nhật {date} lúc %(time)s",
            {"Cập nhật [1] lúc [2]": "Updated [1] at [2]"},
            "Updated {date} at %(time)s",
            id="fields",
        ),
        pytest.param(
            "Giá < 5 *sao*", {"Giá [1] 5 *sao*": "Price [1] 5 *stars*"}, "Price < 5 *stars*",
            id="no_markdown",
        ),
        pytest.param("Vịnh [đẹp](a)", {"Vịnh [đẹp](a)": "Fine bay"}, "Fine bay", id="no_link"),
    ],
)  # fmt: skip
def test_plain(text: str, model: dict[str, str], expected: str) -> None:
    assert drafted(text, model, plain=True) == expected


@pytest.mark.parametrize(
    ("text", "model", "expected"),
    [
        pytest.param(
            "Vịnh[^1], đảo đẹp.", {"Vịnh [1], đảo đẹp.": "The bay [1], a fine isle."},
            "The bay[^1], a fine isle.", id="footnote",
        ),
        pytest.param(
            "Dòng một<br>dòng hai", {"Dòng một [1] dòng hai": "Line one [1] line two"},
            "Line one<br>line two", id="line_break",
        ),
        pytest.param(
            "Nóng 30°C nhé.", {"Nóng 30 [1] nhé.": "It is 30 [1] hot."},
            "It is 30°C hot.", id="degrees",
        ),
    ],
)  # fmt: skip
def test_blanks_around_masks(text: str, model: dict[str, str], expected: str) -> None:
    assert drafted(text, model) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Tệp ten_tep ở đây", "File ten_tep here"), ("Tệp H~2~O ở đây", "File H~2~O here")],
)
def test_what_is_glued_stays_glued(text: str, expected: str) -> None:
    def model(package: str, shown: str) -> str:
        return shown.replace("Tệp", "File").replace("ở đây", "here")

    assert drafted(text, model) == expected


def test_bold_link() -> None:
    model = {"Mua vé ở cảng nhé.": "Buy tickets at the port.", "cảng": "port"}
    assert drafted("Mua vé ở **[cảng](a.md)** nhé.", model) == (
        "Buy tickets at the **[port](a.md)**."
    )


def test_label_before_a_time() -> None:
    model = {"Giờ mở cửa: 7 giờ sáng.": "Opening hours: 7:00 a.m."}
    assert drafted("**Giờ mở cửa:** 7 giờ sáng.", model) == "**Opening hours:** 7:00 a.m."


@pytest.mark.parametrize("text", ["Chữ _nghiêng_ đây", "Chữ __nghiêng__ đây"])
def test_emphasis_with_underscores_in_chinese(text: str) -> None:
    model = {"Chữ nghiêng đây": "这是斜体字", "nghiêng": "斜体"}
    assert "这是*" in drafted(text, model, "vi", "zh")


@pytest.mark.parametrize("address", ["https://a.vn/x_y", "a@b.vn", "www.a.vn"])
def test_bare_address_keeps_its_blanks_in_chinese(address: str) -> None:
    text = drafted(f"Xem {address} tại đây", {"Xem [1] tại đây": "请看 [1] 这里"}, "vi", "zh")
    assert text == f"请看 {address} 这里"


@pytest.mark.parametrize(
    ("words", "shown", "answer", "expected"),
    [
        pytest.param("Giá {fact:x} nhé", "Giá [1] nhé", "Price [1]", "Price {fact:x}", id="fact"),
        pytest.param("Gọi a@b.vn nhé", "Gọi [1] nhé", "Call [1]", "Call a@b.vn", id="email"),
        pytest.param("Vé &amp; tàu", "Vé [1] tàu", "Tickets [1] boat", "Tickets &amp; boat",
            id="entity"),
        pytest.param("Vé *rẻ* lắm", "Vé [1] rẻ [2] lắm", "A [1] cheap [2] ticket",
            "A *cheap* ticket", id="emphasis"),
    ],
)  # fmt: skip
def test_markup_in_the_words_of_an_image(
    words: str, shown: str, answer: str, expected: str
) -> None:
    model = {"Xem": "Look", shown: answer}
    assert drafted(f"![{words}](a.jpg) Xem", model) == f"![{expected}](a.jpg) Look"


def test_fact_in_the_words_of_an_image_is_not_lost() -> None:
    model = {"Xem": "Look", "Giá {fact:x} nhé": "Price"}
    assert refused("![Giá {fact:x} nhé](a.jpg) Xem", model) == "words"


# ----------------------------------------------------------------------------
# Terms agree with the words around them
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "model", "language", "expected"),
    [
        pytest.param(
            "Cảnh của vịnh Hạ Long rất đẹp.",
            {"Cảnh của [1] rất đẹp.": "Le paysage du [1] est magnifique."},
            "fr",
            "Le paysage de la baie d’Ha Long est magnifique.",
            id="french_article",
        ),
        pytest.param(
            "Tới cảng tàu hôm nay.",
            {"Tới [1] hôm nay.": "Allez à la [1] aujourd’hui."},
            "fr",
            "Allez au port de bateaux aujourd’hui.",
            id="french_preposition",
        ),
        pytest.param(
            "Cảnh của **vịnh Hạ Long** rất đẹp.",
            {"Cảnh của [1] [2] [3] rất đẹp.": "Le paysage du [1] [2] [3] est magnifique."},
            "fr",
            "Le paysage de la **baie d’Ha Long** est magnifique.",
            id="french_article_before_bold",
        ),
        pytest.param(
            "Vịnh Hạ Long đẹp vào mùa thu.",
            {"[1] đẹp vào mùa thu.": "[1]은 가을에 아름답습니다."},
            "ko",
            "하롱베이는 가을에 아름답습니다.",
            id="korean_topic",
        ),
        pytest.param(
            "Thăm cảng tàu vào mùa thu.",
            {"Thăm [1] vào mùa thu.": "가을에 [1]를 방문하세요."},
            "ko",
            "가을에 항만을 방문하세요.",
            id="korean_object",
        ),
        pytest.param(
            "Thăm [cảng tàu](a.md) vào mùa thu.",
            {"Thăm [1] [2] [3] vào mùa thu.": "가을에 [1] [2] [3] 를 방문하세요."},
            "ko",
            "가을에 [항만](a.md)을 방문하세요.",
            id="korean_object_of_a_link",
        ),
        pytest.param(
            "Có thị thực mới.",
            {"Có [1] mới.": "There is an [1] now."},
            "en",
            "There is a visa now.",
            id="english_article",
        ),
        pytest.param(
            "Tàu tới vịnh Hạ Long hôm nay.",
            {"Tàu tới [1] hôm nay.": "今天 船到 [1] 。"},
            "zh",
            "今天船到下龙湾。",
            id="chinese_blanks",
        ),
    ],
)
def test_terms_agree(text: str, model: dict[str, str], language: str, expected: str) -> None:
    assert drafted(text, model, "vi", language, glossary=TERMS) == expected


# ----------------------------------------------------------------------------
# Pivot
# ----------------------------------------------------------------------------


def test_pivot_is_kept() -> None:
    model = {
        "Xem bến tàu nhé.": "See the boat pier.",
        "bến tàu": "boat pier",
        "tàu": "boat",
        "Giờ tàu": "Boat times",
        "See the boat pier.": "请看船码头。",
        "boat pier": "船码头",
        "boat": "船",
        "Boat times": "船的时间",
    }
    text = 'Xem [bến **tàu**](b.md "Giờ tàu") nhé.'
    result = draft(text, model, "vi", "en", "zh")
    assert isinstance(result, Draft)
    assert result.pivot == 'See the [**boat** pier](b.md "Boat times").'
    assert result.text == '请看[**船**码头](b.md "船的时间")。'
    assert result.origin == "vi_en-0+en_zh-0"


def test_direct_route_has_no_pivot() -> None:
    result = draft("Mua vé.", {"Mua vé.": "Buy tickets."})
    assert isinstance(result, Draft)
    assert (result.pivot, result.origin) == (None, "vi_en-0")


def test_pivot_owes_terms_at_both_hops() -> None:
    first = {"Thăm vịnh Hạ Long.": "Visit Ha Long Bay."}
    assert refused(
        "Thăm vịnh Hạ Long.", {**first, "Visit Ha Long Bay.": "参观海湾。"},
        "vi", "en", "zh", glossary=TERMS,
    ) == "terms"  # fmt: skip
    assert refused(
        "Thăm vịnh Hạ Long.", {"Thăm vịnh Hạ Long.": "Visit it.", "Visit it.": "参观下龙湾。"},
        "vi", "en", "zh", glossary=TERMS,
    ) == "terms"  # fmt: skip
    done = {**first, "Visit [1].": "参观 [1]。"}
    assert drafted("Thăm vịnh Hạ Long.", done, "vi", "en", "zh", glossary=TERMS) == "参观下龙湾。"


@pytest.mark.parametrize(
    ("english", "chinese", "flaw"),
    [
        pytest.param("Buy 12 tickets.", "买票。", "numbers", id="lost_at_the_second"),
        pytest.param("Buy tickets.", "买12张票。", "numbers", id="lost_at_the_first"),
        pytest.param("Buy 12 tickets.", "买13张票。", "numbers", id="changed"),
        pytest.param("Buy 12 tickets.", "", "empty", id="nothing"),
        pytest.param("Buy 12 tickets.", "Buy 12 tickets.", "script", id="english_for_chinese"),
        pytest.param("Mua 12 vé tàu ở đó.", "买12张票。", "script", id="vietnamese_for_english"),
    ],
)
def test_pivot_is_judged_at_both_hops(english: str, chinese: str, flaw: str) -> None:
    model = {"Mua 12 vé tàu ở đó.": english, english: chinese}
    assert refused("Mua 12 vé tàu ở đó.", model, "vi", "en", "zh") == flaw


def test_what_needs_no_model_crosses_the_pivot() -> None:
    result = draft("**1.500.000**", nothing, "vi", "en", "fr")
    assert isinstance(result, Draft)
    assert result.pivot == "**1,500,000**"
    assert re.fullmatch(r"\*\*1[\u00a0\u202f]500[\u00a0\u202f]000\*\*", result.text)


# ----------------------------------------------------------------------------
# Edges
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "answer", "language", "expected"),
    [
        pytest.param("Vé tàu", "boat ticket.", "en", "Boat ticket", id="no_full_stop"),
        pytest.param("Mua vé.", "buy tickets", "en", "Buy tickets.", id="full_stop"),
        pytest.param("Mua vé.", "买票", "zh", "买票。", id="chinese_full_stop"),
        pytest.param("Vé?", "票", "zh", "票？", id="chinese_question"),
        pytest.param("Giá:", "price", "en", "Price:", id="colon"),
        pytest.param("vé tàu", "boat ticket", "en", "boat ticket", id="small_letter"),
        pytest.param("Vé", "\ue200ticket\ue300", "en", "\ue200Ticket\ue300", id="capital_in_span"),
        pytest.param("Vé!", "Billet !", "fr", "Billet\u202f!", id="french"),
        pytest.param("5 vé", "5 tickets", "en", "5 tickets", id="digit"),
    ],
)
def test_mend(source: str, answer: str, language: str, expected: str) -> None:
    assert mend(source, answer, language) == expected


def test_mend_keeps_an_ellipsis() -> None:
    assert mend("Mua vé", "Buy tickets...", "en") in (
        "Buy tickets...",
        "Buy tickets",
        "Buy tickets…",
    )


@pytest.mark.parametrize(
    ("text", "head", "core", "tail"),
    [
        pytest.param("Vé", "", "Vé", "", id="words"),
        pytest.param(" Vé ", " ", "Vé", " ", id="blanks"),
        pytest.param("\ue200Vé\ue300", "\ue200", "Vé", "\ue300", id="bold"),
        pytest.param("\ue200\ue201Vé\ue301\ue300", "\ue200\ue201", "Vé", "\ue301\ue300", id="both"),
        pytest.param(
            "\ue200a\ue300 \ue201b\ue301", "", "\ue200a\ue300 \ue201b\ue301", "", id="two"
        ),
        pytest.param("\ue140Vé\ue141", "\ue140", "Vé", "\ue141", id="icons"),
        pytest.param("\ue100Vé", "", "\ue100Vé", "", id="word"),
        pytest.param("\ue140", "\ue140", "", "", id="only"),
        pytest.param("", "", "", "", id="nothing"),
    ],
)
def test_peel(text: str, head: str, core: str, tail: str) -> None:
    assert peel(text) == (head, core, tail)


# ----------------------------------------------------------------------------
# A hostile model
# ----------------------------------------------------------------------------

PIECES = [
    "Vịnh Hạ Long",
    "**Vé tàu**",
    "*rất đẹp*",
    "[cảng](a.md)",
    '[bến Ao Tiên](b.md "Giờ tàu")',
    "`ls -l`",
    "{fact:gia_ve}",
    "76/2020/NĐ-CP",
    "12 tỷ đồng",
    "1.500.000",
    "9,75 km²",
    "ngày 2/9/2025",
    '![Tàu trên vịnh](t.jpg "Ảnh")',
    '<abbr title="Ủy ban nhân dân">UB</abbr>',
    "<kbd>Ctrl</kbd>",
    "[^1]",
    ":smile:",
    "&amp;",
    "của tỉnh Quảng Ninh",
    "khách du lịch",
    "[đảo][dao]",
    "***quan trọng***",
    "~~cũ~~",
    "<br>",
    "(xem thêm)",
    "“cửa khẩu”",
    "++ctrl+c++",
    "*Giờ:*",
    '<span class="x" markdown>chợ nổi</span>',
    "**[hang động](a.md)**",
    "dulich@quangninh.gov.vn",
    "https://a.vn/x_y",
    "0203 3825 161",
    "QL18",
    "ten_tep_dai",
    "CO~2~",
    "8 giờ 30",
    "15%",
]
"""What random source texts are made of."""

PAGE = '\n\n[dao]: dao.md "Vé tàu"\n\n[^1]: Chú thích.\n'
"""What the texts refer to."""

NOISE = {
    "en": "the bay ticket port [1] [2] [9] 701 12 <b> x.com “ * _ ** [a](b) http://evil.vn a@b.com "
    "{fact:y} {1} \u200b của 13 ![x](y) `x` [^1] 船 12% 2025",
    "zh": "海湾 船票 港口 [1] [2] [9] 701 12 的 <b> ： của ボート 12亿 ** [a](b) {fact:y} %",
    "ja": "です 港 チケット [1] [2] 9 の 12億 ** <b> của 항구 {fact:y} 、 「",
    "ko": "항구 표 은 [1] [2] 만 12억 ** <b> của 港 {fact:y} ,",
    "fr": "la baie billets l’ [1] [2] 12 : é îles ** <b> của {fact:y} ! «",
}
"""What a model may babble, the usual words first."""


def babbler(seed: int) -> Callable[[str, str], list[str]]:
    """Return a model that drops, doubles and shuffles what it is given, and adds noise."""
    chance = random.Random(seed)

    def model(package: str, text: str) -> list[str]:
        noise = NOISE[package[3:5]].split(" ")
        return [babble(chance, text, noise) for _ in range(HYPOTHESES)]

    return model


def babble(chance: random.Random, text: str, noise: list[str]) -> str:
    """Return one answer."""
    said = []
    for word in text.split(" "):
        kept = re.search(r"\d", word) or not any(char.isalpha() for char in word)
        if chance.random() < (0.03 if kept else 0.3):
            continue
        if chance.random() < 0.03:
            said.append(word)
        usual = noise[:3] if chance.random() < 0.85 else noise
        said.append(word if kept or chance.random() < 0.03 else chance.choice(usual))
    if chance.random() < 0.4:
        chance.shuffle(said)
    if chance.random() < 0.2:
        said.insert(chance.randrange(len(said) + 1), chance.choice(noise))
    return " ".join(said)


def literals(text: str) -> Counter[str]:
    """Count everything that may not change, without any of our own code."""
    return Counter(
        re.findall(
            r"\]\([^)\s\"]*|\]\[\w+\]|!\[|`[^`]+`|\{[^}]*\}|\[\^\w+\]|</?\w+|\d+/\d+/[A-ZĐ-]+"
            r"|:[a-z]+:|\+\+\S+\+\+|~~|\*|&\w+;|km²|https?:|@",
            text,
        )
    )


@pytest.fixture(scope="module")
def extension() -> SegmentExtension:
    return SegmentExtension()


@pytest.fixture(scope="module")
def markdown(extension: SegmentExtension) -> Markdown:
    markdown: Markdown = markdown_of(STRANGER, extension)
    return markdown


@pytest.fixture(scope="module")
def inspector() -> Inspector:
    return Inspector(markdown_of(STRANGER))


@pytest.mark.parametrize(
    "route",
    [
        pytest.param(("vi", "en"), id="en"),
        pytest.param(("vi", "fr"), id="fr"),
        pytest.param(("vi", "en", "zh"), id="zh"),
        pytest.param(("vi", "en", "ja"), id="ja"),
        pytest.param(("vi", "en", "ko"), id="ko"),
    ],
)
@settings(
    # The same texts every time: what is found at random is found in a longer run by hand.
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=5, unique=True),
    ending=st.sampled_from(["", ".", "?", "!", ":"]),
    seed=st.integers(0, 2**32),
)
@example(pieces=PIECES[:5], ending=".", seed=1)
@example(pieces=PIECES[5:10], ending="", seed=2)
def test_no_accepted_draft_breaks(
    markdown: Markdown,
    extension: SegmentExtension,
    inspector: Inspector,
    route: tuple[str, ...],
    pieces: list[str],
    ending: str,
    seed: int,
) -> None:
    page = collect(markdown, extension, " ".join(pieces) + ending + PAGE, 1)
    segment = page.segments[0]
    result = climb(ladder(*route, glossary=TERMS).draft(segment), babbler(seed))
    if isinstance(result, Flaw):
        return
    versions = [(result.text, route[-1])]
    if result.pivot is not None:
        versions.append((result.pivot, "en"))
    for text, language in versions:
        assert inspector.difference(segment, text, page) is None
        # In a pivot a telephone number and a digit may stand side by side; nobody publishes it.
        lost = difference(segment.msgid, "vi", text, language)
        assert lost is None or text == result.pivot
        assert TERMS.difference(segment.msgid, "vi", text, language) is None
        assert literals(text) == literals(segment.msgid)
        assert not re.search("[\ue000-\uf8ff\u200b]|của|x\\.com|evil", text)
        if language in ("zh", "ja"):
            assert not re.search(r"[가-힣]", text)
        if language in ("en", "fr"):
            assert not re.search(r"[一-鿿가-힣ぁ-ヿ]", text)
