"""Drawings: what runs or loads something is refused, however it is written."""

from __future__ import annotations

import base64
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quangba.source.assets import damage
from quangba.source.svg import active_attribute, svg_size

NAMES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
SVG = f'<svg {NAMES} viewBox="0 0 10 10">{{}}</svg>'


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def carried(width: int, height: int) -> str:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 9))
    return "data:image/png;base64," + base64.b64encode(png).decode("ascii")


def code_of(tmp_path: Path, svg: str) -> str:
    path = tmp_path / "a.svg"
    path.write_text(svg, encoding="utf-8")
    problem = damage(path)
    return problem.code if problem else ""


ATTACKS = {
    "script": "<script>alert(1)</script>",
    "script_of_a_prefix": '<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>',
    "script_in_defs": "<defs><g><script href='#a'/></g></defs>",
    "html_script": '<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>',
    "html_image": '<h:img xmlns:h="http://www.w3.org/1999/xhtml" src="x" onerror="a"/>',
    "html_hidden_by_entity": '<h:iframe xmlns:h="http://www.w3.org/1999/xhtm&#108;"/>',
    "mathml": '<math xmlns="http://www.w3.org/1998/Math/MathML"/>',
    "unknown_namespace": '<x xmlns="urn:x"/>',
    "foreign_object": "<foreignObject><p/></foreignObject>",
    "handler": "<handler/>",
    "event": "<g onclick='x'/>",
    "event_in_capitals": "<g ONLOAD='x'/>",
    "event_of_animation": "<animate onbegin='x'/>",
    "event_with_prefix": "<g xlink:onload='x'/>",
    "link": "<a href='https://evil.example'><path/></a>",
    "link_without_scheme": "<a href='//evil.example'><path/></a>",
    "link_to_a_file": "<use href='other.svg#a'/>",
    "link_with_spaces": "<a href=' \n javascript:alert(1)'/>",
    "link_with_entities": "<a href='&#106;avascript:alert(1)'/>",
    "xlink": "<a xlink:href='javascript:alert(1)'/>",
    "base": "<g xml:base='https://evil.example/'/>",
    "source": "<image src='https://evil.example/a.png'/>",
    "html_in_data": "<use href='data:text/html,&lt;script>alert(1)&lt;/script>'/>",
    "svg_in_data": "<image href='data:image/svg+xml;base64,PA=='/>",
    "svg_in_data_by_entity": "<image href='data:image/s&#118;g+xml;base64,PA=='/>",
    "data_without_base64": "<image href='data:image/png,x'/>",
    "bomb_in_data": f"<image href='{carried(20_000, 20_000)}'/>",
    "set_link": "<set attributeName='href' to='javascript:alert(1)'/>",
    "set_xlink": "<set attributeName='xlink:href' to='x'/>",
    "animate_event": "<animate attributeName='onclick' values='x'/>",
    "style_import": "<style>@import 'https://evil.example'</style>",
    "style_import_in_cdata": "<style><![CDATA[@import 'x';]]></style>",
    "style_url": "<style>a{fill:url( 'https://evil.example')}</style>",
    "style_font": "<style>@font-face{font-family:a}</style>",
    "style_escaped": r"<style>a{fill:u\72l(https://evil.example)}</style>",
    "style_image_set": "<style>a{fill:image-set('https://evil.example' 1x)}</style>",
    "style_attribute": "<g style='fill:url(//evil.example)'/>",
    "paint": "<rect fill='url(https://evil.example#a)'/>",
    "paint_of_a_file": "<rect filter='url(a.svg#b)'/>",
    "cursor": "<g cursor='url(x),auto'/>",
    "expression": "<g style='width:expression(alert(1))'/>",
    "many_uses": "<g id='a0'><path/></g>"
    + "".join(f"<g id='a{i + 1}'>" + f"<use href='#a{i}'/>" * 10 + "</g>" for i in range(8)),
    "use_of_itself": "<g id='a'><use href='#a'/></g>",
    "depth": "<g>" * 200 + "</g>" * 200,
}


@pytest.mark.parametrize("name", ATTACKS)
def test_active_drawings_are_refused(tmp_path: Path, name: str) -> None:
    assert code_of(tmp_path, SVG.format(ATTACKS[name])) == "asset-active"


@pytest.mark.parametrize(
    "svg",
    [
        pytest.param(f"<!DOCTYPE svg>{SVG}", id="document_type"),
        pytest.param(
            f'<!DOCTYPE svg [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>{SVG.format("&c;")}',
            id="entities",
        ),
        pytest.param(f'<?xml-stylesheet href="https://evil.example"?>{SVG}', id="instruction"),
        pytest.param(f'<?xml version="1.0"?><?php echo 1 ?>{SVG}', id="php"),
    ],
)
def test_prologues_that_do_more(tmp_path: Path, svg: str) -> None:
    assert code_of(tmp_path, svg) == "asset-active"


@pytest.mark.parametrize(
    ("svg", "code"),
    [
        pytest.param("", "asset-broken", id="empty"),
        pytest.param("<svg", "asset-broken", id="cut_off"),
        pytest.param(SVG.format("<a href=x/>"), "asset-broken", id="not_well_formed"),
        pytest.param("<html/>", "asset-content", id="html"),
        pytest.param("<svg/>", "asset-content", id="no_namespace"),
        pytest.param(SVG.format(" " * 2_100_000), "asset-heavy", id="heavy"),
    ],
)
def test_no_drawings(tmp_path: Path, svg: str, code: str) -> None:
    assert code_of(tmp_path, svg) == code


def test_another_encoding_does_not_hide_anything(tmp_path: Path) -> None:
    # In UTF-7, +ADw- is “<”: what is read is what was checked.
    text = '<?xml version="1.0" encoding="UTF-7"?>' + SVG.format("+ADw-script+AD4-")
    assert code_of(tmp_path, text) == ""


@pytest.mark.parametrize(
    "inner",
    [
        "<defs><linearGradient id='a'><stop/></linearGradient></defs><rect fill='url(#a)'/>",
        "<g style='fill:url(&quot;#a&quot;);opacity:.5' transform='translate(1 2)'/>",
        "<style>.a{fill:#fff}</style><title>Ảnh (vịnh): image (a)</title>",
        "<g aria-label='image (a): url(b)' id='javascript:' class='x'/>",
        f"<image href='{carried(20, 20)}'/>",
        "<g id='a'><path/></g>" + "<use xlink:href='#a'/>" * 50,
        "<metadata><r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></metadata>",
        "<g xmlns:i='http://www.inkscape.org/namespaces/inkscape' i:label='a (b)'/>",
        "<animateTransform attributeName='transform' type='rotate'/>",
    ],
)
def test_harmless_drawings(tmp_path: Path, inner: str) -> None:
    assert code_of(tmp_path, SVG.format(inner)) == ""


def test_every_drawing_of_ours_is_harmless() -> None:
    for path in (Path(__file__).parents[2] / "content" / "images").glob("*.svg"):
        assert damage(path) is None, path.name


@given(st.text(max_size=60), st.text("onhrefsxlk:", min_size=1, max_size=12))
@settings(max_examples=200, deadline=None)
def test_no_attribute_makes_it_fail(value: str, name: str) -> None:
    active_attribute(name, value)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 1600 900"', (1600, 900)),
        ('viewBox="-5,-5 24.4 12.2" width="7"', (24, 12)),
        ('viewBox="0 0 .5 .25"', (50, 25)),
        ('width="320px" height="200"', (320, 200)),
        ('viewBox="0 0 0 0" width="100%"', (300, 150)),
        ('viewBox="nonsense"', (300, 150)),
        ('width="1e2" height="50"', (100, 50)),
    ],
)
def test_size(tmp_path: Path, attributes: str, size: tuple[int, int]) -> None:
    path = tmp_path / "a.svg"
    path.write_text(f"<svg {NAMES} {attributes}/>", encoding="utf-8")
    assert svg_size(path) == size
