"""Archives: every hostile or broken package is refused with its reason, and writes nothing."""

from __future__ import annotations

import json
import random
import stat
import struct
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packages import FILES, make_archive, make_metadata

from quangba.errors import QuangbaError
from quangba.mt import archive as module
from quangba.mt.archive import Archive, Metadata, is_safe, parse_metadata

METADATA = json.dumps(make_metadata("vi", "en", "1.9")).encode()
GOOD = {f"vi_en/{name}": data for name, data in {"metadata.json": METADATA, **FILES}.items()}


def write_zip(path: Path, members: list[tuple[zipfile.ZipInfo | str, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w") as target:
        for member, data in members:
            target.writestr(member, data)
    return path


def with_members(path: Path, *more: tuple[zipfile.ZipInfo | str, bytes]) -> Path:
    return write_zip(path, [*GOOD.items(), *more])


def info(name: str, **values: Any) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo("x")
    found.filename = name
    for key, value in values.items():
        setattr(found, key, value)
    return found


def unpack(path: Path, *, pinned: bool = False) -> set[str]:
    """Unpack a package beside its file and return what was written."""
    folder = path.parent / "unpacked"
    with path.open("rb") as stream:
        package = Archive(stream, str(path), pinned=pinned)
        assert package.metadata
        written = package.unpack(folder, lambda done, total: None)
    on_disk = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert on_disk == set(written)
    return on_disk


def refusal(path: Path, **options: bool) -> str:
    """Return the code that a package is refused with, before a byte of it is unpacked."""
    with pytest.raises(QuangbaError) as caught:
        unpack(path, **options)
    assert sorted(p.name for p in path.parent.iterdir()) == [path.name]
    for language in ("vi", "en"):
        assert caught.value.problem.text(language).isprintable()
    return caught.value.problem.code


# ----------------------------------------------------------------------------
# Good packages
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({}, id="plain"),
        pytest.param({"sentencepiece.model": None, "bpe.model": b"#version: 0.2\n"}, id="bpe"),
        pytest.param(
            {
                "model/shared_vocabulary.json": None,
                "model/source_vocabulary.txt": b"a\n",
                "model/target_vocabulary.txt": b"b\n",
            },
            id="two-vocabularies",
        ),
        pytest.param(
            {"model/shared_vocabulary.json": None, "model/shared_vocabulary.txt": b"a\n"},
            id="vocabulary-txt",
        ),
        pytest.param({"LICENSE": b"CC", "LICENSE.txt": b"CC"}, id="licence"),
    ],
)
@pytest.mark.parametrize("folder", ["en_ja", "translate-en_ja-1_1", "gói dịch"])
def test_layouts_found_in_the_wild(
    tmp_path: Path, folder: str, files: dict[str, bytes | None]
) -> None:
    path = make_archive(
        tmp_path / "a", source="en", target="ja", version="1.1", folder=folder, files=files
    )
    expected = {name for name, data in {**FILES, **files}.items() if data is not None}
    assert unpack(path) == expected | {"metadata.json"}


def test_sentence_splitters_stay_packed(tmp_path: Path) -> None:
    splitters = {
        "stanza/resources.json": b"{}",
        "stanza/vi/tokenize/vtb.pt": b"PK",
        "minisbd/vi.onnx": b"x",
        "spacy/senter/cfg": b"x",
    }
    path = make_archive(tmp_path / "a", source="vi", target="en", version="1.9", files=splitters)
    assert unpack(path) == {*FILES, "metadata.json"}


def test_folders_may_be_named(tmp_path: Path) -> None:
    folders = ("vi_en/", "vi_en/model/", "vi_en/stanza/", "vi_en/stanza/vi/")
    assert unpack(with_members(tmp_path / "a", *((name, b"") for name in folders)))


def test_what_was_written_is_returned_with_its_hash(tmp_path: Path) -> None:
    path = make_archive(tmp_path / "a", source="vi", target="en", version="1.9")
    steps: list[tuple[int, int]] = []
    with path.open("rb") as stream:
        package = Archive(stream, "a")
        found = package.unpack(tmp_path / "b", lambda done, total: steps.append((done, total)))
    assert package.metadata == Metadata("vi", "en", "1.9")
    assert found["sentencepiece.model"].size == len(FILES["sentencepiece.model"])
    total = sum(content.size for content in found.values())
    assert steps[-1] == (total, total)


# ----------------------------------------------------------------------------
# Hostile packages
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("../evil.txt", "models-unsafe", id="parent"),
        pytest.param("vi_en/../../evil.txt", "models-unsafe", id="parent-inside"),
        pytest.param("vi_en/stanza/../../../evil", "models-unsafe", id="parent-in-skipped"),
        pytest.param("/etc/passwd", "models-unsafe", id="absolute"),
        pytest.param("//server/share/x", "models-unsafe", id="unc"),
        pytest.param("C:/evil.txt", "models-unsafe", id="drive"),
        pytest.param("C:evil.txt", "models-unsafe", id="drive-relative"),
        pytest.param("vi_en\\..\\evil.txt", "models-unsafe", id="backslash"),
        pytest.param("vi_en/model/model.bin:stream", "models-unsafe", id="stream"),
        pytest.param("vi_en/README.md\0.txt", "models-unsafe", id="nul-byte"),
        pytest.param("vi_en/./README.md", "models-unsafe", id="dot"),
        pytest.param("vi_en//README.md", "models-unsafe", id="empty-part"),
        pytest.param("vi_en/stanza/nul", "models-unsafe", id="device"),
        pytest.param("vi_en/stanza/COM1.txt", "models-unsafe", id="device-extension"),
        pytest.param("vi_en/stanza/x. ", "models-unsafe", id="trailing-dot-blank"),
        pytest.param("vi_en/stanza/\x1b[31m", "models-unsafe", id="escape-sequence"),
        pytest.param("", "models-unsafe", id="no-name"),
        pytest.param("en_fr/metadata.json", "models-folders", id="another-package"),
        pytest.param("VI_EN/LICENSE", "models-folders", id="another-package-by-case"),
        pytest.param("setup.py", "models-folders", id="beside-the-folder"),
        pytest.param("vi_en/setup.py", "models-unexpected", id="code"),
        pytest.param("vi_en/model/evil.so", "models-unexpected", id="library"),
        pytest.param("vi_en/model/deep/model.bin", "models-unexpected", id="too-deep"),
        pytest.param("vi_en/scripts/", "models-unexpected", id="folder"),
        pytest.param("vi_en/stanza", "models-unexpected", id="file-called-like-a-folder"),
        pytest.param("vi_en/model/vocabulary.txt\n", "models-unsafe", id="newline"),
        pytest.param("vi_en/README.md", "models-duplicate", id="twice"),
        pytest.param("vi_en/readme.MD", "models-duplicate", id="twice-by-case"),
        pytest.param("vi_en/MODEL/model.bin", "models-duplicate", id="twice-by-folder-case"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_hostile_name_is_refused(tmp_path: Path, name: str, code: str) -> None:
    assert refusal(with_members(tmp_path / "a", (info(name), b"x"))) == code


def test_names_that_differ_only_in_their_normal_form(tmp_path: Path) -> None:
    names = [unicodedata.normalize(form, "vi_en/stanza/tiếng") for form in ("NFC", "NFD")]
    path = with_members(tmp_path / "a", *((name, b"x") for name in names))
    assert refusal(path) == "models-duplicate"


@pytest.mark.parametrize(
    "kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK, stat.S_IFDIR]
)
@pytest.mark.parametrize("system", [0, 3], ids=["dos", "unix"])
def test_a_link_or_device_is_refused(tmp_path: Path, kind: int, system: int) -> None:
    member = info("vi_en/LICENSE", external_attr=(kind | 0o777) << 16, create_system=system)
    assert refusal(with_members(tmp_path / "a", (member, b"/etc/passwd"))) == "models-link"


def test_a_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    member = info("vi_en/stanza/", external_attr=(stat.S_IFLNK | 0o777) << 16)
    assert refusal(with_members(tmp_path / "a", (member, b""))) == "models-link"


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    path = make_archive(tmp_path / "a", source="vi", target="en", version="1.9")
    data = bytearray(path.read_bytes())
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    path.write_bytes(data)
    assert refusal(path) == "models-encrypted"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_rare_compression_is_refused(tmp_path: Path, method: int) -> None:
    member = info("vi_en/LICENSE", compress_type=method)
    assert refusal(with_members(tmp_path / "a", (member, b"x" * 99))) == "models-broken"


@pytest.mark.parametrize("missing", ["metadata.json", "model/model.bin", "sentencepiece.model"])
@pytest.mark.parametrize("content", [None, b""], ids=["missing", "empty"])
def test_an_incomplete_package_is_refused(
    tmp_path: Path, missing: str, content: bytes | None
) -> None:
    members = {**GOOD, f"vi_en/{missing}": content}
    path = write_zip(
        tmp_path / "a", [(name, data) for name, data in members.items() if data is not None]
    )
    assert refusal(path) == "models-incomplete"


@pytest.mark.parametrize("names", [[], ["metadata.json"], ["vi_en/"]], ids=str)
def test_a_zip_without_a_package_is_refused(tmp_path: Path, names: list[str]) -> None:
    path = write_zip(tmp_path / "a", [(name, b"") for name in names])
    assert refusal(path) in ("models-folders", "models-incomplete")


def test_unknown_files_of_a_published_package_stay_packed(tmp_path: Path) -> None:
    path = with_members(tmp_path / "a", ("vi_en/model/notes.yml", b"x"))
    assert unpack(path, pinned=True) == {*FILES, "metadata.json"}


def test_a_published_package_is_not_believed_either(tmp_path: Path) -> None:
    path = with_members(tmp_path / "a", ("../x", b"x"))
    assert refusal(path, pinned=True) == "models-unsafe"


# ----------------------------------------------------------------------------
# Bombs
# ----------------------------------------------------------------------------


def bomb(path: Path, name: str, size: int) -> Path:
    return make_archive(path, source="vi", target="en", version="1.9", files={name: bytes(size)})


def test_a_bomb_is_refused_by_its_header(tmp_path: Path) -> None:
    assert refusal(bomb(tmp_path / "a", "model/model.bin", 30 << 20)) == "models-too-large"


def test_a_bomb_with_a_lying_header_is_refused(tmp_path: Path) -> None:
    """``zipfile`` stops at the size in the header; the checksum is wrong then."""
    path = bomb(tmp_path / "a", "model/model.bin", 30 << 20)
    data = path.read_bytes().replace(struct.pack("<L", 30 << 20), struct.pack("<L", 1000))
    path.write_bytes(data)
    with pytest.raises(QuangbaError) as caught:
        unpack(path)
    assert caught.value.problem.code == "models-broken"
    written = sum(p.stat().st_size for p in tmp_path.rglob("unpacked/**/*") if p.is_file())
    assert written < 100_000


def test_sizes_are_counted_while_unpacking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever gets past the header."""
    path = make_archive(tmp_path / "a", source="vi", target="en", version="1.9")
    with path.open("rb") as stream:
        package = Archive(stream, "a")
        monkeypatch.setattr(module, "SMALL", 0)
        monkeypatch.setattr(module, "LARGEST", 5_000)
        with pytest.raises(QuangbaError) as caught:
            package.unpack(tmp_path / "b", lambda done, total: None)
    assert caught.value.problem.code == "models-too-large"


def test_too_many_members(tmp_path: Path) -> None:
    names = [f"vi_en/stanza/{number}" for number in range(module.MEMBERS)]
    path = with_members(tmp_path / "a", *((name, b"") for name in names))
    assert refusal(path) == "models-too-large"


def test_metadata_without_end(tmp_path: Path) -> None:
    metadata = METADATA[:-1] + b" " * module.METADATA_LARGEST + b"}"
    path = make_archive(tmp_path / "a", source="vi", target="en", version="1", metadata=metadata)
    assert refusal(path) == "models-too-large"


# ----------------------------------------------------------------------------
# Broken files
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: b"<html>404</html>", id="web-page"),
        pytest.param(lambda data: data[: len(data) // 2], id="half"),
        pytest.param(lambda data: data[:-1], id="one-byte-less"),
        pytest.param(lambda data: data[200:], id="beginning-lost"),
    ],
)
def test_a_broken_zip_is_refused(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    path = make_archive(tmp_path / "a", source="vi", target="en", version="1.9")
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(QuangbaError) as caught:
        unpack(path)
    assert caught.value.problem.code == "models-broken"


def test_corrupted_weights_are_found(tmp_path: Path) -> None:
    path = with_members(tmp_path / "a")
    data = bytearray(path.read_bytes())
    data[data.index(FILES["model/model.bin"]) + 5] ^= 1
    path.write_bytes(data)
    with pytest.raises(QuangbaError) as caught:
        unpack(path)
    assert caught.value.problem.code == "models-broken"


def test_random_damage_never_ends_in_a_traceback(tmp_path: Path) -> None:
    path = make_archive(tmp_path / "a", source="vi", target="en", version="1.9")
    good, chance = path.read_bytes(), random.Random(3)
    refused = 0
    for number in range(300):
        data = bytearray(good)
        for _ in range(chance.randint(1, 6)):
            # The directory is at the end, where damage has the most to break.
            data[-chance.randint(1, min(len(data), 900))] = chance.randrange(256)
        with (tmp_path / f"{number}").open("w+b") as stream:
            stream.write(data)
            try:
                package = Archive(stream, "a")
                assert package.metadata
                package.unpack(tmp_path / f"{number}.unpacked", lambda done, total: None)
            except QuangbaError:
                refused += 1
    assert refused > 200


# ----------------------------------------------------------------------------
# Metadata and names
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("metadata", "item"),
    [
        pytest.param({"from_code": 5}, "from_code", id="number"),
        pytest.param({"from_code": ""}, "from_code", id="empty"),
        pytest.param({"from_code": "../vi"}, "from_code", id="path"),
        pytest.param({"from_code": "vietnamese"}, "from_code", id="long"),
        pytest.param({"to_code": None}, "to_code", id="null"),
        pytest.param({"to_code": "vi"}, "to_code", id="same-language"),
        pytest.param({"to_code": "en\n"}, "to_code", id="newline"),
        pytest.param({"package_version": 1.9}, "package_version", id="version-number"),
        pytest.param({"package_version": "1.9/../x"}, "package_version", id="version-path"),
        pytest.param({"package_version": "١.٩"}, "package_version", id="arabic-digits"),
        pytest.param({"package_version": "1" * 500}, "package_version", id="version-long"),
        pytest.param({"target_prefix": ["x"]}, "target_prefix", id="prefix-list"),
        pytest.param({"links": "x"}, "links", id="links-text"),
        pytest.param({"source_languages": {}}, "source_languages", id="languages-object"),
        pytest.param({"type": "sbd"}, "type", id="not-a-translator"),
    ],
)
def test_lying_metadata_is_refused(metadata: dict[str, Any], item: str) -> None:
    data = json.dumps({**make_metadata("vi", "en", "1.9"), **metadata}).encode()
    with pytest.raises(QuangbaError) as caught:
        parse_metadata(data, "a")
    assert dict(caught.value.problem.values)["item"] == item


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"[]", id="list"),
        pytest.param(b"null", id="null"),
        pytest.param(b"{}", id="no-entries"),
        pytest.param(b"\xff{}", id="not-utf-8"),
        pytest.param(b"[" * 50_000, id="deep"),
        pytest.param(b'{"from_code": ' + b"9" * 50_000 + b"}", id="long-number"),
        pytest.param(METADATA[:-1] + b', "x": NaN}', id="nan"),
        pytest.param(METADATA[:-1] + b', "to_code": "fr"}', id="entry-twice"),
        pytest.param(METADATA + b"{}", id="more-behind"),
    ],
)
def test_metadata_that_is_not_an_object(data: bytes) -> None:
    with pytest.raises(QuangbaError) as caught:
        parse_metadata(data, "a")
    assert caught.value.problem.code == "models-metadata"


def test_metadata_of_real_packages() -> None:
    more = {
        "links": ["https://example.test/"],
        "target_prefix": ">>cmn_Hans<<",
        "type": "translate",
    }
    data = json.dumps(make_metadata("en", "zh", "1.9", reference="x", **more)).encode()
    assert parse_metadata(data, "a") == Metadata("en", "zh", "1.9")


@given(st.text())
def test_a_safe_name_stays_inside(name: str) -> None:
    if is_safe(name):
        assert (Path("/top") / name).resolve().is_relative_to("/top")
        assert not {"", ".", ".."} & set(name.removesuffix("/").split("/"))
