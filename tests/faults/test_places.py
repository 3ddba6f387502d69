"""Where a site is published: what stands there before, and disks that are full, closed or far."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from published import Published

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="links, pipes and mounts of Linux")

# ----------------------------------------------------------------------------
# Helpers
# ----------------------------------------------------------------------------

Mount = Callable[..., None]


@pytest.fixture
def mount() -> Iterator[Mount]:
    """Return a function that mounts memory at a folder, which only root may."""
    mounted: list[Path] = []

    def mount_at(folder: Path, options: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        if os.geteuid() or subprocess.run(command, capture_output=True).returncode:
            pytest.skip("NOT ROOT, OR NOTHING MAY BE MOUNTED: nobody tried a disk that is full")
        mounted.append(folder)

    yield mount_at
    for folder in reversed(mounted):
        subprocess.run(["umount", str(folder)], check=True)


def refused(project: Published) -> str:
    """Build; return the one sentence that it is refused with."""
    before = project.leftovers
    ended = project.run("--quiet")
    assert ended.code == 1, ended.said
    assert "Traceback" not in ended.said
    assert project.leftovers == before
    (sentence,) = ended.said.strip().splitlines()
    return sentence


def succeeds(project: Published) -> None:
    ended = project.run("--quiet")
    assert (ended.code, ended.said) == (0, "")
    assert project.state == "new"
    assert project.leftovers == []


# ----------------------------------------------------------------------------
# What stands there
# ----------------------------------------------------------------------------


def test_a_file_in_the_place_of_the_site_stays_and_is_named(project: Published) -> None:
    shutil.rmtree(project.site)
    project.site.write_bytes(b"kept")
    assert f"{project.site}: site_dir là một tệp" in refused(project)
    assert project.site.read_bytes() == b"kept"


def test_a_link_to_nothing_leads_to_the_new_site(project: Published) -> None:
    shutil.rmtree(project.site)
    project.site.symlink_to("../elsewhere/www")
    succeeds(project)
    assert project.site.readlink() == Path("../elsewhere/www")


def test_a_link_that_leads_to_itself_is_named(project: Published) -> None:
    shutil.rmtree(project.site)
    project.site.symlink_to("site")
    assert "site: " in refused(project)
    assert project.site.readlink() == Path("site")


def test_a_site_on_another_disk_is_replaced_behind_its_link(
    project: Published, in_memory: Path
) -> None:
    shutil.move(project.site, in_memory / "www")
    project.site.symlink_to(in_memory / "www")
    succeeds(project)
    assert project.site.readlink() == in_memory / "www"
    assert [path.name for path in in_memory.iterdir() if path.name != ".www.lock"] == ["www"]


def test_hidden_files_stay_as_they_are(project: Published) -> None:
    hidden = project.site / ".well-known"
    (hidden / "acme").mkdir(parents=True)
    (hidden / "acme/token").write_text("token", encoding="utf-8")
    (hidden / "acme/token").chmod(0o640)
    (hidden / "pki").symlink_to("acme")
    (hidden / "gone").symlink_to("/nowhere/at/all")
    (project.site / ".htaccess").symlink_to("../htaccess of all sites")
    os.mkfifo(hidden / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        # The path of a socket is short.
        here = os.open(hidden, os.O_RDONLY)
        listening.bind(f"/proc/self/fd/{here}/socket")
        os.close(here)
        succeeds(project)
    assert (hidden / "acme/token").read_text(encoding="utf-8") == "token"
    assert (hidden / "acme/token").stat().st_mode & 0o777 == 0o640
    assert (hidden / "pki").readlink() == Path("acme")
    assert (hidden / "gone").readlink() == Path("/nowhere/at/all")
    assert (project.site / ".htaccess").readlink() == Path("../htaccess of all sites")
    # Nobody can copy what a running program listens at.
    assert sorted(path.name for path in hidden.iterdir()) == ["acme", "gone", "pki"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may everything")
def test_a_folder_that_is_closed_to_us_is_named(project: Published) -> None:
    project.root.chmod(0o555)
    try:
        assert "không ghi được tệp" in refused(project)
    finally:
        project.root.chmod(0o755)
    assert project.state == "old"


# ----------------------------------------------------------------------------
# Disks
# ----------------------------------------------------------------------------


def test_a_disk_that_only_lets_read_is_named(project: Published, mount: Mount) -> None:
    project.place = "disk/site"
    mount(project.root / "disk", "size=4m")
    shutil.copytree(project.root / "site", project.site)
    subprocess.run(["mount", "-o", "remount,ro", str(project.root / "disk")], check=True)
    assert "Read-only file system" in refused(project)
    assert project.state == "old"


def test_a_place_where_a_disk_is_mounted_is_named(project: Published, mount: Mount) -> None:
    mount(project.site, "size=4m")
    assert "nơi gắn một ổ đĩa" in refused(project)
    assert list(project.site.iterdir()) == []


@pytest.mark.parametrize("kind", ["space", "names"])
def test_a_disk_that_fills_up_keeps_the_old_site(
    project: Published, mount: Mount, kind: str
) -> None:
    project.place = "disk/site"
    disk = project.root / "disk"
    mount(disk, "size=1m,nr_inodes=200")
    shutil.copytree(project.root / "site", project.site)
    before = project.tree()
    refusals = 0
    for left in (0, 2, 6):
        fill(disk, kind, left)
        ended = project.run("--quiet")
        assert "Traceback" not in ended.said
        assert ended.code == 1, left
        assert "No space left on device" in ended.said
        assert project.tree() == before
        assert project.leftovers == []
        refusals += 1
        shutil.rmtree(disk / "ballast")
    assert refusals == 3
    succeeds(project)


def fill(disk: Path, kind: str, left: int) -> None:
    """Fill a disk up to some pages of space or some names."""
    ballast = disk / "ballast"
    ballast.mkdir()
    status = os.statvfs(disk)
    if kind == "space":
        (ballast / "0").write_bytes(bytes(status.f_bsize * (status.f_bavail - left)))
    else:
        for number in range(status.f_ffree - left):
            (ballast / str(number)).touch()
