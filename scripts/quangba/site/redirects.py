"""Redirects: the page that an old address keeps, since printed QR codes live long."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_relative_url

from quangba.errors import Problem
from quangba.site.checks import wrong_redirect
from quangba.site.context import SiteContext
from quangba.site.views import View

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

TEMPLATES = ["redirect.html", "quangba-redirect.html"]
"""The site's own template, and ours for a theme that has none."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def write_redirects(
    site: SiteContext,
    appears: Callable[[str], bool],
    env: jinja2.Environment,
    config: MkDocsConfig,
) -> list[Problem]:
    """Write the pages of old addresses in a language; return the redirects that cannot be used."""
    workspace, problems, template = site.workspace, [], None
    file = workspace.settings.relative(workspace.settings.data / "redirects.yml")
    for old, new in workspace.redirects.items():
        what = wrong_redirect(workspace, old, new)
        if what:
            problems.append(Problem.at("redirect-wrong", file, old=old, new=new, what=what))
            continue
        if not appears(new):
            continue
        template = template or env.select_template(TEMPLATES)
        url = site.url(old)
        path = Path(config.site_dir) / (f"{url}index.html" if url.endswith("/") else url)
        path.parent.mkdir(parents=True, exist_ok=True)
        html = template.render(
            q=View(site, None, url).for_redirect(new),
            config=config,
            page=None,
            base_url=get_relative_url(".", url),
        )
        path.write_text(html, encoding="utf-8")
    return problems
