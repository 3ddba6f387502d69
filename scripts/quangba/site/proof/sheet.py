"""Sheet: the proof as one page for people, Vietnamese first, with English beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from babel.numbers import format_decimal
from jinja2 import Environment, PackageLoader, StrictUndefined

from quangba.settings import EDITIONS
from quangba.site.proof.ledger import SHOWN
from quangba.site.proof.look import faces, look
from quangba.site.proof.parity import is_reviewed
from quangba.site.proof.words import (
    BECAUSE,
    EDITION,
    FIRST,
    GROUPS,
    KINDS,
    MARKS,
    PARTS,
    STATES,
    Both,
)

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------

Record = dict[str, Any]

NOBODY = ("–", "", "")
"""Who approved a page of a site without a gate."""


@dataclass
class Line:
    """One line of the first screen."""

    about: Both
    good: bool
    text: Both


@dataclass
class Sheet:
    """What the template asks for."""

    records: dict[str, Record | None]
    """By edition; None where there is no record."""
    both: Record

    @cached_property
    def known(self) -> dict[str, Record]:
        """The records that are there."""
        return {name: self.records[name] or {} for name in EDITIONS if self.records.get(name)}

    @cached_property
    def sites(self) -> dict[str, Record]:
        """The sites that stand, by edition."""
        return {name: one["standing"] for name, one in self.known.items() if one["standing"]}

    @property
    def about(self) -> Record:
        """Name and address of the site."""
        about: Record = next(iter(self.known.values()))["site"]
        return about

    @property
    def languages(self) -> list[Record]:
        """The languages of the editions."""
        found = {one["code"]: one for site in self.sites.values() for one in site["languages"]}
        return list(found.values())

    # The first screen

    def lines(self) -> list[Line]:
        """Say in five lines what a person in charge must know."""
        return [self.public(), self.approved(), self.refused(), self.wrong(), self.made_from()]

    def public(self) -> Line:
        """Say how many pages are public, in how many languages."""
        parts = []
        for name in EDITIONS:
            edition = EDITION[name]
            site = self.sites.get(name)
            if site is None:
                parts.append(
                    Both(f"{edition.vi}: chưa có bản dựng.", f"{edition.en}: not built yet.")
                )
                continue
            counts = {code: shown_in(states) for code, states in site["counts"].items()}
            source, *others = counts.values()
            if not others:
                parts.append(
                    Both(
                        f"{edition.vi}: {number(source)} trang tiếng Việt.",
                        f"{edition.en}: {counted(source, 'page')} in Vietnamese.",
                    )
                )
                continue
            least, most = min(others), max(others)
            span = number(least) if least == most else f"{number(least)}–{number(most)}"
            total = sum(counts.values())
            parts.append(
                Both(
                    f"{edition.vi}: {number(source)} trang tiếng Việt, {span} trang ở mỗi ngôn ngữ "
                    f"khác; tất cả {number(total)} bản ở {len(counts)} ngôn ngữ.",
                    f"{edition.en}: {counted(source, 'page')} in Vietnamese, {span} in each other "
                    "language; "
                    f"{counted(total, 'version')} in {len(counts)} languages.",
                )
            )
        return Line(FIRST["public"], bool(self.sites), joined(parts))

    def approved(self) -> Line:
        """Say who approved what is public, and on which document."""
        rows = self.approvals()
        pages = sum(row["pages"] for row in rows)
        sample = any(row["role"] == "sample" for row in rows)
        if not rows:
            return Line(
                FIRST["approved"], False, Both("Không có trang công khai.", "No page is public.")
            )
        if len(rows) == 1:
            row = rows[0]
            document = row["document"] or "–"
            text = Both(
                f"{number(pages)} trang do {row['by']} duyệt, theo “{document}”, "
                f"{days(row, 'vi')}.",
                f"{counted(pages, 'page')} approved by {row['by']}, on “{document}”, "
                f"{days(row, 'en')}.",
            )
        else:
            people = len({row["by"] for row in rows})
            text = Both(
                f"{number(pages)} trang do {people} người duyệt, theo {len(rows)} văn bản: xem "
                "bảng.",
                f"{counted(pages, 'page')} approved by {people} people, on {len(rows)} documents: "
                "see the table.",
            )
        if sample:
            text += Both(
                "Đây là lượt duyệt mẫu, không phải của cơ quan có thẩm quyền.",
                "These are sample approvals and no authority's.",
            )
        return Line(FIRST["approved"], not sample, text)

    def refused(self) -> Line:
        """Say what is kept back, and whether the last build was."""
        failed = [EDITION[n] for n, one in self.known.items() if stopped(one)]
        kept = {row["page"] for row in self.kept_back()}
        kept |= {page for one in self.known.values() for page in one["last_build"]["refused"]}
        text = Both("", "")
        for edition in failed:
            text += Both(
                f"{edition.vi}: lần dựng gần nhất BỊ TỪ CHỐI, trang cũ được giữ nguyên.",
                f"{edition.en}: the last build was REFUSED, the old site stays.",
            )
        named = ", ".join(sorted(kept)[:3]) + (" …" if len(kept) > 3 else "")
        text += (
            Both(
                f"{number(len(kept))} trang bị giữ lại hoặc đã rút: {named}.",
                f"{counted(len(kept), 'page')} kept back or withdrawn: {named}.",
            )
            if kept
            else Both("Không trang nào bị giữ lại.", "No page is kept back.")
        )
        return Line(FIRST["refused"], not (failed or kept), text)

    def wrong(self) -> Line:
        """Say what the rules found."""
        rules = [rule for site in self.sites.values() for rule in site["rules"]]
        broken = [rule for rule in rules if rule["failed"]]
        checked = len({rule["rule"] for rule in rules if rule["checked"]})
        files = sum(self.read_pages(name) for name in self.sites)
        missing = [part for part in self.english() if part["missing"]]
        heavy = {one["file"] for site in self.sites.values() for one in site["weights"]["over"]}
        if broken:
            named = "; ".join(dict.fromkeys(rule["vi"].rstrip(".") for rule in broken[:3]))
            in_english = "; ".join(dict.fromkeys(rule["en"].rstrip(".") for rule in broken[:3]))
            is_or_are = "is" if len(broken) == 1 else "are"
            text = Both(
                f"{len(broken)} điều không đạt: {named}.",
                f"{counted(len(broken), 'rule')} {is_or_are} broken: {in_english}.",
            )
        else:
            text = Both(
                f"Đã kiểm {checked} điều trên {number(files)} trang: không thấy lỗi.",
                f"{counted(checked, 'rule')} asked of {counted(files, 'page')}: nothing wrong was "
                "found.",
            )
        if missing:
            text += Both(
                f"Thiếu bản tiếng Anh: {', '.join(part['vi'] for part in missing)}.",
                f"Not in English yet: {', '.join(part['en'] for part in missing)}.",
            )
        if heavy:
            text += Both(
                f"{number(len(heavy))} trang nặng hơn mức đặt ra.",
                f"{counted(len(heavy), 'page')} over budget.",
            )
        return Line(FIRST["wrong"], not (broken or missing or heavy), text)

    def made_from(self) -> Line:
        """Say which commit the sites are made from, and whether it is the same."""
        commits = {name: site["commit"] for name, site in self.sites.items()}
        known = [one for one in commits.values() if one and one["id"]]
        if not known or len(known) < len(commits):
            return Line(
                FIRST["made_from"],
                False,
                Both(
                    "Không biết bản dựng từ commit nào: không có kho git.",
                    "Which commit it is made from is unknown: there is no git repository.",
                ),
            )
        one = known[0]
        same = len({commit["id"] for commit in known}) == 1
        changed = max(commit["changed"] for commit in known)
        text = Both(
            f"Dựng từ commit {one['id'][:10]}, ngày {day(one['date'], 'vi')}.",
            f"Made from commit {one['id'][:10]} of {day(one['date'], 'en')}.",
        )
        if not same:
            text += Both(
                "Hai ấn bản KHÁC commit: hãy dựng lại ấn bản cũ hơn.",
                "The editions are from DIFFERENT commits: build the older one again.",
            )
        if changed:
            text += Both(
                f"{number(changed)} tệp đã sửa mà chưa commit.",
                f"{counted(changed, 'file')} changed and not committed.",
            )
        return Line(FIRST["made_from"], same and not changed, text)

    # Tables

    def read_pages(self, name: str) -> int:
        """Return how many HTML files of an edition were read."""
        rules = {rule["rule"]: rule for rule in self.sites[name]["rules"]}
        return int(rules["title"]["checked"])

    def rows(self) -> dict[str, dict[str, Record]]:
        """Return the rows of every page by edition."""
        found: dict[str, dict[str, Record]] = {}
        for name, site in self.sites.items():
            for row in site["pages"]:
                found.setdefault(row["page"], {})[name] = row
        return dict(sorted(found.items()))

    def sections(self) -> Iterator[tuple[str, list[tuple[Record, dict[str, Record]]]]]:
        """Yield the pages by the folder of the first level, with the title of each."""
        rows = self.rows()
        groups: dict[str, list[tuple[Record, dict[str, Record]]]] = {}
        for page, editions in rows.items():
            folder = page.partition("/")[0] if "/" in page else ""
            row = next(iter(editions.values()))
            groups.setdefault(folder, []).append((row, editions))
        for folder, members in sorted(groups.items()):
            home = rows.get(f"{folder}/index.md" if folder else "index.md", {})
            yield next((row["title"] for row in home.values()), folder), members

    def section_count(self, members: list[tuple[Record, dict[str, Record]]]) -> int:
        """Return how many versions of the pages of a section the first edition shows."""
        return sum(
            cell["state"] in SHOWN
            for _, editions in members
            for cell in next(iter(editions.values()))["languages"].values()
        )

    def mark(self, editions: dict[str, Record], edition: str, code: str) -> tuple[str, Both, int]:
        """Return the sign of a page in a language, what it means, and how many texts are stale."""
        cell = editions.get(edition, {}).get("languages", {}).get(code)
        if cell is None:
            return (*MARKS["absent"], 0)
        state = cell["state"]
        if state == "published" and not is_reviewed(cell):
            state = "translated"
        return (*MARKS[state], cell.get("stale", 0))

    def approvals(self) -> list[Record]:
        """Return who approved the public pages, by person and document."""
        found: dict[tuple[str, str, str], list[Record]] = {}
        for editions in self.rows().values():
            row = next(iter(editions.values()))
            public = any(is_public(one) for one in editions.values())
            given = row["approval"]
            if public:
                key = (given["by"], given["document"], given["role"]) if given else NOBODY
                found.setdefault(key, []).append(row)
        return [
            {
                "by": by,
                "document": document,
                "role": role,
                "pages": len(rows),
                "titles": [row["title"] for row in rows],
                "first": min((row["approval"] or {}).get("date", "") for row in rows),
                "last": max((row["approval"] or {}).get("date", "") for row in rows),
            }
            for (by, document, role), rows in sorted(found.items())
        ]

    def reviewers(self) -> list[Record]:
        """Return who reviewed the translations that stand, and in which languages."""
        found: dict[tuple[str, str], dict[str, list[Record]]] = {}
        site: Record = next(iter(self.sites.values()), {"pages": []})
        for row in site["pages"]:
            for code, cell in row["languages"].items():
                for one in cell.get("reviewers", ()):
                    by_language = found.setdefault((one["by"], one["role"]), {})
                    by_language.setdefault(code, []).append(one)
        return [
            {
                "by": by,
                "role": role,
                "languages": [(code, len(stamps)) for code, stamps in by_language.items()],
                "texts": sum(one["texts"] for stamps in by_language.values() for one in stamps),
                "last": max(one["date"] for stamps in by_language.values() for one in stamps),
            }
            for (by, role), by_language in sorted(found.items())
        ]

    def kept_back(self) -> list[Record]:
        """Return the pages that readers do not get in the source language, and why."""
        found = []
        for page, editions in self.rows().items():
            row = next(iter(editions.values()))
            states = {cell["state"] for cell in row["languages"].values()}
            if states & {"refused", "withdrawn"}:
                found.append({**row, "page": page, "state": min(states)})
        return found

    def notices(self) -> list[Record]:
        """Return the pages that are short notices in some languages."""
        found = []
        for name, site in self.sites.items():
            for row in site["pages"]:
                codes = [c for c, cell in row["languages"].items() if cell["state"] == "notice"]
                if codes:
                    found.append({"edition": name, "row": row, "codes": codes})
        return found

    def english(self) -> list[Record]:
        """Return the parts that have to be in English, as the portal has them."""
        site = self.sites.get("portal") or next(iter(self.sites.values()), None)
        return list(site["english"]) if site else []

    def groups(self) -> Iterator[tuple[Both, list[tuple[Record, dict[str, Record]]]]]:
        """Yield the rules by group, each with its results by edition."""
        found: dict[str, dict[str, dict[str, Record]]] = {}
        for name, site in self.sites.items():
            for rule in site["rules"]:
                found.setdefault(rule["group"], {}).setdefault(rule["rule"], {})[name] = rule
        for group, rules in found.items():
            rows = [(next(iter(editions.values())), editions) for editions in rules.values()]
            yield GROUPS[group], rows

    def broken(self, rows: list[tuple[Record, dict[str, Record]]]) -> int:
        """Return how many rules of a group are broken."""
        return sum(any(one["failed"] for one in editions.values()) for _, editions in rows)

    def problems(self) -> Iterator[tuple[Both, list[Record]]]:
        """Yield by edition what the last build had to say."""
        for name, record in self.known.items():
            if record["last_build"]["problems"]:
                yield EDITION[name], record["last_build"]["problems"]


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def html(records: dict[str, Record | None], both: Record, theme: Path | None) -> str:
    """Return the records of both editions as a web page that needs no other file."""
    environment = Environment(
        loader=PackageLoader("quangba.site.proof"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"number": number, "size": size, "day": day, "ord": ord}
    return environment.get_template("build.html").render(
        sheet=Sheet(records, both),
        EDITION=EDITION,
        KINDS=KINDS,
        MARKS=MARKS,
        STATES=STATES,
        BECAUSE=BECAUSE,
        PARTS=PARTS,
        look=look(),
        faces=faces(theme),
    )


def joined(parts: list[Both]) -> Both:
    """Put sentences one after another."""
    return Both(" ".join(one.vi for one in parts), " ".join(one.en for one in parts))


def stopped(record: Record) -> bool:
    """Tell whether the last build of an edition was refused."""
    return bool(record["last_build"]["outcome"] == "refused")


def shown_in(states: dict[str, int]) -> int:
    """Return how many pages readers see."""
    return sum(states.get(state, 0) for state in SHOWN)


def is_public(row: Record) -> bool:
    """Tell whether readers see a page in any language."""
    return any(cell["state"] in SHOWN for cell in row["languages"].values())


def number(value: int) -> str:
    """
    Write a number as Vietnamese does.

    >>> number(12345)
    '12.345'
    """
    return str(format_decimal(value, locale="vi"))


def counted(count: int, what: str) -> str:
    """
    Say how many there are, in English.

    >>> counted(1, 'page'), counted(1200, 'page')
    ('1 page', '1,200 pages')
    """
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def size(count: int) -> str:
    """
    Write a number of bytes, in thousands or millions.

    >>> size(812), size(32630), size(76_000_000)
    ('812 B', '33 KB', '76,0 MB')
    """
    if count < 1000:
        return f"{count} B"
    if count < 1_000_000:
        return f"{number(round(count / 1000))} KB"
    return f"{format_decimal(round(count / 1_000_000, 1), format='#,##0.0', locale='vi')} MB"


def day(text: str, language: str = "vi") -> str:
    """
    Write an ISO date; what is none stays as it is.

    >>> day('2026-11-02'), day('2026-11-02T08:00:00+00:00', 'en'), day('hôm qua')
    ('02/11/2026', '2 November 2026', 'hôm qua')
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    if language == "vi":
        return f"{found:%d/%m/%Y}"
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"


MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)


def days(row: Record, language: str) -> str:
    """Write the first and the last day of some approvals."""
    first, last = day(row["first"], language), day(row["last"], language)
    if language == "vi":
        return f"ngày {first}" if first == last else f"từ {first} đến {last}"
    return first if first == last else f"{first} to {last}"
