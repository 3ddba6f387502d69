"""
The list of what is shipped (SBOM), as CycloneDX 1.6 in JSON.

It holds the Python packages that the product runs with, with the hashes of the lock, and the files
of every part with their SHA-256, each with its licence. What the build makes of them (pages, cards,
search, downloads) is not listed. The same commit gives the same bytes: the date is that of the
commit, or ``SOURCE_DATE_EPOCH``; the serial number is made from the content.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import getaddresses
from importlib.metadata import Distribution
from itertools import groupby
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from cyclonedx.model import (
    ExternalReference,
    ExternalReferenceType,
    HashAlgorithm,
    HashType,
    Property,
    XsUri,
)
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.contact import OrganizationalContact, OrganizationalEntity
from cyclonedx.model.dependency import Dependency
from cyclonedx.model.license import DisjunctiveLicense, License, LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from packaging.utils import NormalizedName

from quangba import __version__
from quangba.errors import QuangbaError
from quangba.site.datasets import FORMATS, LICENCE, SCHEMA
from quangba.source.commit import checked_out
from quangba.supply.lock import Locked
from quangba.supply.parts import PARTS, Part
from quangba.supply.spdx import canonical, licence_of

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

OURS = "quangba"
"""The name of the product, and of our own properties."""

PROJECT = "Nhóm dự án Quảng Bá"
"""Who supplies the product and writes the list."""

LICENCE_OF_CODE = "MIT"

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def described(root: Path) -> tuple[datetime, list[Property]]:
    """
    Return the date of the list (UTC), and which commit it describes, where there is one.

    Files that are not as in the commit are said: the list is of them, not of the commit alone.
    Raises ``QuangbaError`` when there is neither a commit nor ``SOURCE_DATE_EPOCH``
    (https://reproducible-builds.org/specs/source-date-epoch/).
    """
    at = checked_out(root)
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        when = at.created if at and not given else datetime.fromtimestamp(int(given), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise QuangbaError("supply-no-date") from error
    if at is None:
        return when, []
    changed = "true" if at.changed else "false"
    return when, [
        Property(name=f"{OURS}:commit", value=at.commit),
        Property(name=f"{OURS}:changed", value=changed),
    ]


def make_sbom(
    locked: Iterable[Locked],
    running: Mapping[NormalizedName, set[NormalizedName]],
    installed: Mapping[NormalizedName, Distribution],
    parts: Iterable[Part],
    when: datetime,
    of: Iterable[Property],
) -> str:
    """
    Return the list as JSON that ends with a newline.

    ``running`` are the packages that run, each with those that it asks for itself; ``of`` says
    which commit is described.
    """
    product = Component(
        name=OURS,
        version=__version__,
        type=ComponentType.APPLICATION,
        bom_ref=OURS,
        supplier=OrganizationalEntity(name=PROJECT),
        licenses=[licence_component(LICENCE_OF_CODE)],
        properties=of,
    )
    packages = {
        each.purl: package_component(each, installed.get(each.name))
        for each in locked
        if each.name in running
    }
    refs: dict[NormalizedName, list[Component]] = {}
    for each in locked:
        if each.name in running:
            refs.setdefault(each.name, []).append(packages[each.purl])
    bom = Bom(
        version=1,
        # A serial number of zeros while the content is hashed.
        serial_number=UUID(int=0),
        metadata=BomMetaData(
            component=product, timestamp=when, authors=[OrganizationalContact(name=PROJECT)]
        ),
        components=[*packages.values(), *part_components(parts), data_component()],
    )
    for each in locked:
        if each.name in running:
            needs = [ref for name in running[each.name] for ref in refs[name]]
            dependencies = [Dependency(ref=need.bom_ref) for need in needs]
            bom.dependencies.add(Dependency(packages[each.purl].bom_ref, dependencies))
    direct = [Dependency(ref=each.bom_ref) for each in bom.components]
    bom.dependencies.add(Dependency(product.bom_ref, direct))
    text = JsonV1Dot6(bom).output_as_string(indent=2)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    bom.serial_number = uuid5(NAMESPACE_URL, f"{OURS}:sbom:{digest}")
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def package_component(locked: Locked, package: Distribution | None) -> Component:
    """Return a Python package; its hashes are those of the files that pip may take."""
    terms = licence_of(package) if package else None
    return Component(
        name=locked.name,
        version=locked.version,
        type=ComponentType.LIBRARY,
        bom_ref=locked.purl,
        purl=PackageURL.from_string(locked.purl),
        publisher=makers(package) if package else None,
        scope=ComponentScope.REQUIRED,
        licenses=[licence_component(terms)] if terms else [],
        external_references=[
            ExternalReference(
                type=ExternalReferenceType.DISTRIBUTION,
                url=XsUri(locked.purl),
                hashes=[sha256(each) for each in locked.hashes],
            )
        ],
        properties=[Property(name=f"{OURS}:marker", value=locked.marker)] if locked.marker else [],
    )


def makers(package: Distribution) -> str | None:
    """Return the names of those who make a package, without their mail addresses."""
    names: list[str] = []
    for field in ("Author", "Maintainer"):
        names += package.metadata.get_all(field) or ()
        mails = package.metadata.get_all(f"{field}-email") or ()
        names += [name for name, _ in getaddresses(mails)]
    lines = [" ".join(name.split()) for name in names]
    return ", ".join(dict.fromkeys(filter(None, lines))) or None


def part_components(parts: Iterable[Part]) -> Iterator[Component]:
    """Yield works of others, then our own files by part; each holds its files."""
    everything = list(parts)
    foreign = sorted((part for part in everything if part.work), key=work_key)
    for (name, version, purl), files in groupby(foreign, key=work_key):
        held = list(files)
        yield Component(
            name=name,
            version=version or None,
            type=ComponentType.LIBRARY,
            bom_ref=purl or f"{OURS}:work:{name}@{version}",
            purl=PackageURL.from_string(purl) if purl else None,
            licenses=[
                licence_component(terms) for terms in sorted({part.licence for part in held})
            ],
            copyright="; ".join(sorted({holder for part in held for holder in part.holders})),
            components=[file_component(part) for part in held],
        )
    for group, (description, _) in PARTS.items():
        own = [part for part in everything if part.group == group and not part.work]
        if own:
            yield Component(
                name=f"{OURS}-{group}",
                version=__version__,
                description=description,
                type=ComponentType.LIBRARY,
                bom_ref=f"{OURS}:part:{group}",
                components=[file_component(part) for part in own],
            )


def work_key(part: Part) -> tuple[str, str, str]:
    """Return what makes two files parts of one work."""
    assert part.work is not None
    return part.work.name, part.work.version, part.work.purl


def file_component(part: Part) -> Component:
    """Return one file."""
    return Component(
        name=part.file,
        type=ComponentType.FILE,
        bom_ref=f"file:{part.file}",
        hashes=[sha256(part.sha256)],
        licenses=[licence_component(part.licence)],
        copyright="; ".join(part.holders),
        properties=[Property(name=f"{OURS}:part", value=part.group)],
    )


def data_component() -> Component:
    """Return the open data that every build of the portal makes from its project pages."""
    return Component(
        name="projects",
        version=__version__,
        type=ComponentType.DATA,
        description="investment projects, in the language of each folder",
        bom_ref=f"{OURS}:data:projects",
        licenses=[licence_component(LICENCE["name"].replace(" ", "-"))],
        properties=[
            Property(name=f"{OURS}:published", value=path)
            for path in (SCHEMA, *(path for path, _ in FORMATS.values()))
        ],
    )


def licence_component(terms: str) -> License:
    """Return a licence: by its SPDX name, as an SPDX expression, or in the words of its holder."""
    known = canonical(terms)
    if known is None:
        return DisjunctiveLicense(name=terms)
    return LicenseExpression(known) if " " in known else DisjunctiveLicense(id=known)


def sha256(content: str) -> HashType:
    """Return a SHA-256, given in hexadecimal."""
    return HashType(alg=HashAlgorithm.SHA_256, content=content)


def schema_problems(text: str) -> list[str]:
    """Return what the schema of CycloneDX 1.6, which its library brings along, finds wrong."""
    found = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text, all_errors=True)
    return [str(each.data.message) for each in found or ()]
