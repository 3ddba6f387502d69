"""
What a web server and its visitors' browsers and robots are told: headers, robots.txt, security.txt.

``_headers`` is the form that static hosts read; the guide for the person in charge shows how to
take it into nginx. The content security policy allows nothing but the site's own files; an inline
script of a template is allowed by its SHA-256 and by nothing else.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from collections.abc import Container, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urljoin

from quangba.errors import Problem
from quangba.site.forking import share_out
from quangba.site.outputs import Output

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "media-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
"""Directives and sources (W3C Content Security Policy Level 3)."""

TRUSTED_TYPES = {"require-trusted-types-for": ["'script'"], "trusted-types": ["quangba"]}
"""
No text becomes HTML or code in a browser (W3C Trusted Types). Our own scripts never do that, and
load the search by one policy of this name; those of themes do.
"""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}

CACHED = {
    "/assets/fonts/*": "public, max-age=31536000, immutable",
    "/media/*": "public, max-age=86400",
}
"""How long browsers may keep files: fonts never change, a film may be replaced under its name."""

KIOSK_CACHED = {"/*": "no-cache"}
"""A kiosk asks its own server each time: after an update nothing of the old release is shown."""

INLINE = re.compile(
    rb"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL | re.IGNORECASE
)
"""``<script>…</script>``: the site's own templates have none with code inside."""

BEGIN, END = b"<script", b"</script>"

DATA = re.compile(rb"\btype=[\"']?application/(?:ld\+)?json")
"""Data blocks, which no browser runs."""

FEW = 100
"""Pages for which no further process is worth its start."""

VALID = timedelta(days=365)
"""How long security.txt may be valid (RFC 9116 recommends less than a year)."""

SECURITY_MARK = "# quangba: security_contact in mkdocs.yml"
"""First line of a security.txt that is ours (RFC 9116 has comments); a server may have its own."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def finish_headers(outputs: list[Output]) -> list[Problem]:
    """
    Write ``_headers`` for the whole site; return what a page has that the policy does not allow.

    Templates of a theme may bring scripts inside of pages. Our own bring none: one that stands in a
    page all the same came with a text, and its hash would let it run.
    """
    folder = outputs[0].folder
    policy = {name: list(sources) for name, sources in POLICY.items()}
    told = outputs[0].scripts | inline_scripts(folder, outputs[0].linked)
    found = {name: sources for name, sources in sorted(told.items()) if sources}
    outputs[0].scripts = found
    settings = outputs[0].context.workspace.settings
    if settings.options.templates:
        policy |= TRUSTED_TYPES
    else:
        policy["script-src"] += sorted({source for sources in found.values() for source in sources})
    lines = ["/*", f"  Content-Security-Policy: {policy_text(policy)}"]
    lines += [f"  {name}: {value}" for name, value in HEADERS.items()]
    for path, kept in (KIOSK_CACHED if settings.kiosk else CACHED).items():
        lines += [path, f"  Cache-Control: {kept}"]
    (folder / "_headers").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [Problem.at("page-script", name) for name in found if settings.options.templates]


def policy_text(policy: dict[str, list[str]]) -> str:
    """
    Write a policy as a header.

    >>> policy_text({'default-src': ["'none'"], 'img-src': ["'self'", 'data:']})
    "default-src 'none'; img-src 'self' data:"
    """
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in policy.items())


def inline_scripts(folder: Path, known: Container[str] = ()) -> dict[str, list[str]]:
    """
    Return the source expressions of the inline scripts of each page of a site.

    Nobody need look at pages that are ``known``.
    """
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    names = [name for name in names if name not in known]

    def part(names: Sequence[str]) -> dict[str, list[str]]:
        return {name: list(hashes((folder / name).read_bytes())) for name in names}

    parts = share_out(names, part, FEW)
    return {name: found for each in parts for name, found in each.items()}


def hashes(page: bytes) -> Iterator[str]:
    """Yield the source expressions of the inline scripts in a page."""
    small, at = page.lower(), 0
    # Beyond the last one nothing ends; a search for it from each beginning would take for ever.
    last = small.rfind(END) + len(END)
    while (start := small.find(BEGIN, at, last)) >= 0:
        match = INLINE.match(page, start, last)
        at = match.end() if match else start + 1
        if match and match["code"].strip() and not DATA.search(match["attributes"]):
            digest = hashlib.sha256(match["code"]).digest()
            yield f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def finish_robots(outputs: list[Output]) -> None:
    """Write ``robots.txt``: everything may be read, and this is the list of it."""
    context = outputs[0].context
    lines = ["User-agent: *", "Allow: /"]
    if context.config.site_url:
        lines += ["", f"Sitemap: {urljoin(context.config.site_url, 'sitemap.xml')}"]
    (outputs[0].folder / "robots.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def finish_sitemap(outputs: list[Output]) -> None:
    """Compress the sitemap again: MkDocs writes the day of the build into ``sitemap.xml.gz``."""
    path = outputs[0].folder / "sitemap.xml"
    if path.is_file():
        path.with_name("sitemap.xml.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))


def finish_security(outputs: list[Output]) -> None:
    """
    Write ``.well-known/security.txt`` (RFC 9116), where the settings name a contact.

    Without one there is nothing true to say, and no file. It expires a year after the latest
    approval, so that the same content gives the same bytes.
    """
    context = outputs[0].context
    contact = context.workspace.settings.options.security_contact
    days = [
        approval.date[:10]
        for page in outputs[0].pages
        if (approval := context.workspace.decision(page.name).approval) and approval.date
    ]
    if not contact or not days:
        return
    expires = date.fromisoformat(max(days)) + VALID
    codes = ", ".join(output.context.language.html_lang for output in outputs)
    lines = [SECURITY_MARK, f"Contact: {contact}", f"Expires: {expires.isoformat()}T00:00:00Z"]
    lines += [f"Preferred-Languages: {codes}"]
    if context.config.site_url:
        address = urljoin(context.config.site_url, ".well-known/security.txt")
        lines.append(f"Canonical: {address}")
    path = outputs[0].folder / ".well-known" / "security.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def is_security(path: Path) -> bool:
    """Tell whether a hidden file is the one that :func:`finish_security` wrote, not a server's."""
    try:
        with path.open("rb") as stream:
            return stream.readline().strip() == SECURITY_MARK.encode("ascii")
    except OSError:
        return False
