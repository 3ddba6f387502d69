"""A small folder as a build would leave it, without a build: for the tests of the proof."""

from __future__ import annotations

from pathlib import Path

from quangba.media.faces import FOLDER as FONTS
from quangba.site.proof.folder import Built
from quangba.site.proof.rules import ask
from quangba.site.proof.subject import Subject

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

URL = "https://a.example/"

TAGS = {"": "vi", "zh": "zh-Hans"}

ADDRESSES = ("", "visit/")
"""Pages that both languages have."""

HEADERS = """\
/*
  Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; \
img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
"""

PAGE = """\
<!doctype html>
<html lang="{tag}">
<head>
<meta charset="utf-8">
<title>Trang {title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="Một trang.">
<link rel="canonical" href="{url}{own}">
{alternates}
<link rel="stylesheet" href="{root}a.css">
<script src="{root}a.js"></script>
<script type="application/ld+json">{{"a": "<b>"}}</script>
</head>
<body>
<a href="#main">Xuống</a>
<main id="main">
<h1>Xin chào</h1><h2 id="two">Hai</h2><h3>Ba</h3><h2>Bốn</h2>
<p><a href="{root}visit/#two">Đến thăm</a> <a href="https://b.example/">Nơi khác</a></p>
<p><img src="{root}a.svg" alt="Hình"><a href="{root}"><img src="{root}a.svg" alt="Về đầu"></a></p>
<form action="{root}"><label for="q">Tìm</label><input id="q" name="q"><button>Tìm</button></form>
</main>
</body>
</html>
"""

NOTICE = """\
<!doctype html>
<html lang="vi"><head><title>Đã rút</title><meta name="robots" content="noindex"></head>
<body><main><h1>Đã rút</h1></main></body></html>
"""

STYLES = """\
@font-face {{
  font-family: "A"; src: url("a.woff2") format("woff2"); unicode-range: U+0-24F, U+1E00-1EFF{more};
}}
body {{ background: url(a.svg); }}
"""

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0"/></svg>'

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def make(folder: Path) -> Path:
    """Write a folder in which no rule of the portal is broken."""
    every = [f"{code}/{page}" if code else page for page in ADDRESSES for code in TAGS]
    for own in every:
        code = "zh" if own.startswith("zh/") else ""
        page = own.removeprefix("zh/")
        links = [(tag, f"{URL}{lang}/{page}" if lang else URL + page) for lang, tag in TAGS.items()]
        alternates = [*links, ("x-default", URL + page)]
        text = PAGE.format(
            tag=TAGS[code],
            title=own or "chủ",
            url=URL,
            own=own,
            root="../" * own.count("/") or "./",
            alternates="\n".join(
                f'<link rel="alternate" hreflang="{tag}" href="{href}">' for tag, href in alternates
            ),
        )
        write(folder, f"{own}index.html", text)
    write(folder, "gone/index.html", NOTICE)
    write(folder, "404.html", NOTICE)
    write(folder, "_headers", HEADERS)
    write(folder, "a.css", STYLES.format(more=""))
    write(folder, "a.js", "'use strict';\n")
    write(folder, "a.svg", DRAWING)
    (folder / "a.woff2").write_bytes((FONTS / "be-vietnam-pro-400.woff2").read_bytes())
    places = "".join(f"<url><loc>{URL}{own}</loc></url>" for own in every)
    write(folder, "sitemap.xml", f"<urlset>{places}</urlset>")
    return folder


def write(folder: Path, name: str, text: str) -> None:
    """Write a file of the folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def subject(folder: Path, *, kiosk: bool = False) -> Subject:
    """Read a folder, beside what is promised of the one that :func:`make` writes."""
    built = Built(folder, URL)
    built.read()
    every = [f"{code}/{page}" if code else page for page in ADDRESSES for code in TAGS]
    return Subject(
        built,
        kiosk,
        TAGS,
        {f"{own}index.html": "published" for own in every} | {"gone/index.html": "withdrawn"},
        {"secret/index.html": "secret.md"},
        frozenset({"404.html", "zh/404.html"}),
    )


def broken(folder: Path, *, kiosk: bool = False) -> dict[str, list[str]]:
    """Return what each broken rule finds: files with what is wrong."""
    return {
        one["rule"]: [f"{finding['file']}: {finding['what']}" for finding in one["findings"]]
        for one in ask(subject(folder, kiosk=kiosk))
        if one["failed"]
    }
