"""The command ``quangba init``: a new site for a province, with everything it needs to be built."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from string import Template
from tempfile import mkdtemp

import click
from babel import Locale
from babel.core import UnknownLocaleError, get_global

from quangba.catalogs.pofile import parse, serialise
from quangba.console import not_empty
from quangba.errors import QuangbaError, say
from quangba.files import unwritable
from quangba.source.lunar import today
from quangba.source.text import nfc

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

STARTER = Path(__file__).parent / "starter"
"""What a new site has before anybody wrote for it. ``$name`` and the like are filled in."""

INSTALLATION = Path(__file__).parents[2]
"""The repository, where this package runs from it: templates and their words lie beside it."""

TEMPLATES = "overrides"

WORDS = Path("LC_MESSAGES") / "ui.po"
"""Where a language has the words of the templates."""

SOURCE = "vi"
"""The language that the content of every site is written in."""

DEFAULT = "vi,en,zh,ja,ko,fr"

NAMES = {"zh": "简体中文"}
"""What languages are called where CLDR's name says less."""

CODE = re.compile("[a-z]{2,3}")
"""Codes of ISO 639-1 and 639-3."""

DRAWN = frozenset({"Latn", "Hans", "Jpan", "Kore"})
"""Scripts that the package has faces for (ISO 15924)."""

FIRST = (
    "git init -b main",
    "quangba sync",
    "git add .",
    'git commit -m "Trang mới"',
    "mkdocs serve",
)
"""What to run in a new site: reports and releases are made from the history of git."""

DOTTED = {"gitignore": ".gitignore"}
"""Files that would be left out of a package under their real name."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@click.command(
    help=say(
        'Tạo trang cho một tỉnh, ví dụ: quangba init thanh-hoa --name "Thanh Hóa" '
        "--languages vi,en,ko,lo.",
        'Create the site of a province, e.g. quangba init thanh-hoa --name "Thanh Hóa" '
        "--languages vi,en,ko,lo.",
    )
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--name",
    required=True,
    callback=not_empty,
    help=say("Tên tỉnh, bằng tiếng Việt.", "Name of the province, in Vietnamese."),
)
@click.option(
    "--languages",
    default=DEFAULT,
    show_default=True,
    help=say(
        "Mã ngôn ngữ, cách nhau bằng dấu phẩy; tiếng Việt luôn có.",
        "Codes of languages, separated by commas; Vietnamese is always one of them.",
    ),
)
def init(folder: Path, name: str, languages: str) -> None:
    """Create a site."""
    name, codes = nfc(name), codes_of(languages)
    create(folder, name, codes)
    click.echo(
        say(
            f"Đã tạo trang “{name}” trong {folder}. Xem README.vi.md trong đó, rồi:",
            f"Created the site “{name}” in {folder}. See README.vi.md there, then:",
        )
    )
    for line in (f"cd {folder}", *FIRST):
        click.echo(f"    {line}")
    drawn = [code for code in codes if not has_face(code)]
    if drawn:
        listed = ", ".join(drawn)
        click.echo(
            say(
                f"Chữ viết của {listed} cần phông riêng: xem mục “Ngôn ngữ” trong README.vi.md.",
                f"The script of {listed} needs a face of its own: see “Ngôn ngữ” in README.vi.md.",
            )
        )


def codes_of(given: str) -> list[str]:
    """
    Return the codes of the languages of a site, Vietnamese first; raises ``QuangbaError``.

    >>> codes_of('en, lo ,vi,en')
    ['vi', 'en', 'lo']
    """
    codes = [code.strip() for code in given.split(",") if code.strip()]
    for code in codes:
        if not CODE.fullmatch(code):
            raise QuangbaError("init-language", language=code[:40])
    return list(dict.fromkeys([SOURCE, *codes]))


def create(folder: Path, name: str, codes: list[str]) -> None:
    """
    Write a whole site, or nothing.

    Raises ``QuangbaError`` when the folder holds anything, the name cannot be a title, this
    installation has no templates, or the disk is full or closed.
    """
    if not name.isprintable():
        raise QuangbaError("init-name")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise QuangbaError("init-not-empty", folder)
    templates = INSTALLATION / TEMPLATES
    if not (templates / "portal" / "main.html").is_file():
        raise QuangbaError("init-no-templates", templates)
    try:
        with beside(folder) as made:
            write_starter(made, name, codes)
            lay_templates(made, codes)
            if folder.exists():
                folder.rmdir()
            os.replace(made, folder)
    except OSError as error:
        raise unwritable(folder, error) from error


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """Make a folder next to another; it is gone afterwards, unless it has taken its place."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(mkdtemp(prefix=f".{folder.name}.", suffix=".tmp", dir=folder.parent))
    try:
        made.chmod(0o777 & ~umask())
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def umask() -> int:
    """Return the bits that new files of this process do not get."""
    bits = os.umask(0)
    os.umask(bits)
    return bits


def write_starter(root: Path, name: str, codes: list[str]) -> None:
    """Write the files of the starter, filled in."""
    values = {
        "title": name,
        "name": name.replace("\\", "\\\\").replace('"', '\\"'),  # inside a quoted text of YAML
        "day": today().isoformat(),
        "codes": ", ".join(codes),
        "columns": ",".join(codes),
        "languages": "".join(language_line(code) for code in codes),
        "fonts": "".join(font_line(code) for code in codes if not has_face(code)),
    }
    for path in sorted(STARTER.rglob("*")):
        if path.is_file():
            target = root / path.relative_to(STARTER)
            target = target.with_name(DOTTED.get(target.name, target.name))
            target.parent.mkdir(parents=True, exist_ok=True)
            text = Template(path.read_text(encoding="utf-8")).substitute(values)
            target.write_text(text, encoding="utf-8", newline="\n")


def language_line(code: str) -> str:
    """
    Return the line of a language in ``mkdocs.yml``.

    >>> language_line('lo').strip()
    '- {locale: lo, name: "ລາວ", build: true}'
    >>> language_line('ium').strip()
    '- {locale: ium, name: "ium", build: true} # hãy ghi tên mà người nói gọi tiếng của mình'
    """
    name = own_name(code)
    default = "default: true, " if code == SOURCE else ""
    hint = "" if name else " # hãy ghi tên mà người nói gọi tiếng của mình"
    return f'      - {{locale: {code}, {default}name: "{name or code}", build: true}}{hint}\n'


def font_line(code: str) -> str:
    """Return what reminds of a face for the script of a language."""
    return f"    # fonts: {{{code}: fonts/…}} # phông cho chữ viết này, xem README.vi.md\n"


def own_name(code: str) -> str:
    """
    Return what a language calls itself; nothing where CLDR does not know it.

    >>> own_name('vi'), own_name('fr'), own_name('ium')
    ('Tiếng Việt', 'Français', '')
    """
    try:
        name = str(Locale.parse(code).get_language_name(code) or "")
    except (UnknownLocaleError, ValueError):
        return ""
    return NAMES.get(code, name[:1].upper() + name[1:])


def has_face(code: str) -> bool:
    """
    Tell whether the package has a face for the script of a language (CLDR's likely subtags).

    >>> has_face('ko'), has_face('ium'), has_face('lo')
    (True, True, False)
    """
    likely = str(get_global("likely_subtags").get(code, "Latn"))
    return bool(DRAWN & set(likely.split("_")))


def lay_templates(root: Path, codes: list[str]) -> None:
    """Copy the templates of this installation into a site, and their words in its languages."""
    shutil.copytree(INSTALLATION / TEMPLATES, root / TEMPLATES, dirs_exist_ok=True)
    for code in codes:
        words = INSTALLATION / "locales" / code / WORDS
        target = root / "locales" / code / WORDS
        if words.is_file() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            catalog = parse(words.read_bytes(), str(words), code)
            # What the templates said once tells of the province that it was said for.
            catalog.messages = catalog.active
            target.write_text(serialise(catalog), encoding="utf-8", newline="\n")
