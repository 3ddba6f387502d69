"""The kiosk's page for finding, in six languages, with our own titles, without a whole build."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import material
from babel.support import NullTranslations
from markupsafe import escape

from quangba.catalogs.workspace import Workspace
from quangba.search.index import script
from quangba.site.context import SiteContext
from quangba.site.outputs import Output, Rendered
from quangba.site.publishing import Publisher
from quangba.site.screen.find import find_view
from quangba.site.screen.fonts import LATIN, PLACE, WEIGHTS, families
from quangba.site.screen.overlay import stylesheet
from quangba.site.screen.views import FIND, ScreenView
from quangba.site.search import FILE, document, names_of
from quangba.source.labels import LABELS
from quangba.source.profiles import Screen
from support import open_workspace

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ROOT = Path(__file__).parents[2]
"""The repository."""

OVERRIDES = ROOT / "overrides"

HEADERS = """/*
  Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' \
data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'
"""
"""Nothing inline, nothing from elsewhere: what a kiosk is served with."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Gate:
    """What ``gate.css`` is made from."""

    screen: Screen


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@cache
def workspace() -> Workspace:
    """Return the workspace of our own kiosk edition."""
    return open_workspace(ROOT / "mkdocs.kiosk.yml")


@cache
def contexts() -> dict[str, SiteContext]:
    """Return our own site by language."""
    site, urls = workspace(), {}
    publisher = Publisher(site)
    return {
        language.code: SiteContext(site, publisher, language, site.interface(language), urls)
        for language in site.settings.languages
    }


def environment(texts: NullTranslations) -> jinja2.Environment:
    """Return the kiosk's templates, as MkDocs reads them."""
    folders = (OVERRIDES / "kiosk", OVERRIDES / "shared", Path(material.__path__[0]) / "templates")
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders), extensions=["jinja2.ext.i18n"]
    )
    env.install_gettext_translations(texts, newstyle=True)  # type: ignore[attr-defined]

    @jinja2.pass_context
    def url(context: jinja2.runtime.Context, path: str) -> str:
        return f"{context['base_url']}/{path}"

    env.filters["url"] = url
    return env


def pages(context: SiteContext) -> Iterator[Rendered]:
    """Yield the published pages without the text below their titles."""
    for name in context.workspace.names:
        if context.publisher.published(name, context.language):
            meta = context.meta_of(name)
            kind, title = str(meta.get("type", "article")), context.title_of(name)
            yield Rendered(
                name, context.url(name), kind, title, str(meta.get("lead") or ""), meta, ""
            )


def find_html(context: SiteContext) -> str:
    """Render the page of one language."""
    here = context.file(FIND)
    view = ScreenView(context, None, here)
    q = view.base("find")
    q["find"] = find_view(context, view.link)
    base = "../" * here.count("/")
    return (
        environment(context.texts)
        .get_template("find.html")
        .render(q=q, base_url=base.rstrip("/"), config=context.config, page=None, nav=None)
    )


def write_site(folder: Path, screen: Screen) -> Path:
    """Write pages, indexes, scripts and styles; every page that can be found says its title."""
    for edition in ("shared", "kiosk"):
        shutil.copytree(OVERRIDES / edition / "assets", folder / "assets", dirs_exist_ok=True)
    shutil.copytree(ROOT / "content" / "images", folder / "images")
    for family in families():
        for weight in WEIGHTS:
            # Whole Chinese, Japanese and Korean fonts would take seconds; the system has some.
            shutil.copy(LATIN.face(weight).path, folder / PLACE / family.file(weight))
    (folder / "_headers").write_text(HEADERS, encoding="utf-8")
    write_gate(folder, screen)
    for context in contexts().values():
        output = Output(context, folder)
        output.write(f"{FIND}index.html", find_html(context))
        write_index(output)
        for page in pages(context):
            path = folder / page.url / "index.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"<!doctype html><title>{escape(page.title)}</title>", encoding="utf-8")
    return folder


def write_gate(folder: Path, screen: Screen) -> None:
    """Write the two files of a gate for another screen."""
    gate: Any = Gate(screen)
    (folder / "gate.css").write_text(stylesheet(gate), encoding="utf-8")
    (folder / "gate.js").write_text("globalThis.GATE = {};\n", encoding="utf-8")


def write_index(output: Output) -> None:
    """Write the index of the search, as the build does."""
    context = output.context
    names = names_of(context.workspace)
    documents = [document(output, page, names) for page in pages(context)]
    texts = {
        "groups": {n: context.interface(t) for n, t in LABELS["search_group"].items()},
        **{n: context.interface(t) for n, t in LABELS["search"].items()},
    }
    output.write(FILE, script(documents, context.language.code, "vi", texts))
