"""Results of checks: on the screen, for programs, for hosts of Git, as a page; and waivers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from catalog_site import Site
from click.testing import CliRunner, Result

from quangba.catalogs.message import Message
from quangba.cli import commands
from quangba.errors import QuangbaError
from quangba.review.checking import all_checks

SOURCE = "Giá vé là 50.000 đồng."
WRONG = "The ticket costs 60,000 dong."
PLACE = "locales/en/LC_MESSAGES/ve.po"

# ----------------------------------------------------------------------------
# Fixtures
# ----------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUANGBA_LANG", "en")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path, "en")
    site.page("ve.md", SOURCE, "Mua ở cảng.")
    site.sync()
    say = {SOURCE: WRONG, "Mua ở cảng.": "Buy it at the port."}
    site.translate("ve.md", say.__getitem__, review=False)
    return site


def run(site: Site, *arguments: str) -> Result:
    return CliRunner().invoke(commands, ["-f", str(site.root / "mkdocs.yml"), *arguments])


def entry(site: Site) -> Message:
    return site.catalog("ve.po").index()[(None, SOURCE)]


def place(site: Site) -> str:
    return f"{PLACE}:{entry(site).line}"


# ----------------------------------------------------------------------------
# Formats
# ----------------------------------------------------------------------------


def test_the_screen_names_place_sentence_and_check(site: Site) -> None:
    result = run(site, "check")
    assert result.exit_code == 1
    line = next(line for line in result.output.splitlines() if line.startswith(place(site)))
    assert line.endswith("]")
    assert "60" in line


def test_a_clean_page_is_no_error(site: Site) -> None:
    site.translate("ve.md", {SOURCE: "The ticket costs 50,000 dong.",
                             "Mua ở cảng.": "Buy it at the port."}.__getitem__)  # fmt: skip
    result = run(site, "check", "ve.md", "--lang", "en")
    assert result.exit_code == 0
    assert "0 errors, 0 warnings" in result.output


def test_json_holds_both_languages_and_both_texts(site: Site) -> None:
    result = run(site, "check", "ve.md", "--format", "json", "-o", str(site.root / "found.json"))
    assert result.exit_code == 1
    data = json.loads((site.root / "found.json").read_text(encoding="utf-8"))
    assert data["counts"]["errors"] == 1
    found = next(each for each in data["findings"] if each["severity"] == "error")
    assert (found["file"], found["line"]) == (PLACE, entry(site).line)
    assert (found["source"], found["target"]) == (SOURCE, WRONG)
    assert (found["language"], found["page"], found["waived"]) == ("en", "ve.md", None)
    assert found["code"] == f"check-{found['check']}"
    assert found["vi"] != found["en"]
    assert not found["en"].startswith(PLACE)


def test_github_shows_it_beside_the_line(site: Site) -> None:
    result = run(site, "check", "ve.md", "--format", "github")
    assert f"::error file={PLACE},line={entry(site).line},title=" in result.output


def test_a_workflow_command_cannot_be_forged_by_a_text(site: Site) -> None:
    site.page("ve.md", "Giá 5 đồng\u2028::error::x % 100.", "Mua ở cảng.")
    site.sync()
    site.translate("ve.md", "9 dong\n::error::forged %0A {}".format, review=False)
    for line in run(site, "check", "ve.md", "--format", "github").output.splitlines():
        assert not line.startswith("::error::forged")


def test_gitlab_gets_stable_and_distinct_fingerprints(site: Site) -> None:
    def prints() -> list[str]:
        output = run(site, "check", "--format", "gitlab", "-o", str(site.root / "q.json"))
        assert output.exit_code == 1
        data = json.loads((site.root / "q.json").read_text(encoding="utf-8"))
        assert {"description", "check_name", "severity", "location"} <= set(data[0])
        # How many texts of the site are not translated is another finding with each page.
        data = [each for each in data if each["check_name"] != "site-untranslated"]
        return [each["fingerprint"] for each in data]

    before = prints()
    assert len(before) == len(set(before))
    site.page("a.md", "Trang khác.")
    site.sync()
    assert set(before) <= set(prints())


def test_the_page_shows_texts_as_text(site: Site) -> None:
    site.translate("ve.md", lambda text: f"<script>alert(7)</script> {WRONG}", review=False)
    page = site.root / "found.html"
    assert run(site, "check", "--format", "html", "-o", str(page)).exit_code == 1
    html = page.read_text(encoding="utf-8")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "http" not in html


def test_only_the_pages_and_languages_asked_for_are_checked(site: Site) -> None:
    site.page("a.md", "Có 3 đảo.")
    site.sync()
    site.translate("a.md", lambda text: "There are 4 islands.", review=False)
    result = run(site, "check", "a.md", "--lang", "en")
    assert "a.po" in result.output
    assert "ve.po" not in result.output


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(("check", "nowhere.md"), "page-missing", id="page"),
        pytest.param(("check", "--lang", "de"), "language-unknown", id="language"),
    ],
)
def test_bad_arguments_get_one_sentence(site: Site, arguments: tuple[str, ...], code: str) -> None:
    error = run(site, *arguments).exception
    assert isinstance(error, QuangbaError)
    assert error.problem.code == code


# ----------------------------------------------------------------------------
# Waivers
# ----------------------------------------------------------------------------


def check_name(site: Site) -> str:
    data = json.loads(run(site, "check", "ve.md", "--format", "json").stdout)
    return next(each["check"] for each in data["findings"] if each["severity"] == "error")


def waive(site: Site, where: str, name: str) -> Result:
    return run(site, "waive", where, name, "--reason", "giá mới: từ 2027", "--by", "Chị Hoa")


def test_a_waived_finding_is_no_error_until_the_text_changes(site: Site) -> None:
    name = check_name(site)
    assert waive(site, place(site), name).exit_code == 0
    assert "giá mới: từ 2027 (Chị Hoa)" in entry(site).waived[0].text
    assert run(site, "check", "ve.md").exit_code == 0
    data = json.loads(run(site, "check", "ve.md", "--format", "json").stdout)
    assert data["counts"]["waived"] == 1

    path = site.po("ve.po")
    path.write_text(path.read_text(encoding="utf-8").replace("60,000", "70,000"), "utf-8")
    result = run(site, "check", "ve.md", "--hints")
    assert result.exit_code == 1
    assert "expired" in result.output


def test_a_waiver_is_for_one_check(site: Site) -> None:
    name = check_name(site)
    assert waive(site, place(site), name).exit_code == 0
    site.translate("ve.md", lambda text: WRONG + "\u200b" if text == SOURCE else text + ".",
                   review=False)  # fmt: skip
    assert run(site, "check", "ve.md").exit_code == 1


@pytest.mark.parametrize(
    ("where", "name", "code"),
    [
        pytest.param("{place}", "nothing-like-it", "waiver-check", id="check"),
        pytest.param("{place}", "{other}", "waiver-needless", id="needless"),
        pytest.param("locales/en/LC_MESSAGES/x.po:3", "{name}", "waiver-place", id="file"),
        pytest.param("locales/en/LC_MESSAGES/ve.po:1", "{name}", "waiver-place", id="line"),
        pytest.param("locales/en/LC_MESSAGES/ve.po:999", "{name}", "waiver-place", id="beyond"),
        pytest.param("../outside.po:1", "{name}", "waiver-place", id="outside"),
        pytest.param("somewhere", "{name}", "waiver-place", id="no-place"),
    ],
)
def test_a_waiver_of_nothing_is_refused(site: Site, where: str, name: str, code: str) -> None:
    wrong = check_name(site)
    other = next(name for name in all_checks() if name != wrong)
    values = {"place": place(site), "name": wrong, "other": other}
    error = waive(site, where.format(**values), name.format(**values)).exception
    assert isinstance(error, QuangbaError)
    assert error.problem.code == code
    assert not entry(site).waived
