from __future__ import annotations

from pathlib import Path

from quangba.media.credits import credits
from support import make_site, open_workspace

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


def test_what_pages_show_is_credited_and_nothing_else(tmp_path: Path) -> None:
    sidecar = "author: {}\nlicence: CC BY 4.0\nsource: tự vẽ\n"
    config = make_site(
        tmp_path,
        {
            "content/index.md": "---\ntitle: A\nimage: images/a.svg\n---\n\n![b](images/b.svg)\n",
            "content/visit/c.md": "---\ntitle: C\n---\n\n![b](../images/b.svg)\n",
            "content/images/a.svg": SVG,
            "content/images/a.svg.yml": sidecar.format("Lan")
            + "credit: Ảnh Lan\ntaken_on: 2026-05-01\n",
            "content/images/b.svg": SVG,
            "content/images/b.svg.yml": sidecar.format("Hùng"),
            "content/images/unused.svg": SVG,
            "content/images/unused.svg.yml": sidecar.format("X"),
            "content/images/bare.svg": SVG,
        },
    )
    found = credits(open_workspace(config))
    assert [(c.asset, c.author, c.pages) for c in found] == [
        ("images/a.svg", "Lan", ["index.md"]),
        ("images/b.svg", "Hùng", ["index.md", "visit/c.md"]),
    ]
    assert (found[0].credit, found[0].taken_on) == ("Ảnh Lan", "2026-05-01")
    assert found[0].licence_url == "https://creativecommons.org/licenses/by/4.0/"
    assert found[1].credit == ""
