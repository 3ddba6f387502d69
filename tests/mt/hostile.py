"""Helpers of the tests of drafts: small real packages, and models that say what we want."""

from __future__ import annotations

import hashlib
import os
import random
import re
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import support
from models.random_package import TINY, make_random_package, pack
from quangba.catalogs import workspace as workspace_module
from quangba.catalogs.glossary import Glossary
from quangba.catalogs.interface import PACKAGE, interface_texts
from quangba.catalogs.message import Catalog, Message
from quangba.catalogs.pofile import parse
from quangba.catalogs.workspace import Workspace
from quangba.cli import commands
from quangba.errors import QuangbaError
from quangba.mt import drafts
from quangba.mt.argos import ModelPackage
from quangba.mt.engine import Hypothesis, Request
from quangba.mt.store import Installed, Store
from quangba.mt.translate import Report, Translator
from quangba.source import numbers
from quangba.source.segment import Collected, Segment

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SMALL: dict[str, Any] = {**TINY, "layers": 1, "width": 16, "heads": 2}
"""A package that is made and loaded in no time."""

ALPHABETS = {
    "ja": ["うみ", "やま", "ふね", "まつり", "しま", "はし"],
    "zh": ["海", "山", "船", "岛", "桥", "市"],
    "ko": ["바다", "산", "배", "섬", "다리", "시장"],
    "lo": ["ທະ", "ພູ", "ເຮ", "ເກ", "ຂົ", "ຕະ"],
}
"""Words that the scripted translator has in scripts of their own."""

SYLLABLES = [a + b for a in ("lo", "be", "ri", "sa", "ke", "vi", "gu") for b in ("mu", "fa", "do")]

PAGE = """# Bãi biển

Bãi biển rất đẹp, cát trắng mịn.

Xem [bảng giờ tàu](tau.md "Giờ tàu") trước khi đi.

Vé **người lớn** giá 120.000 đồng, trẻ em 60.000 đồng.
"""
"""A page with a heading, a plain sentence, a link and bold beside numbers."""

TEXTS = 4
"""Its texts."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------

Model = Callable[[str, str], str | None]
"""Given a pair (``vi_en``) and a text, returns the answer; None for one that says nothing."""


class Scripted:
    """Stands for :class:`quangba.mt.engine.Engine`."""

    model: Model
    asked: list[tuple[str, Request]]

    def __init__(self, package: ModelPackage) -> None:
        self.package = package

    def translate(
        self,
        requests: Sequence[Request],
        done: Callable[[int, list[Hypothesis]], None] | None = None,
    ) -> list[list[Hypothesis]]:
        found = []
        pair = f"{self.package.source}_{self.package.target}"
        for index, request in enumerate(requests):
            self.asked.append((pair, request))
            text = type(self).model(pair, request.text)
            answer = Hypothesis(text or "", 0.0, None if text else "empty")
            found.append([answer])
            if done:
                done(index, [answer])
        return found

    def close(self) -> None:
        pass


# ----------------------------------------------------------------------------
# Packages
# ----------------------------------------------------------------------------


@cache
def archive(pair: str, version: str, options: tuple[tuple[str, Any], ...]) -> Path:
    """Return a package file, made once in a run of the tests."""
    folder = tempfile.TemporaryDirectory(prefix="hostile-")
    KEPT.append(folder)
    source, target = pair.split("_")
    sizes = {**SMALL, **dict(options)}
    ends = sizes.pop("ends", None)
    bias = {"</s>": ends} if ends else None
    made = make_random_package(
        Path(folder.name), source=source, target=target, version=version, bias=bias, **sizes
    )
    return pack(made)


KEPT: list[tempfile.TemporaryDirectory[str]] = []
"""Folders that live as long as this process."""


def install(folder: Path, *pairs: str, version: str = "1.0", **options: Any) -> Store:
    """
    Install packages with random weights; ``pairs`` are like ``vi_en`` or ``vi_en-2.0``.

    ``ends`` is a bias with which answers end: without it random weights go on to the limit.
    """
    store = Store(folder)
    for pair in pairs:
        name, _, given = pair.partition("-")
        file = archive(name, given or version, tuple(sorted(options.items())))
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        store.install(file, trusted=frozenset({digest}))
    return store


def installed(name: str, folder: Path = Path("x")) -> Installed:
    """Return a package as the store would list it, without any files."""
    pair, _, version = name.rpartition("-")
    source, target = pair.split("_")
    return Installed(name, source, target, version, folder / name, "0" * 64, "", "")


def script(
    monkeypatch: pytest.MonkeyPatch, model: Model | None = None
) -> list[tuple[str, Request]]:
    """Let a function answer for all packages; return the list of what is asked."""
    asked: list[tuple[str, Request]] = []
    engine = type("Fake", (Scripted,), {"model": staticmethod(model or speak), "asked": asked})
    monkeypatch.setattr(drafts, "Engine", engine)
    return asked


def speak(pair: str, text: str) -> str:
    """
    Translate into nonsense that passes every check: words change, all else stays.

    >>> speak('vi_en', 'Vé [1] giá 120.000 đồng.')
    'Samu [1] rido 120.000 VND.'
    """
    target = pair.partition("_")[2]
    words = ALPHABETS.get(target, SYLLABLES)

    def word(match: re.Match[str]) -> str:
        if match[0] in ("đồng", "VND", "km"):
            return match[0].replace("đồng", "VND")
        number = int(hashlib.sha256(f"{pair} {match[0]}".encode()).hexdigest(), 16)
        found = words[number % len(words)]
        return found.capitalize() if match[0][0].isupper() else found

    return re.sub(r"(?<![\d])[^\W\d_]+(?!\d)", word, text)


# ----------------------------------------------------------------------------
# Sites
# ----------------------------------------------------------------------------


def make(
    root: Path,
    files: Mapping[str, str | bytes] | None = None,
    languages: str = "en ja",
    **config: Any,
) -> Path:
    """Write a small site; return its ``mkdocs.yml``."""
    pages = files if files is not None else {"content/index.md": PAGE}
    return support.make_site(root, pages, languages=("vi", *languages.split()), **config)


def catalog(config: Path, name: str = "index", language: str = "en") -> Catalog:
    """Read a catalog from its file."""
    return parse(po(config, name, language).read_bytes(), name, language)


def po(config: Path, name: str = "index", language: str = "en") -> Path:
    """Return the path of a catalog."""
    return config.parent / "locales" / language / "LC_MESSAGES" / f"{name}.po"


def message(config: Path, start: str, name: str = "index", language: str = "en") -> Message:
    """Return the message whose source begins so."""
    return next(m for m in catalog(config, name, language).active if m.msgid.startswith(start))


def change(
    config: Path, edit: Callable[[Message], None], name: str = "index", language: str = "en"
) -> None:
    """Edit the active messages of a catalog as a person would."""
    workspace = support.open_workspace(config)
    target = next(one for one in workspace.settings.targets if one.code == language)
    found = workspace.catalog(target, name)
    assert found is not None
    for each in found.active:
        edit(each)
    workspace.write_catalogs([(target, name, found)])


def shorten_interface(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Of the hundreds of texts that the package brings itself, leave one of each kind, some fifty.

    A kind is: the same signs, whether it has digits, and whether it is a few words or a sentence.
    """

    def kind(segment: Segment) -> tuple[frozenset[str], bool, bool]:
        text = segment.msgid
        signs = frozenset(re.findall(r"[^\w\s]", text))
        return signs, bool(re.search(r"\d", text)), len(text.split()) > 3

    def shortened(overrides: Path | None) -> list[tuple[Segment, list[str]]]:
        kinds: dict[object, str] = {}
        return [
            (segment, files)
            for segment, files in interface_texts(overrides)
            if files != [PACKAGE] or kinds.setdefault(kind(segment), segment.msgid) == segment.msgid
        ]

    monkeypatch.setattr(workspace_module, "interface_texts", shortened)


def snapshot(config: Path) -> dict[str, bytes]:
    """Return the bytes of every catalog."""
    folder = config.parent / "locales"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def draft(
    config: Path,
    store: Store,
    *names: str,
    codes: str = "",
    again: bool = False,
    progress: Callable[[int, int], None] = lambda done, all: None,
) -> Report:
    """Run ``quangba translate`` without its command line."""
    support.sync(config)
    workspace = support.open_workspace(config)
    translator = Translator(workspace, store, progress)
    languages = [
        one for one in workspace.settings.targets if not codes or one.code in codes.split()
    ]
    return translator.run(languages, names or all_names(workspace), again=again)


def all_names(workspace: Workspace) -> list[str]:
    """Return the names of all catalogs, as the command takes them without PAGE."""
    return ["ui", "site", *workspace.names]


def command(config: Path, *arguments: str) -> tuple[int, str]:
    """Run ``quangba`` as ``main`` does; return exit code and everything that was printed."""
    result: Result = CliRunner().invoke(commands, ["-f", str(config), *arguments])
    if isinstance(result.exception, QuangbaError):
        return 1, result.output + result.exception.problem.text()
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def quangba(config: Path, *arguments: str) -> list[str]:
    """Return the command line that runs ``quangba`` in another process."""
    code = "from quangba.cli import main; main()"
    return [sys.executable, "-c", code, "-f", str(config), *arguments]


def environment(store: Store, **more: str) -> dict[str, str]:
    """Return the environment of another process, English and with a store."""
    return {**os.environ, "QUANGBA_MODELS": str(store.folder), "QUANGBA_LANG": "en", **more}


# ----------------------------------------------------------------------------
# Models that do almost everything right
# ----------------------------------------------------------------------------

RICH = """---
title: Vịnh Hạ Long và bến tàu
description: Giờ tàu, giá vé và 12 điều cần biết
---
# Tàu ra **vịnh Hạ Long** 2025

Biển đẹp, cát trắng mịn.

Vé [tàu](tau.md "Giờ tàu") giá 120.000 đồng, xem {fact:khach}.

Xem [bản đồ](map.md){ .card title="Tên" }.

Ngày 2/9/2025, *lễ hội* tại `bến` :material-ferry: theo số 12/2024/QĐ-UBND. Tàu chạy lúc 8h30!

![Ảnh đẹp](a.jpg) và <abbr title="Ủy ban nhân dân">UBND</abbr>, gọi 0203 3825 161.

Giờ mở cửa: từ 8h30 đến 17h, tăng 12,5% so với năm 2024, khoảng 3,5 triệu lượt khách.

Xem **[lịch *hè*](he.md)** tại <https://halong.vn/> hoặc viết tới dulich@quangninh.gov.vn.[^1]

- **Vé người lớn**: 5.000 đồng, ++ctrl+c++ rộng 553 km².
- Sản phẩm OCOP của Cô Tô, Vân Đồn và Quan Lạn.

| Tên | Giá |
|---|---|
| **Vé** tàu | 5.000 |

[^1]: Theo báo cáo quý 3 năm 2024.
"""
"""A page with everything that a model may spoil."""

TERMS = """vi,en,ja,zh,ko,fr,kind,rule
vịnh Hạ Long,Ha Long Bay,ハロン湾,下龙湾,하롱베이,baie d’Ha Long,place,required
OCOP,,,,,,term,keep
bến tàu,pier,桟橋,码头,부두,embarcadère,term,required
Vân Đồn,Van Don,ヴァンドン,云屯,번돈,Van Don,place,required
"""
"""Its glossary."""


def sloppy(seed: int, share: float) -> Model:
    """Return a translator that spoils a share of its answers, the same way every time."""

    def model(pair: str, text: str) -> str | None:
        chance = random.Random(f"{seed} {pair} {text}")
        said = speak(pair, text)
        while chance.random() < share:
            said = chance.choice(MISTAKES)(said, text, chance)
        return said

    return model


def drop(said: str, text: str, chance: random.Random) -> str:
    """Lose a piece."""
    parts = re.split(r"( |\[\d+\]|\d+|[.,:])", said)
    del parts[chance.randrange(len(parts))]
    return "".join(parts)


def double(said: str, text: str, chance: random.Random) -> str:
    """Say a piece twice."""
    parts = re.split(r"( |\[\d+\]|\d+|[.,:])", said)
    at = chance.randrange(len(parts))
    return "".join([*parts[: at + 1], *parts[at:]])


def swap(said: str, text: str, chance: random.Random) -> str:
    """Let two pieces change places."""
    parts = re.split(r"( |\[\d+\]|\d+)", said)
    one, other = chance.randrange(len(parts)), chance.randrange(len(parts))
    parts[one], parts[other] = parts[other], parts[one]
    return "".join(parts)


def digit(said: str, text: str, chance: random.Random) -> str:
    """Change a digit."""
    return re.sub(
        r"\d", lambda m: m[0] if chance.random() < 0.8 else str(chance.randrange(10)), said
    )


def insert(said: str, text: str, chance: random.Random) -> str:
    """Add something."""
    at = chance.randrange(len(said) + 1)
    return said[:at] + chance.choice(ADDITIONS) + said[at:]


def untranslated(said: str, text: str, chance: random.Random) -> str:
    """Leave a part in the language of the source."""
    cut = chance.randrange(len(text) + 1)
    return text[:cut] + said[min(cut, len(said)) :]


ADDITIONS = (
    *["0", "7", "12", "3,5", "1.000", "½", "²", "%", "°", "VII"],
    *[
        "*",
        "**",
        "_",
        "`",
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "{",
        "}",
        "|",
        "\\",
        "~~",
        "==",
        "^^",
        "#",
        "&",
        "&amp;",
        "<b>",
        "</b>",
        "<br>",
        "![x](y)",
        "[x](y)",
    ],
    *[
        "[1]",
        "[2]",
        "[3]",
        "[9]",
        "⟦1⟧",
        "ZX1",
        "#1",
        "701",
        "702",
        "{fact:khach}",
        "{1}",
        "{date}",
        "[^1]",
        "[^9]",
        ":smile:",
    ],
    *["evil.com", "www.evil.vn", "x@evil.com", "{", ".x", "}", "{#id}", "---"],
    *[
        "\u200b",
        "\u202e",
        "\x00",
        "\x02",
        "\x03",
        "\ue000",
        "\ue100",
        "\ue200",
        "\ue300",
        "�",
        "\ufeff",
        "⁇",
        "Đảo",
        "đẹp",
    ],
    *[
        "вода",
        "海",
        "うみ",
        "바다",
        "ທະເລ",
        "ทะเล",
        "ماء",
        "θάλασσα",
        "million",
        "triệu",
        "hundred",
        "two",
        "hai",
        "first",
        "quý",
    ],
    "\u2028",
    "\u00a0",
    "vịnh Hạ Long",
    "OCOP",
    "Vân Đồn",
)
"""What models add."""

Mistake = Callable[[str, str, random.Random], str]

MISTAKES: list[Mistake] = [drop, double, swap, digit, insert, insert, untranslated]


def broken_drafts(config: Path) -> list[tuple[str, str, str, str]]:
    """
    Look at every draft of a site anew; return language, source, draft and what is wrong.

    Nothing here looks through the eyes of the ladder: whole texts are compared, as Markdown.
    """
    workspace = support.open_workspace(config)
    path = workspace.settings.catalogs / "glossary.csv"
    glossary = Glossary.read(path, "glossary.csv")
    found = []
    for language in workspace.settings.targets:
        for name in all_names(workspace):
            catalog = workspace.catalog(language, name)
            if catalog is None:
                continue
            own = "en" if name == "ui" else workspace.settings.source.code
            collected = workspace.collected(name) if name.endswith(".md") else Collected()
            index = catalog.index()
            for segment in workspace.segments(name):
                entry = index[segment.key]
                if not entry.msgstr:
                    continue
                source, target = words_of(segment.msgid), words_of(entry.msgstr)
                wrong = (
                    workspace.inspector.difference(segment, entry.msgstr, collected)
                    or numbers.difference(source, own, target, language.code)
                    or glossary.difference(source, own, target, language.code)
                    or script_of(source, target, language.code)
                    or literals(segment.msgid, entry.msgstr)
                )
                if wrong:
                    found.append((language.code, segment.msgid, entry.msgstr, wrong))
    return found


def words_of(text: str) -> str:
    """Return a text as it reads: without targets of links, code, tags and attributes."""
    text = re.sub(
        r"`[^`]*`|<[^>]*>|\{[^}]*\}|:[a-z-]+:|\+\+[^+]+(\+[^+]+)*\+\+|\[\^\d\]", " ", text
    )
    return re.sub(r"[*]", "", re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text))


def literals(source: str, target: str) -> str | None:
    """Compare what must be the same letter by letter."""
    for pattern in (
        r"`[^`]*`",
        r"\{fact:\w+\}",
        r"\]\([^\s)]*",
        r"<[a-z/]+",
        r"\[\^\w+\]",
        r":[a-z]+-[a-z]+:",
        r"[a-z.]+@[a-z.]*[a-z]",
        r"https?://[\w./]+",
        r"\d+/\d+/QĐ-UBND",
        r"0203 3825 161",
        r"\+\+[a-z+]+\+\+",
        r"km²",
        r"\{\w*\}",
        r"%\(\w+\)s",
        r"\{ \.\w+",
    ):
        if sorted(re.findall(pattern, source)) != sorted(re.findall(pattern, target)):
            return f"literals {pattern}"
    if re.search("[\ue000-\uf8ff\x00-\x1f\ufffd\u200b\u202e\u2028⁇]", target):
        return "character"
    return None


def script_of(source: str, target: str, language: str) -> str | None:
    """Find letters of a script that a language does not have."""
    foreign = {
        "en": "[^\\W\\d_a-zA-ZÀ-ÿ]",
        "fr": "[^\\W\\d_a-zA-ZÀ-ÿœŒ]",
        "ja": "[\u0400-\u06ff\u0e00-\u0eff\u1e00-\u1eff\uac00-\ud7af]",
        "zh": "[\u0400-\u06ff\u0e00-\u0eff\u1e00-\u1eff\uac00-\ud7af\u3040-\u30ff]",
        "ko": "[\u0400-\u06ff\u0e00-\u0eff\u1e00-\u1eff\u3040-\u30ff\u4e00-\u9fff]",
    }[language]
    # A name that has no form in the language's script stays as it is.
    names = set(re.findall(r"[A-ZĐ]\w+", source)) if language in ("ja", "zh", "ko") else set()
    for word in re.findall(r"\w+", re.sub(r"/QĐ-UBND|km²", " ", target)):
        if re.search(foreign, word) and word not in names:
            return f"script {word}"
    return None
