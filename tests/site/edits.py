"""What people do to a site between two builds, as functions: on one page or another, by chance."""

from __future__ import annotations

import posixpath
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import yaml
from edited import STATE, Edited
from small import ROOT, approve, page

from quangba.catalogs.approval import approve_page, stamp_language, withdraw_page
from quangba.catalogs.message import Message
from quangba.catalogs.workspace import SITE, Workspace
from quangba.settings import Language
from support import open_workspace, sync, translate

# ----------------------------------------------------------------------------
# The site
# ----------------------------------------------------------------------------

PROVINCE = ROOT / "tests" / "sites" / "thanh-hoa"

LANGUAGES = ("vi", "en", "ko")


def province(root: Path, *languages: str) -> Edited:
    """Copy a small province with templates of its own, all of it reviewed."""
    languages = languages or LANGUAGES
    gone = "|".join({"vi", "en", "ko", "lo", "ium"}.difference(languages))
    left_out = re.compile(rf".*(?:locale: (?:{gone}),|fonts: \{{lo).*\n")
    shutil.copytree(PROVINCE, root)
    shutil.copytree(ROOT / "overrides", root / "overrides")
    for code in languages:
        folder = root / "locales" / code / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "locales" / code / "LC_MESSAGES" / "ui.po", folder)
    site = Edited(root / "mkdocs.yml")
    site.write("mkdocs.yml", lambda text: left_out.sub("", text))
    site.write(
        "content/_data/gates.yml",
        lambda text: text.replace("[lo, vi, en, ko]", f"[{', '.join(languages)}]"),
    )
    translate(site.config_file, lambda language, message: f"{language.code} {message.msgid}")
    approve(site.config_file)
    review(site)
    return site


def review(site: Edited, *names: str) -> Workspace:
    """Stamp all translations of some pages, by default of all."""
    workspace = open_workspace(site.config_file)
    for language in workspace.settings.targets:
        for name in names or workspace.names:
            stamp_language(workspace, name, language, "Người đọc", ())
    return workspace


# ----------------------------------------------------------------------------
# Parts
# ----------------------------------------------------------------------------


def any_page(site: Edited, chance: Random) -> str:
    """Choose a page; lists and gates are not renamed or removed."""
    return chance.choice(open_workspace(site.config_file).names)


def any_target(site: Edited, chance: Random) -> Language:
    """Choose a language that is translated to."""
    return chance.choice(open_workspace(site.config_file).settings.targets)


def let_out(site: Edited, name: str) -> None:
    """Approve a page, when it can be."""
    approve_page(open_workspace(site.config_file), name, "Người duyệt", "02/QĐ")


def approved_on(site: Edited, name: str, day: str) -> None:
    """Give an approval another day, where there is one."""
    path = open_workspace(site.config_file).gate.approval_file(name)
    if path.is_file():
        data = yaml.safe_load(path.read_text("utf-8"))
        path.write_text(yaml.safe_dump(data | {"date": day}, allow_unicode=True), "utf-8")


def message_of(
    site: Edited, language: Language, name: str, chance: Random, change: Callable[[Message], None]
) -> None:
    """Change one entry of a catalog."""
    workspace = open_workspace(site.config_file)
    catalog = workspace.catalog(language, name)
    if catalog and (active := list(catalog.active)):
        change(chance.choice(active))
        workspace.write_catalogs([(language, name, catalog)])


TITLE = re.compile(r'^title: "?([^"\n]*)"?$', re.MULTILINE)

# ----------------------------------------------------------------------------
# Edits
# ----------------------------------------------------------------------------


def nothing(site: Edited, chance: Random) -> None:
    """Do nothing."""


def paragraph(site: Edited, chance: Random) -> None:
    """Add a paragraph and approve the page; translators know nothing of it yet."""
    name = any_page(site, chance)
    text = f"\nĐoạn {chance.randrange(1000)} về [mục](#cau-chuyen), {chance.choice('ăâđêôơư')}.\n"
    site.write(f"content/{name}", lambda before: before + text)
    let_out(site, name)


def paragraph_translated(site: Edited, chance: Random) -> None:
    """Add a paragraph, translate and review it."""
    name = any_page(site, chance)
    number = chance.randrange(1000)
    site.write(f"content/{name}", lambda before: f"{before}\nĐoạn du lịch số {number}.\n")
    let_out(site, name)
    translate(
        site.config_file,
        lambda language, message: None if message.msgstr else f"{language.code} {message.msgid}",
        name,
    )
    review(site, name)


def unapproved_paragraph(site: Edited, chance: Random) -> None:
    """Add a paragraph and forget the approval."""
    site.write(f"content/{any_page(site, chance)}", lambda before: f"{before}\nChưa duyệt.\n")


def last_paragraph_removed(site: Edited, chance: Random) -> None:
    """Remove the last paragraph of a page."""
    name = any_page(site, chance)
    head, sep, body = (site.root / "content" / name).read_text("utf-8").partition("\n---\n")
    parts = body.rstrip().split("\n\n")
    site.write(f"content/{name}", head + sep + "\n\n".join(parts[:-1]) + "\n")
    let_out(site, name)


def synchronised(site: Edited, chance: Random) -> None:
    """Bring the catalogs in line with the content: old texts are stale now."""
    sync(site.config_file)


def everything_approved(site: Edited, chance: Random) -> None:
    """Approve all pages, translate what is missing, review everything."""
    for name in open_workspace(site.config_file).names:
        let_out(site, name)
    translate(
        site.config_file,
        lambda language, message: (
            f"{language.code} {message.msgid}" if message.stale or not message.msgstr else None
        ),
    )
    review(site)


def translation(site: Edited, chance: Random) -> None:
    """Change a translation; its review is gone with that."""
    name, number = any_page(site, chance), chance.randrange(1000)

    def change(message: Message) -> None:
        message.msgstr = f"{message.msgstr} {number}"

    message_of(site, any_target(site, chance), name, chance, change)


def translation_reviewed(site: Edited, chance: Random) -> None:
    """Change a translation and review it on another day."""
    name, day = any_page(site, chance), f"2026-0{chance.randrange(1, 10)}-11"

    def change(message: Message) -> None:
        message.msgstr = f"{message.msgstr} {day[5:7]}"
        message.approve("Người khác", day, "official")

    message_of(site, any_target(site, chance), name, chance, change)


def translation_removed(site: Edited, chance: Random) -> None:
    """Empty a translation: the page may be gone from the language."""

    def change(message: Message) -> None:
        message.msgstr = ""

    message_of(site, any_target(site, chance), any_page(site, chance), chance, change)


def site_text(site: Edited, chance: Random) -> None:
    """Change a text of ``site.po``."""

    def change(message: Message) -> None:
        message.msgstr = f"{message.msgstr or message.msgid} ."

    message_of(site, any_target(site, chance), SITE, chance, change)


def interface_text(site: Edited, chance: Random) -> None:
    """Change a text of ``ui.po``."""
    code = chance.choice(LANGUAGES)

    def change(text: str) -> str:
        match = chance.choice(list(re.finditer(r'^msgstr "[^"%{]+"', text, re.MULTILINE)))
        return f"{text[: match.end() - 1]}.{text[match.end() - 1 :]}"

    site.write(f"locales/{code}/LC_MESSAGES/ui.po", change)


def title(site: Edited, chance: Random) -> None:
    """Change a title in the front matter."""
    name, number = any_page(site, chance), chance.randrange(1000)
    site.write(
        f"content/{name}",
        lambda text: TITLE.sub(rf'title: "\1 {number}"', text, count=1),
    )
    let_out(site, name)


def heading_removed(site: Edited, chance: Random) -> None:
    """Remove a heading that others may link to."""
    name = any_page(site, chance)
    site.write(f"content/{name}", lambda text: re.sub(r"^## .*\n", "", text, count=1, flags=re.M))
    let_out(site, name)


def linked(site: Edited, chance: Random) -> None:
    """Link from a page to a heading of another one, that may be there or not."""
    name, other = any_page(site, chance), any_page(site, chance)
    path = posixpath.relpath(other, posixpath.dirname(name) or ".")
    site.write(f"content/{name}", lambda text: f"{text}\nXem [kia]({path}#can-biet).\n")
    let_out(site, name)


def outside_link(site: Edited, chance: Random) -> None:
    """Link to the web; a kiosk draws a code for it."""
    name, number = any_page(site, chance), chance.randrange(100)
    link = f"\nXem [mạng](https://example.test/{number}) hoặc <tel:{number}>.\n"
    site.write(f"content/{name}", lambda text: text + link)
    let_out(site, name)


def withdrawn(site: Edited, chance: Random) -> None:
    """Take a page out."""
    withdraw_page(open_workspace(site.config_file), any_page(site, chance), "Sở", "sai")


def approval_removed(site: Edited, chance: Random) -> None:
    """Lose an approval."""
    workspace = open_workspace(site.config_file)
    workspace.gate.approval_file(any_page(site, chance)).unlink(missing_ok=True)


def approved_again(site: Edited, chance: Random) -> None:
    """Approve a page once more, on another day."""
    year = chance.choice([2026, 2027])
    approved_on(site, any_page(site, chance), f"{year}-0{chance.randrange(1, 10)}-21")


def fact(site: Edited, chance: Random) -> None:
    """Correct a number."""
    number = chance.randrange(1000, 9999)
    site.write(
        "content/_data/facts.yml",
        lambda text: re.sub(r"value: \d+", f"value: {number}", text, count=1),
    )


def picture(site: Edited, chance: Random) -> None:
    """Change a picture; who approved its pages has to look again."""
    name = chance.choice(["festival", "citadel", "gate"])
    size = chance.randrange(9)
    site.write(
        f"content/images/{name}.svg",
        lambda text: text.replace("</svg>", f'<path d="M{size} 0"/></svg>'),
    )


def template(site: Edited, chance: Random) -> None:
    """Change a template."""
    name = chance.choice(sorted((site.root / "overrides").rglob("*.html")))
    name.write_text(f"{name.read_text('utf-8')}\n", "utf-8")


def option(site: Edited, chance: Random) -> None:
    """Change a setting."""
    name = f"site_name: Thanh Hóa {chance.randrange(100)}\n"
    site.write("mkdocs.yml", lambda text: re.sub(r"^site_name:.*\n", name, text, flags=re.M))


def page_added(site: Edited, chance: Random) -> None:
    """Write a page that no navigation lists."""
    name = f"visit/trang-{chance.randrange(1000)}.md"
    meta = "reviewed_on: 2026-11-26\ntype: article\ndescription: Một trang.\n"
    text = page("Trang mới", "Một đoạn.", meta)
    site.write(f"content/{name}", text.replace("so-du-lich", "so-van-hoa-the-thao-du-lich"))
    let_out(site, name)


def page_removed(site: Edited, chance: Random) -> None:
    """Remove a page that was added, if there is one."""
    if found := sorted((site.root / "content" / "visit").glob("trang-*.md")):
        chance.choice(found).unlink()


def page_renamed(site: Edited, chance: Random) -> None:
    """Rename a page that was added, and leave a redirect."""
    if found := sorted((site.root / "content" / "visit").glob("trang-*.md")):
        old = chance.choice(found)
        new = old.with_name(f"trang-{chance.randrange(1000, 9999)}.md")
        old.rename(new)
        path = site.root / "content" / "_data" / "redirects.yml"
        known = path.read_text("utf-8") if path.is_file() else ""
        path.write_text(f"{known}visit/{old.name}: visit/{new.name}\n", "utf-8")
        let_out(site, f"visit/{new.name}")


def term(site: Edited, chance: Random) -> None:
    """Add a term to the glossary."""
    line = f"vịnh {chance.randrange(1000)}"
    site.write("locales/glossary.csv", lambda text: text.rstrip("\n") + f"\n{line}\n")


def published_edited(site: Edited, chance: Random) -> None:
    """Edit a file of the published site by hand."""
    path = chance.choice(sorted(site.site.rglob("*.html")))
    path.write_text("<p>by hand", "utf-8")


def published_deleted(site: Edited, chance: Random) -> None:
    """Delete a file of the published site."""
    chance.choice([p for p in sorted(site.site.rglob("*")) if p.is_file()]).unlink()


def published_added(site: Edited, chance: Random) -> None:
    """Put a file into the published site."""
    (site.site / f"extra-{chance.randrange(9)}.html").write_text("extra", "utf-8")


def state_broken(site: Edited, chance: Random) -> None:
    """Cut off or flip what the last build left."""
    folder = site.root / STATE
    if found := sorted(folder.glob("*.state")):
        path = chance.choice(found)
        data = bytearray(path.read_bytes())
        if chance.random() < 0.5:
            del data[chance.randrange(len(data)) :]
        else:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)


OFTEN = (paragraph, paragraph_translated, translation, translation_reviewed, last_paragraph_removed)
"""What people do all day."""

EDITS = (
    *(nothing, unapproved_paragraph, synchronised, everything_approved, translation_removed),
    *(site_text, interface_text, title, heading_removed, linked, outside_link, withdrawn),
    *(approval_removed, approved_again, fact, picture, template, option, page_added),
    *(page_removed, page_renamed, term, published_edited, published_deleted, published_added),
    *(state_broken, everything_approved),
)


def some_edit(chance: Random) -> Callable[[Edited, Random], None]:
    """Choose an edit."""
    return chance.choice(OFTEN if chance.random() < 0.6 else EDITS)
