"""The store: what is listed is whole, whatever happened to the run that installed it."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import traceback
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from packages import FILES, digest_of, make_archive, release_of

from quangba.errors import QuangbaError
from quangba.mt import manifest
from quangba.mt import store as module
from quangba.mt.archive import LARGEST
from quangba.mt.store import Store, models_folder

posix = pytest.mark.skipif(os.name == "nt", reason="needs fork and signals")


@pytest.fixture(autouse=True)
def _no_flushing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A killed process loses nothing that it wrote; only a power cut does."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "home" / "quangba" / "models"


@pytest.fixture
def store(folder: Path) -> Store:
    return Store(folder)


def archive(tmp_path: Path, file: str = "a.argosmodel", **values: Any) -> Path:
    return make_archive(
        tmp_path / file, **{"source": "vi", "target": "en", "version": "1.9", **values}
    )


def install(store: Store, path: Path) -> module.Installed:
    return store.install(path, trusted=frozenset({digest_of(path)}))


def code_of(action: Callable[[], object]) -> str:
    with pytest.raises(QuangbaError) as caught:
        action()
    return caught.value.problem.code


def visible(folder: Path) -> list[str]:
    """Return what the folder of the store holds, but for the lock."""
    return sorted(path.name for path in folder.iterdir() if path.name != ".lock")


# ----------------------------------------------------------------------------
# Life of a package
# ----------------------------------------------------------------------------


def test_a_package_from_the_manifest(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive(tmp_path, folder="whatever")
    release = release_of(path, "vi", "en", "1.9")
    monkeypatch.setattr(manifest, "MANIFEST", (release,))
    done = store.install(path)
    assert done == store.installed()[0]
    assert (done.name, done.source, done.target, done.version) == ("vi_en-1.9", "vi", "en", "1.9")
    assert (done.sha256, done.licence) == (release.sha256, "CC BY 4.0")
    assert done.attribution == "Somebody"
    assert done.path == store.folder / "vi_en-1.9"
    assert (done.path / "model" / "model.bin").read_bytes() == FILES["model/model.bin"]
    assert store.verify("vi_en-1.9") == []
    assert path.exists()


def test_a_trusted_package(tmp_path: Path, store: Store) -> None:
    path = archive(tmp_path, source="de", target="vi", version="2.0")
    done = store.install(path, trusted=frozenset({digest_of(path).upper()}))
    assert (done.name, done.licence, done.attribution) == ("de_vi-2.0", "", "")


def test_the_record_says_what_was_installed(tmp_path: Path, store: Store) -> None:
    path = archive(tmp_path)
    install(store, path)
    record = json.loads((store.folder / "vi_en-1.9.json").read_text(encoding="utf-8"))
    assert record["sha256"] == digest_of(path)
    assert record["size"] == path.stat().st_size
    assert set(record["files"]) == {*FILES, "metadata.json"}
    assert record["files"]["model/model.bin"]["size"] == len(FILES["model/model.bin"])


def test_packages_are_sorted_by_pair_and_version(tmp_path: Path, store: Store) -> None:
    for target, version in (("zh", "1.9"), ("fr", "1.10"), ("fr", "1.9")):
        install(store, archive(tmp_path, target=target, version=version))
    assert [p.name for p in store.installed()] == ["vi_fr-1.9", "vi_fr-1.10", "vi_zh-1.9"]


def test_a_package_is_replaced(tmp_path: Path, store: Store) -> None:
    install(store, archive(tmp_path, files={"LICENSE": b"old"}))
    path = archive(tmp_path, files={"model/config.json": b"{ }"})
    done = install(store, path)
    assert [p.sha256 for p in store.installed()] == [digest_of(path)]
    assert not (done.path / "LICENSE").exists()
    assert store.verify(done.name) == []
    assert visible(store.folder) == ["vi_en-1.9", "vi_en-1.9.json"]


def test_a_damaged_package_is_installed_again(tmp_path: Path, store: Store) -> None:
    path = archive(tmp_path)
    done = install(store, path)
    (done.path / "model" / "model.bin").write_bytes(bytes(len(FILES["model/model.bin"])))
    assert store.verify(done.name)
    install(store, path)
    assert store.verify(done.name) == []


def test_a_package_is_removed_with_what_was_measured(tmp_path: Path, store: Store) -> None:
    done = install(store, archive(tmp_path))
    other = install(store, archive(tmp_path, target="fr"))
    for package in (done, other):
        store.calibration(package).write_text("{}", encoding="utf-8")
    store.remove(done.name)
    assert store.installed() == [other]
    assert visible(store.folder) == ["vi_fr-1.9", "vi_fr-1.9.calibration.json", "vi_fr-1.9.json"]


def test_other_weights_are_measured_again(tmp_path: Path, store: Store) -> None:
    path = archive(tmp_path)
    done = install(store, path)
    store.calibration(done).write_text("{}", encoding="utf-8")
    install(store, path)
    assert store.calibration(done).exists()
    install(store, archive(tmp_path, files={"model/model.bin": b"other"}))
    assert not store.calibration(done).exists()


def test_a_calibration_is_not_a_package(tmp_path: Path, store: Store) -> None:
    done = install(store, archive(tmp_path))
    store.calibration(done).write_text("{}", encoding="utf-8")
    assert store.names() == ["vi_en-1.9"]


def test_reading_creates_nothing(tmp_path: Path, store: Store) -> None:
    assert store.installed() == []
    assert store.names() == []
    assert code_of(lambda: store.verify("vi_en-1.9")) == "models-not-installed"
    assert code_of(lambda: store.remove("vi_en-1.9")) == "models-not-installed"
    assert list(tmp_path.iterdir()) == []


def test_a_refused_package_creates_nothing(tmp_path: Path, store: Store) -> None:
    path = archive(tmp_path)
    assert code_of(lambda: store.install(path)) == "models-untrusted"
    path = archive(tmp_path, metadata={"to_code": 5})
    assert code_of(lambda: install(store, path)) == "models-metadata"
    assert list(tmp_path.iterdir()) == [path]


def test_the_folder_of_the_packages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QUANGBA_MODELS", str(tmp_path / "x"))
    assert models_folder() == tmp_path / "x"
    monkeypatch.setenv("QUANGBA_MODELS", "")
    by_default = models_folder()
    assert by_default.parts[-2:] == ("quangba", "models")
    monkeypatch.delenv("QUANGBA_MODELS")
    assert models_folder() == by_default
    assert list(tmp_path.iterdir()) == []


# ----------------------------------------------------------------------------
# Who may be opened
# ----------------------------------------------------------------------------


@pytest.fixture
def no_zip(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*arguments: object) -> None:
        raise AssertionError("opened as a zip")

    monkeypatch.setattr(zipfile, "ZipFile", opened)


def publish(monkeypatch: pytest.MonkeyPatch, path: Path, **values: Any) -> None:
    release = replace(release_of(path, "vi", "en", "1.9"), **values)
    monkeypatch.setattr(manifest, "MANIFEST", (release,))


def test_an_unknown_package_is_not_opened(
    tmp_path: Path, store: Store, request: pytest.FixtureRequest
) -> None:
    path = archive(tmp_path)
    request.getfixturevalue("no_zip")
    with pytest.raises(QuangbaError) as caught:
        store.install(path, trusted=frozenset({"0" * 64}))
    assert caught.value.problem.code == "models-untrusted"
    assert digest_of(path) in caught.value.problem.text("vi")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        pytest.param(lambda data: data[:-1], "models-size", id="truncated"),
        pytest.param(lambda data: data + b"x", "models-size", id="more"),
        pytest.param(lambda data: b"", "models-size", id="empty"),
        pytest.param(lambda data: data[:-1] + b"\x01", "models-hash", id="changed"),
    ],
)
@pytest.mark.parametrize(
    "file", ["translate-vi_en-1_9.argosmodel", "TRANSLATE-VI_EN-1_9.ARGOSMODEL"]
)
def test_a_spoilt_package_is_not_opened(
    tmp_path: Path,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    spoil: Callable[[bytes], bytes],
    code: str,
    file: str,
) -> None:
    path = archive(tmp_path, file)
    publish(monkeypatch, path)
    path.write_bytes(spoil(path.read_bytes()))
    request.getfixturevalue("no_zip")
    assert code_of(lambda: store.install(path)) == code


def test_the_size_counts_too(tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive(tmp_path)
    publish(monkeypatch, path, size=5)
    assert code_of(lambda: store.install(path)) == "models-size"


def test_a_huge_file_is_not_even_hashed(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "a.argosmodel"
    with path.open("wb") as stream:
        stream.truncate(LARGEST + 1)
    assert code_of(lambda: store.install(path)) == "models-too-large"


@pytest.mark.parametrize("kind", ["missing", "folder"])
def test_not_a_file(tmp_path: Path, store: Store, kind: str) -> None:
    path = tmp_path / "a.argosmodel"
    if kind == "folder":
        path.mkdir()
    assert code_of(lambda: store.install(path)) == "file-missing"


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"target": "fr"}, id="pair"),
        pytest.param({"source": "en", "target": "vi"}, id="direction"),
    ],
)
def test_a_package_for_another_pair_is_refused(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch, values: dict[str, str]
) -> None:
    path = archive(tmp_path, **values)
    publish(monkeypatch, path)
    with pytest.raises(QuangbaError) as caught:
        store.install(path)
    assert caught.value.problem.code == "models-other-pair"
    assert "vi_en" in caught.value.problem.text("en")
    assert not store.folder.exists()


def test_a_package_with_another_version_inside_has_the_one_of_the_list(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive(tmp_path, version="1.0")
    publish(monkeypatch, path)
    assert store.install(path).name == "vi_en-1.9"


def test_a_trusted_package_under_another_name_is_refused(tmp_path: Path, store: Store) -> None:
    path = archive(tmp_path, "translate-en_ja-1_1.argosmodel")
    assert code_of(lambda: install(store, path)) == "models-other-pair"


# ----------------------------------------------------------------------------
# Damage
# ----------------------------------------------------------------------------


def change(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[0] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("damage", "codes", "listed"),
    [
        pytest.param(
            lambda p: change(p / "model/model.bin"), ["models-file-changed"], True, id="bit"
        ),
        pytest.param(
            lambda p: (p / "model/model.bin").write_bytes(b"x"),
            ["models-file-changed"],
            False,
            id="size",
        ),
        pytest.param(
            lambda p: (p / "metadata.json").unlink(), ["models-file-missing"], False, id="missing"
        ),
        pytest.param(
            lambda p: (p / "stanza").mkdir() or (p / "stanza/x").write_bytes(b""),
            ["models-file-extra"],
            True,
            id="extra",
        ),
        pytest.param(shutil.rmtree, ["models-file-missing"] * 6, False, id="folder-gone"),
        pytest.param(
            lambda p: p.with_name("vi_en-1.9.json").write_bytes(b"{"),
            ["models-record"],
            False,
            id="record",
        ),
    ],
)
def test_damage_is_found(
    tmp_path: Path,
    store: Store,
    damage: Callable[[Path], object],
    codes: list[str],
    listed: bool,
) -> None:
    done = install(store, archive(tmp_path))
    damage(done.path)
    assert [problem.code for problem in store.verify(done.name)] == codes
    assert bool(store.installed()) == listed
    store.remove(done.name)
    assert visible(store.folder) == []


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_a_file_that_became_a_link_is_found(tmp_path: Path, store: Store) -> None:
    done = install(store, archive(tmp_path))
    weights = done.path / "model" / "model.bin"
    copy = tmp_path / "copy"
    weights.rename(copy)
    weights.symlink_to(copy)
    assert [p.code for p in store.verify(done.name)] == ["models-file-changed"]
    assert store.installed() == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("[]", id="list"),
        pytest.param("{}", id="no-entries"),
        pytest.param("[" * 99_999, id="deep"),
        pytest.param('{"files": {"../../secret": {"size": 1, "sha256": ""}}}', id="path"),
        pytest.param('{"files": 5}', id="number"),
        pytest.param('{"name": "en_ja-1.1"}', id="another-package"),
        pytest.param('{"source": "en"}', id="another-pair"),
        pytest.param('{"sha256": null}', id="null"),
        pytest.param('{"more": 1}', id="more"),
    ],
)
def test_a_lying_record_is_not_listed(tmp_path: Path, store: Store, text: str) -> None:
    done = install(store, archive(tmp_path))
    path = store.folder / f"{done.name}.json"
    if text.startswith('{"'):
        text = json.dumps({**json.loads(path.read_text(encoding="utf-8")), **json.loads(text)})
    path.write_text(text, encoding="utf-8")
    assert store.installed() == []
    assert [problem.code for problem in store.verify(done.name)] == ["models-record"]


def test_a_folder_without_record_is_not_listed(tmp_path: Path, store: Store) -> None:
    done = install(store, archive(tmp_path))
    (store.folder / f"{done.name}.json").unlink()
    assert store.installed() == []
    install(store, archive(tmp_path, files={"LICENSE": b"x"}))
    assert store.verify(done.name) == []


# ----------------------------------------------------------------------------
# Full disks and other runs
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "call", "after"),
    [
        *((False, "fsync", number) for number in (0, 5, 7)),
        *((False, "replace", number) for number in range(3)),
        *((True, "fsync", number) for number in (0, 5, 7)),
        *((True, "replace", number) for number in range(4)),
    ],
)
def test_a_failing_disk_changes_nothing(
    tmp_path: Path,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    before: bool,
    call: str,
    after: int,
) -> None:
    old = install(store, archive(tmp_path, files={"LICENSE": b"old"})) if before else None
    path = archive(tmp_path)
    real, calls = getattr(os, call), iter(range(after))

    def failing(*arguments: Any, **options: Any) -> Any:
        if next(calls, None) is None:
            monkeypatch.setattr(os, call, real)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(*arguments, **options)

    monkeypatch.setattr(os, call, failing)
    try:
        install(store, path)
    except QuangbaError as error:
        text = error.problem.text("en")
    else:
        # Some file systems cannot flush a folder; that alone is no failure.
        text = "No space left"
        old = store.installed()[0]
        assert old.sha256 == digest_of(path)
    assert getattr(os, call) is real, "the call was made"
    assert "No space left" in text
    assert store.installed() == ([old] if old else [])
    if old:
        assert store.verify(old.name) == []
        assert visible(store.folder) == [old.name, f"{old.name}.json"]
    else:
        assert list(tmp_path.iterdir()) == [path]


def test_all_is_flushed_before_it_is_renamed(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    real = os.replace
    monkeypatch.setattr(os, "fsync", lambda handle: calls.append("fsync"))
    monkeypatch.setattr(os, "replace", lambda a, b: (calls.append(Path(b).suffix), real(a, b)))
    install(store, archive(tmp_path))
    files, folders = len(FILES) + 1, 2
    unpacked = ["fsync"] * (files + folders) + [".complete", "fsync"]
    recorded = ["fsync", ".json", "fsync"]
    assert calls == [*unpacked, *recorded, ".9", "fsync"]


def forked(action: Callable[[], object]) -> int:
    """Run something in a child; return its status as ``os.waitpid`` gives it."""
    child = os.fork()
    if child == 0:
        try:
            action()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1]


def test_ctrl_c_leaves_nothing(tmp_path: Path, store: Store) -> None:
    path = archive(tmp_path)

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.install(path, trusted=frozenset({digest_of(path)}), progress=interrupt)
    assert list(tmp_path.iterdir()) == [path]


@posix
def test_a_full_disk_leaves_nothing(tmp_path: Path, store: Store) -> None:
    import resource

    path = archive(tmp_path)

    def run() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))
        assert code_of(lambda: install(store, path)) == "models-disk"

    assert forked(run) == 0
    assert list(tmp_path.iterdir()) == [path]


@posix
def test_the_second_of_two_runs_gets_a_sentence(tmp_path: Path, store: Store) -> None:
    done = install(store, archive(tmp_path))
    path = archive(tmp_path, target="fr")
    with store.changing():

        def run() -> None:
            other = Store(store.folder)
            assert code_of(lambda: install(other, path)) == "models-busy"
            assert code_of(lambda: other.remove(done.name)) == "models-busy"
            assert code_of(lambda: other.fetch(manifest.MANIFEST[0])) == "models-busy"
            assert other.installed() == [done]
            assert other.verify(done.name) == []

        assert forked(run) == 0
    assert forked(lambda: install(Store(store.folder), path)) == 0
    assert len(store.installed()) == 2


# ----------------------------------------------------------------------------
# kill -9
# ----------------------------------------------------------------------------

STEPS = ("fsync", "mkdir", "replace", "rmdir", "unlink")


def killed_at(step: int, action: Callable[[], object]) -> bool:
    """Run something in a child that is killed before its n-th change of the disk."""

    def run() -> None:
        steps = iter(range(step))

        def counted(real: Callable[..., Any]) -> Callable[..., Any]:
            def call(*arguments: Any, **options: Any) -> Any:
                if next(steps, None) is None:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*arguments, **options)

            return call

        for name in STEPS:
            setattr(os, name, counted(getattr(os, name)))
        action()

    status = forked(run)
    assert status in (0, signal.SIGKILL)
    return status == signal.SIGKILL


def kill_everywhere(
    tmp_path: Path, prepare: Callable[[Store], object], action: Callable[[Store], object]
) -> list[tuple[list[str], list[str]]]:
    """
    Kill an action at every step; return what was listed after the kill and after the next run.

    Whatever is listed must be whole, and the next run must leave nothing that is not.
    """
    found = []
    for step in range(200):
        store = Store(tmp_path / f"models-{step}")
        prepare(store)
        killed = killed_at(step, partial(action, store))
        for package in store.installed():
            assert store.verify(package.name) == []
        listed = [package.sha256 for package in store.installed()]
        with store.changing():
            pass
        settled = store.installed()
        names = [name for package in settled for name in (package.name, f"{package.name}.json")]
        assert visible(store.folder) == sorted(names) if store.folder.exists() else not settled
        for package in settled:
            assert store.verify(package.name) == []
        found.append((listed, [package.sha256 for package in settled]))
        if not killed:
            assert step > 3
            return found
    raise AssertionError("never ended")


@posix
def test_kill_while_installing(tmp_path: Path) -> None:
    path = archive(tmp_path)
    new = [digest_of(path)]
    found = kill_everywhere(tmp_path, lambda store: None, lambda store: install(store, path))
    assert ([], []) in found
    assert ([], new) in found, "the record waits for its folder"
    assert found[-1] == (new, new)
    assert all(after in ([], new) for _, after in found)


@posix
def test_kill_while_replacing(tmp_path: Path) -> None:
    first = archive(tmp_path, "a.argosmodel", files={"LICENSE": b"old"})
    second = archive(tmp_path, "b.argosmodel")
    old, new = [digest_of(first)], [digest_of(second)]
    found = kill_everywhere(
        tmp_path, lambda store: install(store, first), lambda store: install(store, second)
    )
    assert found[0] == (old, old)
    assert found[-1] == (new, new)
    assert all(listed in ([], old, new) for listed, _ in found)
    assert all(after in (old, new) for _, after in found), "never neither"


@posix
def test_kill_while_repairing(tmp_path: Path) -> None:
    """What replaces a damaged package is never the damaged one."""
    path = archive(tmp_path)
    whole = FILES["model/model.bin"]
    for step in range(200):
        store = Store(tmp_path / f"models-{step}")
        done = install(store, path)
        change(done.path / "model" / "model.bin")
        killed = killed_at(step, partial(install, store, path))
        with store.changing():
            pass
        if (done.path / "model" / "model.bin").read_bytes() != whole:
            assert killed
            assert store.verify(done.name)
        if not killed:
            break
    assert store.verify(done.name) == []


@posix
def test_kill_while_removing(tmp_path: Path) -> None:
    path = archive(tmp_path)
    old = [digest_of(path)]
    found = kill_everywhere(
        tmp_path, lambda store: install(store, path), lambda store: store.remove("vi_en-1.9")
    )
    assert found[0] == (old, old)
    assert found[-1] == ([], [])
    assert all(after in ([], old) for _, after in found)


# ----------------------------------------------------------------------------
# Downloads
# ----------------------------------------------------------------------------


class Offline:
    """Stands for a download: writes what it was told to, and counts."""

    def __init__(self, data: bytes, error: QuangbaError | None = None) -> None:
        self.data, self.error, self.count = data, error, 0

    def __call__(self, part: Path, size: int, sha256: str, progress: object) -> Offline:
        self.part = part
        return self

    def run(self, addresses: tuple[str, ...]) -> None:
        self.count += 1
        if self.data:
            self.part.write_bytes(self.data)
        if self.error:
            raise self.error


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Offline:
    path = archive(tmp_path)
    publish(monkeypatch, path)
    made = Offline(path.read_bytes())
    monkeypatch.setattr(module, "Download", made)
    path.unlink()
    return made


def test_a_download_is_kept_until_it_is_installed(store: Store, published: Offline) -> None:
    release = manifest.MANIFEST[0]
    path = store.fetch(release)
    assert path == store.folder / "downloads" / "translate-vi_en-1_9.argosmodel"
    assert published.part.name == "translate-vi_en-1_9.part"
    assert store.fetch(release) == path
    assert published.count == 1
    store.install(path)
    assert not path.exists()
    store.remove("vi_en-1.9")
    assert visible(store.folder) == []


def test_a_spoilt_download_is_fetched_again(store: Store, published: Offline) -> None:
    path = store.fetch(manifest.MANIFEST[0])
    change(path)
    store.install(store.fetch(manifest.MANIFEST[0]))
    assert published.count == 2


def test_without_a_network_nothing_is_left(
    tmp_path: Path, store: Store, published: Offline
) -> None:
    published.data, published.error = b"", QuangbaError("models-network", what="", address="")
    assert code_of(lambda: store.fetch(manifest.MANIFEST[0])) == "models-network"
    assert list(tmp_path.iterdir()) == []


def test_what_has_arrived_is_kept(store: Store, published: Offline) -> None:
    published.data, published.error = b"x", QuangbaError("models-network", what="", address="")
    assert code_of(lambda: store.fetch(manifest.MANIFEST[0])) == "models-network"
    assert published.part.read_bytes() == b"x"


def test_the_folder_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "models").write_bytes(b"")
    store = Store(tmp_path / "models")
    assert store.installed() == []
    path = archive(tmp_path)
    assert code_of(lambda: install(store, path)) == "file-unwritable"


def test_the_manifest_is_the_published_list() -> None:
    assert [release.name for release in manifest.MANIFEST] == [
        "vi_en-1.9",
        "en_zh-1.9",
        "en_fr-1.9",
        "en_ja-1.1",
        "en_ko-1.1",
    ]
    assert len({release.sha256 for release in manifest.MANIFEST}) == 5
    assert all(len(release.sha256) == 64 and release.attribution for release in manifest.MANIFEST)
    assert manifest.by_sha256(manifest.MANIFEST[2].sha256) is manifest.find("en_fr")
    assert manifest.MANIFEST[0].addresses[1] == (
        "https://data.argosopentech.com/argospm/v1/translate-vi_en-1_9.argosmodel"
    )
