"""
Plain texts: what a code holds that needs no network, a page in few words or a contact card.

A page is cut at whole sentences and whole lines: at most 300 characters with its address, and no
more bytes than a code takes (``qr.py``). In sample mode every text says so; where that does not fit
either, there is no text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quangba.mt.sentences import split
from quangba.site.records import summary
from quangba.site.screen.destinations import destination
from quangba.site.screen.qr import fits
from quangba.source.labels import LABELS

if TYPE_CHECKING:
    from quangba.site.context import SiteContext  # it holds what is made here

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LONGEST = 300
"""Characters of a text with its address."""

SAMPLE = LABELS["event_note"]["sample"]

AS_OF = "as of %(day)s"
"""As templates say it."""

COLONS = {"fr": "\u00a0: ", "ja": "：", "zh": "："}
"""What stands between a label and its text; elsewhere a colon and a blank."""

STOP = re.compile("[^。！？]+(?:[。！？]+[」』”’）]*|$)")
"""A sentence as Chinese and Japanese end it, without a blank."""

BLANKS = re.compile("[\x00-\x20\x7f-\x9f]+")
"""Blanks and controls; those that hold words together stay."""

HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff]")
"""Marks of direction, blanks without width, halves of characters: nobody sees them."""

SPECIAL, ESCAPED = re.compile(r"[\\;:]"), r"\\\g<0>"
"""Characters that a card puts a backslash before."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Plain:
    """A text that needs no network."""

    content: str
    """What its code holds."""
    text: str
    """What readers see beside the code."""


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def sample_note(context: SiteContext) -> str:
    """Return what every text says in sample mode, nothing otherwise."""
    return context.interface(SAMPLE) if context.workspace.settings.options.sample else ""


def page_text(context: SiteContext, name: str, address: str) -> Plain | None:
    """
    Return a page in few words: title, lead, glance lines, date, address.

    The first sentence of the lead goes before the glance lines, these before the rest of the lead.
    None when not even title, date and address fit.
    """
    meta = context.meta_of(name)
    lead = str(meta.get("lead") or meta.get("description") or summary(context, meta))
    told = sentences(lead, context.language.code)
    tail = [as_of(context, name), sample_note(context), address]
    kept: list[str] = []
    lines: list[str] = []

    def text(sentences: list[str], lines: list[str]) -> str:
        return joined([context.title_of(name), "".join(sentences), *lines, *tail])

    if not suits(text([], [])):
        return None
    if told and suits(text(told[:1], [])):
        kept = told[:1]
    for line in glance(context, meta):
        if suits(text(kept, [*lines, line])):
            lines.append(line)
    for sentence in told[len(kept) :] if kept else []:
        if not suits(text([*kept, sentence], lines)):
            break
        kept.append(sentence)
    whole = text(kept, lines)
    return Plain(whole, whole)


def contact_card(context: SiteContext, name: str) -> Plain | None:
    """Return a desk as a contact card; None without a number, mailbox, address or web site."""
    meta = context.meta_of(name)
    if meta.get("type") != "contact":
        return None
    given = {field: value_of(meta, field) for field in ("phone", "email", "address", "website")}
    phone = destination(f"tel:{given['phone']}", "", "").text
    mail = destination(f"mailto:{given['email']}", "", "").text
    web = destination(given["website"], "", "")
    website = web.address if web.kind == "web" else ""
    if not (phone or mail or website or given["address"]):
        return None
    return card(
        context.title_of(name),
        phone=phone,
        mail=mail,
        address=given["address"],
        website=website,
        note=joined([as_of(context, name), sample_note(context)], " · "),
    )


def card(
    name: str,
    *,
    phone: str = "",
    mail: str = "",
    address: str = "",
    website: str = "",
    note: str = "",
) -> Plain | None:
    """
    Return a contact card (NTT DOCOMO's MECARD, which phones read); None when it is too long.

    segno's own helper writes ``MEMO``, which readers drop; the field is called ``NOTE``.

    >>> card('Bàn hỗ trợ', phone='113', note='Bản mẫu: thử').content
    'MECARD:N:Bàn hỗ trợ;TEL:113;NOTE:Bản mẫu\\\\: thử;;'
    """
    # A comma in a name would divide it into a family name and a given one.
    fields = {"N": clean(name).replace(",", " "), "TEL": phone, "EMAIL": mail}
    fields |= {"ADR": clean(address), "URL": website, "NOTE": clean(note)}
    parts = [f"{key}:{SPECIAL.sub(ESCAPED, value)};" for key, value in fields.items() if value]
    content = f"MECARD:{''.join(parts)};"
    text = joined([name, phone, mail, address, website, note])
    return Plain(content, text) if fits(content) else None


def own_text(text: str, note: str) -> Plain | None:
    """Return a text of a template with what is said in sample mode; None when it is too long."""
    whole = joined([*text.splitlines(), note])
    return Plain(whole, whole) if text.strip() and suits(whole) else None


def glance(context: SiteContext, meta: dict[str, Any]) -> list[str]:
    """Return the glance lines of a page."""
    colon = COLONS.get(context.language.code, ": ")
    items = meta.get("glance")
    return [
        f"{item['label']}{colon}{item['text']}"
        for item in (items if isinstance(items, list) else [])
        if isinstance(item, dict) and item.get("label") and item.get("text")
    ]


def as_of(context: SiteContext, name: str) -> str:
    """Say since when a page is as it is: its last approval or review."""
    reviewed = context.workspace.page(name).meta.get("reviewed_on")
    day = context.day(context.last_changed(name, context.language) or reviewed)
    return context.interface(AS_OF).replace("%(day)s", day.unescape()) if day else ""


def sentences(text: str, language: str) -> list[str]:
    """
    Return the sentences of a text; joined, they are the text again.

    >>> sentences('下龙湾是世界遗产。船票在码头买。', 'zh')
    ['下龙湾是世界遗产。', '船票在码头买。']
    """
    return [part for sentence in split(clean(text), language) for part in STOP.findall(sentence)]


def value_of(meta: dict[str, Any], field: str) -> str:
    """Return what a contact page says in a field that has a source, or nothing."""
    entry = meta.get(field)
    given = (entry.get("value") or entry.get("text")) if isinstance(entry, dict) else None
    return clean(str(given)) if given else ""


def suits(text: str) -> bool:
    """Tell whether a text is short enough for its readers and for a code."""
    return len(text) <= LONGEST and fits(text)


def joined(lines: list[str], sign: str = "\n") -> str:
    """Return lines as one text, without those that say nothing."""
    return sign.join(filter(None, map(clean, lines)))


def clean(text: str) -> str:
    """Return a text on one line, without characters that nobody sees."""
    return BLANKS.sub(" ", HIDDEN.sub("", text)).strip()
