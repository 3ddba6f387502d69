"""
The site on a slow phone, and axe on every page of it.

*portal*: the largest paint and the time that the main thread is blocked, on a phone whose line
carries 1.6 Mbit/s with 150 ms there and back and whose processor is four times slower; the
alternative is the same Markdown as plain mkdocs-material without fonts of elsewhere, served by the
same server. A page that front matter makes (the project finder) has no counterpart.

*audit*: axe-core (WCAG 2.0 to 2.2 A and AA, best practice) on all pages of all languages, in light
and dark, with counts and what was found. It takes minutes and belongs to no table.
"""

from __future__ import annotations

import shutil
import statistics
import sys
from collections import Counter
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Browser, sync_playwright

sys.path.append(str(Path(__file__).parents[1]))

from chromium import LANGUAGES, launch, on_a_phone, sent_bytes, serve, visitor
from support import build

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ROOT = Path(__file__).parents[2]
ROUNDS = 5

PAGES = {
    "home": "",
    "place": "visit/ha-long-bay/",
    "article": "invest/infrastructure/",
    "project finder": "invest/projects/",
}
WITHOUT_COUNTERPART = "project finder"

MEGABIT = 1_000_000 / 8
LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6 * MEGABIT,
    "uploadThroughput": 0.75 * MEGABIT,
}
"""Slow 4G, as Lighthouse has it."""
SLOWER = 4

PLAIN = """site_name: Quảng Ninh
site_url: https://bench.example/
docs_dir: content
theme: {name: material, language: vi, font: false}
markdown_extensions: [abbr, admonition, attr_list, def_list, footnotes, md_in_html, tables,
  pymdownx.details, pymdownx.superfences, {pymdownx.tabbed: {alternate_style: true}}]
"""

PAINTED = """() => new Promise(done => {
  let paint = 0, blocked = 0;
  const note = (type, add) => new PerformanceObserver(list => list.getEntries().forEach(add))
    .observe({type, buffered: true});
  note('largest-contentful-paint', entry => { paint = entry.startTime; });
  note('longtask', entry => { blocked += Math.max(0, entry.duration - 50); });
  setTimeout(() => done([paint, blocked]), 1500);
})"""

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")

CHECK = """async () => {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  document.querySelectorAll('main details').forEach(d => { d.open = true });
  const options = {resultTypes: ['violations'], runOnly: {type: 'tag', values: tags}};
  const {violations, passes} = await axe.run(document, options);
  const places = violations.flatMap(rule => rule.nodes.map(n => [rule.id, n.target.join(' ')]));
  return [places, passes.length];
}"""

# ----------------------------------------------------------------------------
# Sites
# ----------------------------------------------------------------------------


def build_ours(folder: Path) -> Path:
    """Build our own site in a folder of its own."""
    for name in ("content", "locales", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    return build(folder / "mkdocs.yml", strict=False)


def build_plain(folder: Path) -> Path:
    """Build the same Markdown with mkdocs-material alone."""
    shutil.copytree(ROOT / "content", folder / "content")
    (folder / "mkdocs.yml").write_text(PLAIN, encoding="utf-8")
    return build(folder / "mkdocs.yml", strict=False)


# ----------------------------------------------------------------------------
# A slow phone
# ----------------------------------------------------------------------------


def visit(browser: Browser, server: str, path: str) -> tuple[float, float, list[str]]:
    """Open a page on a slow phone for the first time; return paint, blocking and requests."""
    with visitor(browser, server, **on_a_phone(locale="vi")) as phone:
        session = phone.page.context.new_cdp_session(phone.page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", LINE)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page = phone.go(path)
        page.wait_for_load_state("networkidle")
        paint, blocked = page.evaluate(PAINTED)
        return paint, blocked, phone.fetched


def weight(folder: Path, server: str, fetched: list[str]) -> float:
    """Return the kilobytes of what a page fetched, texts compressed."""
    total = 0
    for address in {url.split("?")[0].split("#")[0] for url in fetched}:
        if address.startswith(server):
            file = folder / address.removeprefix(server)
            total += sent_bytes(file / "index.html" if file.is_dir() else file)
    return total / 1000


def portal_rows(folder: Path) -> None:
    """Print largest paint, blocking and weight of pages, ours and plain, in turn."""
    sites = {"ours": build_ours(folder / "ours"), "plain": build_plain(folder / "plain")}
    with sync_playwright() as playwright:
        browser = launch(playwright)
        with serve(sites["ours"]) as ours, serve(sites["plain"]) as plain:
            servers = {"ours": ours, "plain": plain}
            for name, path in PAGES.items():
                found: dict[str, list[tuple[float, float]]] = {"ours": [], "plain": []}
                kilobytes = {"ours": 0.0, "plain": 0.0}
                for _ in range(ROUNDS):
                    for who, server in servers.items():
                        paint, blocked, fetched = visit(browser, server, path)
                        found[who].append((paint / 1000, blocked))
                        kilobytes[who] = weight(sites[who], server, fetched)
                show_page(name, found, kilobytes)
        browser.close()


def show_page(
    name: str, found: dict[str, list[tuple[float, float]]], kilobytes: dict[str, float]
) -> None:
    """Print the rows of one page: medians."""
    paint, blocked = (
        {who: statistics.median(each[index] for each in times) for who, times in found.items()}
        for index in (0, 1)
    )
    alone = name == WITHOUT_COUNTERPART
    ratio = statistics.median(a[0] / b[0] for a, b in zip(*found.values(), strict=True))
    for what, values, unit, share in (
        ("largest paint", paint, "s", ratio),
        ("blocked", blocked, "ms", None),
        ("first view", kilobytes, "kB", kilobytes["ours"] / kilobytes["plain"]),
    ):
        digits = 2 if unit == "s" else 0
        other = "" if alone else f"{values['plain']:.{digits}f} {unit}"
        against = "" if alone or share is None else f"**{share:.2f}×**"
        mine = f"{values['ours']:.{digits}f} {unit}"
        print(f"| {name} on a slow phone, {what} | {mine} | {other} | {against} | | |", flush=True)


# ----------------------------------------------------------------------------
# axe
# ----------------------------------------------------------------------------


def audit(folder: Path) -> int:
    """Let axe look at every page of every language; print counts, return how much is wrong."""
    site = build_ours(folder / "audit")
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    script = AXE.read_text(encoding="utf-8")
    pages: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    passed = 0
    with sync_playwright() as playwright, serve(site) as server:
        browser = launch(playwright)
        for scheme in ("light", "dark"):
            with visitor(browser, server, **on_a_phone(color_scheme=scheme)) as phone:
                for name in files:
                    first = name.split("/")[0]
                    page = phone.go(name.removesuffix("index.html"))
                    page.evaluate(script)
                    violations, rules = page.evaluate(CHECK)
                    pages[first if first in LANGUAGES else "vi"] += 1
                    passed += rules
                    for rule, where in violations:
                        wrong[rule] += 1
                        print(f"{scheme} {name}: {rule}: {where}", flush=True)
        browser.close()
    print("| language | pages, light and dark |\n|---|---|")
    for code, count in pages.items():
        print(f"| {code} | {count} |")
    print(f"| all | {pages.total()}: {passed:,} rules passed, {wrong.total()} places wrong |")
    return wrong.total()
