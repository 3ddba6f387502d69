"""
Destinations: where a link leads, read as a browser reads it (WHATWG URL), and how it is shown.

A kiosk follows only links to its own pages. Web addresses, mail and telephone are taken along; what
is a file on the portal is taken along as the portal's address. Anything else is no link at all. A
reader is shown the host that is opened: in ASCII (UTS #46), without a name before an ``@``.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin, urlsplit

import idna

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

EDGES = "".join(map(chr, range(0x21)))
"""C0 controls and the blank, which browsers take off both ends of an address."""

SCHEME = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*):(?P<rest>.*)", re.IGNORECASE | re.DOTALL)

AUTHORITY = re.compile(
    r"[/\\]*(?:[^/\\?#]*@)?(?P<host>[^/\\?#:@\[\]]+)(?::(?P<port>[0-9]{1,5}))?(?P<rest>[/\\?#].*)?",
    re.DOTALL,
)
"""``//name@evisa.gov.vn:443/vi?a#b``; what stands before the ``@`` opens nothing."""

HOST = re.compile(
    r"(?=.{4,253}$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)+"
)
"""A host in ASCII, with a dot."""

SAFE = "/?#%:@!$&'()*+,;=-._~"
"""Characters of an address that stay as they are; the rest is percent-encoded (RFC 3986)."""

MAILBOX = re.compile(r"(?P<name>[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+)@(?P<host>[^@]+)")
"""One address as HTML's own form controls take it."""

TELEPHONE = re.compile(r"\+?[0-9]{3,15}")
"""E.164, or a short number: ``113``. No ``*`` or ``#``: those are orders to the phone."""

SEPARATORS = re.compile(r"[-.()\s]")
"""Visual separators of RFC 3966 and blanks."""

PAGES = frozenset({"", ".html"})
"""Endings of addresses of pages."""

FILES = frozenset(
    {
        *(".atom", ".csv", ".docx", ".ics", ".json", ".pdf", ".txt", ".xlsx", ".xml", ".zip"),
        *(".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp", ".mp4", ".vtt", ".webm"),
    }
)
"""Endings of files of the portal. ``evisa.gov.vn`` without ``https://`` is none of them."""

LONGEST = 40
"""Characters of a web address in running text."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Destination:
    """Where a link leads."""

    kind: str
    """``inside`` (a page of the kiosk), ``web``, ``mail``, ``phone`` or ``none``."""
    address: str = ""
    """What a browser or phone opens: ``https://…``, ``mailto:…``, ``tel:…``."""
    text: str = ""
    """The same for readers, in full: ``https://…``, ``a@b.vn``, ``+84203…``."""
    short: str = ""
    """The same for running text: ``evisa.gov.vn``."""

    def shown_in(self, label: str) -> bool:
        """
        Tell whether a link's label already says what is opened.

        >>> evisa = destination('https://evisa.gov.vn/vi', '', '')
        >>> [evisa.shown_in(label) for label in ('Xem evisa.gov.vn.', 'evisa.gov.vn.example')]
        [True, False]
        """
        label = label.lower()
        if self.kind == "phone":
            return self.text.lstrip("+")[-8:] in re.sub(r"[^0-9]", "", label)
        if self.kind == "mail":
            return self.text.lower() in label
        host = re.escape((urlsplit(self.address).hostname or "").removeprefix("www."))
        found = rf"(?<![a-z0-9.@_-])(?:www\.)?{host}(?![a-z0-9_@-]|\.[a-z0-9])"
        return re.search(found, label) is not None


NOWHERE = Destination("none")

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def destination(href: str, here: str, site_url: str) -> Destination:
    """
    Return where a link on the page at ``here`` leads; ``site_url`` is the portal's address.

    >>> destination('../data/projects.csv', 'invest/', 'https://quangninh.example/').text
    'https://quangninh.example/data/projects.csv'
    >>> [destination(h, '', '').kind for h in ('visit/', '#ve', 'TEL:113', 'java\\tscript:x')]
    ['inside', 'inside', 'phone', 'none']
    """
    href = cleaned(href)
    match = SCHEME.fullmatch(href)
    if match:
        scheme, rest = match["scheme"].lower(), match["rest"]
        known = {"http": web, "https": web, "mailto": mail, "tel": phone}
        return known[scheme](scheme, rest) if scheme in known else NOWHERE
    path, more = divided(href)
    if path.startswith("//"):
        return web("https", f"{path}{more}")
    ending = posixpath.splitext(path)[1].lower()
    if ending in PAGES:
        return Destination("inside", f"{path}{more}")
    if ending not in FILES or not site_url:
        return NOWHERE
    full = urljoin(f"/{here}", f"{path}{more}").lstrip("/")
    return destination(urljoin(site_url, full), "", "")


def leads_off(href: str) -> bool:
    """
    Tell whether an address is that of another site, or no address of a site at all.

    >>> [leads_off(href) for href in ('a/b.svg', '#c', ' \\\\\\\\d.vn', 'https:d.vn', 'data:,x')]
    [False, False, True, True, True]
    """
    href = cleaned(href)
    return SCHEME.fullmatch(href) is not None or divided(href)[0].startswith("//")


def cleaned(href: str) -> str:
    """Return an address without the characters that browsers ignore."""
    return re.sub(r"[\t\n\r]", "", href.strip(EDGES))


def web(scheme: str, rest: str) -> Destination:
    """Return a web address; ``rest`` is what follows the colon."""
    match = AUTHORITY.fullmatch(rest)
    host = ascii_host(match["host"]) if match else ""
    if not match or not host or int(match["port"] or 0) > 0xFFFF:
        return NOWHERE
    path, more = (quote(part, SAFE, errors="replace") for part in divided(match["rest"] or ""))
    port = f":{match['port']}" if match["port"] else ""
    address = f"{scheme}://{host}{port}{path}{more}"
    return Destination("web", address, address, shortened(f"{host}{port}", path))


def mail(scheme: str, rest: str) -> Destination:
    """Return the one mailbox of a ``mailto:`` (RFC 6068); headers are not taken along."""
    match = MAILBOX.fullmatch(unquote(rest.partition("?")[0]).strip())
    host = ascii_host(match["host"]) if match else ""
    if not match or not host:
        return NOWHERE
    box = f"{match['name']}@{host}"
    return Destination("mail", f"{scheme}:{quote(match['name'], '+')}@{host}", box, box)


def phone(scheme: str, rest: str) -> Destination:
    """Return the number of a ``tel:`` (RFC 3966); parameters are not taken along."""
    number = SEPARATORS.sub("", unquote(rest).partition(";")[0])
    if not TELEPHONE.fullmatch(number):
        return NOWHERE
    return Destination("phone", f"{scheme}:{number}", number, number)


def divided(address: str) -> tuple[str, str]:
    """
    Return path, with slashes as browsers see them, and what follows it.

    >>> divided('a\\\\b?c#d')
    ('a/b', '?c#d')
    """
    path = re.split("[?#]", address, maxsplit=1)[0]
    return path.replace("\\", "/"), address[len(path) :]


def ascii_host(host: str) -> str:
    """
    Return a host as it is looked up, nothing for what is none.

    >>> ascii_host('EVISA.gov.vn'), ascii_host('evіsa.gov.vn'), ascii_host('a b.vn')
    ('evisa.gov.vn', 'xn--evsa-m9d.gov.vn', '')
    """
    host = unquote(host).lower().rstrip(".")
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            return ""
    return host if HOST.fullmatch(host) else ""


def shortened(host: str, path: str) -> str:
    """
    Return a web address for running text.

    >>> shortened('vnanet.vn', '/'), shortened('vnanet.vn', '/vi/tin-tuc/giai-tri-1/page/236.html')
    ('vnanet.vn', 'vnanet.vn/…/236.html')
    """
    path = path.rstrip("/")
    last = f"/…/{path.rpartition('/')[2]}"
    forms = (f"{host}{path}", f"{host}{last}" if path.count("/") > 1 else "")
    fitting = (form for form in forms if form and len(form) <= LONGEST)
    return next(fitting, f"{host}/…" if path else host)
