"""Manifest: the translation packages that this project knows, with their hashes."""

from __future__ import annotations

from dataclasses import dataclass

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

HOSTS = ("https://argos-net.com/v1/", "https://data.argosopentech.com/argospm/v1/")
"""Where the packages are published, in order of preference."""

CC_BY = "CC BY 4.0"
"""Licence that the ``README.md`` of packages made from OPUS-MT names."""

OPUS_MT = (
    "Jörg Tiedemann and Santhosh Thottingal, "
    "OPUS-MT — Building open translation services for the World, EAMT 2020"
)
"""Attribution that OPUS-MT asks for."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Release:
    """
    One published package.

    >>> release = Release('en', 'zh', '1.9', 3, 'ab' * 32)
    >>> release.name, release.file
    ('en_zh-1.9', 'translate-en_zh-1_9.argosmodel')
    >>> release.addresses[0]
    'https://argos-net.com/v1/translate-en_zh-1_9.argosmodel'
    """

    source: str
    """Language it translates from, as in its ``metadata.json``."""
    target: str
    """Language it translates into."""
    version: str
    """Version, e.g. ``1.9``."""
    size: int
    """Bytes of the ``.argosmodel`` file."""
    sha256: str
    """SHA-256 of the ``.argosmodel`` file, 64 lower-case hexadecimal digits."""
    licence: str = ""
    """Licence that the package names; empty when it names none."""
    attribution: str = ""
    """Whom the credits page names."""

    @property
    def name(self) -> str:
        """Name in commands and in the store, e.g. ``vi_en-1.9``."""
        return f"{self.source}_{self.target}-{self.version}"

    @property
    def file(self) -> str:
        """Name of the published file, e.g. ``translate-vi_en-1_9.argosmodel``."""
        version = self.version.replace(".", "_")
        return f"translate-{self.source}_{self.target}-{version}.argosmodel"

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where the file can be fetched, in order of preference."""
        return tuple(host + self.file for host in HOSTS)


MANIFEST: tuple[Release, ...] = (
    Release(
        "vi",
        "en",
        "1.9",
        65_895_840,
        "ebd51b7189b13eccb9238a5777de1d343008c4c05284a8b89610242364433953",
        CC_BY,
        OPUS_MT,
    ),
    Release(
        "en",
        "zh",
        "1.9",
        70_743_021,
        "433e7c4f034d87fbe2353161e05f18646d7999452f801a4e1f0378522b9850ab",
        CC_BY,
        OPUS_MT,
    ),
    Release(
        "en",
        "fr",
        "1.9",
        65_472_327,
        "3a65ed83364f4e7b06e30f9dd823db1934899ed3ce839e63f46dc7b09dc797b4",
        CC_BY,
        OPUS_MT,
    ),
    Release(
        "en",
        "ja",
        "1.1",
        120_470_284,
        "16300cc4eaa85320520cabcf433b63d01be40ef6966251de72043a083408f716",
        attribution="Argos Translate, package translate-en_ja-1_1",
    ),
    Release(
        "en",
        "ko",
        "1.1",
        120_789_009,
        "e03d8e65e6d44525ec5808c3409fcf8728c76c2c76925372b6d3dc3278de17fc",
        attribution="Argos Translate, package translate-en_ko-1_1",
    ),
)
"""The packages of the site's languages; each hash was published by two unrelated projects."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def find(name: str) -> Release | None:
    """
    Return the release with this name, with or without its version.

    >>> find('vi_en').name, find('en_ja-1.1').version, find('vi_ja')
    ('vi_en-1.9', '1.1', None)
    """
    for release in MANIFEST:
        if name in (release.name, f"{release.source}_{release.target}"):
            return release
    return None


def leads_to(language: str) -> bool:
    """
    Tell whether a published package translates into a language.

    >>> leads_to('ko'), leads_to('lo')
    (True, False)
    """
    return any(release.target == language for release in MANIFEST)


def by_sha256(digest: str) -> Release | None:
    """Return the release whose file has this SHA-256."""
    return next((release for release in MANIFEST if release.sha256 == digest), None)


def by_file(file: str) -> Release | None:
    """Return the release whose file is called so, in any case (USB sticks change it)."""
    return next((release for release in MANIFEST if release.file == file.lower()), None)
