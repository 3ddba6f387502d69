"""Own fonts: the faces that a site brings for its scripts, as files of the site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quangba.media.own_faces import WEIGHTS, OwnFace, stylesheet
from quangba.site.outputs import Output

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

PLACE = "assets/fonts"
STYLES = "assets/stylesheets/own-fonts.css"
"""Where fonts and the rules for them are in a site."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def own_fonts_view(faces: tuple[OwnFace, ...]) -> list[dict[str, Any]]:
    """Return ``q.own_fonts``: names of the faces and where their licences are in the site."""
    return [{"name": own.name, "licence": licence_path(own)} for own in faces]


def licence_path(own: OwnFace) -> str:
    """Return where the licence of a face is, from the root of the site."""
    return f"{PLACE}/{own.licence.name}"


def finish_own_fonts(outputs: list[Output]) -> None:
    """Write the faces that the site brings as they are: nobody knows what a browser will show."""
    folder, faces = outputs[0].folder, outputs[0].context.faces
    files = {own: {w: own.face(w).path.name for w in WEIGHTS} for own in faces}
    for own in faces:
        (folder / PLACE).mkdir(parents=True, exist_ok=True)
        for weight, name in files[own].items():
            (folder / PLACE / name).write_bytes(own.face(weight).path.read_bytes())
    write_own_fonts(outputs, files, "swap")


def write_own_fonts(
    outputs: list[Output], files: Mapping[OwnFace, dict[int, str]], display: str = "block"
) -> None:
    """Write the rules for files of faces by weight, and the licences of the faces."""
    folder = outputs[0].folder
    for own in files:
        (folder / PLACE).mkdir(parents=True, exist_ok=True)
        (folder / licence_path(own)).write_bytes(own.licence.read_bytes())
    if files:
        (folder / STYLES).parent.mkdir(parents=True, exist_ok=True)
        (folder / STYLES).write_text(stylesheet(files.items(), display), encoding="utf-8")
