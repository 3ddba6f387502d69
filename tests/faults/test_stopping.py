"""A build that is told to stop, or that stumbles, leaves the old site and one sentence."""

from __future__ import annotations

import os
import signal
import sys
import time

import pytest
from photos import scene
from published import Published, ended

from faulty import Ended

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")

# ----------------------------------------------------------------------------
# Moments
# ----------------------------------------------------------------------------

AT = """
import os, signal, time
from mkdocs.plugins import event_priority

MAIN = os.getpid()

def stop():
    os.kill(MAIN, signal.{signal})
    if os.getpid() != MAIN:
        # A process of one language, which the main process ends.
        time.sleep(60)
"""
"""Languages may have processes of their own; people and services stop the one they started."""

MOMENTS = {
    "first-language": """
def on_page_markdown(markdown, page, config, files):
    stop()
    return markdown
""",
    "third-language": """
def on_page_markdown(markdown, page, config, files):
    if config.plugins["i18n"].current_language == "fr":
        stop()
    return markdown
""",
    "all-is-written": """
@event_priority(-150)
def on_post_build(config):
    stop()
""",
    "swallowed": """
def on_page_markdown(markdown, page, config, files):
    try:
        stop()
    except BaseException:
        pass
    return markdown
""",
}
"""Hooks that stop the build that they run in."""

CHANGING = """
import quangba.site.staging as staging
exchange = staging.exchange

def exchange_and_stop(first, second):
    stop()
    done = exchange(first, second)
    stop()
    return done

staging.exchange = exchange_and_stop
"""

KEPT = "Trang web cũ được giữ nguyên"

# ----------------------------------------------------------------------------
# Stopped
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "name"),
    [
        ("first-language", "SIGINT"),
        ("third-language", "SIGTERM"),
        ("all-is-written", "SIGHUP"),
        ("swallowed", "SIGINT"),
    ],
)
def test_a_stopped_build_leaves_the_old_site(project: Published, moment: str, name: str) -> None:
    before = project.tree()
    project.hook(AT.format(signal=name) + MOMENTS[moment])
    stopped = project.run("--quiet")
    assert stopped.code == 128 + getattr(signal, name)
    assert stopped.said.count(KEPT) >= 1
    assert "Traceback" not in stopped.said
    assert project.tree() == before
    assert project.leftovers == []


def test_a_site_that_changes_places_does_so_before_the_build_stops(project: Published) -> None:
    project.hook(AT.format(signal="SIGTERM") + CHANGING)
    stopped = project.run("--quiet")
    assert stopped.code == 128 + signal.SIGTERM
    assert "sau khi trang web mới được phát hành" in stopped.said
    assert project.state == "new"
    assert project.leftovers == []


def test_a_build_that_hears_no_hangup_goes_on(project: Published) -> None:
    """``nohup``."""
    project.hook("import os\n\ndef on_pre_build(config):\n    os.kill(0, 1)\n")
    ignore = lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)  # noqa: E731 (for one call)
    assert project.run("--quiet", preexec_fn=ignore) == Ended(0, "")
    assert project.state == "new"


WORKERS = """
import concurrent.futures
from pathlib import Path
import quangba.media.pictures as pictures

as_completed = concurrent.futures.as_completed

def stopping(tasks):
    while not all(process.is_alive() for process in multiprocessing.active_children()):
        pass
    stop()
    return as_completed(tasks)

@event_priority(-200)
def on_config(config):
    concurrent.futures.as_completed = stopping
    pictures.Pictures(Path(config.docs_dir), Path("cache"), print).encode_many(["a.png", "b.png"])
"""


def ended_within(session: int, seconds: float) -> bool:
    """Tell whether nobody is left in a session; what Python keeps beside workers takes a moment."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


def test_the_processes_of_a_stopped_build_end_with_it(project: Published) -> None:
    """Pictures are encoded in processes of their own."""
    for name in ("a.png", "b.png"):
        scene(900, 600).save(project.root / "content" / name)
    project.hook("import multiprocessing\n" + AT.format(signal="SIGTERM") + WORKERS)
    process = project.start("--quiet")
    stopped = ended(process)
    assert stopped.code == 128 + signal.SIGTERM, stopped.said
    assert KEPT in stopped.said
    assert "Traceback" not in stopped.said
    assert ended_within(process.pid, 20)
    assert project.state == "old"
    assert project.leftovers == []


# ----------------------------------------------------------------------------
# Failed
# ----------------------------------------------------------------------------

FULL = """
def on_page_markdown(markdown, page, config, files):
    if config.plugins["i18n"].current_language == "fr":
        raise OSError(28, "No space left on device", "/somewhere/index.html")
"""

BROKEN = """
from quangba.errors import QuangbaError

def on_post_page(output, page, config):
    if config.plugins["i18n"].current_language == "fr":
        raise QuangbaError("fact-unknown", "content/index.md", 3, fact="x")
"""


@pytest.mark.parametrize(
    ("hook", "sentence"),
    [
        (FULL, "/somewhere/index.html: hệ thống báo lỗi: No space left on device."),
        (BROKEN, "content/index.md:3: "),
    ],
    ids=["full-disk", "our-own-error"],
)
def test_an_error_in_the_third_language_is_one_sentence(
    project: Published, hook: str, sentence: str
) -> None:
    before = project.tree()
    project.hook(hook)
    stopped = project.run("--quiet")
    assert stopped.code == 1
    assert sentence in stopped.said
    assert "Traceback" not in stopped.said
    assert project.tree() == before
    assert project.leftovers == []


# ----------------------------------------------------------------------------
# Two builds
# ----------------------------------------------------------------------------

WAITING = """
import pathlib, time

def on_env(env, config, files):
    pathlib.Path("begun").touch()
    while not pathlib.Path("go on").exists():
        time.sleep(0.01)
"""


def test_of_two_builds_at_once_the_second_says_so_in_a_sentence(project: Published) -> None:
    project.hook(WAITING)
    first = project.start("--quiet")
    while not (project.root / "begun").exists():
        assert first.poll() is None, first.communicate()[0]
        time.sleep(0.01)
    second = project.run("--quiet")
    assert second.code == 1
    assert second.said.strip() == "site: một lần dựng trang khác đang chạy. Hãy đợi lần đó xong."
    assert project.state == "old"
    (project.root / "go on").touch()
    assert ended(first) == Ended(0, "")
    assert project.state == "new"


def test_the_lock_of_a_killed_build_holds_nobody_up(project: Published) -> None:
    project.hook(WAITING)
    killed = project.start("--quiet")
    while not (project.root / "begun").exists():
        assert killed.poll() is None, killed.communicate()[0]
        time.sleep(0.01)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate()
    assert (project.root / ".site.lock").exists()
    assert project.leftovers == [".site.new"]
    assert project.state == "old"
    (project.root / "go on").touch()
    assert project.run("--quiet").code == 0
    assert project.state == "new"
    assert project.leftovers == []
