"""The kiosk's page for finding, in six languages, with our own titles, without a whole build."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import jinja2
import material
from babel.support import NullTranslations

from quangba.catalogs.workspace import Workspace
from quangba.site.context import SiteContext
from quangba.site.outputs import Rendered
from quangba.site.publishing import Publisher
from quangba.site.screen.find import find_view
from quangba.site.screen.views import FIND, ScreenView
from support import open_workspace

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ROOT = Path(__file__).parents[2]
"""The repository."""

OVERRIDES = ROOT / "overrides"

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
