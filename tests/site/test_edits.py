"""Random edits, one build after another: the site is always that of a clean build."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from edited import Edited
from edits import let_out, province, some_edit

from support import open_workspace

EDITS, EACH = 15, 5
"""How many edits, and after how many the site is compared with one that is built anew."""


@pytest.mark.parametrize("edition", ["mkdocs.yml", "mkdocs.kiosk.yml"])
def test_builds_after_random_edits_are_those_of_a_clean_build(tmp_path: Path, edition: str) -> None:
    chance = Random(edition)
    site = Edited(province(tmp_path / "site", "vi", "en").root / edition)
    site.build()
    done, began = [], 0
    for number in range(1, EDITS + 1):
        edit = some_edit(chance)
        edit(site, chance)
        done.append(edit.__name__)
        try:
            began += (site.build if number % EACH else site.check)().began
        except AssertionError as error:
            raise AssertionError(f"after {', '.join(done)}") from error
    assert began > EDITS // 4, f"hardly any build used what was there: {done}"


def test_a_sheet_of_a_language_goes_with_its_page(tmp_path: Path) -> None:
    """Files of a gate are in folders of no language, and a language may come to have none."""
    site = Edited(province(tmp_path / "site", "vi", "en").root / "mkdocs.kiosk.yml")
    sheet = "_print/na-meo/en/index.html"
    assert sheet in site.build().files
    gate = open_workspace(site.config_file).profiles.entries["na-meo"].page
    site.write(f"content/{gate}", lambda text: f"{text}\nMột đoạn mới, chưa ai dịch.\n")
    let_out(site, gate)
    found = site.check()
    assert found.began
    assert sheet not in found.files
