"""
Where we reach inside MkDocs and static-i18n; ``tests/site/test_inside.py`` guards the versions.

Everything else uses their public events.
"""

from __future__ import annotations

import copy
import itertools
import logging
import os
import re
import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
import mkdocs_static_i18n.config
from jinja2.bccache import Bucket
from markdown import Markdown
from mkdocs.commands.build import _build_extra_template, _build_theme_template, get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError
from mkdocs.plugins import BasePlugin, PluginCollection
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, Section, get_navigation
from mkdocs.structure.pages import (
    Page,
    _ExtractAnchorsTreeprocessor,
    _ExtractTitleTreeprocessor,
    _RawHTMLPreprocessor,
    _RelativePathTreeprocessor,
)
from mkdocs.structure.toc import get_toc
from mkdocs.theme import Theme

from quangba.errors import QuangbaError
from quangba.files import put
from quangba.media.keeping import keep_sealed, sealed
from quangba.source.quick import quicken

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer  # a build has no server

    from quangba.site.state import Built  # it knows outputs, which know contexts, which ask here

Around = Callable[[str], AbstractContextManager[Any]]

log = logging.getLogger("mkdocs.commands.build")

PINNED = {"mkdocs": "1.6.1", "mkdocs-static-i18n": "1.3.1", "mkdocs-material": "9.8.1"}
"""Versions that this module was written for."""

OWN = "quangba."

FORGETFUL = frozenset(
    {
        *("abbr", "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html"),
        *("tables", "toc", "pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed"),
    }
)
"""Extensions that keep nothing of a page when the converter is reset; the tests try each."""

CODE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{4})?(?:[-_][A-Z]{2})?")
"""
Codes of languages: static-i18n knows those of two letters alone, which most languages of minorities
do not have (ISO 639-3: ``ium``). It reads its settings when MkDocs comes to it in the list of
plugins, so ``quangba`` must stand before ``i18n`` there.
"""


@dataclass
class Studio:
    """
    A site in one language, read and ready to render any of its pages, again and again.

    It goes the way of ``mkdocs.commands.build.build``, event by event, and writes nothing.
    """

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: jinja2.Environment
    around: Around = nullcontext
    """What a page is read and written in, by its name."""

    @classmethod
    def begin(cls, config: MkDocsConfig, language: str) -> Studio:
        """Read a site that was configured and nothing more, for ``language``."""
        config.plugins.on_startup(command="serve", dirty=False)
        config.plugins["quangba"].paged = True  # type: ignore[attr-defined]
        return cls.of(config, language)

    @classmethod
    def of(
        cls,
        config: MkDocsConfig,
        language: str,
        own: Sequence[Path] = (),
        before: Built | None = None,
        changed: Collection[str] = (),
        around: Around = nullcontext,
    ) -> Studio:
        """
        Read a site in a language; all plugins have begun.

        ``own`` are the folders of a site's own templates, where it uses none of the theme's files:
        the theme has more than a thousand. With ``before``, only pages that ``changed`` are read;
        of the others is known what an earlier build left.
        """
        i18n: Any = config.plugins["i18n"]
        # static-i18n builds the language that it says it is at.
        i18n.current_language = language
        config = config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
        files = get_files(config)
        env = config.theme.get_env()
        loader = jinja2.FileSystemLoader(list(map(str, own)))
        files.add_files_from_theme(jinja2.Environment(loader=loader) if own else env, config)
        if own:
            # Six other versions of every file, of which only Material's templates make use.
            i18n.reconfigure_files_alternates = lambda *given: None
        files = config.plugins.on_files(files, config=config)
        set_exclusions(files, config)
        nav = get_navigation(files, config)
        nav = config.plugins.on_nav(nav, config=config, files=files)
        studio = cls(config, files, nav, env, around)
        for page in studio.pages:
            if before is None or page.file.src_uri in changed:
                studio.read(page)
        if before is not None:
            studio.recall(before, changed)
        studio.env = config.plugins.on_env(env, config=config, files=files)
        return studio

    @cached_property
    def documents(self) -> list[File]:
        """The files that become pages."""
        inclusion = InclusionLevel.is_included
        if self.config.plugins["quangba"].serving:  # type: ignore[attr-defined]
            inclusion = InclusionLevel.is_in_serve
        return list(self.files.documentation_pages(inclusion=inclusion))

    @cached_property
    def pages(self) -> list[Page]:
        """The pages, those of records too, which no navigation lists."""
        return [file.page or Page(None, file, self.config) for file in self.documents]

    def recall(self, before: Built, changed: Collection[str]) -> None:
        """Let pages that were not read know what they are called and what can be linked to."""
        titles = before.outline.titles()
        by_name = {file.src_uri: file for file in self.documents}
        for page in self.pages:
            name = page.file.src_uri
            if name in changed:
                continue
            page.meta = before.metas.get(name, {})
            if name in titles:
                page.title = titles[name]
            if anchors := before.anchors.get(name):
                page.present_anchor_ids = set(anchors.present)
                page.links_to_anchors = {
                    by_name[target]: links
                    for target, links in anchors.links.items()
                    if target in by_name
                }

    def anchors(self) -> dict[str, tuple[frozenset[str], dict[str, dict[str, str]]]]:
        """Return places in pages, and the places in other pages that each links to."""
        return {
            page.file.src_uri: (
                frozenset(page.present_anchor_ids or ()),
                {file.src_uri: links for file, links in (page.links_to_anchors or {}).items()},
            )
            for page in self.pages
        }

    def metas(self) -> dict[str, dict[str, Any]]:
        """Return the front matter of all pages, as it is shown."""
        return {page.file.src_uri: dict(page.meta) for page in self.pages}

    def write_files(self, root: str) -> None:
        """Copy what pages use, below ``root`` in the site; the whole site is the empty root."""
        for file in self.files:
            used = not file.is_documentation_page() and file.inclusion.is_included()  # type: ignore[no-untyped-call]
            if used and file.dest_uri.startswith(root):
                file.copy_file()

    def write_templates(self, *, whole: bool) -> None:
        """Render the templates that stand alone; those of the whole site for one language only."""
        for name in self.config.theme.static_templates:
            if whole or name != "sitemap.xml":
                self.write_template(name)
        for name in self.config.extra_templates:
            _build_extra_template(name, self.files, self.config, self.nav)

    def write_template(self, name: str) -> None:
        """Render a template that stands alone."""
        if name in self.config.theme.static_templates:
            _build_theme_template(name, self.env, self.files, self.config, self.nav)

    def write(self, page: Page) -> str:
        """Write a page; return its HTML, empty when a plugin wants none."""
        with self.around(page.file.src_uri), named("building", page):
            output = self.render(page)
        if not output.strip():
            return ""
        put(page.file.abs_dest_path, output.encode("utf-8", errors="xmlcharrefreplace"))
        return output

    def check_anchors(self) -> None:
        """Warn of links to places that a page does not have."""
        level = self.config.validation.links.anchors
        for page in self.pages:
            page.validate_anchor_links(files=self.files, log_level=level)

    def read(self, page: Page) -> None:
        """Read a page's Markdown and convert it."""
        with self.around(page.file.src_uri), named("reading", page):
            self.convert(page)

    def convert(self, page: Page) -> None:
        """Run the events of reading a page."""
        config, files = self.config, self.files
        page = config.plugins.on_pre_page(page, config=config, files=files)
        page.read_source(config)
        page.markdown = config.plugins.on_page_markdown(
            page.markdown or "", page=page, config=config, files=files
        )
        self.render_markdown(page)
        page.content = config.plugins.on_page_content(
            page.content or "", page=page, config=config, files=files
        )

    def render_markdown(self, page: Page) -> None:
        """
        Convert a page's Markdown as ``Page.render`` does, which makes a converter for each page.

        One converter is enough where all extensions are known to forget a page when asked to.
        """
        if not self.forgetful:
            page.render(self.config, self.files)
            return
        assert page.markdown is not None
        md, level = self.markdown, logging.getLogger("mkdocs.structure.pages").getEffectiveLevel()
        raw, title = _RawHTMLPreprocessor(), _ExtractTitleTreeprocessor()
        anchors = _ExtractAnchorsTreeprocessor(page.file, self.files, self.config)
        links = _RelativePathTreeprocessor(page.file, self.files, self.config)
        for processor in (raw, anchors, links, title):
            processor._register(md)
        page.content = md.reset().convert(page.markdown)
        page.toc = get_toc(getattr(md, "toc_tokens", []))
        page._title_from_render = title.title
        page.present_anchor_ids = anchors.present_anchor_ids | raw.present_anchor_ids
        if level > logging.DEBUG:
            page.links_to_anchors = links.links_to_anchors

    @cached_property
    def markdown(self) -> Markdown:
        """The converter of all pages."""
        config = self.config
        extensions = config.markdown_extensions
        return quicken(Markdown(extensions=extensions, extension_configs=config.mdx_configs or {}))

    @cached_property
    def forgetful(self) -> bool:
        """Tell whether all extensions forget a page when they are asked to."""
        return all(
            name in FORGETFUL if isinstance(name, str) else type(name).__module__.startswith(OWN)
            for name in self.config.markdown_extensions
        )

    def render(self, page: Page) -> str:
        """Return the whole HTML of a page, as the site would have it."""
        config = self.config
        page.active = True
        try:
            context = get_context(self.nav, self.documents, config, page)
            template = self.env.get_template(page.meta.get("template", "main.html"))
            context = config.plugins.on_page_context(
                context, page=page, config=config, nav=self.nav
            )
            output = template.render(context)
            return str(config.plugins.on_post_page(output, page=page, config=config))
        finally:
            page.active = False


@contextmanager
def named(what: str, page: Page) -> Iterator[None]:
    """Say of an error on which page it is, as MkDocs does."""
    try:
        yield
    except Exception as error:
        text = "" if isinstance(error, BuildError) else f" {error}"
        log.error("Error %s page '%s':%s", what, page.file.src_uri, text)
        raise


class Compiled(jinja2.BytecodeCache):
    """Compiled templates in memory, for all languages of a preview and as long as it runs."""

    def __init__(self) -> None:
        self.known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.known:
            # What was compiled from another text is not taken.
            bucket.bytecode_from_string(self.known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.known[bucket.key] = bucket.bytecode_to_string()


class KeptCompiled(jinja2.BytecodeCache):
    """
    Compiled templates in a folder, for the next language and the next build.

    They are code: one that is not as it was written is compiled again. A folder that cannot be
    written costs nothing but time.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        if data := sealed(self.folder / bucket.key):
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(QuangbaError):
            keep_sealed(self.folder / bucket.key, bucket.bytecode_to_string())


class Stand(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """The only plugin of a build that builds nothing itself: it lets another do the work."""

    def __init__(self, work: Callable[[], None], fail: Callable[..., None]) -> None:
        self.work, self.fail = work, fail

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        # MkDocs had to have a folder; the site has none of that name.
        shutil.rmtree(config.site_dir)
        self.work()

    def on_build_error(self, *, error: Exception) -> None:
        self.fail(error=error)


def stand_in(
    config: MkDocsConfig, work: Callable[[], None], fail: Callable[..., None]
) -> MkDocsConfig:
    """
    Return a configuration whose build has no page: ``work`` is called instead.

    MkDocs goes on with the configuration that ``on_config`` gives back. So ``mkdocs build`` counts
    its warnings, cleans its folder, reports its errors as ever, and our driver makes the site.
    """
    empty = copy.copy(config)
    # A preview's folder is not to be cleared, and must hold no pages when MkDocs looks for some.
    empty.site_dir = os.path.join(config.site_dir, ".empty")  # noqa: PTH118
    os.makedirs(empty.site_dir, exist_ok=True)
    empty.plugins = PluginCollection()
    empty.plugins["quangba"] = Stand(work, fail)
    empty.docs_dir, empty.nav, empty.extra_templates = empty.site_dir, [], []
    empty.theme = Theme(name=None, custom_dir=empty.site_dir)
    # MkDocs adds its own folder, whose sitemap would be taken for a file of the theme.
    empty.theme.static_templates, empty.theme.dirs = set(), [empty.site_dir]
    return empty


def know_long_codes() -> None:
    """Let static-i18n take codes of three letters."""
    mkdocs_static_i18n.config.RE_LOCALE = re.compile(f"^(?:{CODE.pattern})$")


def load_alone(config_file: str) -> MkDocsConfig:
    """
    Load a configuration with plugins of its own.

    MkDocs hands a plugin that has ``on_startup`` from one configuration to the next, as it would
    in ``mkdocs serve``; two sites that are open at once must not share one.
    """
    cache = MkDocsConfig.plugins.plugin_cache  # type: ignore[attr-defined]
    cache.clear()
    try:
        return load_config(config_file)
    finally:
        cache.clear()


def current_language(config: MkDocsConfig) -> str:
    """Return the code of the language that is being built."""
    i18n: Any = config.plugins["i18n"]
    return str(i18n.current_language or i18n.default_language)


def is_nested(config: MkDocsConfig) -> bool:
    """Tell whether static-i18n called this build from the build of the default language."""
    i18n: Any = config.plugins["i18n"]
    return bool(i18n.building)


@contextmanager
def languages_apart(config: MkDocsConfig) -> Iterator[None]:
    """Keep static-i18n meanwhile from building other languages when one has been built."""
    i18n: Any = config.plugins["i18n"]
    i18n.building = True
    try:
        yield
    finally:
        i18n.building, i18n.current_language = False, None


def show_build(server: LiveReloadServer) -> None:
    """Let a preview answer, and browsers load its pages anew, although its build goes on."""
    with server._epoch_cond:
        server._visible_epoch = server._wanted_epoch
        server._epoch_cond.notify_all()


def page_url(config: MkDocsConfig, name: str) -> str:
    """Return the address of a page in the default language: ``visit/yen-tu/``, ``''`` for home."""
    file = File(name, config.docs_dir, config.site_dir, config.use_directory_urls)
    return "" if file.url in (".", "./") else file.url


def has_own_title(page: Page) -> bool:
    """Tell whether the navigation gives the page's title."""
    return "title" in vars(page)


def prune(nav: Navigation, keep: Any) -> None:
    """Take pages out of the navigation for which ``keep(page)`` is false, in place."""

    def kept(items: list[Any]) -> list[Any]:
        found = []
        for item in items:
            if isinstance(item, Section):
                item.children = kept(item.children)
                if item.children:
                    found.append(item)
            elif not isinstance(item, Page) or keep(item):
                found.append(item)
        return found

    nav.items = kept(nav.items)
    gone = [page for page in nav.pages if not keep(page)]
    nav.pages = [page for page in nav.pages if keep(page)]
    for page in gone:
        page.previous_page = page.next_page = None
    for page in nav.pages:
        page.previous_page = page.next_page = None
    for before, after in itertools.pairwise(nav.pages):
        before.next_page, after.previous_page = after, before


know_long_codes()
