"""
No dead ends: the whole graph of links of the built kiosk, for every gate and language, and a walk
by finger through a sample of it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from little_kiosk import Kiosk, kiosk_in
from playwright.sync_api import Browser

from chromium import LANGUAGES

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

TAG = re.compile(r"<([a-z][a-z0-9]*)((?:\s+[^\s=>/]+(?:=\"[^\"]*\")?)*)\s*/?>")
"""``<a class="hit" href="../">``: templates quote every value and escape what is in it."""

START = re.compile(r"<[a-z]", re.IGNORECASE)

ATTRIBUTE = re.compile(r"([^\s=>/]+)(?:=\"([^\"]*)\")?")

LEADS_OUT = frozenset({"iframe", "object", "embed", "base", "frame", "portal", "area"})
"""Elements that load or lead somewhere and have no place on a screen."""

BAR = frozenset({"back", "home", "languages", "find", "settings", "up", "down"})
"""What every page of a session has in the same place."""

WAITS = ("attract/", "led/")
"""Pages that wait for somebody; LED screens are not touched at all."""

MOST = 3
"""Taps from the home of a gate to any page."""

FIND = 2
"""Taps for a page in the index: its sign, and the page."""

WALKED = 3
"""Pages of each language that a finger goes to."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Link(NamedTuple):
    """Where an ``<a>`` leads."""

    to: str
    """Address from the root of the site, without fragment: ``ja/visit/``."""
    fragment: str
    language: str
    """``data-lang``: the same page in that language."""


@dataclass
class Screen:
    """What a page is to a finger."""

    path: str
    mode: str = ""
    refreshed: bool = False
    """True for what is left at the old address of a page."""
    links: list[Link] = field(default_factory=list)
    acts: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    @property
    def languages(self) -> dict[str, str]:
        """Return where each language is chosen."""
        return {link.language: link.to for link in self.links if link.language}

    def read(self, text: str) -> Screen:
        """Take all tags."""
        tags = list(TAG.finditer(text))
        for match in tags:
            pairs = ATTRIBUTE.finditer(match[2])
            self.take(match[1], {pair[1]: unescape(pair[2] or "") for pair in pairs})
        if len(tags) != len(START.findall(text)):
            self.wrong.append("tags that were not read")
        return self

    def take(self, tag: str, attributes: dict[str, str]) -> None:
        """Take one tag."""
        if tag == "html":
            self.mode = attributes.get("data-mode", "")
        if "id" in attributes:
            self.ids.add(attributes["id"])
        if act := attributes.get("data-act"):
            self.acts.add(act)
        if tag == "meta" and attributes.get("http-equiv") == "refresh":
            self.refreshed = True
        if tag == "a" and "href" in attributes:
            self.link(attributes)
        if tag in LEADS_OUT or (tag == "form" and "action" in attributes):
            self.wrong.append(f"<{tag}>")
        self.wrong += [
            f"{name} of <{tag}>"
            for name in attributes
            if name in ("target", "download", "ping", "formaction") or name.startswith("on")
        ]

    def link(self, attributes: dict[str, str]) -> None:
        """Take a link."""
        href = attributes["href"]
        parts = urlsplit(urljoin(f"https://kiosk.test/{self.path}", href))
        if (parts.scheme, parts.netloc) != ("https", "kiosk.test"):
            self.wrong.append(f"a link to {href}")
            return
        to = unquote(parts.path)[1:].removesuffix("index.html")
        self.links.append(Link(to, unquote(parts.fragment), attributes.get("data-lang", "")))


@dataclass
class Site:
    """The screens of a gate, as its release has them."""

    screens: dict[str, Screen]

    def taps(self, start: str) -> dict[str, int]:
        """Return the least number of taps from a page to every other in its language."""
        found, edge = {start: 0}, {0: [start]}
        while edge:
            taps = min(edge)
            for path in edge.pop(taps):
                if found[path] < taps:
                    continue
                screen = self.screens[path]
                step = FIND if screen.mode == "find" else 1
                for link in screen.links:
                    after = taps + (step if link.to not in bar_of(screen) else 1)
                    if not link.language and after < found.get(link.to, 99):
                        found[link.to] = after
                        edge.setdefault(after, []).append(link.to)
        return found


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def bar_of(screen: Screen) -> set[str]:
    """Return where the bar of a page leads: one tap, also on the page of the index."""
    root = root_of(screen.path)
    return {root, f"{root}find/"}


def root_of(path: str) -> str:
    """
    Return the folder of a page's language.

    >>> root_of('ja/visit/'), root_of('visit/')
    ('ja/', '')
    """
    first = path.split("/")[0] + "/"
    return first if first in LANGUAGES.values() else ""


def read_all(folder: Path) -> dict[str, Screen]:
    """Read the pages below a folder, by their address; what begins with ``_`` is not shown."""
    found = {}
    for file in sorted(folder.rglob("*.html")):
        name = file.relative_to(folder).as_posix()
        if not name.startswith("_"):
            path = name.removesuffix("index.html")
            found[path] = Screen(path).read(file.read_text(encoding="utf-8"))
    return found


# ----------------------------------------------------------------------------
# Fixtures
# ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shared(kiosk: Path) -> dict[str, Screen]:
    """Pages of the build, with the first gate's own."""
    return read_all(kiosk)


@pytest.fixture(scope="module")
def sites(kiosk: Path, shared: dict[str, Screen]) -> dict[str, Site]:
    """Every gate with its own pages laid over."""
    gates = sorted(path for path in (kiosk / "_gates").iterdir() if path.is_dir())
    return {gate.name: Site(shared | read_all(gate)) for gate in gates}


def every(sites: dict[str, Site]) -> Iterator[tuple[str, Screen]]:
    """Yield every page of every gate once, with a name to complain by."""
    seen: set[int] = set()
    for gate, site in sites.items():
        for path, screen in site.screens.items():
            if id(screen) not in seen and not screen.refreshed:
                seen.add(id(screen))
                yield f"{gate}: /{path}", screen


# ----------------------------------------------------------------------------
# The graph
# ----------------------------------------------------------------------------


def test_there_is_something_to_crawl(sites: dict[str, Site]) -> None:
    assert len(sites) > 1
    for site in sites.values():
        assert len(site.screens) > 100
        assert sum(screen.mode == "home" for screen in site.screens.values()) == len(LANGUAGES)


def test_no_link_and_no_element_leads_out(sites: dict[str, Site]) -> None:
    assert [(name, screen.wrong) for name, screen in every(sites) if screen.wrong] == []


def test_every_link_leads_to_a_page_that_is_there(sites: dict[str, Site]) -> None:
    broken = [
        (gate, path, link.to)
        for gate, site in sites.items()
        for path, screen in site.screens.items()
        for link in screen.links
        if not path.endswith("404.html")
        and (link.to not in site.screens or (site.screens[link.to].refreshed and not link.language))
    ]
    assert sorted(set(broken)) == []


def test_every_anchor_is_on_its_page(sites: dict[str, Site]) -> None:
    lost = {
        (path, link.to, link.fragment)
        for site in sites.values()
        for path, screen in site.screens.items()
        for link in screen.links
        if link.fragment and link.fragment not in site.screens[link.to].ids
    }
    assert sorted(lost) == []


def test_back_home_languages_find_and_display_are_on_every_page(sites: dict[str, Site]) -> None:
    lacking = [
        (name, sorted(BAR - screen.acts))
        for name, screen in every(sites)
        if screen.path not in WAITS and not screen.acts >= BAR
    ]
    assert lacking == []


def test_every_page_is_there_in_every_language_at_the_same_address(sites: dict[str, Site]) -> None:
    wrong = []
    for name, screen in every(sites):
        if screen.path in WAITS or screen.path.endswith("404.html"):
            continue
        below = screen.path.removeprefix(root_of(screen.path))
        expected = {code: f"{root}{below}" for code, root in LANGUAGES.items()}
        if screen.languages != expected:
            wrong.append((name, screen.languages))
    assert wrong == []


def test_the_loop_leads_to_each_language_with_one_tap(sites: dict[str, Site]) -> None:
    for site in sites.values():
        assert site.screens["attract/"].languages == LANGUAGES


def test_every_page_is_a_few_taps_from_home(sites: dict[str, Site]) -> None:
    far = []
    for gate, site in sites.items():
        for code, root in LANGUAGES.items():
            taps = site.taps(root)
            pages = {
                path
                for path, screen in site.screens.items()
                if root_of(path) == root and screen.mode not in ("attract", "led")
                if not screen.refreshed and not path.endswith("404.html")
            }
            far += [(gate, code, p, taps.get(p)) for p in pages if taps.get(p, 99) > MOST]
    assert sorted(far) == []


# ----------------------------------------------------------------------------
# A finger
# ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def screen(browser: Browser, kiosk: Path) -> Iterator[Kiosk]:
    """The real kiosk, at its first gate."""
    with kiosk_in(browser, kiosk) as started:
        yield started


@pytest.mark.browser
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_finger_gets_about_in_every_language(
    screen: Kiosk, sites: dict[str, Site], code: str
) -> None:
    root = LANGUAGES[code]
    screen.go("attract/")
    entries = screen.page.evaluate("history.length")
    screen.tap_to(f"[data-lang={code}]", root)
    chance = random.Random(code)
    behind = [root]
    for _ in range(WALKED):
        here = sites["mong-cai"].screens[behind[-1]]
        taken = screen.page.evaluate(
            """() => [...document.querySelectorAll('.view a[href]')]
              .filter(a => a.checkVisibility() && !a.closest('[hidden]'))
              .map(a => new URL(a.href).pathname)"""
        )
        onward = sorted({path[1:] for path in taken if path[1:] != here.path})
        if not onward:
            break
        to = chance.choice(onward)
        number = [path[1:] for path in taken].index(to)
        link = screen.page.locator(".view a[href]:visible").nth(number)
        assert link.get_attribute("href")
        screen.touch(link)
        screen.arrive(to)
        behind.append(to)
        assert screen.page.evaluate("document.querySelector('.view').innerText.trim() !== ''")
    while len(behind) > 1:
        behind.pop()
        screen.tap_to("[data-act=back]", behind[-1])
    screen.tap_to("[data-act=back]", "attract/")
    assert screen.storage == {}
    assert screen.page.evaluate("history.length") == entries
