"""
A stranger's Material site with ``quangba`` switched on.

Every msgstr equal to its msgid gives the HTML that MkDocs gives without us, ids of headings and
tabs aside. Every msgstr in a pseudo-language leaves no visible text in the source language but
what is reported with file and line.
"""

from __future__ import annotations

import re
import shutil
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
import yaml

from pseudo import pseudo
from quangba.catalogs.workspace import Workspace
from quangba.site.publishing import Publisher
from support import build, open_workspace, pages, translate

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

STRANGER = Path(__file__).parents[1] / "sites" / "stranger"
CONFIGS = ("mkdocs.yml", "mkdocs.plain.yml")
COPIES = 3
"""How often the corpus is written into the large site: some 80 pages in two languages."""

WORD = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]+")
KEPT_WORDS = re.compile(
    r"\b(?:HTML|W3C|UBND)\b"  # abbreviations
    r"|\(c \+ d\)|https?://\S+|www\.\S+|[\w.]+@\S+|@[\w/-]+|[\w/-]+\#\d+"  # addresses, mentions
    r"|:[a-z0-9_+-]+:|\\\(.*?\\\)|\$[^$]+\$|\\\w+|\+\+.*?\+\+"  # icons, mathematics, keys
    r"|\{[^{}]*\}+|\{ ?\.\w+|\[(?:x|\^\w+|nowhere)\]"  # what looks like markup and is none
)
"""What our pseudo-translator left alone on purpose and a configuration shows as it is."""

# ----------------------------------------------------------------------------
# Helpers
# ----------------------------------------------------------------------------


class Shown(HTMLParser):
    """Gather what readers see and hear, code and mathematics aside."""

    VOID = frozenset({"img", "br", "hr", "input", "meta", "link", "source"})
    SILENT = frozenset({"pre", "code", "script", "style", "kbd", "svg"})
    FOREIGN = frozenset({"arithmatex", "magiclink"})

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.silent: list[bool] = [False]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = set((dict(attrs).get("class") or "").split())
        silent = self.silent[-1] or tag in self.SILENT or bool(classes & self.FOREIGN)
        if not silent:
            spoken = ("alt", "title", "aria-label", "placeholder", "data-toc-label")
            self.texts += [value for name, value in attrs if name in spoken and value]
        if tag not in self.VOID:
            self.silent.append(silent)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID and len(self.silent) > 1:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent[-1] and data.strip():
            self.texts.append(" ".join(data.split()))


def copy_of(folder: Path) -> Path:
    """Copy the stranger's site."""
    return Path(shutil.copytree(STRANGER, folder))


def multiply(root: Path, copies: int) -> None:
    """Write the corpus several times, each with words of its own."""
    docs = root / "docs"
    originals = [p for p in sorted(docs.rglob("*.md")) if p.parent.name != "snips"]
    for number in range(1, copies):
        shutil.copytree(docs / "assets", docs / f"copy{number}" / "assets")
        for path in originals:
            text = path.read_bytes().decode("utf-8")
            target = docs / f"copy{number}" / path.relative_to(docs)
            target.parent.mkdir(parents=True, exist_ok=True)
            text = re.sub(r"\b(text|note|box|list|item|paragraph)\b", rf"\1 of {number}", text)
            target.write_bytes(text.encode("utf-8"))


def plain_plugins(config_file: Path) -> list[object]:
    """Return the plugins of a configuration without ours."""
    source = (config_file.parent / "mkdocs.yml").read_text(encoding="utf-8")
    entries = yaml.safe_load(re.search(r"^plugins:\n((?:  .*\n)+)", source, re.MULTILINE)[0])
    kept = [entry for entry in entries["plugins"] if entry != "quangba"]
    assert len(kept) == len(entries["plugins"]) - 1
    return kept


def comparable(html: str) -> str:
    """Number the ids of headings and tabs; drop our own directives."""
    html = re.sub(r"<!--\s*i18n:(?:skip|note|context)\b.*?-->\s*", "", html, flags=re.DOTALL)
    html = html.replace("<p><br />\n", "<p>")
    ids: dict[str, str] = {}

    def number(match: re.Match[str]) -> str:
        ids.setdefault(match[2], f"id-{len(ids)}")
        return f'{match[1]}id="{ids[match[2]]}"'

    html = re.sub(r'(<(?:h[1-6]|input)\b[^>]*?)id="([^"]*)"', number, html)
    html = re.sub(r'for="([^"]*)"', lambda m: f'for="{ids.get(m[1], m[1])}"', html)
    html = re.sub(r'(href="[^"#]*#)([^"]*)"', lambda m: f'{m[1]}{ids.get(m[2], m[2])}"', html)
    return re.sub(r">\s+<", "><", html)


def translated(config_file: Path) -> Workspace:
    """Fill every catalog of a site with the pseudo-language."""
    workspace = open_workspace(config_file)
    plain = {s.key for s in workspace.site_segments}
    for name in workspace.names:
        plain |= {s.key for s in workspace.collected(name).segments if s.plain}
    workspace = translate(config_file, lambda _, m: pseudo(m.msgid, plain=m.key in plain))
    for language in workspace.settings.targets:
        path = workspace.interface_path(language)
        interface = polib.pofile(str(path))
        for entry in interface:
            entry.msgstr = pseudo(entry.msgid, plain=True)
        interface.save()
    return open_workspace(config_file)


# ----------------------------------------------------------------------------
# Tests
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("config", "copies"),
    [
        pytest.param("mkdocs.yml", COPIES, id="material_many_pages"),
        pytest.param("mkdocs.plain.yml", 1, id="plain_with_nl2br"),
    ],
)
def test_identity_changes_nothing(tmp_path: Path, config: str, copies: int) -> None:
    config_file = copy_of(tmp_path / "site") / config
    multiply(config_file.parent, copies)
    without = pages(build(config_file, plugins=plain_plugins(config_file), site_dir="a"))
    translate(config_file, lambda _, message: message.msgid)
    with_us = pages(build(config_file, site_dir="b"))
    # static-i18n leaves the last language's page there, we one for each language.
    del without["404.html"], with_us["404.html"], with_us["ka/404.html"]
    assert without.keys() == with_us.keys()
    assert len(without) > 50 * copies
    different = [n for n in without if comparable(without[n]) != comparable(with_us[n])]
    assert different == []


@pytest.mark.parametrize("config", CONFIGS)
def test_pseudo_language_leaves_no_text(tmp_path: Path, config: str) -> None:
    config_file = copy_of(tmp_path / "site") / config
    workspace = translated(config_file)
    publisher = Publisher(workspace)
    refused = [
        problem.text("en")
        for name in workspace.names
        for problem in publisher.edition(name, workspace.settings.targets[0]).problems
    ]
    assert refused == []
    built = pages(build(config_file))
    left = []
    for name in workspace.names:
        reported = workspace.collected(name).untranslatable
        assert all(item.line > 0 for item in reported)
        allowed = set(WORD.findall(" ".join(item.text for item in reported)))
        url = "" if name == "index.md" else name.removesuffix(".md") + "/"
        html = built[f"ka/{url}index.html"]
        reader = Shown()
        reader.feed(html[html.index("<article") : html.index("</article>")])
        reader.texts += re.findall(r"<title>(.*?)</title>", html)
        if name == "guide/headings.md":
            allowed.add("code")  # [TOC] shows the code of a heading without <code>
        reader.texts += re.findall(r'<meta name="description" content="(.*?)">', html)
        if name == "guide/notes.md":
            reader.texts = [t for t in reader.texts if not re.match("Untouched|Skipped", t)]
        for text in reader.texts:
            words = set(WORD.findall(KEPT_WORDS.sub("", unescape(text))))
            left += [(name, text)] if words - allowed else []
    assert not left, "\n".join(map(str, left))


def test_what_is_reported(tmp_path: Path) -> None:
    workspace = open_workspace(copy_of(tmp_path / "site") / "mkdocs.yml")
    found = {
        (name, item.line, item.text)
        for name in workspace.names
        for item in workspace.collected(name).untranslatable
    }
    assert found == {
        ("guide/code.md", 38, "graph LR A[Start here] --> B{Error?};"),
        ("guide/inline.md", 9, "and comments can be added inline"),
        ("guide/html.md", 88, "Raw aside words"),
        ("guide/html.md", 97, "Table head in HTML"),
        ("guide/html.md", 97, "Cell *in* HTML"),
        ("guide/html.md", 98, "Raw head"),
        ("guide/html.md", 98, "Raw cell"),
        ("guide/html.md", 103, "Raw item"),
        ("guide/html.md", 114, "Raw block text that no catalog reaches"),
        ("guide/html.md", 116, "Raw paragraph with"),
        ("guide/html.md", 116, "bold"),
        ("guide/html.md", 116, "words"),
        ("guide/html.md", 133, "Map frame"),
        ("reference/edge.md", 42, "raw"),
    }
