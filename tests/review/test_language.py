"""Translations in another language or in other letters than theirs are found, once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from checked import entry_of, said
from markdown import Markdown

from quangba.catalogs.glossary import Glossary
from quangba.catalogs.message import Message
from quangba.catalogs.terms import Rule, Term
from quangba.review.checking import all_checks
from quangba.review.entry import Entry, Site
from quangba.source.markup import Inspector
from quangba.source.segment import Segment

GLOSSARY = Glossary((Term({"vi": ("Sun World Hạ Long",)}, rule=Rule.KEEP, case=True),))
NAMES = ("untranslated", "source-left", "other-tongue", "wrong-script", "kana", "han")


def found(source: str, target: str, language: str) -> list[str]:
    """Return the names of the checks of this module that speak."""
    site = Site("vi", GLOSSARY, Inspector(Markdown()))
    entry = Entry(Message(source, target), Segment(source), language, site)
    return [name for name in NAMES for _ in all_checks()[name](entry)]


SOURCE = "Mua vé tàu ở cảng. Hãy đến sớm nửa giờ."


@pytest.mark.parametrize(
    ("target", "language"),
    [
        pytest.param("Buy boat tickets at the port. Come half an hour early.", "en", id="en"),
        pytest.param("在港口买船票。请提前半小时到。", "zh", id="zh"),
        pytest.param("港で船の切符を買います。30分前に来てください。", "ja", id="ja"),
        pytest.param("항구에서 배표를 삽니다. 선(禪) 사원.", "ko", id="ko"),
        pytest.param("Achetez vos billets à l’embarcadère. Arrivez tôt.", "fr", id="fr"),
        pytest.param("Купите билеты.", "ru", id="ru"),
        pytest.param("anything at all", "xx", id="unknown"),
    ],
)
def test_a_good_text_is_left_alone(target: str, language: str) -> None:
    assert found(SOURCE, target, language) == []


@pytest.mark.parametrize(
    ("target", "language", "expected"),
    [
        pytest.param(SOURCE, "en", "untranslated", id="copy"),
        pytest.param("Mua ve tau o cang. Hay den som nua gio.", "fr", "untranslated", id="ascii"),
        pytest.param("Buy vé at the port.", "en", "source-left", id="word"),
        pytest.param("在港口买vé。", "zh", "source-left", id="word-zh"),
        pytest.param("Buy tickets. Hãy đến sớm nửa giờ.", "en", "source-left", id="sentence"),
        pytest.param("Buy your tickets at the port.", "fr", "other-tongue", id="en-in-fr"),
        pytest.param("Achetez les billets dans la gare.", "en", "other-tongue", id="fr-in-en"),
        pytest.param("Kaufen Sie die Karten und der Rest.", "en", "other-tongue", id="de-in-en"),
        pytest.param("Buy your tickets at the port.", "ja", "other-tongue", id="en-in-ja"),
        pytest.param(
            "請在港口購買船票然後提前半個小時到達碼頭", "ja", "other-tongue", id="zh-in-ja"
        ),
        pytest.param("在港口买船票", "en", "wrong-script", id="zh-in-en"),
        pytest.param("在港口买船票", "ko", "wrong-script", id="zh-in-ko"),
        pytest.param("港で항구에서", "ja", "wrong-script", id="hangul-in-ja"),
        pytest.param("港口の船票", "zh", "kana", id="kana-in-zh"),
        pytest.param("在港口買船票", "zh", "han", id="traditional"),
        pytest.param("駅前広場", "zh", "han", id="shinjitai"),
        pytest.param("港で买います", "ja", "han", id="simplified-in-ja"),
        pytest.param("國の港です", "ja", "han", id="kyujitai"),
    ],
)
def test_another_language_is_found_once(target: str, language: str, expected: str) -> None:
    assert found(SOURCE, target, language) == [expected]


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        pytest.param("Thăm Sun World Hạ Long", "Visit Sun World Hạ Long", "en", id="brand"),
        pytest.param("Sản phẩm OCOP ở đây", "这里有OCOP产品", "zh", id="code"),
        pytest.param("Ông Trần Quốc Tảng", "供奉Trần Quốc Tảng", "zh", id="name"),
        pytest.param("Có homestay", "有homestay", "zh", id="loan"),
    ],
)
def test_what_the_source_has_may_stay(source: str, target: str, language: str) -> None:
    assert found(source, target, language) == []


def test_vietnamese_is_no_source_left_over_in_a_vietnamese_text() -> None:
    entry = entry_of("Approve and go to the next text.", "Duyệt và sang câu tiếp theo.", "vi")
    entry = replace(entry, site=replace(entry.site, source_language="en"))
    assert not said(entry, "language")
