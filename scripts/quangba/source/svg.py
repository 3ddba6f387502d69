"""
SVG drawings: what they may hold, and their size.

A drawing is published as it is, and who opens it by its own address runs what it holds. So it is
parsed and compared with what drawings need: elements that draw, links into itself, pictures that
it carries. Everything else is refused, however it is written.
"""

from __future__ import annotations

import re
import warnings
from base64 import b64decode
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from PIL import Image

from quangba.errors import QuangbaError
from quangba.source.raster import DECODERS

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SVG = "http://www.w3.org/2000/svg"

ELEMENTS = frozenset(
    re.findall(
        r"\w+",
        """
    svg g defs symbol use switch view title desc metadata style a
    path rect circle ellipse line polyline polygon image
    text tspan textPath
    linearGradient radialGradient stop pattern clipPath mask marker
    filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix
    feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB
    feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset
    fePointLight feSpecularLighting feSpotLight feTile feTurbulence
    animate animateMotion animateTransform mpath set
    """,
    )
)
"""Elements that draw, name or move something."""

EDITORS = (
    "http://www.inkscape.org/namespaces/",
    "http://sodipodi.sourceforge.net/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://purl.org/dc/",
)
"""Namespaces in which drawing programs leave notes; browsers do not know them."""

OWN_LINK = re.compile(r"\s*#|data:image/(?:png|jpeg|webp|gif|avif);base64,[A-Za-z0-9+/=\s]*$")
"""A link into the drawing, or a picture that it carries; never another drawing."""

ACTIVE_CSS = re.compile(
    r"""
    \\                                                             # u\72l(…): hides all of these
    | @(?:import|font-face|namespace|document)
    | url\(\s*["']?(?!\s*["']?(?:\#|data:image/(?:png|jpeg|webp|gif|avif);base64,))[^)]{0,30}
    | \b(?:image-set|cross-fade|image|src|expression|element)\(    # load without url()
    | -moz-binding | behavior\s*: | javascript: | vbscript:
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What styles may not hold: anything from elsewhere."""

SILENT = re.compile(r"aria-|data-|id$|class$|lang$|role$|label$")
"""Attributes that no browser reads as style or address."""

INSTRUCTION = re.compile(r"<\?(?!xml\s)[^>]{0,40}")
"""Processing instructions: ``<?xml-stylesheet …?>``."""

LARGEST = 2_000_000
"""Bytes of a drawing; ours have 14,000."""

DEEPEST = 100
"""Levels of elements in each other."""

MOST = 100_000
"""Elements, when every ``<use>`` stands for a copy of what it names."""

CARRIED = 16_000_000
"""Pixels of a picture inside a drawing."""

WIDEST = 100_000
"""Units of a side; a drawing that says more says nothing."""

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE)

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def check_svg(path: Path) -> None:
    """Raise ``QuangbaError`` for a drawing that is none, is broken or could run something."""
    root = parsed(path)
    what = active_part(root) or too_much(root)
    if what:
        raise QuangbaError("asset-active", asset=path.name, what=what)


def parsed(path: Path) -> Element:
    """
    Parse a drawing, without entities or document type.

    Raises ``QuangbaError`` (``asset-heavy``, ``asset-broken``, ``asset-active``).
    """
    if path.stat().st_size > LARGEST:
        size, limit = path.stat().st_size / 1_000_000, LARGEST // 1_000_000
        raise QuangbaError("asset-heavy", asset=path.name, size=f"{size:.1f}", limit=limit)
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
        # From text, a declared encoding says nothing: what was checked is what was read.
        root: Element = fromstring(re.sub(r"^\s*<\?xml\s[^>]*\?>", "", text), forbid_dtd=True)
    except UnicodeDecodeError as error:
        raise QuangbaError("asset-broken", asset=path.name, what="UTF-8") from error
    except DefusedXmlException as error:
        raise QuangbaError("asset-active", asset=path.name, what="<!DOCTYPE>") from error
    except (ParseError, ValueError) as error:
        raise QuangbaError("asset-broken", asset=path.name, what=str(error)) from error
    instruction = INSTRUCTION.search(text)
    if instruction:
        raise QuangbaError("asset-active", asset=path.name, what=instruction[0])
    if root.tag != f"{{{SVG}}}svg":
        raise QuangbaError("asset-content", asset=path.name, suffix=".svg", found=f"<{root.tag}>")
    return root


def active_part(root: Element) -> str | None:
    """Return the first part of a drawing that is not a drawing, or None."""
    for element in root.iter():
        space, _, name = str(element.tag).rpartition("}")
        space = space.removeprefix("{")
        if not (name in ELEMENTS if space == SVG else space.startswith(EDITORS)):
            return f"<{name}>"
        for full, value in element.attrib.items():
            if not full.startswith(tuple(f"{{{editor}" for editor in EDITORS)):
                what = active_attribute(full.rpartition("}")[2], value)
                if what:
                    return what
        if name == "style":
            found = ACTIVE_CSS.search("".join(element.itertext()))
            if found:
                return found[0].strip()
    return None


def active_attribute(name: str, value: str) -> str | None:
    """
    Return an attribute that runs something or leads out of the drawing, or None.

    >>> active_attribute('href', '#a'), active_attribute('onload', 'x')
    (None, 'onload=')
    """
    lower = name.lower()
    if lower.startswith("on") or lower in ("src", "base"):
        return f"{name}="
    if lower == "href":
        return None if OWN_LINK.match(value) and not bomb(value) else f"{name}={value[:40]}"
    if lower == "attributename":
        target = value.strip().lower().rpartition(":")[2]
        return f"{name}={value}" if target.startswith("on") or target == "href" else None
    found = None if SILENT.match(lower) else ACTIVE_CSS.search(value)
    return found[0].strip() if found else None


def bomb(value: str) -> bool:
    """Tell whether a picture that a drawing carries has more pixels than a browser should get."""
    _, base64, data = value.partition(";base64,")
    if not base64:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(b64decode(data)), formats=DECODERS) as image:
                return image.width * image.height > CARRIED
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return True
    except Exception:
        # Not a picture: it shows nothing, and harms nobody.
        return False


def too_much(root: Element) -> str | None:
    """Return what would blow a small drawing up to a large one: depth, copies of copies."""
    named = {element.get("id"): element for element in root.iter() if element.get("id")}
    counts: dict[Element, int] = {}

    def count(element: Element, depth: int) -> int:
        if depth > DEEPEST:
            raise RecursionError(element.tag)
        if element not in counts:
            total = 1 + sum(count(child, depth + 1) for child in element)
            if element.tag == f"{{{SVG}}}use":
                href = element.get("href") or element.get("{http://www.w3.org/1999/xlink}href")
                target = named.get((href or "").strip().removeprefix("#"))
                total += count(target, depth + 1) if target is not None else 0
            counts[element] = total
        return counts[element]

    try:
        total = count(root, 0)
    except RecursionError as error:
        return f"<{str(error).rpartition('}')[2]}> × {DEEPEST}"
    return f"<use> × {total}" if total > MOST else None


def svg_size(path: Path) -> tuple[int, int]:
    """
    Return width and height of a drawing: of its ``viewBox``, else of its attributes.

    Raises as :func:`parsed`; a drawing that says nothing has 300 × 150, as browsers decide.
    """
    stat = path.stat()
    return size_of(path, stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=1000)
def size_of(path: Path, size: int, changed: int) -> tuple[int, int]:
    """Return width and height of one state of a file."""
    root = parsed(path)
    box = [float(number) for number in NUMBER.findall(root.get("viewBox", ""))]
    if len(box) == 4 and all(0 < side <= WIDEST for side in box[2:]):
        scale = 1 if min(box[2:]) >= 1 else 100
        return max(round(box[2] * scale), 1), max(round(box[3] * scale), 1)
    found = [NUMBER.match(root.get(name, "").strip()) for name in ("width", "height")]
    sides = [float(match[0]) for match in found if match]
    if len(sides) == 2 and all(1 <= side <= WIDEST for side in sides):
        return round(sides[0]), round(sides[1])
    return 300, 150
