"""
Ledger: pages × languages, what each of them is, and who answers for it.

States of a page in a language:

=============  =================================================================================
``published``  readers see it
``draft``      readers see it under the notice that nobody reviewed the machine's text
``notice``     a short page says that there is no translation yet
``withdrawn``  a short page says that it was taken out
``refused``    the gate keeps it back: nothing is there
``left-out``   the settings leave it out of this edition: nothing is there
=============  =================================================================================
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from quangba.catalogs.message import State
from quangba.errors import Problem, Severity
from quangba.settings import Language
from quangba.site.inside import page_url
from quangba.site.publishing import Publisher

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SHOWN = ("published", "draft")
"""States in which readers see the text of a page."""

THERE = (*SHOWN, "notice", "withdrawn")
"""States in which an address has a file."""

STATES = (*THERE, "refused", "left-out")

COUNTED = {
    State.REVIEWED: "reviewed",
    State.TRANSLATED: "translated",
    State.DRAFT: "draft",
    State.MISSING: "missing",
}

DECREE = ("Nghị định 42/2022/NĐ-CP", "Decree 42/2022/ND-CP")
PLAN = ("Kế hoạch thông tin đối ngoại của tỉnh", "The province's external information plan")

ENGLISH = (
    ("organisation", ("about/index.md",), (), "Giới thiệu, tổ chức", "Organisation", DECREE),
    ("contacts", (), ("contact",), "Đầu mối liên hệ", "Contacts", DECREE),
    ("investment", (), ("project", "zone"), "Dự án, khu công nghiệp", "Projects, zones", PLAN),
    ("gates", (), ("gate",), "Cửa ngõ", "Gates", PLAN),
    ("news", (), ("news", "statement"), "Tin tức, thông tin chính thức", "News, statements", PLAN),
)
"""
Parts that have to be in English: name, pages, kinds of pages, title in both languages, and who asks
for it. The decree asks it of the portals of State agencies; whether a site is one, its unit says.
"""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def pages(publisher: Publisher) -> list[dict[str, Any]]:
    """Return every page of the content with its languages, in the form of the report."""
    return [page_row(publisher, name) for name in publisher.workspace.names]


def page_row(publisher: Publisher, name: str) -> dict[str, Any]:
    """Return one page."""
    workspace = publisher.workspace
    page, decision = workspace.page(name), workspace.decision(name)
    approval = decision.approval
    row: dict[str, Any] = {
        "page": name,
        "title": str(page.meta.get("title") or name),
        "kind": str(page.meta.get("type") or "article"),
        "owner": str(page.meta.get("owner") or ""),
        "policy": workspace.settings.policy(name, page.meta),
        "address": page_url(workspace.settings.config, name),
        "approval": None,
        "withdrawn": None,
        "reasons": [told(p) for p in decision.problems if p.severity >= Severity.ERROR],
        "languages": {
            language.code: cell(publisher, name, language)
            for language in workspace.settings.languages
        },
    }
    if approval and approval.approved_by:
        row["approval"] = {
            "by": approval.approved_by,
            "date": approval.date,
            "document": approval.document,
            "role": approval.role,
        }
    if approval and approval.withdrawn:
        # Why it was withdrawn stays in the approval file: it is kept inside.
        row["withdrawn"] = {key: approval.withdrawn.get(key, "") for key in ("by", "date")}
    return row


def cell(publisher: Publisher, name: str, language: Language) -> dict[str, Any]:
    """Return a page in a language."""
    found: dict[str, Any] = {"state": state(publisher, name, language)}
    if language == publisher.workspace.settings.source:
        return found
    edition = publisher.face(name, language)
    texts = {word: edition.states[key] for key, word in COUNTED.items()}
    found |= {"texts": texts, "stale": edition.stale, "left": edition.left}
    found["reviewers"] = [
        {"by": by, "role": role, "date": day, "texts": count}
        for (by, role), (count, day) in sorted(edition.reviews.items())
    ]
    return found


def state(publisher: Publisher, name: str, language: Language) -> str:
    """Return what a page is in a language of the edition."""
    workspace = publisher.workspace
    if workspace.settings.left_out(name):
        return "left-out"
    decision = workspace.decision(name)
    if decision.withdrawn:
        return "withdrawn"
    if not decision.passes:
        return "refused"
    if language == workspace.settings.source:
        return "published"
    edition = publisher.face(name, language)
    if not edition.complete:
        return "notice"
    return "draft" if edition.machine else "published"


def told(problem: Problem) -> dict[str, Any]:
    """Return a problem in the form of the report."""
    place = f"{problem.place}: " if problem.place else ""
    return {
        "severity": problem.severity.name.lower(),
        "code": problem.code,
        "file": problem.file,
        "line": problem.line,
        "vi": problem.text("vi").removeprefix(place),
        "en": problem.text("en").removeprefix(place),
    }


def english(rows: list[dict[str, Any]], source: str) -> list[dict[str, Any]]:
    """Return which parts that have to be in English are there, and which pages of them are not."""
    public = [row for row in rows if row["languages"][source]["state"] in SHOWN]
    found = []
    for name, names, kinds, vietnamese, in_english, asked_by in ENGLISH:
        wanted = [
            row
            for row in public
            if (row["page"] in names or row["kind"] in kinds) and "en" in row["languages"]
        ]
        there = [row for row in wanted if row["languages"]["en"]["state"] == "published"]
        found.append(
            {
                "part": name,
                "vi": vietnamese,
                "en": in_english,
                "asked_by": {"vi": asked_by[0], "en": asked_by[1]},
                "pages": len(wanted),
                "published": len(there),
                "missing": [row["page"] for row in wanted if row not in there],
            }
        )
    return found


def counts(rows: list[dict[str, Any]], languages: list[Language]) -> dict[str, dict[str, int]]:
    """Count by language how many pages are in which state."""
    found = {}
    for language in languages:
        states = Counter(row["languages"][language.code]["state"] for row in rows)
        found[language.code] = {state: states[state] for state in STATES}
    return found
