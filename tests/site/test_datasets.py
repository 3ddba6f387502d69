"""Open data: JSON that fits its schema, CSV and XLSX that run nothing, the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from openpyxl import load_workbook
from project_pages import BASE, FORMULA, LONG, MARKUP, PROJECTS, WRONG, context_of, files

from quangba.site.datasets import (
    COLUMNS,
    csv_cell,
    csv_of,
    dataset_jsonld,
    document,
    json_of,
    open_files,
    schema,
)
from quangba.site.datasets import files as data_files
from quangba.site.projects import faults
from quangba.site.spreadsheet import COLUMNS as HEADS
from quangba.source.labels import LABELS
from support import make_site

# ----------------------------------------------------------------------------
# Fixtures
# ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def config_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site with sound and wrong projects, in sample mode."""
    wrong = {f"wrong-{name}": {"title": "Sai", **meta} for name, meta in WRONG.items()}
    root = tmp_path_factory.mktemp("data")
    return make_site(root, files(wrong), languages=("vi", "en", "fr"), quangba={"sample": True})


def valid(found: dict[str, Any]) -> list[str]:
    """Return what a validator of the published schema says."""
    validator = Draft202012Validator(schema(), format_checker=FormatChecker())
    return [error.message for error in validator.iter_errors(found)]


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


# ----------------------------------------------------------------------------
# What is in the list
# ----------------------------------------------------------------------------


def test_all_sound_projects_are_listed_and_no_others(config_file: Path) -> None:
    found = document(context_of(config_file))
    assert [item["id"] for item in found["projects"]] == sorted(PROJECTS)


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_project_has_a_fault(name: str) -> None:
    meta = {**BASE, "title": "Sai", **WRONG[name]}
    assert faults(meta) == [next(iter(WRONG[name]))]


def test_a_project_that_the_gate_keeps_back_is_in_no_file(tmp_path: Path) -> None:
    config_file = make_site(tmp_path, files(), quangba={"gate": True, "sample": True})
    assert document(context_of(config_file))["projects"] == []


# ----------------------------------------------------------------------------
# JSON
# ----------------------------------------------------------------------------


def test_the_schema_is_sound() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("code", ["vi", "en", "fr"])
def test_json_fits_the_schema(config_file: Path, code: str) -> None:
    found = document(context_of(config_file, code))
    assert valid(found) == []
    assert found["language"] == code
    assert json.loads(json_of(found)) == found


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"sector": "magic"}, id="unknown-sector"),
        pytest.param({"capital_vnd": -1}, id="negative-capital"),
        pytest.param({"source": {"title": "A", "publisher": "B"}}, id="undated-source"),
        pytest.param({"as_of": "2025-13"}, id="no-such-month"),
        pytest.param({"secret": 1}, id="unknown-key"),
    ],
)
def test_the_schema_refuses_what_is_wrong(config_file: Path, change: dict[str, Any]) -> None:
    found = document(context_of(config_file))
    found["projects"][0] |= change
    assert valid(found)


def test_a_sample_without_its_notice_does_not_fit_the_schema(config_file: Path) -> None:
    found = document(context_of(config_file))
    assert valid({**found, "notices": found["notices"][1:]})


def test_values_are_raw_and_texts_as_they_are(config_file: Path) -> None:
    found = {item["id"]: item for item in document(context_of(config_file))["projects"]}
    assert found["wind"] == {
        "id": "wind",
        "title": "Điện gió Hải Hà",
        "url": "https://example.test/projects/wind/",
        "sector": "energy",
        "sector_label": found["lng"]["sector_label"],
        "status": "calling",
        "status_label": "Calling for investment",
        "communes": [],
        "former_place": "Hải Hà (huyện cũ)",
        "area_ha": 1035,
        "capital_vnd": 7_396_000_000_000,
        "capital_text": "7.396\u00a0tỷ đồng",
        "as_of": "2025",
        "historic": False,
        "source": {
            "title": "Danh mục dự án",
            "publisher": "Báo Thử",
            "date": "2025-11-27",
            "url": "https://example.test/a?b=1&c=2",
            "language": "vi",
        },
        "reviewed_on": "2026-11-26",
    }
    assert found["port"]["zone"]["url"] == "https://example.test/zones/mong-cai/"
    assert found["port"]["communes"][0]["name_vi"] == "phường Móng Cái"
    assert "capital_vnd" not in found["lng"]
    assert found["lng"]["source"]["seen"] == "2026-10-01"
    assert not {"area_ha", "capital_vnd", "capital_text"} & found["bare"].keys()
    assert found["old"]["historic"] is True
    assert (found["formula"]["title"], found["markup"]["title"]) == (FORMULA, MARKUP)
    assert found["markup"]["former_place"] == LONG


def test_numbers_are_the_same_in_every_language(config_file: Path) -> None:
    def numbers(code: str) -> list[tuple[Any, ...]]:
        listed = document(context_of(config_file, code))["projects"]
        keys = ("id", "area_ha", "capital_vnd", "capital_usd", "as_of")
        return [tuple(item.get(key) for key in keys) for item in listed]

    assert numbers("vi") == numbers("en") == numbers("fr")
    amount = document(context_of(config_file, "en"))["projects"][-1]["capital_text"]
    assert amount.replace("\u00a0", " ") == "7.396 trillion VND"


@pytest.mark.parametrize("sample", [True, False])
def test_every_file_says_whether_it_is_a_sample(tmp_path: Path, sample: bool) -> None:
    config_file = make_site(tmp_path, files(), quangba={"sample": sample})
    context = context_of(config_file, "en")
    made = data_files(context)
    assert json.loads(made["JSON"])["sample"] is sample
    assert {row["sample"] for row in rows(made["CSV"])} == {str(sample).lower()}
    book = load_workbook(io.BytesIO(made["XLSX"]))
    said = [sheet["A1"].value or "" for sheet in book] + [str(book.properties.description)]
    assert any("Sample edition" in text for text in said) is sample
    assert ("Sample edition" in str(book.worksheets[0]["A1"].value)) is sample


# ----------------------------------------------------------------------------
# CSV
# ----------------------------------------------------------------------------


def test_csv_opens_in_excel_and_follows_rfc_4180(config_file: Path) -> None:
    data = csv_of(document(context_of(config_file)))
    assert data.startswith(b"\xef\xbb\xbfid,title,")
    lines = data.decode("utf-8-sig").split("\r\n")
    assert lines[0].split(",") == list(COLUMNS)
    assert lines[-1] == ""
    assert len(lines) == len(PROJECTS) + 2
    assert not any("\n" in line for line in lines)


def test_csv_holds_raw_numbers_and_no_formula(config_file: Path) -> None:
    found = {row["id"]: row for row in rows(csv_of(document(context_of(config_file))))}
    assert found["port"]["capital_vnd"] == "823000000000"
    assert found["port"]["area_ha"] == "50.45"
    assert found["port"]["communes"] == "phường Móng Cái; xã Hải Ninh"
    assert found["bare"]["capital_vnd"] == found["bare"]["capital_usd"] == ""
    assert found["formula"]["title"] == f"'{FORMULA}"
    assert found["markup"]["title"] == MARKUP


@given(st.text())
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert not csv_cell(text).lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


# ----------------------------------------------------------------------------
# XLSX
# ----------------------------------------------------------------------------


def test_the_workbook_has_real_numbers_and_dates(config_file: Path) -> None:
    data = data_files(context_of(config_file, "en"))["XLSX"]
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[2]]
    assert heads == [LABELS["sheet"][column.name] for column in HEADS]
    assert sheet.freeze_panes == "B3"
    found = {
        row[-1].value: dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=3)
    }
    assert found.keys() == PROJECTS.keys()
    assert found["wind"]["Capital (VND)"].value == 7_396_000_000_000
    assert found["wind"]["Capital (VND)"].number_format == "#,##0"
    assert found["port"]["Land (ha)"].value == 50.45
    assert found["port"]["As of"].value == datetime(2025, 12, 19)
    assert found["old"]["As of"].value == datetime(2020, 7, 1)
    assert [found[n]["As of"].number_format for n in ("port", "old", "wind")] == [
        "yyyy-mm-dd",
        "yyyy-mm",
        "yyyy",
    ]
    assert found["bare"]["Capital (VND)"].value is None
    assert found["lng"]["Precision of the capital"].value == "more than"
    assert all(sheet.column_dimensions[cell.column_letter].width > 10 for cell in sheet[2])


def test_the_workbook_has_no_formula_and_no_person(config_file: Path) -> None:
    data = data_files(context_of(config_file))["XLSX"]
    book = load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert FORMULA in [cell.value for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert book.properties.creator == "quangba"
    assert book.properties.language == "vi"


def test_the_same_pages_give_the_same_bytes(config_file: Path) -> None:
    first, second = (data_files(context_of(config_file, "fr")) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first["XLSX"])) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# ----------------------------------------------------------------------------
# Structured data and the page of open data
# ----------------------------------------------------------------------------


def test_structured_data_names_all_downloads(config_file: Path) -> None:
    found = dataset_jsonld(context_of(config_file, "fr"))
    assert (found["@type"], found["inLanguage"]) == ("Dataset", "fr")
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert found["temporalCoverage"] == "2020-07/2025-12-19"
    assert [item["contentUrl"] for item in found["distribution"]] == [
        "https://example.test/fr/data/projects.json",
        "https://example.test/fr/data/projects.csv",
        "https://example.test/fr/data/projects.xlsx",
    ]
    assert 50 <= len(found["description"]) <= 5000


def test_open_data_lists_all_languages_and_the_sizes_of_its_own(config_file: Path) -> None:
    found = open_files(context_of(config_file, "en"), lambda url: f"../{url}")
    assert found["count"] == len(PROJECTS)
    assert found["schema"] == "../data/project.schema.json"
    urls = {
        lang["html_lang"]: [file["url"] for file in lang["files"]] for lang in found["languages"]
    }
    assert urls["vi"][0] == "../data/projects.json"
    assert urls["fr"][2] == "../fr/data/projects.xlsx"
    for language in found["languages"]:
        assert all(bool(file["size"]) is language["current"] for file in language["files"])
