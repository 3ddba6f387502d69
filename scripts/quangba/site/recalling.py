"""Recalling: whether the next build can begin with what the last one left (``state.py``)."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import markdown.extensions
from mkdocs.config.defaults import MkDocsConfig

from quangba.catalogs.workspace import Workspace
from quangba.site.state import Judged, State, files_of, head_of

if TYPE_CHECKING:
    from quangba.site.plugin import QuangbaPlugin  # it asks here

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

THEMES = (None, "mkdocs", "readthedocs", "material")
"""Themes whose version is an input (``inputs.py``)."""

TWICE = ("kind-twin", "page-address")
"""What is said of a page whose id or address something else has."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def recall(plugin: QuangbaPlugin, config: MkDocsConfig, state: object) -> State | None:
    """
    Return what the last build left, when the next one can begin with it.

    There are no plugins but ours, which might make anything of anything. All settings, the
    program, templates and data are the same; no page came or went, and other pages know the same
    of each; the published folder is as it was left. The decisions of the gate on pages that did
    not change are taken over.
    """
    if not isinstance(state, State) or not alone(config):
        return None
    workspace = plugin.workspace
    published, inputs = plugin.place(config), plugin.inputs
    if state.site != str(published) or state.inputs.shared != inputs.shared:
        return None
    if list(state.inputs.pages) != list(inputs.pages) or not published.is_dir():
        return None
    try:
        files = files_of(published)
    except OSError:
        return None
    if any(files.get(name) != signature for name, signature in state.files.items()):
        return None
    judged = {}
    for name in workspace.names:
        known = state.judged[name]
        if state.inputs.pages[name] != inputs.pages[name]:
            new = judged_anew(workspace, state, name, preview=plugin.serving)
            if new is None:
                return None
            known = new
        judged[name] = known
    # Only now: where other pages know another of one, the gate is asked about all of them.
    for name, known in judged.items():
        workspace.recall(name, known.approval, known.problems)
        workspace.assets[name] = state.assets[name]
    return state


def alone(config: MkDocsConfig) -> bool:
    """Tell whether a site is made by static-i18n and our plugin, from its own files."""
    names = [name for name in config.markdown_extensions if isinstance(name, str)]
    return (
        set(config.plugins) == {"i18n", "quangba"}
        and not config.hooks
        and config.theme.name in THEMES
        and all(name in bundled() or name.startswith("pymdownx.") for name in names)
        and "pymdownx.snippets" not in names
    )


@cache
def bundled() -> frozenset[str]:
    """Return the names of the extensions that come with Markdown; others may read any file."""
    folder = Path(markdown.extensions.__file__).parent
    stems = [path.stem for path in folder.glob("*.py")]
    return frozenset([*stems, *(f"markdown.extensions.{stem}" for stem in stems)])


def judged_anew(workspace: Workspace, state: State, name: str, *, preview: bool) -> Judged | None:
    """Ask the gate about a page that changed; None when other pages know another of it now."""
    if head_of(workspace, name) != state.heads[name]:
        return None
    old, new = state.judged[name], workspace.gate.decide(workspace.page(name))
    before = replace(new, approval=old.approval, problems=old.problems)
    if any(problem.code in TWICE for problem in old.problems):
        # Whether two pages have one id or address is in what others know of them.
        new.problems.append(workspace.twins[name])
    was, now = (before.passes, before.withdrawn), (new.passes, new.withdrawn)
    if preview:
        was, now = (before.showable, before.withdrawn), (new.showable, new.withdrawn)
    if was != now:
        return None
    return Judged(new.approval, new.problems)
