"""Making releases: from a built site to a file, the same bytes each time, or a clear refusal."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from dulwich import porcelain
from dulwich.repo import Repo
from sealed import GATE, run, shown, tree, write

from quangba.catalogs.approval import approve_page, withdraw_page
from quangba.cli_kiosk import kiosk
from quangba.errors import QuangbaError
from quangba.kiosk.commit import read_head
from quangba.kiosk.keys import read_keys
from quangba.kiosk.manifest import Manifest
from quangba.kiosk.recall import read_minimum
from quangba.kiosk.releases import read_release
from quangba.kiosk.signing import make_key
from support import make_site, open_workspace

PAGE = """---
title: Móng Cái
owner: so-du-lich
classification: public
---
Cửa khẩu mở lúc bảy giờ.
"""
PROFILE = {"id": GATE, "page": "gates/mong-cai.md", "languages": ["zh", "vi"]}

BUILT = {
    "_headers": b"/*\n",
    "_gates/mong-cai/gate.css": b"mong-cai",
    "_gates/mong-cai/gate.json": json.dumps(PROFILE).encode(),
    "_gates/mong-cai/index.html": b"home of mong-cai",
    "_gates/ha-long/gate.json": json.dumps({**PROFILE, "id": "ha-long"}).encode(),
    "_gates/ha-long/index.html": b"home of ha-long",
    "_print/mong-cai/vi/index.html": b"leaflet",
    "assets/kiosk.js": b"kiosk();",
    "gate.css": b"the first gate",
    "gates/mong-cai/index.html": b"page",
    "gates/ha-long/index.html": b"withdrawn",
    "index.html": b"home of the first gate",
}


@dataclass
class Project:
    """A small project with a commit, a built site, and a key."""

    root: Path
    key: Path

    @property
    def site(self) -> Path:
        return self.root / "site/kiosk"

    def commit(self, text: str = "x", *, time: int = 1_790_000_000) -> None:
        repo = Repo(str(self.root))
        porcelain.add(repo)
        who = b"Nhom du an <a@example.test>"
        porcelain.commit(
            repo, text.encode(), author=who, committer=who, commit_timestamp=time, sign=False
        )
        repo.close()

    def invoke(self, *arguments: str) -> tuple[int, str]:
        """Return exit code and output of a command."""
        config = str(self.root / "mkdocs.yml")
        result = CliRunner().invoke(kiosk, arguments, obj=config)
        if isinstance(result.exception, QuangbaError):
            raise result.exception
        assert result.exception is None or isinstance(result.exception, SystemExit), result.output
        return result.exit_code, result.output

    def release(self, *arguments: str, gate: str = GATE) -> Path:
        self.invoke("release", "--gate", gate, "--key", str(self.key), *arguments)
        return max((self.root / "releases").iterdir(), key=lambda path: path.stat().st_mtime_ns)

    def refused(self, *arguments: str, gate: str = GATE) -> str:
        """Return the code of what kept a release from being made; nothing is left behind."""
        with pytest.raises(QuangbaError) as error:
            self.release(*arguments, gate=gate)
        folder = self.root / "releases"
        assert not folder.exists() or list(folder.iterdir()) == []
        return error.value.problem.code

    def manifest(self, path: Path) -> Manifest:
        release = read_release(path, read_keys(self.root / "kiosk/keys"))
        release.verify()
        return release.manifest


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    root = tmp_path / "project"
    config = make_site(
        root,
        {
            ".gitignore": "site/\n.cache/\nreleases/\n",
            "requirements.lock": "a==1\n",
            "content/_data/units.yml": "so-du-lich: {name: Sở Du lịch}\n",
            "content/index.md": PAGE,
            "content/gates/mong-cai.md": PAGE,
            "content/gates/ha-long.md": PAGE,
            "content/draft.md": PAGE,
        },
        quangba={"gate": True, "sample": True},
    )
    monkeypatch.setenv("QUANGBA_KEY_PASSPHRASE", "")
    monkeypatch.setenv("QUANGBA_LANG", "vi")
    for name in ("gates/mong-cai.md", "gates/ha-long.md", "draft.md"):
        assert approve_page(open_workspace(config), name, "Nguyễn Văn A", "12/QĐ") == []
    withdraw_page(open_workspace(config), "gates/ha-long.md", "Nguyễn Văn A", "x")
    private, public = make_key(tmp_path / "safe", "release", "")
    write(root, {"kiosk/keys/release.pub": public.read_bytes()})
    porcelain.init(str(root)).close()
    made = Project(root, private)
    made.commit()
    write(made.site, BUILT)
    return made


# What a release is


def test_a_release_holds_what_all_gates_share_and_its_own_overlay(project: Project) -> None:
    path = project.release()
    assert path.name == "mong-cai-1.qbk"
    manifest = project.manifest(path)
    assert [entry.path for entry in manifest.files] == [
        "_headers",
        "assets/kiosk.js",
        "gate.css",
        "gate.json",
        "gates/ha-long/index.html",
        "gates/mong-cai/index.html",
        "index.html",
    ]
    device = project.root.parent / "device"
    write(device, {"keys/a.pub": (project.root / "kiosk/keys/release.pub").read_bytes()})
    write(device, {"device.json": b'{"reserve_mb": 0}'})
    assert run(device, path).accepted
    assert shown(device)["index.html"] == b"home of mong-cai"
    assert shown(device)["gate.css"] == b"mong-cai"


def test_its_manifest_says_where_it_comes_from(project: Project) -> None:
    manifest = project.manifest(project.release())
    head = read_head(project.root)
    assert (manifest.gate, manifest.serial, manifest.site) == (GATE, 1, "Thử")
    assert (manifest.commit, manifest.created, manifest.dirty) == (head.commit, head.created, False)
    assert (manifest.expires - manifest.created).days == 90
    assert manifest.lock == hashlib.sha256(b"a==1\n").hexdigest()
    assert manifest.profile == PROFILE
    assert manifest.languages == ("zh", "vi")


def test_approvals_are_those_of_its_pages_and_name_nobody(project: Project) -> None:
    path = project.release()
    approvals = project.manifest(path).approvals
    assert approvals.keys() == {"gates/mong-cai.md"}
    approval = approvals["gates/mong-cai.md"]
    assert approval.keys() == {"date", "role", "document"}
    assert (approval["role"], approval["document"]) == ("sample", "12/QĐ")
    assert "Nguyễn" not in path.read_bytes().decode("utf-8", "replace")


def test_every_gate_at_once(project: Project) -> None:
    project.invoke("release", "--all", "--key", str(project.key))
    assert sorted(path.name for path in (project.root / "releases").iterdir()) == [
        "ha-long-1.qbk",
        "mong-cai-1.qbk",
    ]
    assert project.manifest(project.root / "releases/ha-long-1.qbk").gate == "ha-long"


def test_serials_count_the_main_line(project: Project) -> None:
    project.commit("second")
    repo = Repo(str(project.root))
    main = repo.head()
    tree_id = repo[main].tree
    side = repo.get_worktree().commit(message=b"side", ref=None, tree=tree_id)
    merge = repo.get_worktree().commit(message=b"merge", tree=tree_id, merge_heads=[side])
    assert repo.head() == merge
    repo.close()
    assert read_head(project.root).serial == 3


def test_two_keys_while_keys_change(project: Project, tmp_path: Path) -> None:
    other, public = make_key(tmp_path / "other", "new", "")
    path = project.release("--key", str(other))
    for folder in (project.root / "kiosk/keys", public.parent):
        read_release(path, read_keys(folder)).verify()


def test_the_same_commit_gives_the_same_bytes_wherever_it_is_made(
    project: Project, tmp_path: Path
) -> None:
    found = set()
    for number, (zone, mask, seed) in enumerate((("UTC", 0o022, "1"), ("Asia/Tokyo", 0o077, "2"))):
        out = tmp_path / f"out-{number}"
        for path in project.site.rglob("*"):
            os.utime(path)
        subprocess.run(
            [
                *(sys.executable, "-m", "quangba.cli_kiosk", "release", "--gate", GATE),
                *("--key", str(project.key), "--out", str(out)),
            ],
            cwd=project.root,
            check=True,
            capture_output=True,
            umask=mask,
            env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C"},
        )
        found.add((out / "mong-cai-1.qbk").read_bytes())
    assert len(found) == 1


def test_a_key_that_no_device_knows_is_told(project: Project) -> None:
    (project.root / "kiosk/keys/release.pub").unlink()
    _, output = project.invoke(
        *("release", "--gate", GATE, "--key", str(project.key), "--dirty"),
    )
    assert "chưa có trong kiosk/keys" in output


def test_what_is_not_committed_is_only_for_tests(project: Project) -> None:
    write(project.root, {"content/new.md": b"x"})
    assert project.refused() == "kiosk-dirty"
    (project.root / "content/new.md").unlink()
    write(project.root, {"content/index.md": b"x"})
    assert project.refused() == "kiosk-dirty"
    assert project.manifest(project.release("--dirty")).dirty


# What keeps a release from being made


def no_site(project: Project) -> None:
    (project.site / "index.html").unlink()


def no_overlays(project: Project) -> None:
    (project.site / "_gates").rename(project.site / "_other")


def no_overlay(project: Project) -> None:
    (project.site / "_gates/mong-cai").rename(project.site / "_gates/other")


def profile(text: bytes) -> Callable[[Project], None]:
    return lambda project: write(project.site, {"_gates/mong-cai/gate.json": text})


def linked(project: Project) -> None:
    (project.site / "assets/link.js").symlink_to("kiosk.js")


def linked_folder(project: Project) -> None:
    (project.site / "more").symlink_to("assets")


def linked_overlay(project: Project) -> None:
    (project.site / "_gates/more").symlink_to("mong-cai")


def pipe(project: Project) -> None:
    os.mkfifo(project.site / "pipe")


def named(*names: str) -> Callable[[Project], None]:
    return lambda project: write(project.site, dict.fromkeys(names, b""))


def old_site(project: Project) -> None:
    os.utime(project.site / "index.html", (1_789_999_999, 1_789_999_999))


def shallow(project: Project) -> None:
    write(project.root, {".git/shallow": read_head(project.root).commit.encode() + b"\n"})


def recalled(project: Project) -> None:
    write(project.root, {"content/_data/recall.yml": b"min_serial: 9\nreason: x\n"})
    project.commit()


def wrong_recall(project: Project) -> None:
    write(project.root, {"content/_data/recall.yml": b"min_serial: soon\n"})
    project.commit()


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        pytest.param(no_site, "kiosk-no-site", id="no-site"),
        pytest.param(no_overlays, "kiosk-no-gates", id="no-overlays"),
        pytest.param(no_overlay, "kiosk-gate-unknown", id="no-overlay"),
        pytest.param(profile(b"{"), "kiosk-gate-profile", id="broken-profile"),
        pytest.param(profile(b"[]"), "kiosk-gate-profile", id="empty-profile"),
        pytest.param(profile(b'{"id": "mong-cai"}'), "kiosk-gate-profile", id="no-languages"),
        pytest.param(
            profile(b'{"id": "x", "languages": ["vi"]}'), "kiosk-gate-profile", id="other-id"
        ),
        pytest.param(linked, "kiosk-site-odd", id="link"),
        pytest.param(linked_folder, "kiosk-site-odd", id="linked-folder"),
        pytest.param(linked_overlay, "kiosk-site-odd", id="linked-overlay"),
        pytest.param(pipe, "kiosk-site-odd", id="pipe"),
        pytest.param(named("Index.html"), "kiosk-site-clash", id="case"),
        pytest.param(named("GATES/x"), None, id="folders-may-differ"),
        pytest.param(named("aux.html"), "kiosk-site-name", id="reserved"),
        pytest.param(named("a:b"), "kiosk-site-name", id="colon"),
        pytest.param(named("u\u0301"), "kiosk-site-name", id="not-composed"),
        pytest.param(named("a\nb"), "kiosk-site-name", id="control"),
        pytest.param(named("x/" * 100 + "x"), "kiosk-site-name", id="long"),
        pytest.param(named("_gates/mong-cai/assets"), "kiosk-site-clash", id="file-over-folder"),
        pytest.param(old_site, "kiosk-site-old", id="built-before-the-commit"),
        pytest.param(shallow, "kiosk-shallow", id="shallow"),
        pytest.param(recalled, "kiosk-serial-recalled", id="recalled"),
        pytest.param(wrong_recall, "kiosk-recall-wrong", id="wrong-recall"),
    ],
)
def test_what_cannot_be_released(
    project: Project, spoil: Callable[[Project], None], code: str | None
) -> None:
    spoil(project)
    if code is None:
        project.release()
    else:
        assert project.refused() == code


def test_no_gate_and_no_key(project: Project) -> None:
    with pytest.raises(QuangbaError) as error:
        project.invoke("release", "--key", str(project.key))
    assert error.value.problem.code == "kiosk-no-gate-chosen"
    assert project.refused(gate="nowhere") == "kiosk-gate-unknown"
    assert project.refused(gate="../mong-cai") == "kiosk-gate-unknown"
    with pytest.raises(QuangbaError) as error:
        project.invoke("release", "--gate", GATE)
    assert error.value.problem.code == "kiosk-key-missing"
    assert project.refused("--key", str(project.key)) == "kiosk-key-count"


def test_a_key_in_the_repository(project: Project) -> None:
    project.key = project.key.rename(project.root / "release.pem")
    assert project.refused() == "kiosk-key-inside"


def test_a_passphrase(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project.key, public = make_key(tmp_path / "locked", "locked", "đúng")
    for given in ("sai", "", None):
        if given is None:
            monkeypatch.delenv("QUANGBA_KEY_PASSPHRASE")
        else:
            monkeypatch.setenv("QUANGBA_KEY_PASSPHRASE", given)
        assert project.refused() == "kiosk-key-passphrase"
    monkeypatch.setenv("QUANGBA_KEY_PASSPHRASE", "đúng")
    read_release(project.release(), read_keys(public.parent)).verify()


def test_outside_of_a_repository(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    (project.root / ".git").rename(project.root.parent / "git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.root.parent))
    assert project.refused() == "kiosk-no-repository"
    porcelain.init(str(project.root)).close()
    assert project.refused() == "kiosk-no-commit"


def test_a_site_that_changes_meanwhile(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from quangba.kiosk import making

    sign = making.sign

    def slow(*arguments: Any) -> bytes:
        write(project.site, {"assets/kiosk.js": b"changed!"})
        return sign(*arguments)

    monkeypatch.setattr(making, "sign", slow)
    assert project.refused() == "kiosk-site-changed"


def test_where_nothing_can_be_written_or_read(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"file": b""})
    assert project.refused("--out", str(tmp_path / "file/x")) == "file-unwritable"

    def broken(self: Path, *arguments: Any, **more: Any) -> Any:
        if self.suffix == ".js":
            raise OSError(5, "Input/output error")
        return real(self, *arguments, **more)

    real = Path.open
    monkeypatch.setattr(Path, "open", broken)
    assert project.refused() == "file-unreadable"


def test_what_is_too_large_for_a_stick(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quangba.kiosk.making.LARGEST", 5000)
    assert project.refused() == "kiosk-too-large"


# Recalls


def test_a_recall_reaches_the_next_release(project: Project) -> None:
    project.commit("second")
    code, output = project.invoke("recall", "1", "--reason", "Số liệu sai")
    assert code == 0
    assert "content/_data/recall.yml" in output
    path = project.root / "content/_data/recall.yml"
    assert path.read_text(encoding="utf-8") == "min_serial: 2\nreason: Số liệu sai\n"
    project.commit("recall", time=1_790_000_001)
    assert project.manifest(project.release()).min_serial == 2
    for serial, wrong in ((1, "kiosk-recall-lower"), (4, "kiosk-recall-future")):
        with pytest.raises(QuangbaError) as error:
            project.invoke("recall", str(serial), "--reason", "x")
        assert error.value.problem.code == wrong
    with pytest.raises(QuangbaError) as error:
        project.invoke("recall", "3", "--reason", " ")
    assert error.value.problem.code == "name-empty"
    assert read_minimum(path) == 2


@pytest.mark.parametrize("text", ["", "- a", "min_serial: -1", "min_serial: true", "a: [", "\xff"])
def test_a_recall_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "recall.yml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(QuangbaError) as error:
        read_minimum(path)
    assert error.value.problem.code == "kiosk-recall-wrong"


def test_a_site_without_a_recall(tmp_path: Path) -> None:
    assert read_minimum(tmp_path / "recall.yml") == 0
    assert tree(tmp_path) == {}
