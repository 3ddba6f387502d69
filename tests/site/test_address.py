"""The address of a site that nobody can own: a hint while it is a sample, a warning after that."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import UNITS, approve, new_site, page

from quangba.errors import Severity
from quangba.site.checks import placeholder_address
from support import build, open_workspace, sync

FILES = {"content/_data/units.yml": UNITS, "content/index.md": page("Trang chủ")}


def new(root: Path, address: str, *, sample: bool, gate: bool = True) -> Path:
    options = {"gate": gate, "sample": sample}
    return new_site(root, FILES, languages=("vi",), site_url=address, quangba=options)


@pytest.mark.parametrize(
    ("address", "sample", "expected"),
    [
        pytest.param("https://ten-mien.example/", True, [Severity.NOTE], id="sample"),
        pytest.param("https://ten-mien.example/", False, [Severity.WARNING], id="official"),
        pytest.param("https://TEN-MIEN.EXAMPLE/vi/", False, [Severity.WARNING], id="capitals"),
        pytest.param("https://thanhhoa.gov.vn/", False, [], id="real"),
        pytest.param("https://thanhhoa.gov.vn/a.example/", False, [], id="only-in-the-path"),
        pytest.param("", False, [], id="none"),
    ],
)
def test_an_address_that_nobody_can_own_is_said_once(
    tmp_path: Path, address: str, sample: bool, expected: list[Severity]
) -> None:
    found = list(placeholder_address(open_workspace(new(tmp_path, address, sample=sample))))
    assert [problem.severity for problem in found] == expected
    assert all(address in problem.text("vi") for problem in found)


def test_a_site_without_a_gate_is_left_alone(tmp_path: Path) -> None:
    config = new(tmp_path, "https://a.example/", sample=False, gate=False)
    assert list(placeholder_address(open_workspace(config))) == []


@pytest.mark.parametrize("sample", [True, False], ids=["sample", "official"])
def test_a_strict_build_tells_of_it_in_its_report(tmp_path: Path, sample: bool) -> None:
    config = new(tmp_path, "https://ten-mien.example/", sample=sample)
    sync(config)
    approve(config)
    told = tmp_path / "reports" / "build.html"
    assert (build(config, strict=True) / "index.html").is_file()
    assert ("địa chỉ tạm" in told.read_text("utf-8")) is not sample
    build(config, strict=True, site_url="https://thanhhoa.gov.vn/")
    assert "địa chỉ tạm" not in told.read_text("utf-8")
