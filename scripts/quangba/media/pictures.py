"""
Pictures: each is encoded once, kept by the hash of its content, and described for templates.

What was made lies in the cache under a key of source bytes, recipe and encoder versions; a picture
is complete when its list of files is there, which is written last. So a run that was interrupted
leaves whole pictures or none, and an unchanged site encodes nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
import signal
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from quangba.errors import Problem, QuangbaError
from quangba.media.encode import Variant, encoded, encoders, normalised
from quangba.media.keeping import keep
from quangba.source.assets import digest
from quangba.source.raster import FORMATS
from quangba.source.svg import svg_size

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FOLDER = "media"
"""Where pictures are on the site, from its root; the same files for all languages."""

WORKERS = 2
"""Processes that encode at the same time; each may need 400 MB for the largest picture."""

FEW = 3
"""Pictures that are encoded without a word about progress."""

FILE = re.compile(r"[0-9a-f]{16}-\d+\.(?:avif|webp|jpg|png)")
"""Name of a file of a picture."""

TYPES = {"avif": "image/avif", "webp": "image/webp"}

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Picture:
    """A picture as the site has it."""

    key: str
    """Begin of the names of its files, from its content: 16 hexadecimal digits."""
    variants: tuple[Variant, ...]

    @property
    def largest(self) -> Variant:
        """The file for everybody: JPEG or PNG, as wide as we have it."""
        return self.variants[-1]

    def path(self, variant: Variant) -> str:
        """Return where a file is, from the root of the site: ``media/3f…-800.avif``."""
        return f"{FOLDER}/{self.key}{variant.suffix}"


@dataclass
class Pictures:
    """The pictures of one site."""

    content: Path
    """Folder of the sources."""
    cache: Path
    """Folder of what was made; it may be deleted at any time."""
    tell: Callable[[str], None] = lambda text: None
    """Says how far a long run is."""
    found: dict[str, Picture] = field(default_factory=dict)
    """Pictures that are ready, by path from ``content/``."""
    used: set[str] = field(default_factory=set)
    """Pictures that pages asked for; only these are written."""

    @cached_property
    def stamp(self) -> str:
        """What all results depend on besides their sources."""
        return encoders()

    def key(self, asset: str) -> str:
        """Return the name of a picture in the cache: source bytes, recipe, encoders."""
        text = f"{digest(self.content / asset)}\x1f{self.stamp}"
        return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]

    def prepare(self, assets: Iterable[str]) -> list[Problem]:
        """
        Make pictures ready, several at a time; what cannot be used is returned, not raised.

        An interruption ends it at once: nothing half-made stays. Raises ``QuangbaError``
        (``file-unwritable``) when there is no place for what is made: a page must not lose its
        pictures because a disk is full.
        """
        problems, waiting = [], []
        for asset in sorted(set(assets)):
            if is_raster(asset) and asset not in self.found:
                picture = self.cached(asset)
                if picture:
                    self.found[asset] = picture
                elif (self.content / asset).is_file():
                    waiting.append(asset)
        if len(waiting) > 1:
            problems += self.encode_many(waiting)
        elif waiting:
            try:
                self.found[waiting[0]] = self.encode(waiting[0])
            except QuangbaError as error:
                problems.append(error.problem)
        for problem in problems:
            if problem.code == "file-unwritable":
                raise QuangbaError(problem.code, problem.file, 0, **dict(problem.values))
        return problems

    def encode_many(self, assets: list[str]) -> list[Problem]:
        """Encode pictures in several processes."""
        from concurrent.futures import Future, ProcessPoolExecutor, as_completed
        from concurrent.futures.process import BrokenProcessPool
        from multiprocessing import get_context

        problems = []
        # Threads of a live preview forbid a plain fork.
        pool = ProcessPoolExecutor(WORKERS, get_context("spawn"), initializer=leave_signals)
        try:
            tasks: dict[Future[Problem | None], str] = {}
            for asset in assets:
                task = pool.submit(try_to_make, self.content / asset, self.cache, self.key(asset))
                tasks[task] = asset
            for done, task in enumerate(as_completed(tasks), 1):
                asset = tasks[task]
                try:
                    problem = task.result()
                except BrokenProcessPool:
                    # The system ended a worker, for want of memory most likely.
                    problem = Problem.at("asset-broken", asset=asset, what="worker ended")
                picture = None if problem else self.cached(asset)
                if picture:
                    self.found[asset] = picture
                elif problem:
                    problems.append(problem)
                if len(assets) > FEW:
                    self.tell(f"{done}/{len(assets)} {asset}")
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        return sorted(problems, key=lambda problem: str(problem))

    def encode(self, asset: str) -> Picture:
        """Return a picture, encoded now if it has to be; raises ``QuangbaError``."""
        picture = self.cached(asset)
        if picture is None:
            make(self.content / asset, self.cache, self.key(asset))
            picture = self.cached(asset)
        if picture is None:
            raise QuangbaError("file-unreadable", str(self.cache), what=asset)
        return picture

    def cached(self, asset: str) -> Picture | None:
        """Return what the cache has of a picture, None when something of it is missing."""
        key = self.key(asset)
        try:
            variants = []
            for *made, size in json.loads((self.cache / f"{key}.json").read_bytes()):
                variants.append(Variant(*made))
                if (self.cache / f"{key}{variants[-1].suffix}").stat().st_size != size:
                    return None
        except (OSError, ValueError, TypeError):
            return None
        return Picture(key, tuple(variants)) if variants else None

    def describe(
        self, asset: str, link: Callable[[str], str], sizes: str = "100vw"
    ) -> dict[str, Any] | None:
        """
        Return what a template needs of a picture, None when it cannot be shown.

        ``link`` makes an address of a path from the root of the site. The result has ``sources``
        (each ``type`` and ``srcset``), ``src``, ``srcset``, ``width``, ``height`` and ``sizes``;
        a drawing has one file for all sizes and no ``sources``.
        """
        if not is_raster(asset):
            return drawing(self.content / asset, link(quote(asset)))
        try:
            picture = self.found.get(asset) or self.encode(asset)
        except QuangbaError:
            # The gate reported it; a page without it is better than no page.
            return None
        self.found[asset] = picture
        self.used.add(asset)
        by_format: dict[str, list[str]] = {}
        for variant in picture.variants:
            address = f"{link(picture.path(variant))} {variant.width}w"
            by_format.setdefault(variant.format, []).append(address)
        last = picture.largest
        return {
            "sources": [
                {"type": TYPES[name], "srcset": ", ".join(addresses)}
                for name, addresses in by_format.items()
                if name in TYPES
            ],
            "src": link(picture.path(last)),
            "srcset": ", ".join(by_format[last.format]),
            "width": last.width,
            "height": last.height,
            "sizes": sizes,
        }

    def write(self, site: Path) -> None:
        """Write the files of the pictures that pages use, once for all languages."""
        files = {}
        for asset in sorted(self.used):
            picture = self.found[asset]
            for variant in picture.variants:
                source = self.cache / f"{picture.key}{variant.suffix}"
                files[site / picture.path(variant)] = source
        for target, source in files.items():
            if not (target.is_file() and target.stat().st_size == source.stat().st_size):
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(source.read_bytes())


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def is_raster(asset: str) -> bool:
    """Tell by its name whether a file is a picture that we encode."""
    return Path(asset).suffix.lower() in FORMATS


def kept_file(cache: Path, address: str) -> Path | None:
    """
    Return the file in the cache that stands at an address of the site, for previews.

    ``address`` is a path from the root of the site: ``media/3f…-800.avif``.
    """
    folder, _, name = address.rpartition("/")
    path = cache / name
    return path if folder == FOLDER and FILE.fullmatch(name) and path.is_file() else None


def drawing(path: Path, address: str) -> dict[str, Any] | None:
    """Return what a template needs of an SVG."""
    try:
        width, height = svg_size(path)
    except (QuangbaError, OSError):
        return None
    return {
        "sources": [],
        "src": address,
        "srcset": "",
        "width": width,
        "height": height,
        "sizes": "",
    }


def make(path: Path, cache: Path, key: str) -> None:
    """Encode one picture into the cache; the list of its files comes last."""
    files = encoded(normalised(path))
    for variant, data in files:
        keep(cache / f"{key}{variant.suffix}", data)
    listed = [(each.format, each.width, each.height, len(data)) for each, data in files]
    keep(cache / f"{key}.json", json.dumps(listed).encode("ascii"))


def try_to_make(path: Path, cache: Path, key: str) -> Problem | None:
    """Encode one picture; say what is wrong, for errors do not travel between processes."""
    try:
        make(path, cache, key)
    except QuangbaError as error:
        return error.problem
    return None


def leave_signals() -> None:
    """Let the process that started the workers answer to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
