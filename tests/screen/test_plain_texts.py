"""A page in few words, and a desk as a contact card: what a code holds that needs no network."""

from __future__ import annotations

from pathlib import Path

import pytest
from taken import PORTAL, VISAS, buttons, of_page

from quangba.site.context import SiteContext
from quangba.site.publishing import Publisher
from quangba.site.screen import qr
from quangba.site.screen.plain_texts import LONGEST, card, sample_note
from quangba.site.screen.takeaways import Takeaways, page_takeaway
from support import open_workspace

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ROOT = Path(__file__).parents[2]

# ----------------------------------------------------------------------------
# Tests
# ----------------------------------------------------------------------------


def test_a_page_is_taken_as_its_address_and_in_few_words() -> None:
    found, codes = of_page(VISAS)
    assert codes[found["qr"]] == found["url"] == f"{PORTAL}visit/visas/"
    assert (
        codes[found["plain_qr"]]
        == found["plain_text"].unescape()
        == "\n".join(
            [
                "Thị thực",
                "Câu một. Câu hai.",
                "Giấy tờ: hộ chiếu",
                "tính đến 2026-11-20",
                "Sample edition: not an official publication",
                f"{PORTAL}visit/visas/",
            ]
        )
    )
    data = buttons(f'<button class="take"{found["data"]}></button>')[0]
    assert data["data-label"] == "Thị thực"
    assert data["data-plain-text"] == found["plain_text"].unescape()


def test_a_page_in_another_language_is_taken_in_it() -> None:
    found, _ = of_page({**VISAS, "title": "签证", "lead": "第一句。第二句。"}, "zh", sample=False)
    assert found["url"] == f"{PORTAL}zh/visit/visas/"
    assert "第一句。第二句。\nGiấy tờ：hộ chiếu\n" in found["plain_text"]
    assert "Sample" not in found["plain_text"]


def test_without_a_portal_there_are_only_the_words() -> None:
    found, codes = of_page(VISAS, url=None)
    assert (found["url"], found["qr"]) == (None, None)
    assert PORTAL not in codes[found["plain_qr"]]
    assert "data-qr" not in found["data"]


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        pytest.param("vi", "Một câu dài vừa phải về vịnh Hạ Long và đảo. ", id="Vietnamese"),
        pytest.param("fr", "Une phrase de longueur moyenne sur la baie. ", id="French"),
        pytest.param("zh", "关于下龙湾和岛屿的一个不长不短的句子。", id="Chinese"),
        pytest.param("ja", "ハロン湾と島々についての長くも短くもない文です。", id="Japanese"),
        pytest.param("ko", "하롱베이와 섬들에 관한 길지도 짧지도 않은 문장입니다. ", id="Korean"),
    ],
)
def test_a_long_page_is_cut_at_whole_sentences(code: str, sentence: str) -> None:
    glance = [{"label": "nhãn", "text": f"{n} ngày"} for n in range(3)]
    found, codes = of_page({**VISAS, "lead": sentence * 20, "glance": glance}, code)
    text = codes[found["plain_qr"]]
    lead = text.split("\n")[1]
    assert lead == (sentence * (len(lead) // len(sentence) + 1))[: len(lead)]
    assert (lead + " ").startswith(sentence)
    assert len(lead) % len(sentence) in (0, len(sentence.rstrip()))
    assert "2 ngày" in text  # glance lines go before the second sentence
    assert len(text) <= LONGEST
    assert qr.fits(text)
    assert len(f"{text}{sentence}") > LONGEST or not qr.fits(f"{text}{sentence}")


def test_a_first_sentence_that_is_too_long_leaves_room_for_the_rest() -> None:
    found, codes = of_page({**VISAS, "lead": f"{'từ ' * 120}. Câu hai."})
    assert codes[found["plain_qr"]].split("\n")[1] == "Giấy tờ: hộ chiếu"


def test_a_title_that_is_too_long_leaves_the_address_alone() -> None:
    found, _ = of_page({**VISAS, "title": "ệ" * 300})
    assert (found["plain_text"], found["plain_qr"]) == (None, None)
    assert found["url"]
    assert "data-plain" not in found["data"]


def test_hidden_characters_are_not_taken_along() -> None:
    found, codes = of_page(
        {**VISAS, "title": "A\u202eB\ud800 \u200b \tC\n", "lead": None, "glance": 1}
    )
    assert codes[found["plain_qr"]].startswith("AB C\n")


def test_every_page_of_ours_fits_a_code_in_six_languages() -> None:
    workspace = open_workspace(ROOT / "mkdocs.yml")
    publisher = Publisher(workspace)
    takeaways, urls, seen = Takeaways(PORTAL), dict[str, str](), set()
    for language in workspace.settings.languages:
        texts = workspace.interface(language)
        context = SiteContext(workspace, publisher, language, texts, urls)
        context.takeaways = takeaways
        for name in workspace.names:
            if not publisher.published(name, language):
                continue
            found = page_takeaway(context, name, lambda url: url)
            assert found is not None
            text = takeaways.codes[found["plain_qr"]]
            lines = text.split("\n")
            assert lines[0] == context.title_of(name).strip(), name
            assert lines[-2:] == [sample_note(context), found["url"].unescape()], name
            assert len(text) <= LONGEST
            seen.add(language.code)
    assert seen == {"vi", "en", "zh", "ja", "ko", "fr"}


CONTACT = {"type": "contact", "title": "Bàn hỗ trợ, tỉnh", "audience": "investors", "lead": "Câu."}


def test_a_desk_without_a_number_is_no_contact_card() -> None:
    meta = {**CONTACT, "phone": None, "email": {"value": ""}, "website": {"value": "javascript:x"}}
    found, codes = of_page(meta)
    assert not any(code.startswith("MECARD") for code in codes.values())
    assert found["plain_text"].startswith("Bàn hỗ trợ, tỉnh\nCâu.")


def test_a_desk_with_a_number_is_a_contact_card() -> None:
    meta = {
        **CONTACT,
        "phone": {"value": "0203 384 6592"},
        "email": {"value": "a;b@c.vn"},  # no mailbox: left out
        "address": {"value": "Số 1: Hạ Long"},
        "website": {"value": "https://a.vn/"},
    }
    found, codes = of_page(meta)
    assert codes[found["plain_qr"]] == (
        "MECARD:N:Bàn hỗ trợ  tỉnh;TEL:02033846592;ADR:Số 1\\: Hạ Long;URL:https\\://a.vn/;"
        "NOTE:tính đến 2026-11-20 · Sample edition\\: not an official publication;;"
    )
    assert "0203" in found["plain_text"]
    assert "MECARD" not in found["plain_text"]


def test_a_card_that_is_too_long_is_none() -> None:
    assert card("A", phone="113", note="ệ" * 200) is None
