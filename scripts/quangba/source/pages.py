"""Pages: Markdown files with front matter, as editors commit them."""

from __future__ import annotations

import hashlib
import os
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from quangba.errors import Problem, Severity, say
from quangba.files import fail, raise_failure
from quangba.source.data import DataError, Loader, load
from quangba.source.hosts import misleading_hosts
from quangba.source.segment import FACT, Segment
from quangba.source.text import CONTROL, HIDDEN, LONG_REFERENCE, has_letters, nfc, unescape

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FENCE = re.compile(r"^-{3}[ \t]*\n(.*?)^(?:-{3}|\.{3})[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
"""Front matter: ``---`` on the first line, YAML, ``---``."""

IMAGE = re.compile(r"!\[([^\]]*)\]\(\s*(?:<([^>\n]+)>|([^)\s<>]+))")
SNIPPET = "-8<-"
"""What every way to include another file has in common (``pymdownx.snippets``)."""

HTML_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
CODE = re.compile(r"`[^`\n]+`")
FENCED = re.compile(r" *(?:```+|~~~+)")
"""How a line begins that begins or ends a block of code."""

LARGEST = 100_000
"""Characters of a page; the longest one of ours has 4,600."""

LINES = 5_000
"""Lines of a page: some extensions look at all of them for each of them."""

LONGEST = 5_000
"""Characters of a paragraph; Python-Markdown looks through all of it for each sign in it."""

BRACKETS = 2_000
"""Times ``[`` may stand on a page: the end of each is looked for, to the end of the paragraph."""

BEGINS = re.compile(r"[-*+#:!?=]|\d+[.)]|[^|]*\|")
"""How lines begin that are no paragraph together: items, headings, terms, rows of a table."""

FIELDS = {"title": str, "description": str, "lead": str, "image_alt": str, "glance": list}
"""Fields of the front matter and what they hold."""

NEAR_FACT = re.compile(r"\{\s*(?:fact|số)\s*:[^}\n]*\}")
"""What an editor meant as a fact: ``{fact: visitors_2025}``."""

ACTIVE = re.compile(
    r"<(?:script|iframe|object|embed|base|meta|link|style|form)\b"
    r"|javascript:|vbscript:|data:text/html|[\s/\"']on[a-z]{3,}\s*=",
    re.IGNORECASE,
)
"""What runs or loads something in a reader's browser."""

RUNNING = re.compile(r"javascript:|vbscript:|data:text/html", re.IGNORECASE)
"""Addresses that run something."""

ELSEWHERE = re.compile(
    r"!\[[^\]]*\]\(\s*<?\s*((?:https?:)?//[^)\s>]*)"
    r"|\b(?:src|srcset|poster)\s*=\s*[\"']?\s*((?:https?:)?//[^\"'\s>]*)",
    re.IGNORECASE,
)
"""Pictures that a reader's browser would fetch from another site."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Page:
    """A page of ``content/``."""

    name: str
    """Path from ``content/``, with slashes: ``visit/yen-tu.md``."""
    file: str
    """Path as people know it: ``content/visit/yen-tu.md``."""
    text: str
    """The whole file, in NFC, with ``\\n`` line ends."""
    meta: dict[str, Any] = field(default_factory=dict)
    """Front matter."""
    body: str = ""
    """Markdown after the front matter."""
    body_line: int = 1
    """Line of the file on which the body starts."""
    problems: list[Problem] = field(default_factory=list)
    """What is wrong with the file by itself."""
    escaped: str = ""
    """Texts of the front matter that stand there otherwise: with escapes, on several lines."""

    @cached_property
    def digest(self) -> str:
        """SHA-256 of :attr:`text`, hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    @property
    def facts(self) -> list[str]:
        """Names of the facts that the page uses, in order, each once; ``figures`` last."""
        named = [match[1] for match in FACT.finditer(self.text)]
        if self.meta.get("type") in ("home", "hub") and isinstance(self.meta.get("figures"), list):
            named += map(str, self.meta["figures"])
        return list(dict.fromkeys(named))

    @property
    def unread(self) -> bool:
        """Tell whether the file or its front matter cannot be read at all."""
        return not self.meta and any(p.severity >= Severity.ERROR for p in self.problems)

    def line_of(self, text: str) -> int:
        """Return the line of the first place where the text stands, 0 when it does not."""
        at = self.text.find(text)
        return self.text.count("\n", 0, at) + 1 if at >= 0 else 0


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def list_pages(content: Path) -> list[str]:
    """
    Return the names of all pages below a folder, sorted.

    Folders and files whose name starts with ``_`` or ``.`` hold data, not pages.
    """
    names = []
    for folder, folders, files in os.walk(content, onerror=fail):
        folders[:] = sorted(name for name in folders if not name.startswith(("_", ".")))
        base = Path(folder).relative_to(content)
        names += [
            (base / name).as_posix()
            for name in files
            if name.endswith(".md") and not name.startswith(("_", "."))
        ]
    return sorted(names)


def read_page(content: Path, name: str, file: str | None = None) -> Page:
    """Read a page; what is wrong with it is in ``problems``; raises ``OSError`` if a disk fails."""
    path = content / name
    page = Page(name, file or name, "")
    if not inside(path, content):
        page.problems.append(Problem.at("page-outside", page.file))
        return page
    try:
        with path.open("rb") as stream:
            # A character has at most four bytes; of more than that nothing is read.
            raw = stream.read(4 * LARGEST + 1)
        text = "" if len(raw) > 4 * LARGEST else raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        page.problems.append(Problem.at("page-charset", page.file, line))
        return page
    except OSError as error:
        raise_failure(error)
        page.problems.append(Problem.at("file-unreadable", page.file, what=error.strerror))
        return page
    if len(raw) > 4 * LARGEST:
        page.problems.append(Problem.at("page-large", page.file, most=LARGEST, lines=LINES))
        return page
    return parse_page(page, text)


def parse_page(page: Page, text: str) -> Page:
    """Fill a page from the text of its file; of one that nobody could render, nothing is read."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    wrong = too_much(page, text)
    if wrong:
        page.problems.append(wrong)
        return page
    page.text = nfc(text)
    if page.text != text:
        line = next(i for i, part in enumerate(text.split("\n"), 1) if nfc(part) != part)
        page.problems.append(Problem.at("page-nfd", page.file, line))
    page.problems += hidden_characters(page.text, page.file)
    page.body = page.text
    match = FENCE.match(page.text)
    if match:
        page.body = page.text[match.end() :].lstrip("\n")
        page.body_line = page.text[: len(page.text) - len(page.body)].count("\n") + 1
        read_front_matter(page, match[1])
    elif page.text.startswith("---\n"):
        page.problems.append(Problem.at("front-matter-open", page.file, 1))
    return page


def too_much(page: Page, text: str) -> Problem | None:
    """Report a page that would keep Python-Markdown busy for ever."""
    if len(text) > LARGEST or text.count("\n") > LINES:
        return Problem.at("page-large", page.file, most=LARGEST, lines=LINES)
    if text.count("[") > BRACKETS:
        return Problem.at("page-brackets", page.file, most=BRACKETS)
    number = LONG_REFERENCE.search(text)
    if number:
        line = text.count("\n", 0, number.start()) + 1
        return Problem.at("page-hidden", page.file, line, character=f"{number[0][:10]}…")
    match = FENCE.match(text)
    first = text.count("\n", 0, match.end()) if match else 0
    line = long_paragraph(text[match.end() :] if match else text)
    return Problem.at("page-long", page.file, first + line, most=LONGEST) if line else None


def long_paragraph(body: str) -> int:
    """
    Return the line on which a paragraph begins that is too long, 0 without one.

    >>> long_paragraph('Vé\\n\\n' + 'a ' * 3000), long_paragraph('- a\\n' * 3000)
    (3, 0)
    """
    start = size = 0
    apart = False
    for number, line in enumerate(without_code(body).split("\n"), 1):
        words = line.lstrip(" \t>")
        begins = BEGINS.match(words) is not None
        if not words and len(line) < LONGEST:
            size = 0
            continue
        if not size or (apart and begins):
            start, size, apart = number, 0, begins
        size += len(line) + 1
        if size > LONGEST:
            return start
    return 0


def without_code(text: str) -> str:
    """
    Return a text with blanks in the place of code.

    >>> without_code('Vé `a`\\n```\\nb\\n```\\n')
    'Vé    \\n   \\n \\n   \\n'
    """
    lines = text.split("\n")
    fences: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if FENCED.fullmatch(line.rstrip(" \t")):
            fences.setdefault(line.rstrip(" \t"), []).append(number)
    end = -1
    for number, line in enumerate(lines):
        fence = FENCED.match(line) if number > end else None
        if fence:
            ends = fences.get(fence[0], [])
            later = bisect_right(ends, number)
            end = ends[later] if later < len(ends) else end
        lines[number] = " " * len(line) if number <= end else CODE.sub(spaces, line)
    return "\n".join(lines)


def spaces(match: re.Match[str]) -> str:
    """Return as many blanks as a match has characters."""
    return " " * len(match[0])


def read_front_matter(page: Page, source: str) -> None:
    """Parse front matter, which must be a mapping."""
    try:
        meta = load(source, Loader) or {}
    except DataError as error:
        line = error.line + 1 if error.line else 1
        wrong = source.split("\n")[error.line - 1] if error.line else ""
        if "\t" in wrong[: len(wrong) - len(wrong.lstrip())]:
            page.problems.append(Problem.at("front-matter-tab", page.file, line))
        else:
            page.problems.append(Problem.at("front-matter-yaml", page.file, line, what=error.what))
        return
    if not isinstance(meta, dict):
        what = say("cần `tên: giá trị`", "not `name: value`")
        page.problems.append(Problem.at("front-matter-yaml", page.file, 2, what=what))
        return
    page.meta = {str(name): value for name, value in meta.items()}
    written = [text for text in strings(page.meta) if text not in source]
    page.escaped = nfc("\n".join(written))
    match = HIDDEN.search(page.escaped) or CONTROL.search(page.escaped)
    if match and match[0] not in source:
        character = f"U+{ord(match[0][0]):04X}"
        page.problems.append(Problem.at("page-hidden", page.file, 1, character=character))


def strings(value: Any) -> Iterator[str]:
    """
    Yield the texts in front matter.

    >>> list(strings({'a': ['b', {'c': 'd'}, 1]}))
    ['a', 'b', 'c', 'd']
    """
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from strings(name)
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def hidden_characters(text: str, file: str) -> list[Problem]:
    """Report the first character of each line that readers cannot see (Unicode TR36)."""
    if not (HIDDEN.search(text) or CONTROL.search(text) or "&" in text):
        return []
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        shown = unescape(line) if "&" in line else line
        match = HIDDEN.search(shown) or CONTROL.search(shown)
        if match:
            character = f"U+{ord(match[0]):04X}"
            found.append(Problem.at("page-hidden", file, number, character=character))
    return found


def inside(path: Path, folder: Path) -> bool:
    """Tell whether a file really lies in the folder, whatever links point at it."""
    # Unlike Path.resolve, it does not raise for a link that leads to itself.
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def holds(folder: Path, name: str) -> bool:
    """Tell whether a folder really holds a file of a name, which may be longer than any is."""
    path = folder / name
    try:
        return path.is_file() and inside(path, folder)
    except OSError as error:
        raise_failure(error)
        return False


def front_matter_fields(
    meta: dict[str, Any], patterns: list[str]
) -> Iterator[tuple[str, Any, Any]]:
    """
    Yield (pattern, container, key) of each field that readers see.

    >>> [c[k] for p, c, k in front_matter_fields({'glance': [{'text': 'a'}]}, ['glance.*.text'])]
    ['a']
    """
    for pattern in patterns:
        containers: list[Any] = [meta]
        *steps, last = pattern.split(".")
        for step in steps:
            if step == "*":
                containers = [i for c in containers if isinstance(c, list) for i in c]
            else:
                containers = [c[step] for c in containers if isinstance(c, dict) and step in c]
        for container in containers:
            if last == "*" and isinstance(container, list):
                yield from ((pattern, container, index) for index in range(len(container)))
            elif isinstance(container, dict) and isinstance(container.get(last), str):
                yield pattern, container, last


def front_matter_segments(page: Page, patterns: list[str]) -> list[tuple[Segment, Any, Any]]:
    """Return the segments of the front matter, each with the container and key that hold it."""
    found = []
    for pattern, container, key in front_matter_fields(page.meta, patterns):
        text = container[key]
        if isinstance(text, str) and has_letters(FACT.sub("", text)):
            field_name = pattern.replace("*.", "").replace(".*", "")
            segment = Segment(
                " ".join(text.split()),
                f"front matter: {field_name}",
                f"front matter: {field_name}",
                line=page.line_of(text.split("\n")[0][:40]),
                plain=True,
            )
            found.append((segment, container, key))
    return found


def missing_alt_texts(page: Page) -> list[Problem]:
    """Report pictures that a blind reader would know nothing of (WCAG 1.1.1)."""
    body = without_code(page.body)
    found = []
    for match in IMAGE.finditer(body):
        if not match[1].strip():
            found.append((match.start(), match[2] or match[3]))
    for match in HTML_IMAGE.finditer(body):
        if not re.search(r"\balt\s*=", match[0], re.IGNORECASE):
            found.append((match.start(), match[0][:60]))
    problems = [
        Problem.at("image-no-alt", page.file, page.body_line + body.count("\n", 0, at), image=image)
        for at, image in sorted(found)
    ]
    if page.meta.get("image") and not page.meta.get("image_alt"):
        image = str(page.meta["image"])
        problems.append(Problem.at("image-no-alt", page.file, page.line_of(image), image=image))
    return problems


def editorial_problems(page: Page) -> list[Problem]:
    """Report what an editor can put right before anybody approves the page."""
    found = missing_alt_texts(page)
    for name, wanted in FIELDS.items():
        value = page.meta.get(name)
        if value is not None and not isinstance(value, wanted):
            line, allowed = page.line_of(f"{name}:"), "…" if wanted is str else wanted.__name__
            shown = str(value)[:40]
            found.append(
                Problem.at(
                    "front-matter-value", page.file, line, field=name, value=shown, allowed=allowed
                )
            )
    body = without_code(page.text)
    for match in NEAR_FACT.finditer(body):
        if not FACT.fullmatch(match[0]):
            line = body.count("\n", 0, match.start()) + 1
            found.append(Problem.at("fact-unknown", page.file, line, fact=match[0]))
    for match in ACTIVE.finditer(body):
        line = body.count("\n", 0, match.start()) + 1
        found.append(Problem.at("page-active", page.file, line, what=match[0].strip()))
    for match in ELSEWHERE.finditer(body):
        line = body.count("\n", 0, match.start()) + 1
        found.append(Problem.at("page-elsewhere", page.file, line, what=match[1] or match[2]))
    for start, host in misleading_hosts(body):
        line = body.count("\n", 0, start) + 1
        found.append(Problem.at("page-host", page.file, line, host=host))
    # What is written otherwise and read the same: java&#115;cript:, \x6aavascript:
    for text, first in ((unescape(body), body), (unescape(page.escaped), page.text)):
        for match in RUNNING.finditer(text):
            if match[0] not in first:
                found.append(Problem.at("page-active", page.file, 1, what=match[0].strip()))
    return found
