"""Sentences to people: complete in both languages, and the package runs on Windows too."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import quangba
from quangba.errors import Problem, Severity, user_language
from quangba.messages import MESSAGES
from quangba.review.checking import FAMILY, all_checks

PACKAGE = Path(quangba.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
VIETNAMESE = re.compile("[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]")


def trees() -> Iterator[tuple[Path, ast.AST]]:
    for path in MODULES:
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


all_checks()  # puts the sentences of the checks among the messages


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_a_message_is_whole_in_both_languages(code: str) -> None:
    severity, vietnamese, english = MESSAGES[code]
    assert severity in Severity.__members__
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", code)
    assert placeholders(vietnamese) == placeholders(english)
    assert VIETNAMESE.search(vietnamese)
    assert not VIETNAMESE.search(re.sub("“[^”]*”", "", english))
    for text in (vietnamese, english):
        assert text.endswith(".")
        assert text == text.strip()
        assert "  " not in text


def used_codes() -> set[str]:
    """Return the strings of the package that look like codes of messages."""
    kinds = {code.split("-")[0] for code in MESSAGES}
    found = set()
    for path, tree in trees():
        if path.name == "messages.py":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
                if re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", text) and text.split("-")[0] in kinds:
                    found.add(text)
    return found


def raised_codes() -> set[str]:
    """Return the codes that problems are made with, where they are written out."""
    found = set()
    for _, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = ast.unparse(node.func)
            if name in ("QuangbaError", "Problem.at", "Problem") or name.endswith("report.add"):
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.add(first.value)
    return found


def test_every_code_in_the_package_has_a_message() -> None:
    assert raised_codes() <= set(MESSAGES)
    assert len(raised_codes()) > 20


def test_every_message_is_used() -> None:
    # The sentences of checks stand on the checks.
    assert {code for code in MESSAGES if not code.startswith(FAMILY)} <= used_codes()


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        pytest.param({"QUANGBA_LANG": "en", "LANG": "vi_VN.UTF-8"}, "en", id="ours-wins"),
        pytest.param({"LANG": "C"}, "vi", id="posix"),
        pytest.param({"LANG": "en_GB.UTF-8"}, "en", id="english"),
        pytest.param({"LC_ALL": "vi_VN", "LANG": "en_US"}, "vi", id="lc-all-wins"),
    ],
)
def test_language_of_the_user(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    for name in ("QUANGBA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert user_language() == language


def test_a_value_with_braces_is_only_a_value() -> None:
    problem = Problem.at("fact-unknown", "a.md", 3, fact="{file.__class__}")
    assert "“{file.__class__}”" in problem.text("en")


# ----------------------------------------------------------------------------
# Windows
# ----------------------------------------------------------------------------

POSIX_MODULES = {"fcntl", "pwd", "grp", "resource", "termios"}
POSIX_NAMES = {"os.fork", "os.symlink", "os.getuid", "os.geteuid", "signal.SIGKILL", "os.uname"}


GUARDED = {
    ("files.py", "fcntl"): 'if sys.platform != "win32":\n    import fcntl',
    ("site/forking.py", "os.fork"): 'sys.platform.startswith("linux")',
    ("site/forking.py", "signal.SIGKILL"): 'sys.platform.startswith("linux")',
}
"""What a module uses that Windows lacks, and the text in it that keeps Windows from there."""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_runs_on_windows(path: Path) -> None:
    text, name = path.read_text(encoding="utf-8"), path.relative_to(PACKAGE).as_posix()
    guarded = {what for (module, what), guard in GUARDED.items() if module == name}
    assert all(guard in text for (module, _), guard in GUARDED.items() if module == name)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            assert not {alias.name for alias in node.names} & (POSIX_MODULES - guarded)
        elif isinstance(node, ast.ImportFrom):
            assert node.module not in POSIX_MODULES
        elif isinstance(node, ast.Attribute):
            assert ast.unparse(node) not in POSIX_NAMES - guarded
        elif isinstance(node, ast.Call):
            assert says_encoding(node), f"{path.name}:{node.lineno}: {ast.unparse(node)}"


def says_encoding(call: ast.Call) -> bool:
    """Tell whether a call that opens text names its encoding."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
    if any(keyword.arg == "encoding" for keyword in call.keywords):
        return True
    if name in ("read_text", "write_text"):
        # quangba.files.write_text(path, text) is always UTF-8.
        return isinstance(call.func, ast.Name)
    if name == "open" and ast.unparse(call.func) not in (
        "os.open",
        "Image.open",
        "webbrowser.open",
    ):
        modes = [a.value for a in call.args if isinstance(a, ast.Constant)]
        return any(isinstance(mode, str) and "b" in mode for mode in modes)
    return True
