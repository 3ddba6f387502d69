"""Credits of pictures and films: who made what the site shows, as the licence files say."""

from __future__ import annotations

from dataclasses import dataclass, field

from quangba.catalogs.workspace import Workspace
from quangba.source.assets import assets_of, licence

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LICENCES = {
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
"""Where licences can be read, as CC BY asks (section 3(a)(1)(C))."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Credit:
    """One file that pages show, as its licence file describes it."""

    asset: str
    """Path from ``content/``: ``images/yen-tu.svg``."""
    author: str
    licence: str
    source: str
    credit: str = ""
    """The line that the author asks for, instead of the name alone."""
    taken_on: str = ""
    """ISO date, or only a year."""
    pages: list[str] = field(default_factory=list)
    """Names of the pages that show it: ``visit/yen-tu.md``."""

    @property
    def licence_url(self) -> str | None:
        """Where the licence can be read, for licences that everybody knows."""
        return LICENCES.get(self.licence)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def credits(workspace: Workspace) -> list[Credit]:
    """Return every file that pages which pass the gate show, sorted by path."""
    found: dict[str, Credit] = {}
    for name in workspace.names:
        if not workspace.decision(name).passes:
            continue
        for asset in assets_of(workspace.page(name)):
            if asset not in found:
                path = workspace.settings.content / asset
                sidecar = licence(path.with_name(f"{path.name}.yml"))
                if sidecar is None:
                    continue
                found[asset] = Credit(
                    asset,
                    sidecar["author"],
                    sidecar["licence"],
                    sidecar["source"],
                    sidecar.get("credit", ""),
                    sidecar.get("taken_on", ""),
                )
            found[asset].pages.append(name)
    return [found[asset] for asset in sorted(found)]
