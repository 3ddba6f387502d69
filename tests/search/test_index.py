"""Index: what is counted, and the script that carries it to readers."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from quangba.search.index import Document, postings, script
from quangba.search.reading import Section

ROOT = Path(__file__).parents[2]

TEXTS: dict[str, Any] = {"groups": {}}

DOCUMENTS = [
    Document(
        "visit/ha-long-bay/",
        "place",
        "Vịnh Hạ Long",
        "",
        "Đảo đá vôi",
        [Section("", "", "Hàng nghìn đảo đá"), Section("Vé", "ve", "Vé bán ở cảng Hạ Long.")],
        names=["下龙湾", "halong"],
        topics=["Bãi Cháy"],
        also=["thành phố Hạ Long"],
    ),
    Document("invest/", "page", "Đầu tư", sections=[Section("", "", "Thủ tục 手続き 절차")]),
]

OWN = """documents => {
  const {clean, tokens} = window.quangbaTokens;
  const fields = ["title", "names", "topics", "text", "also"];
  const terms = texts => texts.flatMap(text => tokens(clean(text)).flatMap(token => token.terms));
  const search = new MiniSearch({fields, tokenize: terms, processTerm: term => term,
    extractField: (document, field) => document[field], stringifyField: texts => texts});
  documents.forEach((document, id) => search.add({id, ...document}));
  return JSON.parse(JSON.stringify(search));
}"""

OURS = """async () => {
  let taken;
  const load = MiniSearch.loadJS;
  MiniSearch.loadJS = (...given) => taken = load.apply(MiniSearch, given);
  await quangbaEngine.open(quangbaSearch);
  MiniSearch.loadJS = load;
  const plain = places =>
    Object.fromEntries([...places].map(([field, pages]) => [field, Object.fromEntries(pages)]));
  const index = [...taken._index].map(([term, places]) => [term, plain(places.read())]);
  return {...JSON.parse(JSON.stringify(Object.assign(taken, {_index: new Map()}))), index};
}"""


def data_of(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text.split("quangbaSearch=", 1)[1].rstrip().rstrip(";"))
    return found


def fields(document: Document) -> dict[str, list[str]]:
    names = ("title", "names", "topics", "text", "also")
    return dict(zip(names, document.texts(), strict=True))


def test_script_holds_what_is_shown_and_no_hidden_name() -> None:
    data = data_of(script(DOCUMENTS, "vi", "vi", TEXTS))
    assert [page[:3] for page in data["pages"]] == [
        ["visit/ha-long-bay/", "place", "Vịnh Hạ Long"],
        ["invest/", "page", "Đầu tư"],
    ]
    assert data["pages"][0][5][1] == ["Vé", "ve", "Vé bán ở cảng Hạ Long."]
    assert "thành phố Hạ Long" not in json.dumps(data["pages"], ensure_ascii=False)
    terms = data["terms"].split("\n")
    assert terms == sorted(terms)
    assert len(terms) == len(data["postings"].split("\n"))
    assert {"hạ", "ha", "下龙", "halong", "phố"} <= set(terms)


@pytest.mark.parametrize(
    ("places", "written"),
    [
        pytest.param({0: {0: 1}}, "a1", id="first_page"),
        pytest.param({3: {5: 2, 6: 1, 40: 3}}, "d6.2,1,34.3", id="steps"),
        pytest.param({4: {1: 1}, 0: {2: 1}}, "a3e2", id="fields_in_order"),
    ],
)
def test_postings(places: dict[int, dict[int, int]], written: str) -> None:
    assert postings(places) == written


def test_same_pages_give_the_same_bytes() -> None:
    assert script(DOCUMENTS, "vi", "vi", TEXTS) == script(list(DOCUMENTS), "vi", "vi", TEXTS)


def test_hostile_texts_stay_within_the_script() -> None:
    title = "</script><script>alert(1)//\u2028\ud800\"'\\"
    text = script([Document("x/", "page", title)], "en", "vi", TEXTS)
    assert text.encode("utf-8")
    assert data_of(text)["pages"][0][2] == title.replace("\ud800", "?")


@pytest.mark.browser
def test_minisearch_itself_would_make_the_same_index(page: Page) -> None:
    page.add_script_tag(content=script(DOCUMENTS, "vi", "vi", TEXTS))
    ours = page.evaluate(OURS)
    own = page.evaluate(OWN, [fields(document) for document in DOCUMENTS])
    assert dict(ours["index"]) == dict(own["index"])
    assert ours["fieldLength"] == own["fieldLength"]
    assert ours["documentCount"] == own["documentCount"]


# ----------------------------------------------------------------------------
# Sixty pages
# ----------------------------------------------------------------------------


def sixty(language: str) -> list[Document]:
    """Make 60 pages of 4,800 (Han, kana and Hangul: 2,700) characters out of our own sentences."""
    folder = ROOT / "locales" / ("en" if language == "vi" else language) / "LC_MESSAGES"
    marker = "msgid" if language == "vi" else "msgstr"
    pool = [
        json.loads(line.removeprefix(f"{marker} "))
        for path in sorted(folder.rglob("*.po"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(f'{marker} "') and len(line) > 60
    ]
    chance = random.Random(1)
    size = 2700 if language in ("zh", "ja", "ko") else 4800
    return [Document(f"p{i}/", "page", f"{i}", "", "", long(pool, chance, size)) for i in range(60)]


def long(pool: Sequence[str], chance: random.Random, size: int) -> list[Section]:
    text = ""
    while len(text) < size:
        # Halves of two sentences: a text that says things twice would be shorter than real ones.
        one, two = chance.choice(pool), chance.choice(pool)
        text += f" {one[: len(one) // 2]}{two[len(two) // 2 :]}"
    return [Section("", "", text.strip())]


@pytest.mark.parametrize("language", ["vi", "en", "zh", "ja", "ko", "fr"])
def test_sixty_pages_keep_the_budget(language: str) -> None:
    text = script(sixty(language), language, "vi", TEXTS)
    assert len(gzip.compress(text.encode("utf-8"), 9)) <= 150_000
