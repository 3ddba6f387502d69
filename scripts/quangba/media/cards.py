"""
Cards: what social networks show of a page, each drawn once and kept.

What draws them (``lettering.py``) takes a while to load; most builds have all their cards already.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import cache, cached_property, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from quangba.errors import QuangbaError
from quangba.media.keeping import keep
from quangba.source.assets import digest

if TYPE_CHECKING:
    from quangba.media.faces import Face
    from quangba.media.lettering import Letterer

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

MADE_BY = tuple(
    Path(__file__).parent / f"{name}.py"
    for name in ("lettering", "sizes", "typeset", "compounds", "faces", "raster")
)
"""Modules that decide about pixels: a change of any of them draws all cards again."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Card:
    """What a card says."""

    language: str
    """Code of the language, which chooses faces and breaks lines."""
    title: str
    label: str
    """What kind of page it is."""
    site: str
    """Name of the site."""
    note: str = ""
    """A line at the foot: that this is a sample edition."""
    art: Path | None = None
    """The picture of the page."""

    def missing(self, own: tuple[Face, ...] = ()) -> list[str]:
        """Return the characters that no face can draw, those of the site included."""
        from quangba.media.typeset import missing

        text = "".join((self.title, self.label, self.site, self.note))
        return missing(text, self.language, own)


@dataclass(frozen=True)
class Made:
    """A card that was drawn."""

    data: bytes
    """JPEG."""
    kept: Path | None
    """Where it is in the cache, when it could be kept there."""


@dataclass
class Cards:
    """Draws cards, each once."""

    cache: Path
    """Folder of what was made; it may be deleted at any time."""
    mark: Path | None = None
    """The site's mark: an SVG in one colour, ``currentColor``."""
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Names by language that lines should not break."""
    own: tuple[Face, ...] = ()
    """Faces of the site, for scripts that those of the package lack."""

    @cached_property
    def letterer(self) -> Letterer:
        """What draws."""
        from quangba.media.lettering import Letterer
        from quangba.media.raster import Art

        return Letterer(Art(self.cache / "art"), self.mark, self.own)

    @cached_property
    def stamp(self) -> str:
        """What all cards depend on besides their texts and pictures."""
        parts = [drawn_by(), *(digest(face.path) for face in self.own)]
        return "\x1f".join([*parts, digest(self.mark) if self.mark else ""])

    @cached_property
    def folder(self) -> Path:
        """Where cards are kept: ``<key>-<digest of the bytes>.jpg``."""
        return self.cache / "cards"

    @cached_property
    def kept(self) -> dict[str, Path]:
        """Files that are kept, by key."""
        try:
            return {path.name.partition("-")[0]: path for path in self.folder.glob("*-*.jpg")}
        except OSError:
            return {}

    def key(self, card: Card) -> str:
        """Return what tells a card from all others."""
        texts = asdict(card) | {"art": self.art_digest(card.art)}
        names = repr(self.names_in(card))
        text = "\x1f".join((repr(sorted(texts.items())), names, self.stamp))
        return hashlib.sha256(text.encode("utf-8")).hexdigest()[:24]

    def names_in(self, card: Card) -> list[str]:
        """Return the names that stand in a title."""
        title = card.title.lower()
        return [name for name in self.names.get(card.language, ()) if name.lower() in title]

    @lru_cache(maxsize=1000)  # noqa: B019 (one object for a build)
    def art_digest(self, path: Path | None) -> str:
        """Return the hash of a picture, read once."""
        return digest(path) if path else ""

    def __hash__(self) -> int:
        return id(self)

    def find(self, card: Card) -> Made | None:
        """
        Return a card that was drawn before.

        None when there is none, or its file is not what was written: cut off by a power cut, or
        changed through its second name in a site that was published.
        """
        path = self.kept.get(self.key(card))
        if path is None:
            return None
        try:
            data = path.read_bytes()
        except OSError:
            return None
        return Made(data, path) if path.stem.endswith(f"-{digest_of(data)}") else None

    def make(self, card: Card) -> Made:
        """Return a card, from the cache when it was drawn before."""
        if found := self.find(card):
            return found
        from quangba.media.lettering import jpeg

        data = jpeg(self.letterer.draw(card, self.names_in(card)))
        path = self.folder / f"{self.key(card)}-{digest_of(data)}.jpg"
        with suppress(QuangbaError):  # a closed disk only costs time later
            keep(path, data)
            return Made(data, path)
        return Made(data, None)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@cache
def drawn_by() -> str:
    """Name everything of this program that decides about the pixels of a card."""
    from PIL import features

    from quangba.media.encode import encoders
    from quangba.media.faces import FOLDER

    libraries = [version("resvg_py"), *map(features.version, ("freetype2", "raqm"))]
    files = [digest(path) for path in (*MADE_BY, *sorted(FOLDER.glob("*.woff2")))]
    return "\x1f".join(map(str, [encoders(), *libraries, *files]))


def digest_of(data: bytes) -> str:
    """Return what tells whether a file is whole."""
    return hashlib.sha256(data).hexdigest()[:16]
