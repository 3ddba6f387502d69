"""Status: pages × languages, what is behind and since when."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from quangba.catalogs.message import State
from quangba.catalogs.workspace import Workspace
from quangba.errors import say
from quangba.review.effort import words
from quangba.site.publishing import Edition, Publisher


@dataclass
class Row:
    """One page: what the gate says, and its editions."""

    page: str
    words: int
    """Words of the source."""
    gate: str
    """``open``, ``closed`` or ``withdrawn``."""
    editions: list[Edition]


def rows(workspace: Workspace) -> list[Row]:
    """Return the status of every page."""
    publisher = Publisher(workspace)
    found = []
    for name in workspace.names:
        decision = workspace.decision(name)
        gate = "withdrawn" if decision.withdrawn else "open" if decision.passes else "closed"
        count = sum(words(segment.msgid) for segment in workspace.collected(name).segments)
        editions = [publisher.edition(name, lang) for lang in workspace.settings.targets]
        found.append(Row(name, count, gate, editions))
    return found


def cell(edition: Edition) -> str:
    """
    Say the state of a page in a language in a few characters.

    ``✓`` reviewed, ``●`` translated, ``◐`` drafts, ``○`` missing, then how many texts are behind.
    """
    mark = "" if edition.complete else "⊘ "
    return mark + progress(edition)


def progress(edition: Edition) -> str:
    """Say how far a translation is."""
    total = sum(edition.states.values())
    done = edition.states[State.REVIEWED] + edition.states[State.TRANSLATED]
    if edition.stale:
        since = f" {edition.stale_since}" if edition.stale_since else ""
        return f"△{edition.stale}{since}"
    if edition.problems:
        return f"✗{len(edition.problems)}"
    if edition.states[State.REVIEWED] == total:
        return "✓"
    if done == total:
        return f"● {edition.states[State.REVIEWED]}/{total}"
    if edition.states[State.DRAFT]:
        return f"◐ {done}/{total}"
    return f"○ {done}/{total}"


def table(workspace: Workspace) -> str:
    """Return the table that ``quangba status`` prints."""
    languages = workspace.settings.targets
    head = [say("Trang", "Page"), say("Từ", "Words"), say("Duyệt", "Gate")]
    lines = [[*head, *(language.code for language in languages)]]
    gates = {
        "open": say("được phát hành", "open"),
        "closed": say("bị giữ lại", "closed"),
        "withdrawn": say("đã rút", "withdrawn"),
    }
    for row in rows(workspace):
        cells = [cell(edition) for edition in row.editions]
        lines.append([row.page, str(row.words), gates[row.gate], *cells])
    widths = [max(width(line[column]) for line in lines) for column in range(len(lines[0]))]
    text = [
        "  ".join(pad(value, size) for value, size in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]
    legend = say(
        "✓ đã thẩm định   ● đã dịch (số đoạn đã thẩm định/tổng số)"
        "   ◐ còn bản nháp máy (số đoạn đã dịch/tổng số)   ○ còn đoạn chưa dịch (đã dịch/tổng số)"
        "   △ số đoạn đã cũ, thẩm định ngày   ✗ số đoạn hỏng   ⊘ trang không hiện ở ngôn ngữ đó",
        "✓ reviewed   ● translated (texts reviewed/total)"
        "   ◐ machine drafts left (texts done/total)   ○ texts untranslated (done/total)"
        "   △ texts behind, reviewed on   ✗ texts unusable   ⊘ page does not appear",
    )
    return "\n".join([*text, "", legend])


def width(text: str) -> int:
    """
    Return how many columns of a terminal a text takes.

    >>> width('中文'), width('Việt')
    (4, 4)
    """
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def pad(text: str, size: int) -> str:
    """Pad a text to a number of columns."""
    return text + " " * (size - width(text))
