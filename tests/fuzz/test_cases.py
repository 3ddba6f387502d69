"""Every case that was ever found: what a target did with it, it does not do again."""

from __future__ import annotations

import json

import pytest

from fuzz import cases
from fuzz.floods import INPUTS
from fuzz.of_catalogs import checker
from fuzz.of_kiosk import signed
from fuzz.samples import language, manifest
from fuzz.targets import TARGETS
from quangba.catalogs.message import Message
from quangba.errors import Problem, QuangbaError, Report, Severity
from quangba.kiosk.manifest import parse
from quangba.source.segment import Collected, Segment

HEADER = b'msgid ""\nmsgstr ""\n\n'

FACT = b"a: {label: a, kind: number, as_of: 2025, source: {title: a}, value: 1, %s}\n"


def found(target: str, data: bytes) -> str:
    """Return what is wrong with a case; nothing when it is sound."""
    finding = cases.run(TARGETS[target].run, data)
    return finding.report if finding else ""


@pytest.mark.parametrize(
    ("target", "data"),
    [
        pytest.param("yaml", b"a: !!int ''\n", id="number-of-nothing"),
        pytest.param("yaml", b"a: !!int '+'\n", id="sign-of-nothing"),
        pytest.param("yaml", b"a: !!timestamp soon\n", id="day-in-words"),
        pytest.param("yaml", b"a: !!bool maybe\n", id="truth-in-words"),
        pytest.param("facts", FACT % b"unit: [a], kind: measure", id="unit-is-a-list"),
        pytest.param("facts", b"a: {label: a, kind: measure, as_of: 1, source: {title: a}, "
                     b"value: 1, unit: {a: b}}", id="unit-is-a-mapping"),
        pytest.param("facts", FACT % b"precision: [a]", id="precision-is-a-list"),
        pytest.param("facts", FACT % b"expires: '2025-02-31'", id="expires-on-no-day"),
        pytest.param("facts", FACT.replace(b"value: 1", b"value: 0x" + b"f" * 300) % b"a: b",
                     id="value-that-no-float-holds"),
        pytest.param("facts", FACT.replace(b"2025", b"0x" + b"f" * 5000) % b"a: b",
                     id="year-that-nobody-prints"),
        pytest.param("facts", FACT.replace(b"value: 1", b"value: 1.0e+300") % b"style: compact",
                     id="figure-without-a-word"),
        pytest.param("po", HEADER + b'msgctxt "a\0b"\nmsgid "a"\nmsgstr "b"\n', id="nul"),
        pytest.param("po", HEADER + b'msgid "a\\000b"\nmsgstr "b"\n', id="nul-in-octal"),
        pytest.param("po", HEADER + b'# a fp:01234567\n# waived:\nmsgid "a"\nmsgstr "b"\n',
                     id="stamp-behind-a-signed-comment"),
        pytest.param("po", HEADER + b"# a fp:01234567\n" * 20_000 + b'msgid "a"\nmsgstr "b"\n',
                     id="many-signed-comments"),
        pytest.param("po", b'msgid ""\nmsgstr "X-Active-Entries: ' + b"9" * 5000 + b'\\n"\n',
                     id="count-of-5000-digits"),
        pytest.param("front-matter", b"![A](" + b"a" * 300 + b".svg)", id="long-name"),
        pytest.param("front-matter", b"---\nimage: " + b"a/" * 3000 + b"b.svg\nimage_alt: A\n---\n",
                     id="picture-in-many-folders"),
        pytest.param("segments", b"A {" + b"9" * 4900 + b"}\x1fb", id="token-of-5000-digits"),
        pytest.param("markup", b"A {1}\x1fA {" + b"9" * 4900 + b"}", id="translated-token"),
        pytest.param("remembered", b'{"profile": {"idle": [1]}}', id="idle-is-a-list"),
        pytest.param("remembered", b'{"profile": {"idle": "abc"}}', id="idle-is-a-text"),
        pytest.param("remembered", b'{"profile": {"idle": {"question_s": 1%s, "answer_s": 1}}}'
                     % (b"0" * 400), id="idle-for-ever"),
        pytest.param("remembered", b"/" + b"*a" * 20 + b"*b\n  A: b\n", id="path-of-twenty-stars"),
        pytest.param("running-text", b"<p>a</p><![etails>b", id="section-of-nothing-prose"),
        pytest.param("search", b"<p>a</p><![etails>b", id="section-of-nothing-search"),
        pytest.param("segments", b"<div markdown>\na <![etails>\n</div>", id="section-of-nothing"),
        pytest.param("front-matter", b"# A &#" + b"9" * 4500, id="character-by-number-page"),
        pytest.param("front-matter", b"# A &#" + b"0" * 4500, id="character-by-zeros"),
        pytest.param("markup", b"A\x1fA &#" + b"9" * 4500 + b";", id="character-by-number"),
        pytest.param("search", b"<p>&#" + b"9" * 4500 + b";", id="character-by-number-search"),
        pytest.param("pictures", b'<svg xmlns="http://www.w3.org/2000/svg" width="1e999" '
                     b'height="1e999"/>', id="endless-drawing"),
        pytest.param("pictures", b'<svg xmlns="http://www.w3.org/2000/svg" '
                     b'viewBox="0 0 1e-9 1"/>', id="drawing-without-width"),
        pytest.param("package", b'{"a":' * 50_000, id="nested-record"),
        pytest.param("tbx", b"<" + b"a" * 100_000 + b"/>", id="element-with-a-long-name"),
    ],
)  # fmt: skip
def test_a_case_that_was_found(target: str, data: bytes) -> None:
    assert found(target, data) == ""


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("facts", "many"),
        ("protect", "tags4"),
        ("protect", "sp"),
        ("protect", "wide"),
        ("words", "tick2"),
        ("words", "sc2"),
        ("words", "cm"),
        ("check", "br"),
        ("check", "dots"),
        ("segments", "brackets"),
        ("segments", "images"),
        ("segments", "ticks"),
        ("segments", "comments"),
        ("segments", "heads"),
        ("segments", "fences"),
        ("segments", "dl2"),
        ("segments", "line10M"),
        ("front-matter", "code"),
        ("header", "a"),
    ],
)
def test_a_flood_that_took_too_long(target: str, name: str) -> None:
    assert found(target, INPUTS[target]()[name].encode()) == ""


def test_a_manifest_with_a_nameless_entry() -> None:
    data = json.loads(manifest())
    del data["site"]
    data[""] = 1
    raw = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"
    signed(raw.encode())
    with pytest.raises(QuangbaError, match=r"release|a"):
        parse(raw.encode(), "a")


def test_a_translation_without_end_is_refused_and_not_read() -> None:
    segment = Segment("Vé")
    message = Message("Vé", "a" * 1_000_000)
    page = Collected([segment])
    findings = list(checker().message(message, segment, language("ja"), page, "a.po"))
    assert [(finding.check, finding.severity) for finding in findings] == [
        ("structure", Severity.ERROR)
    ]


def test_a_report_of_many_problems_says_each_once() -> None:
    report = Report()
    for _ in range(2):
        report.take(Problem.at("fact-wrong", "a", line, fact=[line]) for line in range(20_000))
        report.add("fact-wrong", "a", 0, fact=[0])
    assert [problem.line for problem in report.problems] == list(range(20_000))


def test_what_takes_too_long_is_a_finding() -> None:
    def busy(data: bytes) -> None:
        while True:
            pass

    finding = cases.run(busy, b"", seconds=0.05)
    assert finding is not None
    assert finding.signature.startswith("TooSlow test_cases.py")


def test_findings_of_one_place_are_one() -> None:
    def broken(data: bytes) -> None:
        raise KeyError(data)

    first, second = (cases.run(broken, data) for data in (b"a", b"b"))
    assert first is not None
    assert second is not None
    assert first.signature == second.signature
