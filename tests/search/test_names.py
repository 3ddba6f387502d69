"""Names: old and new ones find each other; the glossary knows those of other languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from quangba.errors import QuangbaError
from quangba.search.names import Names, joined

ROOT = Path(__file__).parents[2]

GROUPS = """
- [huyện Vân Đồn, đặc khu Vân Đồn]
- [thành phố Hạ Long, phường Hạ Long, phường Hồng Gai]
- [Hồng Gai, Hòn Gai]
"""

GLOSSARY = """vi,en,zh,ja,ko,fr,kind,rule,case,french,note
Hạ Long,Ha Long,下龙,ハロン,하롱,Ha Long,place,required,x,,
vịnh Hạ Long,Ha Long Bay,下龙湾,ハロン湾,하롱베이,baie d’Ha Long,place,required,x,f,
vịnh Hạ Long,Halong,,,,,place,forbidden,x,,
"""


def written(tmp_path: Path, groups: str, glossary: str = "") -> Names:
    (tmp_path / "names.yml").write_text(groups, encoding="utf-8")
    if glossary:
        (tmp_path / "glossary.csv").write_text(glossary, encoding="utf-8")
    return Names.read(tmp_path, tmp_path)


@pytest.mark.parametrize(
    ("text", "others"),
    [
        pytest.param("ở đặc khu Vân Đồn", ["huyện Vân Đồn"], id="new_to_old"),
        pytest.param("Huyện Vân Đồn cũ", ["đặc khu Vân Đồn"], id="old_to_new_with_capital"),
        pytest.param(
            "phường Hồng Gai",
            ["thành phố Hạ Long", "phường Hạ Long", "Hòn Gai"],
            id="a_name_within_a_name",
        ),
        pytest.param("Vân Đồn", [], id="not_the_name_alone"),
        pytest.param("đặc khu Vân Đồng", [], id="not_the_beginning_of_a_word"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_names_of_one_group_find_each_other(tmp_path: Path, text: str, others: list[str]) -> None:
    assert written(tmp_path, GROUPS).others([text]) == others


def test_glossary_gives_names_in_every_language(tmp_path: Path) -> None:
    names = written(tmp_path, GROUPS, GLOSSARY)
    found = names.translated("Vịnh Hạ Long", "vi", ("zh", "ja", "ko"))
    assert found == ["下龙湾", "ハロン湾", "하롱베이"]
    assert names.known("ハロン湾とハロン", "ja") == ["vịnh Hạ Long", "Hạ Long"]
    assert names.known("Halong", "en") == []


def test_names_as_typed_in_haste() -> None:
    assert joined(["đặc khu Cô Tô", "Đá Bạc, Hạ Long"]) == ["coto", "dabac", "halong"]


@pytest.mark.parametrize(
    ("groups", "code"),
    [
        pytest.param("Hạ Long: 1", "search-names", id="no_list"),
        pytest.param("- Hạ Long", "search-names", id="no_group"),
        pytest.param("- [Hạ Long]", "search-names", id="one_name"),
        pytest.param("- [Hạ Long, 5]", "search-names", id="a_number"),
        pytest.param("- [Hạ Long, '']", "search-names", id="empty_name"),
        pytest.param("- [A B, C D]\n- [A B, E F]", "search-names-twice", id="in_two_groups"),
        pytest.param("- [a", "data-yaml", id="no_yaml"),
    ],
)
def test_wrong_groups_are_refused(tmp_path: Path, groups: str, code: str) -> None:
    with pytest.raises(QuangbaError) as caught:
        written(tmp_path, groups)
    assert caught.value.problem.code == code


def test_files_may_be_missing_or_empty(tmp_path: Path) -> None:
    assert Names.read(tmp_path, tmp_path).others(["Hạ Long"]) == []
    assert written(tmp_path, "# nothing yet\n").groups == ()


def test_our_own_names_are_sound() -> None:
    names = Names.read(ROOT / "content" / "_data", ROOT / "locales")
    assert "thành phố Hạ Long" in names.others(["phường Hạ Long"])
    assert "đặc khu Vân Đồn" in names.others(["huyện Vân Đồn"])


def test_a_broken_glossary_is_named_with_its_folder(tmp_path: Path) -> None:
    with pytest.raises(QuangbaError) as caught:
        written(tmp_path, "", GLOSSARY + '"x,y\n')
    assert caught.value.problem.file == f"{tmp_path.name}/glossary.csv"
    assert caught.value.problem.line == 5
