"""
Areas: the parts of a province that places are sorted by, in ``content/_data/areas.yml``.

    yen-tu-quang-yen: "Yên Tử và Quảng Yên"

Pages say the name on the left (``area: yen-tu-quang-yen``); what readers see is on the right, in
the source language, and translated in ``site.po``.
"""

from __future__ import annotations

from pathlib import Path

from quangba.errors import QuangbaError, say
from quangba.source.data import DataError, load
from quangba.source.text import nfc

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def read_areas(path: Path, file: str) -> dict[str, str] | None:
    """
    Read ``areas.yml``; None for a site without the file.

    Raises ``QuangbaError`` for a file that is no list of names.
    """
    if not path.is_file():
        return None
    try:
        found = load(path.read_text(encoding="utf-8-sig"))
    except DataError as error:
        raise QuangbaError("data-yaml", file, error.line, what=error.what) from error
    except UnicodeDecodeError as error:
        raise QuangbaError("data-yaml", file, what="UTF-8") from error
    if not isinstance(found, dict):
        if found is None:
            return None
        raise QuangbaError("data-yaml", file, 1, what=say("cần `mã: tên`", "not `code: name`"))
    for name, text in found.items():
        if not isinstance(text, str) or not text.strip():
            raise QuangbaError("areas-wrong", file, name=str(name)[:60])
    return {str(name): nfc(text).strip() for name, text in found.items()}
