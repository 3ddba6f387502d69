"""Everything that can be known to be wrong without a translator: what ``quangba check`` says."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from quangba.catalogs.pofile import form_problems
from quangba.catalogs.workspace import SITE, UI, Workspace
from quangba.errors import Problem, QuangbaError, say
from quangba.files import write_text
from quangba.search.names import FILE
from quangba.settings import POLICIES, Language
from quangba.site.finder import read_rate
from quangba.site.publishing import Publisher
from quangba.site.search import names_of
from quangba.source.assets import links_of, resolve
from quangba.source.facts import Facts, known_to_cldr
from quangba.source.gate import secrecy_mark
from quangba.source.pages import Page, editorial_problems, strings
from quangba.source.segment import FACT
from quangba.source.text import nfc

PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w*\}")
"""``%(owner)s`` of templates, ``{number}`` and ``{}`` of the package."""


def check(workspace: Workspace) -> Iterator[Problem]:
    """Yield the problems of a site: pages first, then catalogs."""
    yield from workspace.facts.problems
    for name in workspace.names:
        yield from check_page(workspace, name)
    yield from unused_facts(workspace, workspace.facts)
    yield from check_redirects(workspace)
    yield from check_site_texts(workspace)
    yield from check_data(workspace)
    yield from unspoken(workspace)
    yield from placeholder_address(workspace)
    publisher = Publisher(workspace)
    yield from untranslated_site_texts(workspace, publisher)
    for language in workspace.settings.targets:
        for name in (SITE, *workspace.names):
            yield from check_catalog(workspace, publisher, language, name)
        yield from orphans(workspace, language)
    for language in workspace.settings.languages:
        yield from check_interface(workspace, language)


def check_data(workspace: Workspace) -> Iterator[Problem]:
    """Yield what is wrong with data that belongs to no page: gates, names, rates."""
    yield from read_rate(workspace)[1]
    try:
        yield from workspace.profiles.problems
    except QuangbaError as error:
        yield error.problem
    try:
        names_of(workspace)
    except QuangbaError as error:
        # The check of the glossary says what is wrong with that file.
        if error.problem.file == workspace.settings.relative(workspace.settings.data / FILE):
            yield error.problem


def check_page(workspace: Workspace, name: str) -> Iterator[Problem]:
    """Yield the problems of one page."""
    page = workspace.page(name)
    yield from workspace.decision(name).problems
    if page.problems and not page.text:
        return
    yield from editorial_problems(page)
    if page.meta.get("publish") not in (None, *POLICIES):
        value, line = page.meta["publish"], page.line_of("publish:")
        allowed = ", ".join(POLICIES)
        yield Problem.at(
            "front-matter-value", page.file, line, field="publish", value=value, allowed=allowed
        )
    for item in workspace.collected(name).untranslatable:
        yield Problem.at("text-untranslatable", page.file, item.line, text=item.text[:80])
        for fact in FACT.findall(item.text):
            yield Problem.at("fact-in-html", page.file, item.line, fact=fact)
    yield from check_links(workspace, page)


def check_links(workspace: Workspace, page: Page) -> Iterator[Problem]:
    """Yield links to pages and anchors that do not exist."""
    for link, line in links_of(page):
        parts = urlsplit(link)
        target = resolve(page.name, link) if parts.path else page.name
        if not target.endswith(".md"):
            continue
        if target not in workspace.names:
            if target not in workspace.redirects:
                yield Problem.at("link-missing", page.file, line, link=link)
            continue
        if parts.fragment:
            known = anchors(workspace, target)
            if parts.fragment not in known:
                shown = ", ".join(known) or "–"
                yield Problem.at(
                    "link-anchor", page.file, line, link=link, anchor=parts.fragment, known=shown
                )


def anchors(workspace: Workspace, name: str) -> list[str]:
    """Return what a link to a page may point at."""
    body = workspace.page(name).body
    given = re.findall(r"\{[^}\n]*#([\w:-]+)[^}\n]*\}|\bid=[\"']([^\"']+)", body)
    found = workspace.collected(name).anchors
    return list(dict.fromkeys([*found, *(one or two for one, two in given)]))


def unused_facts(workspace: Workspace, facts: Facts) -> Iterator[Problem]:
    """Yield facts that no page uses."""
    used = {fact for name in workspace.names for fact in workspace.page(name).facts}
    for name, fact in facts.entries.items():
        if name not in used:
            yield Problem.at("fact-unused", facts.file, fact.line, fact=name)


def check_catalog(
    workspace: Workspace, publisher: Publisher, language: Language, name: str
) -> Iterator[Problem]:
    """Yield the problems of one catalog."""
    path = workspace.catalog_path(language, name)
    file = workspace.catalog_file(language, name)
    if path.is_file():
        yield from form_problems(path.read_bytes(), file)
    try:
        catalog = workspace.catalog(language, name)
    except QuangbaError as error:
        yield error.problem
        return
    segments = workspace.site_segments if name == SITE else workspace.collected(name).segments
    wanted = {segment.key for segment in segments}
    changes = len(wanted ^ set(catalog.index() if catalog else {}))
    if changes:
        yield Problem.at("po-unsynced", file, changes=changes)
    if name != SITE:
        edition = publisher.edition(name, language)
        yield from edition.problems
        missing = edition.missing(file)
        if missing and workspace.decision(name).passes:
            yield missing
        if edition.stale:
            yield Problem.at("text-stale", file, count=edition.stale)


def check_site_texts(workspace: Workspace) -> Iterator[Problem]:
    """Yield marks of secrecy in names, navigation and labels, and pages that nav names in vain."""
    yield from secret_site_texts(workspace)
    config = Path(workspace.settings.config.config_file_path or "mkdocs.yml").name
    for name in pages_in(workspace.nav):
        if name not in workspace.names:
            yield Problem.at("link-missing", config, link=name)


def secret_site_texts(workspace: Workspace) -> Iterator[Problem]:
    """Yield marks of secrecy in texts that stand on many pages, by the file that holds them."""
    if not workspace.settings.options.gate:
        return
    data = workspace.settings.data
    files = {
        "fact": data / "facts.yml",
        "unit": data / "units.yml",
        "tag": workspace.settings.content,
    }
    config = Path(workspace.settings.config.config_file_path or "mkdocs.yml")
    shown = [(files.get(one.kind, config), one.msgid) for one in workspace.site_segments]
    for fact in workspace.facts.entries.values():
        shown += [(files["fact"], text) for text in fact.source.values()]
    shown += [(files["unit"], text) for text in strings(workspace.units)]
    for language in workspace.settings.languages:
        with suppress(QuangbaError):  # the check of the interface says what is wrong with it
            catalog, path = workspace.catalog(language, UI), workspace.interface_path(language)
            shown += [(path, one.msgstr) for one in catalog.active] if catalog else []
    for path, text in shown:
        if mark := secrecy_mark(text):
            yield Problem.at("gate-secrecy", workspace.settings.relative(path), mark=mark)


def unspoken(workspace: Workspace) -> Iterator[Problem]:
    """Yield what is not known of the languages of a site, and what readers get in its place."""
    for language in workspace.settings.targets:
        name, code = language.name, language.code
        if not known_to_cldr(code):
            yield Problem.at("language-no-cldr", "mkdocs.yml", name=name, language=code)
        with suppress(QuangbaError):  # the check of the interface says what is wrong with it
            if workspace.voice(language) != language:
                file = workspace.catalog_file(language, UI)
                yield Problem.at("language-silent", file, name=name, language=code)


def placeholder_address(workspace: Workspace) -> Iterator[Problem]:
    """Yield an address under ``.example``, as new sites have it: nobody can own one (RFC 2606)."""
    settings = workspace.settings
    address = str(settings.config.site_url or "")
    if settings.options.gate and (urlsplit(address).hostname or "").endswith(".example"):
        code = "site-address-sample" if settings.options.sample else "site-address"
        yield Problem.at(code, "mkdocs.yml", address=address)


def untranslated_site_texts(workspace: Workspace, publisher: Publisher) -> Iterator[Problem]:
    """Yield languages whose pages have a menu, units or other texts of the site in another."""
    for language in workspace.settings.targets:
        if not any(publisher.published(name, language) for name in workspace.names):
            continue
        texts = publisher.site_texts(language)
        missing = [one for one in workspace.site_segments if one.key not in texts]
        if missing:
            file = workspace.catalog_file(language, SITE)
            first, name = missing[0].msgid[:60], language.name
            count = len({one.key for one in missing})
            yield Problem.at("site-untranslated", file, count=count, msgid=first, name=name)


def pages_in(nav: Any) -> Iterator[str]:
    """
    Yield the pages that a ``nav`` names.

    >>> list(pages_in(['index.md', {'Tham quan': ['a.md', {'Mạng': 'https://example.org'}]}]))
    ['index.md', 'a.md']
    """
    if isinstance(nav, str) and nav.endswith(".md"):
        yield nav
    elif isinstance(nav, list | dict):
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from pages_in(item)


def check_redirects(workspace: Workspace) -> Iterator[Problem]:
    """Yield redirects that cannot be used."""
    file = workspace.settings.relative(workspace.settings.data / "redirects.yml")
    try:
        redirects = workspace.redirects
    except QuangbaError as error:
        yield error.problem
        return
    for old, new in redirects.items():
        what = wrong_redirect(workspace, old, new)
        if what:
            yield Problem.at("redirect-wrong", file, old=old, new=new, what=what)


def wrong_redirect(workspace: Workspace, old: str, new: str) -> str:
    """Say what keeps a redirect from being written, or nothing."""
    outside = posixpath.normpath(old) != old or old.startswith(("/", "../")) or "\\" in old
    if outside or not old.endswith(".md"):
        return say("đường dẫn cũ không hợp lệ", "the old path is not valid")
    if new not in workspace.names:
        return say("không có trang mới", "the new page does not exist")
    if old in workspace.names:
        return say("trang cũ vẫn còn", "the old page still exists")
    return ""


def check_interface(workspace: Workspace, language: Language) -> Iterator[Problem]:
    """Yield interface texts that lost a placeholder or would add HTML."""
    file = workspace.catalog_file(language, UI)
    try:
        catalog = workspace.catalog(language, UI)
    except QuangbaError as error:
        yield error.problem
        return
    for message in catalog.active if catalog else []:
        lost = Counter(PLACEHOLDER.findall(message.msgid))
        lost.subtract(PLACEHOLDER.findall(message.msgstr))
        wrong = [name for name, count in lost.items() if count]
        wrong += ["<"] if "<" in message.msgstr and "<" not in message.msgid else []
        if message.msgstr and wrong:
            msgid = message.msgid[:60]
            yield Problem.at("text-unsound", file, message.line, msgid=msgid, what=wrong[0])


def orphans(workspace: Workspace, language: Language) -> Iterator[Problem]:
    """Yield catalogs whose page is gone."""
    known = {workspace.catalog_path(language, name) for name in (SITE, *workspace.names)}
    known.add(workspace.interface_path(language))
    folder = workspace.folder(language)
    for path in sorted(folder.rglob("*.po")) if folder.is_dir() else []:
        if path not in known:
            yield Problem.at("po-orphan", workspace.settings.relative(path))


def compose_pages(workspace: Workspace) -> list[str]:
    """Write decomposed Vietnamese (NFD) composed; return the files that were mended."""
    mended = []
    for name in workspace.names:
        page = workspace.page(name)
        if any(problem.code == "page-nfd" for problem in page.problems):
            path = workspace.settings.content / name
            write_text(path, nfc(path.read_text(encoding="utf-8-sig")))
            mended.append(page.file)
    return mended
