"""Checks asked about one pair of texts, without a site."""

from __future__ import annotations

from markdown import Markdown

from quangba.catalogs.glossary import Glossary
from quangba.catalogs.message import Message
from quangba.review.checking import all_checks
from quangba.review.entry import Entry, Site
from quangba.source.markup import Inspector
from quangba.source.segment import Collected, Segment
from support import EXTENSIONS

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

OPTIONS = {
    name: options for each in EXTENSIONS if isinstance(each, dict) for name, options in each.items()
}

INSPECTOR = Inspector(
    Markdown(
        extensions=[each if isinstance(each, str) else next(iter(each)) for each in EXTENSIONS],
        extension_configs=OPTIONS,
    )
)

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def entry_of(
    source: str, target: str, language: str = "en", *, plain: bool = False, footnotes: str = ""
) -> Entry:
    """Make an entry of a Vietnamese text and its translation."""
    return Entry(
        Message(source, target),
        Segment(source, plain=plain),
        language,
        Site("vi", Glossary(), INSPECTOR),
        Collected(footnotes=footnotes.split()),
    )


def said(entry: Entry, *modules: str) -> dict[str, list[dict[str, object]]]:
    """Return what the checks of some modules name, by the name of the check."""
    found = {
        check.name: [dict(values) for values in check(entry)]
        for check in all_checks().values()
        if check.function.__module__.rpartition(".")[2] in modules
    }
    return {name: values for name, values in found.items() if values}
