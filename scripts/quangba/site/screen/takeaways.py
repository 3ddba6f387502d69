"""
Takeaways: on a kiosk no link leads off the machine; each becomes a text and a QR code.

A link to the web, a mailbox or a number becomes a button with the address in words. Pressed, it
shows the code (``partials/take-dialog.html``); its data attributes say which:

``data-qr``          relative address of the code's drawing
``data-text``        the address for readers, in full
``data-plain``       code of a text that needs no network, where there is one
``data-plain-text``  that text
``data-label``       what is taken, for the head of the dialog

Codes are drawn when all pages are rendered: only those that a page asked for, once for all
languages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from mkdocs.utils import get_relative_url

from quangba.errors import QuangbaError
from quangba.files import put
from quangba.media.keeping import keep
from quangba.site.forking import share_out
from quangba.site.pictures import written
from quangba.site.screen.destinations import NOWHERE, Destination, destination
from quangba.site.screen.plain_texts import (
    Plain,
    card,
    contact_card,
    own_text,
    page_text,
    sample_note,
)
from quangba.site.screen.qr import END, drawing, file_name, fits, key
from quangba.site.screen.rewriting import WINDOWS, LinkRewriter, start

if TYPE_CHECKING:
    from quangba.site.context import SiteContext  # it holds what is made here
    from quangba.site.outputs import Output

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FEW = 50
"""Codes for which no further process is worth its start."""

KEPT = ("id", "lang", "dir", "title")
"""Attributes of a link that its button keeps, besides its class."""

ICON = (
    '<svg class="take__icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M3 3h8v8H3zm2 2v4h4V5z'
    "M13 3h8v8h-8zm2 2v4h4V5zM3 13h8v8H3zm2 2v4h4v-4zm8-2h3v3h-3zm5 0h3v3h-3zm-2 3h2v2h-2zm-3 2h3v3"
    'h-3zm5 0h3v3h-3z"/></svg>'
)
"""A code in small, in the colour of the text: what the button shows."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Take:
    """What a reader can take along; codes are addresses from the root of the site, or empty."""

    label: str = ""
    text: str = ""
    qr: str = ""
    plain_text: str = ""
    plain_qr: str = ""

    def data(self, link: Callable[[str], str]) -> dict[str, str]:
        """Return the data attributes of a button; nothing when there is no code."""
        found: dict[str, str] = {}
        if self.qr:
            found |= {"data-qr": link(self.qr), "data-text": self.text}
        if self.plain_qr:
            found |= {"data-plain": link(self.plain_qr), "data-plain-text": self.plain_text}
        return {"data-label": self.label, **found} if found else {}


class Written(dict[str, Any]):
    """A takeaway for a template."""

    def __str__(self) -> str:
        return str(self["html"])


@dataclass
class Takeaways:
    """The codes of a site that is being built."""

    site_url: str | None
    """Absolute address of the portal, None when it is not known."""
    cache: Path | None = None
    """Folder of drawings that earlier builds made; it may be deleted at any time."""
    codes: dict[str, str] = field(default_factory=dict)
    """What the codes hold that pages asked for, by their address from the root of the site."""
    done: set[Path] = field(default_factory=set)
    """Drawings that were written."""

    def use(self, html: str, here: str, note: str = "") -> str:
        """
        Return the HTML of a page whose links lead to pages of the kiosk and nowhere else.

        ``here`` is the address of the page from the root of the site, ``note`` what every text
        says in sample mode (:func:`~quangba.site.screen.plain_texts.sample_note`).

        >>> html = Takeaways(None).use('<a href="tel:113">113</a> <a href="a/">A</a>', '')
        >>> html.replace(ICON, '')[:57]
        '<button type="button" class="take" aria-haspopup="dialog"'
        """

        def link(url: str) -> str:
            return get_relative_url(url, here)

        def shape(given: dict[str, str], label: str, inner: str) -> str:
            leads = destination(given["href"], here, self.site_url or "")
            return self.shaped(leads, given, label, inner, self.plain(leads, label, note), link)

        return LinkRewriter(shape).rewrite(html)

    def shaped(
        self,
        leads: Destination,
        given: dict[str, str],
        label: str,
        inner: str,
        plain: Plain | None,
        link: Callable[[str], str],
    ) -> str:
        """Return a link as the kiosk shows it: as a link inside, as a button, or as text."""
        if leads.kind == "inside":
            inside = {name: value for name, value in given.items() if name not in WINDOWS}
            return f"{start('a', inside | {'href': leads.address})}{inner}</a>"
        kept = {name: given[name] for name in KEPT if name in given}
        take = self.take(label or leads.short, leads, plain)
        if not take.qr:
            kept |= {"class": given["class"]} if given.get("class") else {}
            return f"<span{written(kept.items())}>{inner}</span>{address(leads, label)}"
        classes = {"type": "button", "class": f"take {given.get('class', '')}".rstrip()}
        opens = {"aria-haspopup": "dialog"}
        attributes = written((classes | kept | opens | take.data(link)).items())
        text = f'<span class="take__label">{inner}</span>' if inner.strip() else ""
        return f"<button{attributes}>{ICON}{text}{address(leads, label)}</button>"

    def plain(self, leads: Destination, label: str, note: str) -> Plain | None:
        """Return what a link gives without a network: a mailbox or number as a contact card."""
        if leads.kind not in ("mail", "phone"):
            return None
        return card(label or leads.text, note=note, **{leads.kind: leads.text})

    def take(self, label: str, leads: Destination, plain: Plain | None) -> Take:
        """Return what a reader can take along, and note the codes that are asked for."""
        told = (plain.text, self.code(plain.content)) if plain else ("", "")
        return Take(label, leads.text, self.code(leads.address), *told)

    def code(self, content: str) -> str:
        """Return the address of a code, nothing when its text is too long for one."""
        if not fits(content):
            return ""
        name = file_name(content)
        self.codes[name] = content
        return name

    def write(self, site: Path) -> None:
        """Draw the codes that were asked for; ``site`` is the root of the site."""
        wanted = [name for name in sorted(self.codes) if site / name not in self.done]

        def part(names: Sequence[str]) -> None:
            for name in names:
                put(site / name, self.drawing(self.codes[name]))

        share_out(wanted, part, FEW)
        self.done.update(site / name for name in wanted)

    def drawing(self, content: str) -> bytes:
        """Return the drawing of a code; choosing the best of its eight masks takes a while."""
        if self.cache is None:
            return drawing(content)
        kept = self.cache / f"{key(content)}.svg"
        with suppress(OSError):
            made = kept.read_bytes()
            if made.endswith(END):
                return made
        made = drawing(content)
        with suppress(QuangbaError):
            keep(kept, made)
        return made


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def finish_takeaways(outputs: list[Output]) -> None:
    """Write the codes that the pages of all languages ask for."""
    takeaways_of(outputs[0].context).write(outputs[0].folder)


def takeaways_of(context: SiteContext) -> Takeaways:
    """Return the codes of the build; all its languages have the same."""
    assert context.takeaways is not None, "only the kiosk edition has takeaways"
    return context.takeaways


def takeaways_view(
    context: SiteContext, link: Callable[[str], str], here: str
) -> dict[str, Callable[[], Any]]:
    """
    Return the makers of what a template can ask for on every page.

    ``q.take(url, label, plain)`` gives a dictionary: ``html`` (the link as the kiosk shows it),
    ``data`` (the data attributes of a button, for a template with one of its own), and ``qr``,
    ``text``, ``plain_qr``, ``plain_text``, each None when there is none. A template that writes the
    dictionary itself writes its ``html``.
    """

    def take(url: str, label: str = "", plain: str = "") -> dict[str, Any]:
        takeaways, note = takeaways_of(context), sample_note(context)
        leads = destination(raw(url), here, takeaways.site_url or "")
        told = own_text(raw(plain), note) or takeaways.plain(leads, raw(label), note)
        inner = escape(raw(label), quote=False)
        html = takeaways.shaped(leads, {"href": raw(url)}, raw(label), inner, told, link)
        inside = leads.kind == "inside"
        made = Take() if inside else takeaways.take(raw(label) or leads.short, leads, told)
        return Written(view_of(made, link), html=Markup(html))

    return {"take": lambda: take}


def page_takeaway(
    context: SiteContext, name: str, link: Callable[[str], str]
) -> dict[str, Any] | None:
    """
    Return the takeaway of a page: its address on the portal, and the page in few words.

    The result has ``url``, ``qr``, ``plain_text``, ``plain_qr`` (each None when there is none) and
    ``data``, the data attributes of a button. None when there is nothing to take.
    """
    takeaways = takeaways_of(context)
    leads = NOWHERE
    if takeaways.site_url:
        leads = destination(context.absolute(name), "", "")
    plain = contact_card(context, name) or page_text(context, name, leads.address)
    take = takeaways.take(context.title_of(name), leads, plain)
    if not (take.qr or take.plain_qr):
        return None
    return view_of(take, link) | {"url": Markup.escape(take.text) if take.qr else None}


def view_of(take: Take, link: Callable[[str], str]) -> dict[str, Any]:
    """Return a takeaway for a template, escaped."""
    return {
        "qr": link(take.qr) if take.qr else None,
        "text": Markup.escape(take.text) if take.text else None,
        "plain_qr": link(take.plain_qr) if take.plain_qr else None,
        "plain_text": Markup.escape(take.plain_text) if take.plain_text else None,
        "data": Markup(written(take.data(link).items())),
    }


def address(leads: Destination, label: str) -> str:
    """Return the address of a link in words, nothing when its label says it."""
    if not leads.short or (label and leads.shown_in(label)):
        return ""
    blank = " " if label else ""
    return f'<bdi class="take__address" translate="no">{blank}{escape(leads.short)}</bdi>'


def raw(text: str) -> str:
    """Return a text of a template without its escapes; views escape what they give."""
    return text.unescape() if isinstance(text, Markup) else str(text or "")
