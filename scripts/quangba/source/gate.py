"""
The gate: no page appears that was not approved, is not public, or bears a mark of secrecy.

An approval is a small file ``content/_data/approvals/<page>.yml``: who, when, on which document,
and a fingerprint of the page, of the facts it uses and of its pictures. Edit any of them and the
approval no longer matches. Rules: Law on the Protection of State Secrets 29/2018/QH14 (levels
Tuyệt mật, Tối mật, Mật); the provincial plans in the project's requirements (R21).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from quangba.errors import Problem, QuangbaError, Severity, say
from quangba.files import raise_failure, write_text
from quangba.source.assets import assets_of, check_asset, digest
from quangba.source.data import DataError, load
from quangba.source.facts import Facts
from quangba.source.kinds import Checker, line_at
from quangba.source.pages import SNIPPET, Page, editorial_problems
from quangba.source.skeletons import placeholder_pattern
from quangba.source.spoken import spoken_problems
from quangba.source.text import HIDDEN, unaccent, unescape
from quangba.source.video import video_problems

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LETTERED = (".svg", ".vtt", ".txt", ".csv", ".json", ".xml")
"""Files of a page that have letters and can be read as they are."""

SECRECY = (
    "tuyệt mật",
    "tối mật",
    "tài liệu mật",
    "văn bản mật",
    "công văn mật",
    "độ mật",
    "đóng dấu mật",
    "lưu hành nội bộ",
    "tài liệu nội bộ",
    "sử dụng nội bộ",
    "cấm sao chụp",
    "hạn chế lưu hành",
    "confidential",
    "top secret",
    "internal use only",
)
"""Marks of classified or internal documents, found with and without Vietnamese marks."""

GAP = r"[\s.\-_*·]"
"""What people put between letters to make a stamp stand out: ``M Ậ T``, ``M.Ậ.T``."""

JOIN = r"[\s\-_*·]+"
"""What stands between the words of a mark; a full stop ends a sentence: “món tuyệt. Mật ong”."""

SWEET = r"(?!\s+(?:ong|mía|độ|thiết|khẩu|gấu|hoa)\b)"
"""Words that make something else of “mật”: honey, treacle, density, close, password."""

EDGE = r"[ \t#*_>\-–—(\[“\".:)\]”]*"
"""What may stand around a stamp that is alone on its line or in its table cell."""

SECRET_STAMP = re.compile(
    rf"(?:^|\|){EDGE}M{GAP}*[ẬA]{GAP}*T{EDGE}(?:\||$)"  # MẬT; | MẬT |
    r"|[(\[]\s*(?:MẬT|MAT|Mật)\s*[)\]]"  # (MẬT)
    r"|(?<!\w)(?:M[ .·]+[ẬA][ .·]+T|m[ .·]+ậ[ .·]+t)(?!\w)"  # M Ậ T
    r"|(?<!\w)M[ẬA]T\s*[,\-–]?\s*(?:THƯỢNG\s+)?(?:KHẨN|HỎA\s+TỐC|HOẢ\s+TỐC)"  # MẬT, KHẨN
    r"|BÍ\s+MẬT\s+NHÀ\s+NƯỚC|BI\s+MAT\s+NHA\s+NUOC",
    re.MULTILINE,
)
"""``MẬT`` as a stamp: alone on its line, in brackets, or with spaced letters (not in MẬT ONG)."""

DRAFT_WORDS = r"(?:dự\s+thảo|bản\s+thảo|bản\s+nháp|chưa\s+duyệt|chưa\s+phát\s+hành|draft)"

DRAFT_STAMP = re.compile(
    r"(?<!\w)(?:DỰ\s+THẢO(?!\s+(?:LUẬT|NGHỊ|THÔNG|QUYẾT|QUY|VĂN))|DU\s+THAO|BẢN\s+NHÁP|BAN\s+NHAP"
    r"|DRAFT|TODO|FIXME|TBD|XXX)(?![\w-])"  # DỰ THẢO
    rf"|^{EDGE}(?i:{DRAFT_WORDS}(?:\s+lần)?(?:\s+v?\d+)?){EDGE}$"  # ## Dự thảo lần 2
    rf"|[(\[]\s*(?i:(?:bản\s+)?{DRAFT_WORDS}(?:\s+lần)?(?:\s+v?\d+)?)\s*[)\]]"  # (dự thảo)
    r"|(?i:bản\s+thảo\s+chưa\s+duyệt|lorem\s+ipsum)"
    r"|(?<![\w?!])\?{3,}",  # Giá vé: ???
    re.MULTILINE,
)
"""Marks of drafts; “dự thảo luật” and “lưu bản nháp” in running text are none."""

PLACEHOLDER = placeholder_pattern()
"""What ``quangba new page`` writes for the author to replace."""

MARKUP = re.compile(r"</?[a-zA-Z][^<>\n]*>|<!--|-->")
"""Tags and comment signs, which could stand inside a mark: ``TỐI <b>MẬT</b>``."""

FOREIGN_STAMP = re.compile(
    "绝密|机密|機密|極秘|社外秘|대외비|기밀|극비|secret[ -]d[ée]fense|diffusion restreinte",
    re.IGNORECASE,
)
"""The same marks in the other languages, for translations."""

LOOK_ALIKES = str.maketrans("АВСЕНІКМОРТХ", "ABCEHIKMOPTX")
"""Cyrillic capitals that look like Latin ones."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Approval:
    """Who let a page out, and when it was taken back."""

    approved_by: str = ""
    date: str = ""
    """ISO date."""
    document: str = ""
    """The document that the approval stands on."""
    role: str = ""
    """``official`` or ``sample``."""
    fingerprint: str = ""
    withdrawn: dict[str, str] = field(default_factory=dict)
    """``by``, ``date`` and ``reason`` of a withdrawal."""

    def write(self, path: Path) -> None:
        """Write the approval file."""
        data: dict[str, Any] = {
            "approved_by": self.approved_by,
            "date": self.date,
            "document": self.document,
            "role": self.role,
            "fingerprint": self.fingerprint,
        }
        if self.withdrawn:
            data["withdrawn"] = self.withdrawn
        write_text(path, yaml.safe_dump(data, allow_unicode=True, sort_keys=False))


@dataclass
class Decision:
    """What the gate says about a page."""

    page: Page
    approval: Approval | None
    problems: list[Problem]

    @property
    def withdrawn(self) -> bool:
        """Tell whether the page was taken out."""
        return bool(self.approval and self.approval.withdrawn)

    @property
    def showable(self) -> bool:
        """Tell whether a preview may show the page, with what keeps it in."""
        # No template can show a list where a text belongs: then only the reason is said.
        shape = any(problem.code == "front-matter-value" for problem in self.problems)
        return not self.withdrawn and (self.passes or not shape)

    @property
    def passes(self) -> bool:
        """Tell whether the page may appear."""
        return not self.withdrawn and all(p.severity < Severity.ERROR for p in self.problems)


@dataclass
class Gate:
    """The gate of one site."""

    content: Path
    facts: Facts
    units: dict[str, dict[str, Any]]
    sample: bool
    closed: bool
    """False where the site does not use the gate: then only facts and files are checked."""
    today: date
    kinds: Checker | None = None
    """Judges front matter; None where a site has none of our kinds of pages."""

    def decide(self, page: Page) -> Decision:
        """Say whether a page may appear, with every reason why not."""
        problems = list(page.problems)
        lines = {name: page.line_of("{fact:" + name + "}") for name in page.facts}
        problems += self.facts.check(page.facts, page.file, lines, self.today)
        if not self.closed:
            return Decision(page, None, problems)
        approval, wrong = read_approval(self.approval_file(page.name), page)
        if approval and approval.withdrawn:
            note = Problem.at(
                "gate-withdrawn",
                page.file,
                by=approval.withdrawn.get("by", "?"),
                date=approval.withdrawn.get("date", "?"),
            )
            return Decision(page, approval, [note])
        if page.unread:
            # Nothing else can be said of a page before that is mended.
            return Decision(page, approval, [*problems, *marks(page)])
        problems += editorial_problems(page)
        if self.kinds:
            problems += self.kinds.problems(page)
        if SNIPPET in page.text:
            problems.append(Problem.at("gate-snippet", page.file, page.line_of(SNIPPET)))
        problems += marks(page)
        problems += classification_problems(page)
        owner = page.meta.get("owner", "")
        if not isinstance(owner, str) or owner not in self.units:
            line = page.line_of("owner:") or 1
            problems.append(Problem.at("gate-owner", page.file, line, owner=owner))
        for asset, line in assets_of(page).items():
            problems += check_asset(self.content, asset, page.file, line)
            shown = page.file.removesuffix(page.name) + asset
            problems += secret_asset(self.content / asset, shown)
        problems += video_problems(page)
        problems += spoken_problems(page)
        problems += wrong or self.compare(page, approval)
        return Decision(page, approval, problems)

    def compare(self, page: Page, approval: Approval | None) -> list[Problem]:
        """Compare the approval with the page as it is now."""
        if approval is None:
            return [Problem.at("gate-unapproved", page.file, page=page.name)]
        if approval.fingerprint != self.fingerprint(page):
            return [
                Problem.at(
                    "gate-changed",
                    page.file,
                    page=page.name,
                    by=approval.approved_by,
                    date=approval.date,
                )
            ]
        if approval.role == "sample" and not self.sample:
            return [Problem.at("gate-sample", page.file)]
        return []

    def fingerprint(self, page: Page) -> str:
        """
        Return the hash that an approval is bound to.

        It covers the whole file and not only its segments, so that raw HTML, links and code are
        approved too; the facts as readers see them; and the pictures.
        """
        text = "\n".join(line.rstrip() for line in page.text.strip().split("\n"))
        parts = [text]
        for name in page.facts:
            fact = self.facts.entries.get(name)
            parts.append(fact.fingerprint if fact else name)
        parts += [digest(self.content / asset) for asset in sorted(assets_of(page))]
        return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()[:16]

    def approval_file(self, page: str) -> Path:
        """Return where the approval of a page is."""
        return self.approvals / (page.removesuffix(".md") + ".yml")

    @property
    def approvals(self) -> Path:
        """The folder of all approvals."""
        return self.content / "_data" / "approvals"


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def read_approval(path: Path, page: Page) -> tuple[Approval | None, list[Problem]]:
    """Read an approval file; a page without one has none. Raises ``OSError`` for a failing disk."""
    if not path.is_file():
        return None, []
    try:
        data = load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise_failure(error)
        data = None
    except (UnicodeDecodeError, DataError):
        data = None
    if not isinstance(data, dict):
        return None, [Problem.at("approval-wrong", page.file, what="YAML", page=page.name)]
    withdrawn = data.get("withdrawn")
    approval = Approval(
        approved_by=str(data.get("approved_by") or ""),
        date=str(data.get("date") or ""),
        document=str(data.get("document") or ""),
        role=str(data.get("role") or ""),
        fingerprint=str(data.get("fingerprint") or ""),
        withdrawn={k: str(v) for k, v in withdrawn.items()} if isinstance(withdrawn, dict) else {},
    )
    missing = [n for n in ("approved_by", "date", "fingerprint") if not getattr(approval, n)]
    if approval.role not in ("official", "sample"):
        missing.append("role")
    if missing and not approval.withdrawn:
        what = ", ".join(missing)
        return approval, [Problem.at("approval-wrong", page.file, what=what, page=page.name)]
    return approval, []


def classification_problems(page: Page) -> list[Problem]:
    """Report a page that is not said to be public, on the line that says something else."""
    level = page.meta.get("classification")
    if level == "public":
        return []
    line = line_at(page, ("classification",))
    if level is None or level == "":
        return [Problem.at("gate-classification", page.file, line)]
    return [Problem.at("gate-not-public", page.file, line, value=str(level)[:40])]


def marks(page: Page) -> list[Problem]:
    """Report marks of secrecy and of drafts, comments and front matter included."""
    whole = f"{page.text}\n\n{page.escaped}" if page.escaped else page.text
    last = page.text.count("\n") + 1
    text = HIDDEN.sub("", unescape(MARKUP.sub("", whole)))
    text = text.translate(LOOK_ALIKES)
    found = []
    for code, patterns in (
        ("gate-secrecy", (*SECRECY_PATTERNS, SECRET_STAMP, FOREIGN_STAMP)),
        ("gate-draft", (DRAFT_STAMP, PLACEHOLDER)),
    ):
        for pattern in patterns:
            for match in pattern.finditer(text):
                mark = " ".join(match[0].split())
                start = match.end() - len(match[0].lstrip())
                line = text.count("\n", 0, start) + 1
                line = line if line <= last else 1
                found.append(Problem.at(code, page.file, line, mark=mark))
    return sorted(set(found), key=lambda problem: (problem.line, problem.code))


def secrecy_mark(text: str) -> str | None:
    """
    Return a mark of secrecy in a translation or a text of the site, or None.

    >>> secrecy_mark('TỐI MẬT'), secrecy_mark('机密文件'), secrecy_mark('mật ong')
    ('TỐI MẬT', '机密', None)
    """
    text = HIDDEN.sub("", unescape(text)).translate(LOOK_ALIKES)
    for pattern in (*SECRECY_PATTERNS, SECRET_STAMP, FOREIGN_STAMP):
        match = pattern.search(text)
        if match:
            return " ".join(match[0].split())
    return None


def secret_asset(path: Path, file: str) -> Iterator[Problem]:
    """Yield marks of secrecy in what a file shows or says, and in its sidecar, ``….svg.yml``."""
    for end in ("", ".yml") if path.suffix.lower() in LETTERED else (".yml",):
        one = path.with_name(path.name + end)
        try:
            status = one.stat()
            mark = mark_in_file(one, status.st_size, status.st_mtime_ns)
        except OSError as error:
            raise_failure(error)
            continue
        if mark:
            yield Problem.at("gate-secrecy", file + end, mark=mark)


@lru_cache(maxsize=4000)
def mark_in_file(path: Path, size: int, changed: int) -> str | None:
    """Return a mark of secrecy in one state of a text file, whatever its markup; ``OSError``."""
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    return secrecy_mark(re.sub(r"<[^>]*>", " ", text))


def stamp_patterns(phrases: tuple[str, ...]) -> Iterator[re.Pattern[str]]:
    """
    Yield patterns for phrases with marks, and without them in text that has none there.

    What reads as something else without marks (“toi mat ve”: I lost my ticket) counts only in
    capitals, as on a stamp.

    >>> [bool(p.search('T U Y Ệ T  M Ậ T')) for p in stamp_patterns(('tuyệt mật',))]
    [True, False]
    >>> [bool(p.search('toi mat ve')) for p in stamp_patterns(('tối mật',))]
    [False, False]
    """
    for phrase in phrases:
        ambiguous = phrase.endswith("mật")
        for form in dict.fromkeys((phrase, unaccent(phrase))):
            stamp = ambiguous and form != phrase
            shown = form.upper() if stamp else form
            words = [
                f"(?:{re.escape(word)}|{f'{GAP}+'.join(map(re.escape, word))})"
                for word in shown.split()
            ]
            spaced = f"{GAP}+".join(map(re.escape, shown.replace(" ", "")))
            pattern = rf"(?<!\w)(?:{JOIN.join(words)}|{spaced})(?!\w){SWEET if ambiguous else ''}"
            yield re.compile(pattern, 0 if stamp else re.IGNORECASE)


SECRECY_PATTERNS = tuple(stamp_patterns(SECRECY))


def read_units(path: Path, file: str = "content/_data/units.yml") -> dict[str, dict[str, Any]]:
    """Read ``units.yml``: owners of pages by their short name; raises ``QuangbaError``."""
    if not path.is_file():
        return {}
    try:
        data = load(path.read_text(encoding="utf-8-sig"))
    except DataError as error:
        raise QuangbaError("data-yaml", file, error.line, what=error.what) from error
    except UnicodeDecodeError as error:
        raise QuangbaError("data-yaml", file, what="UTF-8") from error
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise QuangbaError("data-yaml", file, 1, what=say("cần `tên: {…}`", "not `name: {…}`"))
    return {str(name): unit for name, unit in data.items() if isinstance(unit, dict)}
