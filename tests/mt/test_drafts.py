"""Drafting: every text of a run climbs together; the journal saves time and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile import draft, install, installed, make, message, script, speak
from hypothesis import given
from hypothesis import strategies as st

from quangba.mt import drafts as module
from quangba.mt.acceptance import Flaw
from quangba.mt.crossing import Ask
from quangba.mt.drafts import Drafting, Journal, Packages
from quangba.mt.engine import Hypothesis, Request
from quangba.mt.store import Store

SHA = "a" * 64
REQUEST = Request("Biển")
ANSWER = [Hypothesis("Sea", -0.5, None)]
LINE = json.dumps([SHA, "Biển", 1, [["Sea", -0.5, None]]])

# ----------------------------------------------------------------------------
# Journal
# ----------------------------------------------------------------------------


def test_answers_are_there_in_the_next_run(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "new" / "j.jsonl")
    journal.put(SHA, REQUEST, ANSWER)
    journal.put(SHA, Request("Núi", 4), [Hypothesis("", -1.0, "empty"), *ANSWER])
    journal.close()
    again = Journal(tmp_path / "new" / "j.jsonl")
    assert again.get(SHA, REQUEST) == ANSWER
    assert again.get(SHA, Request("Núi", 4)) == [Hypothesis("", -1.0, "empty"), *ANSWER]
    assert again.get("b" * 64, REQUEST) is None
    assert again.get(SHA, Request("Biển", 4)) is None


def test_answers_are_there_when_the_run_was_killed(tmp_path: Path) -> None:
    Journal(tmp_path / "j.jsonl").put(SHA, REQUEST, ANSWER)
    assert Journal(tmp_path / "j.jsonl").get(SHA, REQUEST) == ANSWER


def test_reading_creates_nothing(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "x" / "j.jsonl")
    journal.close()
    assert not list(tmp_path.iterdir())


def test_attention_is_remembered_for_this_run_only(tmp_path: Path) -> None:
    request = Request("Biển", attention=True)
    journal = Journal(tmp_path / "j.jsonl")
    journal.put(SHA, request, ANSWER)
    assert journal.get(SHA, request) == ANSWER
    assert not (tmp_path / "j.jsonl").exists()


@pytest.mark.parametrize("cut", range(1, len(LINE.encode())))
def test_a_torn_last_line_costs_only_itself(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "j.jsonl"
    path.write_bytes(LINE.encode() + b"\n" + LINE.replace("Bi", "Gi").encode()[:cut])
    journal = Journal(path)
    assert journal.get(SHA, REQUEST) == ANSWER
    journal.put(SHA, Request("Núi"), ANSWER)
    journal.close()
    again = Journal(path)
    assert again.get(SHA, REQUEST) == ANSWER
    assert again.get(SHA, Request("Núi")) == ANSWER


@pytest.mark.parametrize(
    "cut",
    [pytest.param(cut) for cut in (1, 2)] + [3],
)
def test_a_line_torn_inside_a_letter_costs_only_itself(tmp_path: Path, cut: int) -> None:
    raw = json.dumps([SHA, "Biển", 1, []], ensure_ascii=False).encode()
    path = tmp_path / "j.jsonl"
    path.write_bytes(LINE.encode() + b"\n" + raw[: raw.index("ể".encode()) + cut])
    assert Journal(path).get(SHA, REQUEST) == ANSWER


GARBAGE = [
    pytest.param(b"\xff\xfe\x00\x01" * 10, id="binary"),
    pytest.param(b"\x00" * 100, id="zeros"),
    pytest.param(b"{}", id="object"),
    pytest.param(b"null", id="null"),
    pytest.param(b"[1, 2, 3, 4]", id="numbers"),
    pytest.param(b'["a", "b", 1, [["x", "y", null]]]', id="score-is-text"),
    pytest.param(b'["a", "b", 1, "abc"]', id="hypotheses-are-text"),
    pytest.param(b'["a", ["b"], 1, []]', id="list-as-text"),
    pytest.param(b'[["a"], "b", 1, []]', id="list-as-package"),
    pytest.param(b'["a", "b", {}, []]', id="object-as-count"),
    pytest.param(b'["a", "b", 1, [["x", 1e999, null]]]', id="infinite-score"),
    pytest.param(b'["a", "b", 1, [["x", NaN, null]]]', id="nan-score"),
    pytest.param(b'["a", "b", 1, [["x", 1' + b"0" * 400 + b", null]]]", id="huge-score"),
    pytest.param(b'["a", "b", 1, [["x", 1' + b"0" * 5000 + b", null]]]", id="endless-score"),
    pytest.param(b"[" * 200_000, id="deep"),
]


@pytest.mark.parametrize("data", GARBAGE)
def test_garbage_costs_only_itself(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "j.jsonl"
    path.write_bytes(data + b"\n" + LINE.encode() + b"\n" + data)
    assert Journal(path).get(SHA, REQUEST) == ANSWER


@given(st.binary(max_size=80))
def test_no_bytes_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_bytes(data)
    Journal(path)


@pytest.mark.parametrize(
    "char",
    [pytest.param(char) for char in ("\u2028", "\u2029", "\x85")] + ["\x1c", "\x0b", "\r", "\n"],
)
def test_texts_with_any_line_end_are_remembered(tmp_path: Path, char: str) -> None:
    request = Request(f"Biển{char}đẹp")
    journal = Journal(tmp_path / "j.jsonl")
    journal.put(SHA, request, ANSWER)
    journal.close()
    assert Journal(tmp_path / "j.jsonl").get(SHA, request) == ANSWER


def test_a_text_that_cannot_be_written_does_not_stop_a_run(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.jsonl")
    journal.put(SHA, Request("\ud800"), ANSWER)
    journal.put(SHA, REQUEST, ANSWER)
    journal.close()
    assert Journal(tmp_path / "j.jsonl").get(SHA, REQUEST) == ANSWER


def test_a_journal_that_grew_too_large_is_begun_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LARGEST", 100)
    path = tmp_path / "j.jsonl"
    path.write_text((LINE + "\n") * 10, encoding="utf-8")
    journal = Journal(path)
    assert journal.get(SHA, REQUEST) is None
    assert not path.exists()


def test_a_journal_that_cannot_be_written_does_not_stop_a_run(tmp_path: Path) -> None:
    (tmp_path / "j.jsonl").mkdir()
    journal = Journal(tmp_path / "j.jsonl")
    journal.put(SHA, REQUEST, ANSWER)
    assert journal.get(SHA, REQUEST) == ANSWER
    journal.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux only")
def test_a_full_disk_does_not_stop_a_run(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.jsonl")
    (tmp_path / "j.jsonl").symlink_to("/dev/full")
    for number in range(2000):
        journal.put(SHA, Request(f"{number} " * 20), ANSWER)
    journal.close()
    assert journal.get(SHA, Request("7 " * 20)) == ANSWER


def test_a_flaw_that_nobody_knows_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As from a later version, or from a hand: people would be shown a traceback."""
    script(monkeypatch, lambda pair, text: None)
    store = install(tmp_path / "m", "vi_en")
    site = make(tmp_path / "s", {"content/a.md": "Biển.\n"}, "en")
    draft(site, store, "a.md")
    path = tmp_path / "s" / ".cache" / "quangba" / "drafts.jsonl"
    text = path.read_text(encoding="utf-8")
    assert '"empty"' in text
    path.write_text(text.replace('"empty"', '"invented"'), encoding="utf-8")
    assert draft(site, store, "a.md").outcomes["en"].refused == 1


# ----------------------------------------------------------------------------
# Resuming
# ----------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return install(tmp_path / "m", "vi_en", "en_ja")


@pytest.mark.parametrize("after", [0, 1, 3, 6, 9])
def test_an_interrupted_run_goes_on_where_it_stopped(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    site = make(tmp_path / "s")
    count = 0

    def interrupted(pair: str, text: str) -> str:
        nonlocal count
        if count == after:
            raise KeyboardInterrupt
        count += 1
        return speak(pair, text)

    first = script(monkeypatch, interrupted)
    with pytest.raises(KeyboardInterrupt):
        draft(site, store, "index.md")
    answered = first[:-1]
    second = script(monkeypatch)
    draft(site, store, "index.md")
    assert not set(answered) & set(second)
    assert message(site, "Bãi biển rất", language="ja").machine
    third = script(monkeypatch)
    draft(site, store, "index.md")
    assert not third


def test_answers_of_another_package_are_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make(tmp_path / "s", {"content/a.md": "Biển.\n"}, "en")
    script(monkeypatch)
    draft(site, install(tmp_path / "one", "vi_en"), "a.md")
    asked = script(monkeypatch)
    draft(site, install(tmp_path / "two", "vi_en", seed=7), "a.md", again=True)
    assert len(asked) == 1


# ----------------------------------------------------------------------------
# Many ladders
# ----------------------------------------------------------------------------


def steps(*asks: tuple[str, str]) -> Iterator[list[Ask]]:
    """Ask one thing after the other; return all answers."""
    found = []
    for package, text in asks:
        answers = yield [Ask(package, Request(text))]
        found.append(answers[0][0].text)  # type: ignore[index]
    return found  # type: ignore[return-value]


def packages(*names: str) -> Packages:
    found = [installed(name) for name in names]
    made = Packages(Store(Path("x")), found)

    class Opened:
        def __init__(self, name: str) -> None:
            self.source, _, self.target = name.partition("-")[0].partition("_")

    made._opened = {name: Opened(name) for name in names}  # type: ignore[misc]
    return made


def test_ladders_climb_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = script(monkeypatch, lambda pair, text: f"{pair}({text})")
    found: dict[str, object] = {}
    left: list[int] = []
    drafting = Drafting(
        packages("vi_en-1", "en_ja-1"), Journal(tmp_path / "j"), found.__setitem__, left.append
    )
    ladders = {
        "a": steps(("vi_en-1", "1"), ("en_ja-1", "2"), ("vi_en-1", "3")),
        "b": steps(("vi_en-1", "1")),
        "c": steps(),
        "d": steps(("en_ja-1", "2"), ("en_ja-1", "4")),
    }
    drafting.run(ladders.items(), ["vi_en-1", "en_ja-1"])  # type: ignore[arg-type]
    assert found["a"] == ["vi_en(1)", "en_ja(2)", "vi_en(3)"]
    assert found["b"] == ["vi_en(1)"]
    assert found["c"] == []
    assert found["d"] == ["en_ja(2)", "en_ja(4)"]
    assert len(asked) == len(set(asked)) == 4
    assert len(left) == 4
    assert min(left) >= 0


def test_one_model_is_in_memory_at_a_time(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(monkeypatch)
    open_now: list[str] = []
    engine = module.Engine

    class Counting(engine):  # type: ignore[misc, valid-type]
        def __init__(self, package: object) -> None:
            super().__init__(package)
            open_now.append("open")
            assert len(open_now) == 1

        def close(self) -> None:
            open_now.pop()

    monkeypatch.setattr(module, "Engine", Counting)
    draft(make(tmp_path / "s"), store)
    assert not open_now


def test_a_result_may_be_a_flaw(tmp_path: Path) -> None:
    def refuse() -> Iterator[list[Ask]]:
        return Flaw("long")  # type: ignore[return-value]
        yield

    found: dict[int, object] = {}
    drafting = Drafting(packages(), Journal(tmp_path / "j"), found.__setitem__)
    drafting.run([(1, refuse())], [])  # type: ignore[list-item]
    assert found == {1: "long"}
