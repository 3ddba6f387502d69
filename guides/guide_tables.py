"""
Tables of the guides that the package itself knows: messages, checks, keys, states and columns.

Each table is a function of the guide's language, ``vi`` or ``en``, and returns Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from pathlib import Path

from babel.messages.pofile import read_po

import quangba
from guide_stick import ACTIONS, SCREEN
from quangba.errors import Severity
from quangba.exchange.rows import STALE, STATES
from quangba.exchange.workbook import COLUMNS
from quangba.messages import MESSAGES
from quangba.review.checking import Check, all_checks

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ROOT = Path(__file__).resolve().parents[1]
"""The project."""

HELP = Path(quangba.__file__).parent / "desk" / "templates" / "desk.html"
"""Holds the list of keys of the desk."""

KEY_ROW = re.compile(r"<div><dt>(?P<keys>.+?)</dt><dd>\{\{ _\('(?P<text>[^']+)'\) \}\}</dd></div>")
"""``<div><dt>{{ key("Alt+A") }}</dt><dd>{{ _('Accept …') }}</dd></div>``"""

KEY = re.compile(r'\{\{ key\("(?P<keys>[^"]+)"\) \}\}')

SEVERITIES = {
    Severity.ERROR: ("lỗi", "error"),
    Severity.WARNING: ("cảnh báo", "warning"),
    Severity.NOTE: ("gợi ý", "hint"),
}

GROUPS: dict[str, tuple[str, ...]] = {
    "page": ("page-", "front-matter-", "image-", "link-", "text-untranslatable", "redirect-"),
    "kind": ("kind-", "event-", "areas-"),
    "fact": ("data-", "fact-", "rate-"),
    "picture": ("asset-", "picture-", "video-", "spoken-", "card-"),
    "statement": ("statement-",),
    "search": ("search-",),
    "gate": (
        "gate-unapproved", "gate-changed", "gate-sample", "gate-classification",
        "gate-not-public", "gate-owner", "gate-secrecy", "gate-snippet", "gate-draft",
        "gate-withdrawn", "approval-wrong",
    ),
    "catalog": ("po-", "text-stale", "text-unsound", "edition-missing", "site-untranslated"),
    "run": (
        "config-", "file-", "review-", "sync-running", "build-", "init-", "font-",
        "language-no-cldr", "language-silent", "site-address",
        "site-address-sample", "site-taken", "site-mounted", "site-place", "system-error", "proof-",
    ),
    "exchange": ("export-", "import-"),
    "adopt": ("adopt-",),
    "waiver": ("waiver-",),
    "approve": ("approve-", "name-empty", "language-unknown"),
    "report": ("report-",),
    "kiosk office": (
        "kiosk-key-name", "kiosk-key-exists", "kiosk-key-inside", "kiosk-key-silent",
        "kiosk-key-missing", "kiosk-key-count", "kiosk-key-wrong", "kiosk-key-passphrase",
        "kiosk-key-unlisted", "kiosk-no-repository", "kiosk-no-commit", "kiosk-shallow",
        "kiosk-dirty", "kiosk-no-site", "kiosk-no-gates", "kiosk-no-gate-chosen",
        "kiosk-gate-unknown", "kiosk-gate-profile", "kiosk-site-", "kiosk-too-large",
        "kiosk-serial-", "kiosk-recall-",
    ),
    "kiosk device": (
        "kiosk-serve-", "kiosk-command", "kiosk-command-", "kiosk-no-root", "kiosk-gate-fixed",
        "kiosk-nothing-older", "kiosk-not-kept", "kiosk-damaged", "kiosk-no-receipt",
    ),
    "kiosk screen": ("kiosk-screen-",),
    "kiosk build": (
        "profile-", "gate-page-unpublished", "gate-tile-long", "led-", "glyph-", "reading-",
        "readings-", "keyboard-",
    ),
    "history": ("history-",),
    "leaflet": ("leaflet-",),
    "supply": ("supply-",),
}  # fmt: skip
"""Messages by what they are about: whole codes, or how codes begin."""

STICK = {
    "stick": list(ACTIONS)[: list(ACTIONS).index("kiosk-empty")],
    "refused": list(ACTIONS)[list(ACTIONS).index("kiosk-empty") :],
}
"""Messages on the screen of a device, in the order in which people meet them."""

CHECKS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "values": (("values", "days"), "Con số, ngày tháng, tiền, đơn vị", "Numbers, dates, money"),
    "structure": (("structure",), "Liên kết, hình, số liệu, dấu Markdown", "Links, facts, markup"),
    "terms": (("terms",), "Tên riêng và thuật ngữ", "Names and terms"),
    "language": (("language", "characters"), "Ngôn ngữ và chữ viết", "Language and characters"),
    "prose": (("prose", "sentences"), "Câu chữ: thiếu, thừa, lặp", "Sentences lost or added"),
    "signs": (
        ("ends", "punctuation", "spacing"),
        "Dấu câu và khoảng trắng",
        "Punctuation and blanks",
    ),
    "site": (("consistency",), "Giống nhau và khác nhau trong cả trang web", "Across the site"),
}
"""Groups of checks: modules, and what people call the group in Vietnamese and English."""

OTHERS = ("Phép kiểm tra khác", "Other checks")

MEANINGS: dict[str, tuple[str, str, str, str]] = {
    "missing": (
        "Not translated",
        "Chưa có bản dịch.",
        "There is no translation.",
        'msgstr ""',
    ),
    "draft": (
        "Draft",
        "Máy dịch, hoặc người dịch còn phân vân. Chưa ai chấp nhận.",
        "A machine made it, or a person is unsure. Nobody has accepted it.",
        "#, fuzzy",
    ),
    "stale": (
        "Source changed",
        "Bản tiếng Việt đã sửa sau khi dịch.",
        "The Vietnamese changed after it was translated.",
        "#, fuzzy + #| msgid",
    ),
    "translated": (
        "Translated",
        "Có người dịch hoặc đã chấp nhận bản nháp. Chưa ai khác đọc lại.",
        "A person translated it or accepted a draft. Nobody else has read it.",
        'msgstr "…"',
    ),
    "reviewed": (
        "Reviewed",
        "Có người đọc và đứng tên. Tự hết hiệu lực khi một trong hai bản thay đổi.",
        "Somebody read it and stands by it. It expires when either text changes.",
        "# reviewed: …",
    ),
}
"""States: name on the desk, meaning in Vietnamese and English, form in a PO file."""

CELLS: dict[str, tuple[str, str]] = {
    "kind": ("Loại đoạn: tiêu đề, đoạn văn, ô bảng", "Kind of text: heading, paragraph, cell"),
    "source": ("Câu tiếng Việt", "The Vietnamese"),
    "target": ("Bản dịch; sửa ở đây", "The translation; change it here"),
    "decision": (
        "Chọn: chấp nhận, đã thẩm định, bỏ qua; hoặc để trống",
        "Choose accept, reviewed or skip; or leave it empty",
    ),
    "comment": ("Lời nhắn cho người biên tập", "What the editor should know"),
    "state": ("Tình trạng khi xuất", "State when it was exported"),
    "findings": ("Điều máy thấy nghi ngờ", "What the checks found"),
    "tags": ("Mỗi dấu ⟦1⟧ thay cho gì", "What each tag ⟦1⟧ stands for"),
    "terms": ("Thuật ngữ phải dùng", "Terms to use"),
    "previous": ("Câu tiếng Việt mà bản dịch cũ dựa vào", "The Vietnamese it was made for"),
    "pivot": ("Bản tiếng Anh ở giữa, nếu máy dịch", "The English in between, if by machine"),
    "notes": ("Lời dặn của người biên tập", "Notes of the editor"),
    "id": ("Mã của đoạn, không sửa", "Name of the entry, never change it"),
    "version": ("Bản đã xuất, không sửa", "What was exported, never change it"),
}
"""What the columns of a workbook hold."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def choose(language: str, vietnamese: str, english: str) -> str:
    """Return the one in the language of the guide."""
    return english if language == "en" else vietnamese


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """
    Return a table of Markdown.

    >>> print(table(['a', 'b'], [['1', '2|3']]))
    | a | b |
    |---|---|
    | 1 | 2\\|3 |
    """
    lines = [list(head), *rows]
    cells = ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]
    return "\n".join([cells[0], "|" + "---|" * len(head), *cells[1:]])


def plain(text: str) -> str:
    """
    Return a message as Markdown that shows it letter by letter, its values as dots.

    >>> plain('thay [mô tả]({image}), hoặc `quangba sync` cho “{what}”')
    'thay \\\\[mô tả\\\\](…), hoặc `quangba sync` cho “…”'
    """
    dotted = re.sub(r"\{\w+\}", "…", text).replace("{{", "{").replace("}}", "}")
    parts = dotted.split("`")
    for number in range(0, len(parts), 2):
        escaped = re.sub(r"([\[\]*])", r"\\\1", parts[number])
        parts[number] = escaped.replace("<", "&lt;").replace(">", "&gt;")
    return "`".join(parts)


def severity(language: str, name: str) -> str:
    """Return a severity in words."""
    return choose(language, *SEVERITIES[Severity[name]])


def codes(group: str) -> list[str]:
    """Return the codes of a group of messages, in the order of the package."""
    whole = [code for code in MESSAGES if code in GROUPS[group]]
    families = tuple(name for name in GROUPS[group] if name.endswith("-"))
    return [code for code in MESSAGES if code in whole or (families and code.startswith(families))]


def messages(group: str, language: str) -> str:
    """Return what the commands say about one kind of thing."""
    head = choose(language, "Mức", "Severity"), choose(language, "Câu báo", "Message")
    return table(
        head,
        [
            [severity(language, MESSAGES[code][0]), plain(choose(language, *MESSAGES[code][1:]))]
            for code in codes(group)
        ],
    )


def stick(group: str, language: str) -> str:
    """Return what a screen says about a stick, and what the officer does."""
    head = (
        choose(language, "Câu trên màn hình", "Message on the screen"),
        choose(language, "Nghĩa là gì, làm gì", "What it means, what to do"),
    )
    rows = [
        [plain(choose(language, *MESSAGES[code][1:])), choose(language, *ACTIONS[code])]
        for code in STICK[group]
    ]
    return table(head, rows)


def screen(language: str) -> str:
    """Return what stands on a screen by itself, and what it means."""
    head = (
        choose(language, "Chữ trên màn hình", "Words on the screen"),
        choose(language, "Nghĩa là gì, làm gì", "What it means, what to do"),
    )
    rows = [
        [re.sub(r"%\(\w+\)s", "…", label(language, text)), choose(language, *meaning)]
        for text, meaning in SCREEN.items()
    ]
    return table(head, rows)


def group_of(check: Check) -> str:
    """Return the group that a check belongs to; nothing for those of other packages."""
    module = check.function.__module__
    name = module.rpartition(".")[2] if module.startswith("quangba.") else ""
    return next((group for group, (modules, *_) in CHECKS.items() if name in modules), "")


def checks(language: str) -> str:
    """Return every check with its sentence, a table for each group."""
    head = [
        choose(language, "Tên", "Name"),
        choose(language, "Mức", "Severity"),
        choose(language, "Câu báo", "Message"),
    ]
    parts = []
    for group in (*CHECKS, ""):
        titles = CHECKS[group][1:] if group else OTHERS
        found = [check for check in all_checks().values() if group_of(check) == group]
        rows = [
            [
                f"`{check.name}`",
                choose(language, *SEVERITIES[check.severity]),
                plain(choose(language, *MESSAGES[check.code][1:])),
            ]
            for check in found
        ]
        if rows:
            parts.append(f"*{choose(language, *titles)}*\n\n{table(head, rows)}")
    return "\n\n".join(parts)


@cache
def interface(language: str) -> dict[str, str]:
    """Return the desk's texts by their English, from the catalog of the interface."""
    if language == "en":
        return {}
    path = ROOT / "locales" / language / "LC_MESSAGES" / "ui.po"
    with path.open("rb") as file:
        catalog = read_po(file)
    return {str(each.id): str(each.string) for each in catalog if each.id and each.string}


def label(language: str, text: str) -> str:
    """Return a text of the desk in the language."""
    return interface(language).get(text, text)


def help_rows() -> list[tuple[str, str]]:
    """Return the keys of the desk's own help as Markdown, and what they do in English."""
    rows = KEY_ROW.findall(HELP.read_text(encoding="utf-8"))
    return [(KEY.sub(r"<kbd>\g<keys></kbd>", keys), text) for keys, text in rows]


def keys(language: str) -> str:
    """Return the keys of the desk."""
    head = choose(language, "Phím", "Key"), choose(language, "Việc", "What it does")
    return table(head, [[found, label(language, text)] for found, text in help_rows()])


def states(language: str) -> str:
    """Return the states of a text: on the desk, in Excel and commands, in a PO file."""
    head = [
        choose(language, "Trên bàn thẩm định", "On the desk"),
        choose(language, "Trong Excel", "In Excel"),
        choose(language, "Nghĩa", "Meaning"),
        choose(language, "Trong tệp PO", "In a PO file"),
    ]
    names = [*STATES.values(), STALE]
    rows = []
    for name, (desk, vietnamese, english, form) in MEANINGS.items():
        excel = next(" / ".join(pair) for pair in names if pair[1] == name)
        rows.append(
            [label(language, desk), excel, choose(language, vietnamese, english), f"`{form}`"]
        )
    return table(head, rows)


def columns(language: str) -> str:
    """Return the columns of a workbook."""
    head = [
        choose(language, "Cột", "Column"),
        choose(language, "Có gì", "What it holds"),
        choose(language, "Được sửa", "May be changed"),
    ]
    rows = []
    for column in COLUMNS:
        name = f"{column.vietnamese} / {column.english}"
        hidden = choose(language, "ẩn", "hidden")
        may = choose(language, "có", "yes") if column.writable else hidden if column.hidden else "–"
        rows.append([name, choose(language, *CELLS[column.name]), may])
    return table(head, rows)


TABLES: dict[str, Callable[[str], str]] = {
    **{f"messages {group}": partial(messages, group) for group in GROUPS},
    "checks": checks,
    "keys": keys,
    "states": states,
    "columns": columns,
    **{f"messages {group}": partial(stick, group) for group in STICK},
    "screen": screen,
}
"""Tables by the name in their marker."""
