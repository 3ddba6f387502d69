"""
The story of a screen: keys, a release, a stick, a device with a browser, and what comes back.

The kiosk edition is built once, in a copy of the site; each language tells the story again with
it. The release that the device begins with is of a commit that is ten weeks old, so that the
screen says that its content is old; the stick brings one of today. ``guide_shots`` takes pictures
as it does for the other guides.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from dulwich import porcelain
from dulwich.objects import Commit
from dulwich.repo import Repo
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from guide_shots import ARGUMENTS, CHROMIUM, COLOURS, IMAGES, VIEW
from guide_site import PARTS, Site
from guide_tables import choose
from quangba.errors import Problem
from quangba.kiosk.notices import Kind, Notices
from quangba.source.lunar import today

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

EDITION = "mkdocs.kiosk.yml"
ALL = (*PARTS, EDITION, ".gitignore", "requirements.lock")
"""What is copied besides the parts that the other guides need."""

GATE, OTHER = "mong-cai", "hoanh-mo"

COMMITS = 117
"""Commits of the copy before the first release; more would only take longer."""

OLD = 70 * 24 * 3600
"""Seconds since the commit of the first release."""

AGAIN = "min_serial: 0\nreason: Chưa thu hồi bản nào.\n"
"""What the commit of the second release adds: any change would do."""

PLACES = {
    "key-1": "/media/KHOA-1",
    "key-2": "/media/KHOA-2",
    "first": "/mnt",
    "stick": "/media/QUANGBA",
    "device": "/var/lib/quangba",
    "receipts": "/home/can-bo/bien-nhan",
    "project": "/home/can-bo/quang-ba",
}
"""Folders of the story, and where they would be."""

LABELS = re.compile(r"^(?:[a-z]+(?:-[a-z]+)+|Tờ rơi|Leaflets)\n", re.M)
"""What the progress bars of these commands leave where there is no terminal."""

SERVED = re.compile(r"http://127\.0\.0\.1:\d+")
"""Address of a server; its port is another at each start."""

TABLES = 4
"""Parts of the running report that the guide shows: its title and three tables."""

DEVICE = "sudo -u quangba-install /opt/quangba/bin/python -m quangba.cli_kiosk"
"""How a command is typed on a device."""

SCREEN = {"width": 1080, "height": 1920}
SMALL, EDGE, GROUND = (416, 740), 8, "#cfc6b7"
"""Each of three screens in a picture, what is between them, and what is behind."""

BEAT = 15_000
"""Milliseconds in which a page has asked for news: it does every ten seconds."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Story(Site):
    """A copy of the site with folders that stand for sticks and for a device."""

    def folder(self, name: str) -> Path:
        """Return the folder of a place."""
        return self.root if name == "project" else self.root.parent / f"{self.root.name}-{name}"

    def told(self, text: str) -> str:
        """Return what a command printed, with the places where they would be."""
        for name, place in PLACES.items():
            text = text.replace(str(self.folder(name)), place)
        return text

    def run(self, *arguments: str) -> str:
        """Run ``quangba`` and return what it prints."""
        return LABELS.sub("", super().run(*arguments))

    def show(self, name: str, *arguments: str, only: str = "") -> str:
        """Run a command for the guides; paths are those of the copy."""
        text = super().show(name, *arguments, only=only)
        self.outputs[name] = self.told(self.outputs[name])
        return text

    def on_device(self, name: str, *arguments: str) -> None:
        """Run a command as it is typed on a device, for the guides."""
        done = subprocess.run(
            [sys.executable, "-m", "quangba.cli_kiosk", *arguments],
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if "Traceback" in done.stderr or done.returncode:
            raise RuntimeError(f"{arguments}: {done.stdout}{done.stderr}")
        self.keep(name, self.told(f"$ {DEVICE} {' '.join(arguments)}\n{done.stdout.rstrip()}"))

    @property
    def environment(self) -> dict[str, str]:
        """The passphrase comes from the environment: nobody sits here to type it."""
        return {**super().environment, "QUANGBA_KEY_PASSPHRASE": "mẫu của hướng dẫn"}


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def build(root: Path) -> Path:
    """Build the kiosk edition in a copy of the site; return the copy."""
    site = Site.copy(root, "vi")
    for part in set(ALL) - set(PARTS):
        shutil.copy2(Path(__file__).parents[1] / part, root / part)
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-f", EDITION],
        cwd=root,
        env=site.environment,
        check=True,
    )
    return root


def played(built: Path, root: Path, language: str) -> dict[str, str]:
    """Tell the story in one language; return what commands printed."""
    shutil.copytree(built, root, copy_function=os.link)
    story = Story(root, language)
    for name in PLACES:
        story.folder(name).mkdir(exist_ok=True)
    for scene in (begin, live, back):
        print(f"{language}: kiosk {scene.__name__}", flush=True)
        scene(story)
    return story.outputs


def begin(story: Story) -> None:
    """Let the office make two keys and two releases, and the technician install the older one."""
    year = today().year
    lines = []
    for number in (1, 2):
        folder = story.folder(f"key-{number}")
        story.show("key", "kiosk", "key", str(folder), "--name", f"khoa-{number}-{year}")
        lines.append(story.outputs["key"].removeprefix("```console\n").removesuffix("\n```"))
        for place in (story.root / "kiosk/keys", story.folder("device") / "keys"):
            place.mkdir(parents=True, exist_ok=True)
            shutil.copy(folder / f"khoa-{number}-{year}.pub", place)
    story.keep("key", "\n".join(lines))
    key = ["--key", str(next(story.folder("key-1").glob("*.pem")))]
    release = ["kiosk", "release", "--all", *key, "--out"]
    porcelain.init(str(story.root))
    record(story, "Trang web", OLD, COMMITS)
    first, stick = story.folder("first"), story.folder("stick")
    story.run(*release, str(first))
    install = ["install", "--root", str(story.folder("device")), "--gate", GATE, "--no-confirm"]
    story.on_device("first install", *install, str(first))
    (story.root / "content/_data/recall.yml").write_text(AGAIN, encoding="utf-8")
    built = (story.root / "site/kiosk/index.html").stat().st_mtime
    record(story, "Nội dung mới", int(time.time() - built) + 2, 1)
    story.show("release", *release, str(stick))
    story.show("verify", "kiosk", "verify", str(stick))
    preview = ["kiosk", "serve", "--site", "site/kiosk", "--gate", GATE]
    with served(story, *preview) as line:
        told = SERVED.sub("http://127.0.0.1:8080", line.strip())
        story.keep("preview kiosk", f"$ quangba {' '.join(preview)}\n{told}")


def record(story: Story, text: str, before: int, times: int) -> None:
    """Commit everything, then again and again without a change."""
    repository = str(story.root)
    porcelain.add(repository, [str(story.root / part) for part in (*ALL, "kiosk")])
    moment = int(time.time()) - before
    who = b"Bien tap <bien-tap@example.test>"
    porcelain.commit(repository, text.encode(), committer=who, author=who, commit_timestamp=moment)
    with Repo(repository) as repo:
        for _ in range(times - 1):
            commit = repo[repo.head()]
            assert isinstance(commit, Commit)
            commit.parents = [commit.id]
            repo.object_store.add_object(commit)
            repo.refs[b"HEAD"] = commit.id


def live(story: Story) -> None:
    """Let the screen run, take pictures of it, and update it from the stick."""
    device, stick = story.folder("device"), story.folder("stick")
    with served(story, "kiosk", "serve", "--root", str(device)) as line, screens() as page:
        found = SERVED.search(line)
        assert found, line
        address = f"{found[0]}/"
        page.goto(f"{address}attract/", wait_until="networkidle")
        attract = shot(page)
        page.mouse.click(SCREEN["width"] / 2, 200)
        choice = shot(page)
        page.goto(f"{address}{choose(story.language, '', 'en/')}", wait_until="networkidle")
        expect(page.locator(".age-notice").first).to_be_visible(timeout=BEAT)
        together("kiosk-screen", story.language, [attract, choice, shot(page)])
        page.goto(f"{address}attract/", wait_until="networkidle")
        notices = Notices(device, hush)
        notices.progress(45, 100)
        working = shot(page, "working")
        install = [sys.executable, "-m", "quangba.cli_kiosk", "install", str(stick)]
        install += ["--root", str(device)]
        subprocess.run(install, env=story.environment, check=True, stdout=subprocess.DEVNULL)
        done = shot(page, "done")
        wrong = next(stick.glob(f"{OTHER}-*.qbk"))
        subprocess.run([*install[:4], str(wrong), *install[5:]], env=story.environment, check=False)
        refused = shot(page, "refused")
        together("kiosk-message", story.language, [working, done, refused])
        with urlopen(f"{address}health") as answer:
            health = answer.read().decode()
    story.keep("health", f"$ curl http://127.0.0.1:8080/health\n{health}")


def back(story: Story) -> None:
    """Let the stick come back, the office read what it brings, recall, and print leaflets."""
    device, stick = story.folder("device"), story.folder("stick")
    again = [sys.executable, "-m", "quangba.cli_kiosk", "install", str(stick), "--no-confirm"]
    # The server has ended: now there are counts to bring back.
    subprocess.run([*again, "--root", str(device)], check=True, stdout=subprocess.DEVNULL)
    story.on_device("device status", "status", "--root", str(device))
    story.on_device("rollback", "rollback", "--root", str(device))
    receipts = story.folder("receipts")
    shutil.copytree(stick / "receipts", receipts / GATE)
    history = ["kiosk", "history", str(receipts)]
    page = str(receipts / choose(story.language, "nhat-ky.html", "report.html"))
    story.show("page", *history, "--month", f"{today():%Y-%m}", "--html", page)
    story.show("history", *history)
    written = story.outputs.pop("page").removesuffix("```")
    told = story.outputs["history"].removeprefix("```console\n").split("\n\n")
    story.outputs["history"] = written + "\n\n".join([*told[:TABLES], "…\n```"])
    serial = max(int(path.stem.rpartition("-")[2]) for path in stick.glob("*.qbk"))
    reason = choose(story.language, "Số điện thoại sai", "A wrong telephone number")
    story.show("recall", "kiosk", "recall", str(serial), "--reason", reason)
    sheets = ["--gate", GATE, "--lang", "zh", "--lang", "vi-zh"]
    story.show("leaflet", "kiosk", "leaflet", *sheets)


@contextmanager
def served(story: Story, *arguments: str) -> Iterator[str]:
    """Let a command serve at a free port; give the line that it prints."""
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "quangba.cli", *arguments, "--port", "0"],
        cwd=story.root,
        env=story.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline()
        finally:
            process.terminate()


@contextmanager
def screens() -> Iterator[Page]:
    """Open a browser as large as the screen of the gate."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser.new_context(viewport=SCREEN, has_touch=True).new_page()
        browser.close()


def shot(page: Page, message: str = "") -> Image.Image:
    """Return what is on the screen, once it shows a message of a kind."""
    if message:
        told = page.locator(f".officer[data-kind={message}]")
        expect(told).to_be_visible(timeout=BEAT)
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(1000)  # pictures fade
    return Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")


def together(name: str, language: str, shots: list[Image.Image]) -> None:
    """Save three screens side by side, as large as every picture of the guides."""
    ground = Image.new("RGB", (VIEW["width"], VIEW["height"]), GROUND)
    for number, taken in enumerate(shots):
        place = (EDGE + number * (SMALL[0] + EDGE), (VIEW["height"] - SMALL[1]) // 2)
        ground.paste(taken.resize(SMALL, Image.Resampling.LANCZOS), place)
    ground.quantize(COLOURS, dither=0).save(IMAGES / f"{name}.{language}.png", optimize=True)


def hush(kind: Kind, problem: Problem) -> None:
    """Say nothing in the terminal."""
