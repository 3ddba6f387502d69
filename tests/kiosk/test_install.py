"""Installations: what is taken, what is refused and why, what is told, what stays."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sealed import (
    GATE,
    NEW_KEY,
    NO_SCREEN,
    OLD_KEY,
    STRANGER,
    device,
    leftovers,
    notices,
    pack,
    put,
    refusal,
    run,
    shown,
    site,
    tree,
    unpack,
    write,
)

from quangba.errors import QuangbaError
from quangba.kiosk.archive import Reader, unreadable
from quangba.kiosk.clock import Clock
from quangba.kiosk.install import Wishes, install
from quangba.kiosk.keys import key_id
from quangba.kiosk.manifest import MANIFEST
from quangba.kiosk.notices import Notices
from quangba.kiosk.rollback import roll_back
from quangba.kiosk.screen import CONFIRM, PATIENCE, SILENT, Screen
from quangba.kiosk.status import read_status
from quangba.kiosk.store import Store


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def state(root: Path) -> Any:
    return read(root / "state.json")


def message(root: Path) -> Any:
    return read(root / "run" / "message.json")


def kept(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "releases").iterdir())


def link(root: Path) -> str:
    """Return where ``current`` leads to; nothing before the first installation."""
    current = root / "current"
    return current.readlink().as_posix() if current.is_symlink() else ""


# What is taken


def test_a_first_release_is_installed(tmp_path: Path, stick: Path) -> None:
    root = device(tmp_path / "device")
    put(stick, 120)
    outcome = run(root, stick)
    assert outcome.problem.code == "kiosk-installed"
    assert shown(root) == site(120)
    assert link(root) == "releases/120"
    assert read(root / "device.json") == {"gate": GATE, "reserve_mb": 0}
    assert state(root)["highest"] == {key_id(OLD_KEY.public_key()): 120}
    assert leftovers(root) == []


def test_a_newer_release_replaces_it(root: Path, stick: Path) -> None:
    put(stick, 121)
    outcome = run(root, stick)
    assert (outcome.accepted, outcome.previous) == (True, 120)
    assert shown(root) == site(121)
    assert kept(root) == ["120", "121"]


def test_releases_come_as_file_stick_or_folder(tmp_path: Path) -> None:
    for number, source in enumerate((put(tmp_path / "a", 121), unpack(tmp_path / "b", 121))):
        root = device(tmp_path / f"device-{number}", 120)
        assert run(root, source).accepted
        assert shown(root) == site(121)
        assert tree(root / "releases/121") == tree(unpack(tmp_path / f"c-{number}", 121))


def test_the_newest_that_is_sound_is_taken_and_others_are_named(root: Path, stick: Path) -> None:
    for serial in (119, 121, 122):
        put(stick, serial)
    put(stick, 130, gate="ha-long")
    put(stick, 131, keys=[STRANGER])
    write(stick, {"mong-cai-123.qbk": pack(123)[:-700], "mong-cai-124.qbk": b"PK\3\4" * 500})
    flipped = bytearray(pack(125))
    flipped[-2000] ^= 1
    write(stick, {"mong-cai-125.qbk": bytes(flipped), "note.txt": b"", "photo.jpg": b""})
    outcome = run(root, stick)
    assert outcome.accepted
    assert shown(root) == site(122)
    assert {problem.file: problem.code for problem in outcome.others} == {
        "mong-cai-125.qbk": "kiosk-altered",
        "mong-cai-123.qbk": "kiosk-cut",
        "mong-cai-131.qbk": "kiosk-key-unknown",
        "mong-cai-124.qbk": "kiosk-altered",
    }
    assert leftovers(root) == []


def test_two_sticks(root: Path, tmp_path: Path) -> None:
    put(tmp_path / "one", 121)
    put(tmp_path / "two", 122)
    empty = tmp_path / "three"
    empty.mkdir()
    assert run(root, tmp_path / "one", tmp_path / "two", empty).accepted
    assert shown(root) == site(122)
    assert all((tmp_path / name / "receipts").is_dir() for name in ("one", "two", "three"))


def test_three_releases_stay(root: Path, stick: Path) -> None:
    for serial in (121, 122, 123, 124):
        put(stick, serial)
        assert run(root, stick).accepted
    assert kept(root) == ["122", "123", "124"]


def test_a_file_that_was_renamed_is_still_the_release_that_it_is(root: Path, stick: Path) -> None:
    put(stick, 121, name="ban-moi (1).QBK")
    assert run(root, stick).accepted


def test_files_are_readable_for_whoever_serves_them_and_writable_for_nobody(
    tmp_path: Path,
) -> None:
    mask = os.umask(0o077)
    try:
        root = device(tmp_path / "device", 120)
    finally:
        os.umask(mask)
    for top, folders, names in os.walk(root / "releases"):
        for name in folders:
            assert stat.S_IMODE(Path(top, name).stat().st_mode) == 0o755
        for name in names:
            assert stat.S_IMODE(Path(top, name).stat().st_mode) == 0o444
    assert stat.S_IMODE((root / "state.json").stat().st_mode) == 0o644


# What is refused


def refused(root: Path, *paths: Path, wishes: Wishes = NO_SCREEN) -> str:
    """Return why nothing was taken, after a look that nothing changed."""
    before = {name: tree(root / name) for name in ("releases", "keys")}
    remembered = (root / "state.json").read_bytes() if (root / "state.json").exists() else b""
    before_link = link(root)
    code = refusal(run(root, *paths, wishes=wishes))
    assert {name: tree(root / name) for name in ("releases", "keys")} == before
    assert link(root) == before_link
    if before_link:
        assert (root / "state.json").read_bytes() == remembered
    assert leftovers(root) == []
    assert message(root)["kind"] == "refused"
    return code


def test_an_empty_stick(root: Path, stick: Path) -> None:
    assert refused(root, stick) == "kiosk-empty"
    assert message(root)["vi"].startswith("USB không có bản phát hành nào")


def test_an_older_release(root: Path, stick: Path) -> None:
    assert refused(root, put(stick, 119)) == "kiosk-older"


def test_a_release_for_another_gate(root: Path, stick: Path) -> None:
    assert refused(root, put(stick, 121, gate="ha-long")) == "kiosk-other-gate"


def test_a_release_of_a_stranger(root: Path, stick: Path) -> None:
    assert refused(root, put(stick, 121, keys=[STRANGER])) == "kiosk-key-unknown"


def test_a_valid_signature_over_other_bytes(root: Path, tmp_path: Path) -> None:
    folder = unpack(tmp_path / "a", 121)
    raw = (folder / MANIFEST).read_bytes()
    (folder / MANIFEST).write_bytes(raw.replace(b'"serial":121', b'"serial":122'))
    assert refused(root, folder) == "kiosk-signature"


def test_another_content_under_the_same_serial(root: Path, stick: Path) -> None:
    other = {**site(120), "index.html": b"other"}
    assert refused(root, put(stick, 120, other)) == "kiosk-same-serial"


def test_a_recalled_release(root: Path, stick: Path) -> None:
    assert run(root, put(stick, 125, min_serial=124)).accepted
    assert state(root)["min_serial"] == 124
    assert kept(root) == ["125"]
    # A new key has no history: only the recall holds it back.
    write(root, {"keys/new.pub": (device(stick / "x", keys=[NEW_KEY]) / "keys/0.pub").read_bytes()})
    assert refused(root, put(stick, 123, keys=[NEW_KEY])) == "kiosk-recalled"
    assert run(root, put(stick, 124, keys=[NEW_KEY])).accepted


def test_serials_are_counted_for_each_key(tmp_path: Path, stick: Path) -> None:
    root = device(tmp_path / "device", 120, keys=[OLD_KEY, NEW_KEY])
    # Whoever stole a key may lock it out, and not the other one.
    assert run(root, put(stick, 2**31 - 1)).accepted
    assert refused(root, put(stick, 121)) == "kiosk-older"
    assert run(root, put(stick, 121, keys=[NEW_KEY])).accepted
    assert refused(root, put(stick, 122, keys=[OLD_KEY, NEW_KEY])) == "kiosk-older"
    assert refused(root, put(stick, 120, keys=[NEW_KEY])) == "kiosk-older"
    (root / "keys" / "0.pub").unlink()
    assert run(root, put(stick, 122, keys=[OLD_KEY, NEW_KEY])).accepted


def test_a_device_without_keys_takes_nothing(root: Path, stick: Path) -> None:
    (root / "keys" / "0.pub").unlink()
    assert refused(root, put(stick, 121)) == "kiosk-no-keys"


@pytest.mark.parametrize("least", [0, 120])
def test_a_release_that_recalls_those_before(root: Path, stick: Path, least: int) -> None:
    assert run(root, put(stick, 121, min_serial=least)).accepted
    assert kept(root) == ["120", "121"]


def test_what_is_not_there(root: Path, tmp_path: Path) -> None:
    assert refused(root, tmp_path / "nothing" / "a.qbk") == "file-missing"
    assert not (tmp_path / "nothing").exists()
    with pytest.raises(QuangbaError) as error:
        Store(tmp_path / "nothing")
    assert error.value.problem.code == "kiosk-no-root"


# Gates


def test_a_device_learns_its_gate_once(tmp_path: Path, stick: Path) -> None:
    root = device(tmp_path / "device")
    put(stick, 120)
    other = put(tmp_path / "other", 120, gate="ha-long")
    asked = Wishes(confirm=False)
    assert refused(root, stick, wishes=asked) == "kiosk-no-gate"
    assert refused(root, stick, other, wishes=NO_SCREEN) == "kiosk-gates-several"
    assert refused(root, stick, wishes=replace(asked, gate="ha-long")) == "kiosk-other-gate"
    assert "gate" not in read(root / "device.json")
    assert run(root, stick, other, wishes=replace(asked, gate=GATE)).accepted
    assert shown(root) == site(120)
    assert refused(root, other, wishes=replace(asked, gate="ha-long")) == "kiosk-gate-fixed"
    assert run(root, stick, wishes=replace(asked, gate=GATE)).accepted


def test_a_lost_device_file_is_made_good_by_the_release_that_is_shown(
    root: Path, stick: Path
) -> None:
    write(root, {"device.json": b"{"})
    assert refused(root, put(stick, 121, gate="ha-long")) == "kiosk-other-gate"
    write(root, {"device.json": b'{"reserve_mb": 0}'})
    assert run(root, put(stick, 121), wishes=Wishes(confirm=False)).accepted
    assert read(root / "device.json")["gate"] == GATE


def test_lost_memory_is_made_good_by_the_release_that_is_shown(root: Path, stick: Path) -> None:
    for lost in (None, b"", b"[]", b'{"highest":[],"bad":{},"min_serial":"x"}', b"\0" * 200):
        (root / "state.json").unlink(missing_ok=True)
        if lost is not None:
            write(root, {"state.json": lost})
        assert refusal(run(root, put(stick, 119))) == "kiosk-older"


# Repair


def damage_file(root: Path) -> None:
    path = root / "releases/120/site/index.html"
    path.chmod(0o644)
    path.write_bytes(b"damaged")


def damage_many(root: Path) -> None:
    folder = root / "releases/120/site"
    (folder / "assets/shared.js").unlink()
    (folder / "assets/shared.js").mkdir()
    (folder / "assets/shared.js/x").write_bytes(b"")
    (folder / "gate.css").unlink()
    (folder / "gate.css").symlink_to("/etc/passwd")
    (folder / "ja").rename(folder / "jb")
    (folder / "ja").symlink_to("jb")
    (folder / "extra.html").write_bytes(b"extra")
    os.mkfifo(folder / "pipe")


def damage_manifest(root: Path) -> None:
    (root / "releases/120/release.json").unlink()
    write(root, {"releases/120/release.json": b"{}"})


@pytest.mark.parametrize("damage", [damage_file, damage_many, damage_manifest])
def test_the_same_release_mends_a_damaged_tree(root: Path, stick: Path, damage: Any) -> None:
    damage(root)
    outcome = run(root, put(stick, 120))
    assert outcome.problem.code == "kiosk-repaired"
    assert shown(root) == site(120)
    assert leftovers(root) == []
    assert run(root, stick).problem.code == "kiosk-present"


def test_a_whole_tree_is_left_alone(root: Path, stick: Path) -> None:
    path = root / "releases/120/site/index.html"
    before = path.stat()
    assert run(root, put(stick, 120)).problem.code == "kiosk-present"
    assert path.stat() == before


def test_a_broken_stick_is_refused_even_if_the_device_has_the_release(
    root: Path, stick: Path
) -> None:
    data = bytearray(pack(120))
    data[-2000] ^= 1
    write(stick, {"a.qbk": bytes(data)})
    assert refused(root, stick) == "kiosk-altered"


def test_a_kept_release_that_is_damaged_is_replaced(root: Path, stick: Path) -> None:
    assert run(root, put(stick, 121)).accepted
    damage_file(root)
    damage_file_of = root / "releases/121/site/index.html"
    roll_back_to(root, None, expected="kiosk-nothing-older")
    damage_file_of.chmod(0o644)
    damage_file_of.write_bytes(b"")
    assert run(root, stick).problem.code == "kiosk-repaired"


# Rolling back


def roll_back_to(root: Path, to: int | None, expected: str) -> None:
    try:
        code = roll_back(Store(root), notices(root), to).problem.code
    except QuangbaError as error:
        code = error.problem.code
    assert code == expected


def test_going_back_and_forth(root: Path, stick: Path) -> None:
    put(stick, 121)
    run(root, stick)
    roll_back_to(root, None, "kiosk-rolled-back")
    assert shown(root) == site(120)
    assert state(root)["highest"] == {key_id(OLD_KEY.public_key()): 121}
    roll_back_to(root, None, "kiosk-nothing-older")
    roll_back_to(root, 121, "kiosk-rolled-back")
    assert shown(root) == site(121)
    roll_back_to(root, 119, "kiosk-not-kept")


def test_after_a_step_back_its_release_can_be_mended(root: Path, stick: Path) -> None:
    run(root, put(stick, 121))
    roll_back_to(root, None, "kiosk-rolled-back")
    damage_file(root)
    assert run(root, put(stick / "old", 120)).problem.code == "kiosk-repaired"
    assert refused(root, put(stick / "older", 119)) == "kiosk-older"


def test_no_way_back_to_what_was_recalled(root: Path, stick: Path) -> None:
    run(root, put(stick, 121))
    write(root, {"state.json": json.dumps({**state(root), "min_serial": 121}).encode()})
    roll_back_to(root, 120, "kiosk-recalled")
    roll_back_to(root, None, "kiosk-nothing-older")
    assert shown(root) == site(121)


def test_no_way_back_to_what_is_damaged(root: Path, stick: Path) -> None:
    run(root, put(stick, 121))
    run(root, put(stick, 122))
    page = root / "releases/121/site/index.html"
    page.unlink()
    roll_back_to(root, 121, "kiosk-damaged")
    roll_back_to(root, None, "kiosk-rolled-back")
    assert shown(root) == site(120)


# The screen


class Stage(Screen):
    """A screen that plays a script: what its page tells at which second."""

    def __init__(self, root: Path, script: dict[float, dict[str, Any]]) -> None:
        self.seconds, self.script, self.root = 0.0, script, root
        self.seen: list[tuple[float, str]] = []
        super().__init__(root, lambda: self.seconds, self.pass_by)
        self.play()

    def play(self) -> None:
        for second in sorted(self.script):
            if second <= self.seconds:
                beat = {"at": second, "ok": True, "state": "attract", **self.script.pop(second)}
                write(self.root, {"run/beat.json": json.dumps(beat).encode()})

    def pass_by(self, seconds: float) -> None:
        self.seconds += seconds
        self.play()
        self.seen.append((self.seconds, link(self.root)))

    def switched(self) -> float | None:
        """Return the second at which the screen was seen to show release 121."""
        return next((second for second, link in self.seen if link == "releases/121"), None)


USED = {"release": 120, "state": "use"}
CONFIRMED = Wishes()


def test_a_visitor_is_not_disturbed(root: Path, stick: Path) -> None:
    script = {float(second): USED for second in range(0, 90, 10)}
    stage = Stage(root, {**script, 90.0: {"release": 120}, 95.0: {"release": 121}})
    said: list[str] = []
    talk = Notices(root, lambda kind, problem: said.append(problem.code))
    outcome = install([put(stick, 121)], Store(root), stage, talk, CONFIRMED)
    assert outcome.accepted
    assert stage.switched() == 90.5
    assert list(dict.fromkeys(said)) == [
        "kiosk-copying", "kiosk-in-use", "kiosk-confirming", "kiosk-installed",
    ]  # fmt: skip


def test_a_page_that_says_nothing_any_more_is_not_waited_for(root: Path, stick: Path) -> None:
    stage = Stage(root, {0.0: USED, 10.0: USED, 60.0: {"release": 121}})
    assert run(root, put(stick, 121), wishes=CONFIRMED, screen=stage).accepted
    assert stage.switched() == 10 + SILENT + 0.5


def test_a_visitor_who_never_leaves(root: Path, stick: Path) -> None:
    script = {float(second): USED for second in range(0, 2000, 10)}
    stage = Stage(root, script)
    assert run(root, put(stick, 121), screen=stage, wishes=Wishes(confirm=False)).accepted
    assert stage.seconds == PATIENCE


def test_nobody_waits_who_does_not_want_to(root: Path, stick: Path) -> None:
    stage = Stage(root, {0.0: USED})
    wishes = Wishes(now=True, confirm=False)
    assert run(root, put(stick, 121), screen=stage, wishes=wishes).accepted
    assert stage.seconds == 0


@pytest.mark.parametrize(
    "beat",
    [
        pytest.param(None, id="silent"),
        pytest.param({"release": 120}, id="old"),
        pytest.param({"release": 121, "ok": False}, id="blank"),
        pytest.param({"release": "121"}, id="text"),
        pytest.param({"release": None}, id="none"),
    ],
)
def test_a_release_that_does_not_come_up(
    root: Path, stick: Path, beat: dict[str, Any] | None
) -> None:
    script = {0.0: {"release": 120}}
    if beat:
        script |= {float(second): beat for second in range(1, 130, 10)}
    stage = Stage(root, script)
    outcome = run(root, put(stick, 121), wishes=CONFIRMED, screen=stage)
    assert refusal(outcome) == "kiosk-unconfirmed"
    assert CONFIRM <= stage.seconds < CONFIRM + 1
    assert shown(root) == site(120)
    assert state(root)["bad"] == [121]
    assert refused(root, stick) == "kiosk-bad"
    roll_back_to(root, 121, "kiosk-bad")
    assert run(root, put(stick, 122)).accepted
    assert kept(root) == ["120", "122"]


def test_a_beat_from_before_confirms_nothing(root: Path, stick: Path) -> None:
    stage = Stage(root, {0.0: {"release": 121}})
    outcome = run(root, put(stick, 121), wishes=CONFIRMED, screen=stage)
    assert refusal(outcome) == "kiosk-unconfirmed"


def test_what_was_recalled_does_not_return_even_if_the_new_one_fails(
    root: Path, stick: Path
) -> None:
    stage = Stage(root, {0.0: {"release": 120}})
    outcome = run(root, put(stick, 121, min_serial=121), wishes=CONFIRMED, screen=stage)
    assert outcome.accepted
    assert stage.seconds == 0
    assert shown(root) == site(121)
    assert kept(root) == ["121"]


def test_the_first_release_needs_no_confirmation(tmp_path: Path, stick: Path) -> None:
    root = device(tmp_path / "device")
    outcome = run(root, put(stick, 120), wishes=Wishes(gate=GATE), screen=Stage(root, {}))
    assert outcome.accepted


# Clocks


class Wrong(Clock):
    def __init__(self, year: int) -> None:
        self.year = year

    def wall(self) -> datetime:
        return datetime(self.year, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("year", [1970, 2040, 9999])
def test_a_wrong_clock_changes_nothing(root: Path, stick: Path, year: int) -> None:
    for serial, accepted in ((121, True), (119, False), (121, True), (122, True)):
        put(stick / str(serial), serial)
        store = Store(root, Wrong(year))
        paths = [stick / str(serial)]
        outcome = install(paths, store, Screen(root), notices(root), NO_SCREEN)
        assert outcome.accepted is accepted
    assert shown(root) == site(122)
    assert state(root)["last_time"] == "2026-12-01T12:05:00Z"
    status = read_status(Store(root, Wrong(year)))
    assert (status["age"], status["expired"]) == (0, False)


# What is told


def test_a_receipt_says_what_was_done(root: Path, stick: Path) -> None:
    write(
        root,
        {
            "counts/2026-11.jsonl": b'{"kind": "month"}\n',
            "counts/last-time.json": b"{}",
            "counts/secret.jsonl": b"{}",
        },
    )
    run(root, put(stick, 121))
    run(root, stick)
    refused(root, put(stick / "old", 119))
    assert sorted(path.name for path in (stick / "receipts").iterdir()) == [
        "counts-mong-cai-2026-11.jsonl",
        "mong-cai-121-1.json",
        "mong-cai-121-2.json",
    ]
    receipt = read(stick / "receipts/mong-cai-121-1.json")
    assert (receipt["accepted"], receipt["code"]) == (True, "kiosk-installed")
    assert (receipt["serial"], receipt["previous"], receipt["shown"]) == (121, 120, 121)
    assert len(receipt["release"]) == 64
    assert read(stick / "old/receipts/mong-cai-119-1.json")["code"] == "kiosk-older"


def test_an_empty_stick_gets_a_receipt_too(root: Path, stick: Path) -> None:
    run(root, stick)
    assert read(stick / "receipts/mong-cai-0-1.json")["code"] == "kiosk-empty"


def test_a_stick_that_takes_no_receipt(root: Path, stick: Path, tmp_path: Path) -> None:
    put(stick, 121)
    (stick / "receipts").write_bytes(b"a file")
    outcome = run(root, stick)
    assert outcome.accepted
    assert [problem.code for problem in outcome.warnings] == ["kiosk-no-receipt"]
    (stick / "receipts").unlink()
    (tmp_path / "elsewhere").mkdir()
    (stick / "receipts").symlink_to(tmp_path / "elsewhere")
    assert [problem.code for problem in run(root, stick).warnings] == ["kiosk-no-receipt"]
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_message_is_for_people_in_two_languages(root: Path, stick: Path) -> None:
    run(root, put(stick, 121))
    found = message(root)
    assert found["kind"] == "done"
    assert found["vi"] == "Đã cài xong bản 121. Có thể rút USB."
    assert found["en"] == "Release 121 is installed. You can pull out the stick."
    log = (root / "log/kiosk.log").read_text(encoding="utf-8")
    assert log.splitlines()[-1].split(" ", 3)[1:3] == ["done", "kiosk-installed"]


def test_the_log_does_not_grow_for_ever(
    root: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quangba.kiosk.notices.LOG_LARGEST", 500)
    for _ in range(30):
        run(root, stick)
    files = {path.name: path.stat().st_size for path in (root / "log").iterdir()}
    assert files.keys() == {"kiosk.log", "kiosk.log.1"}
    assert max(files.values()) < 800


def test_names_from_a_stick_cannot_write_into_the_log(root: Path, stick: Path) -> None:
    put(stick, 119, name="a\n2026 done kiosk-installed\x1b[2J.qbk")
    run(root, stick)
    log = (root / "log/kiosk.log").read_text(encoding="utf-8")
    assert "\x1b" not in log
    assert len(log.splitlines()) == 2


def test_nothing_is_told_where_nothing_can_be_written(root: Path, stick: Path) -> None:
    (root / "run/message.json").unlink()
    (root / "run/message.json").mkdir()
    (root / "log").rename(root / "logs")
    write(root, {"log": b"a file"})
    assert run(root, put(stick, 121)).accepted


def test_the_status_says_what_a_device_shows(root: Path, stick: Path) -> None:
    run(root, put(stick, 121, min_serial=100))
    status = read_status(Store(root))
    assert (status["gate"], status["shown"], status["sound"]) == (GATE, 121, True)
    assert (status["kept"], status["bad"], status["min_serial"]) == ([121, 120], [], 100)
    assert status["message"]["code"] == "kiosk-installed"
    (root / "releases/121/release.json").unlink()
    assert read_status(Store(root))["sound"] is False
    assert read_status(Store(device(root.parent / "new")))["shown"] is None


# Disks


def test_old_releases_make_room_and_never_the_one_that_is_shown(
    root: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    big = {**site(0), "assets/film.mp4": bytes(3 << 20)}
    for serial in (121, 122):
        run(root, put(stick, serial, {**big, "index.html": b"%d" % serial}))
    assert kept(root) == ["120", "121", "122"]
    size = 8 << 20

    def free(folder: Path) -> tuple[int, int]:
        return size - sum(len(data) for data in tree(root / "releases").values()), 10_000

    monkeypatch.setattr("quangba.kiosk.staging.free", free)
    broken = bytearray(pack(123, {**big, "index.html": b"123"}))
    broken[-2000] ^= 1
    write(stick, {"mong-cai-123.qbk": bytes(broken)})
    (stick / "mong-cai-121.qbk").unlink()
    (stick / "mong-cai-122.qbk").unlink()
    # No release is given up for one that is broken.
    assert refused(root, stick) == "kiosk-altered"
    assert run(root, put(stick, 123, {**big, "index.html": b"123"})).accepted
    assert kept(root) == ["122", "123"]
    size = 0
    assert refused(root, put(stick, 124, big)) == "kiosk-full"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux only")
def test_inodes_run_out_too(root: Path, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quangba.kiosk.staging.free", lambda folder: (1 << 40, 5))
    assert refused(root, put(stick, 121)) == "kiosk-full"


def test_the_reserve_is_a_setting(root: Path, stick: Path) -> None:
    for value, code in ((2**31 - 1, "kiosk-full"), (0, None), ("x", None)):
        write(root, {"device.json": json.dumps({"gate": GATE, "reserve_mb": value}).encode()})
        outcome = run(root, put(stick, 121))
        assert outcome.problem.code == (code or outcome.problem.code)
        assert outcome.accepted is (code is None)


def test_a_real_full_disk(tmp_path: Path, stick: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    options = "size=1536k,nr_inodes=200"
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(disk)]
    if sys.platform != "linux" or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("NO SMALL DISK COULD BE MOUNTED: nobody saw what a full one does")
    try:
        root = device(disk / "device", 120)
        big = {**site(121), "assets/film.mp4": os.urandom(1_400_000)}
        put(stick, 121, big)
        assert refused(root, stick) == "kiosk-full"
        # Somebody else fills the disk after the look at it.
        for left in (900_000, 400_000, 100_000, 20_000, 4096, 0):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("quangba.kiosk.staging.fits", lambda needed, there: True)
                filler = disk / "filler"
                status = os.statvfs(disk)
                filler.write_bytes(bytes(max(0, status.f_bavail * status.f_frsize - left)))
                assert refusal(run(root, stick)) == "kiosk-disk-full"
            assert shown(root) == site(120)
            assert leftovers(root) == []
            filler.unlink()
        for number in range(200):
            (disk / f"file-{number}").touch()
            if os.statvfs(disk).f_favail < 12:
                break
        assert refusal(run(root, put(stick / "small", 121))) == "kiosk-full"
        assert shown(root) == site(120)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


# Alone


def test_two_installations_at_once(root: Path, stick: Path) -> None:
    put(stick, 121)
    seen: list[str] = []

    class Second(Screen):
        def wait_until_free(self, tell: Any) -> None:
            before = (root / "run/message.json").read_bytes()
            with pytest.raises(QuangbaError) as error:
                run(root, stick)
            seen.append(error.value.problem.code)
            roll_back_to(root, None, "kiosk-busy")
            assert (root / "run/message.json").read_bytes() == before

    assert run(root, stick, screen=Second(root)).accepted
    assert seen == ["kiosk-busy"]


def test_a_stick_that_is_pulled_out(
    root: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(stick, 121)
    some, reads = Reader.some, 0

    def read(self: Reader, size: int) -> bytes:
        nonlocal reads
        reads += self.file == path.name
        if reads > last:
            raise unreadable(self.file, OSError(5, "Input/output error"))
        return some(self, size)

    monkeypatch.setattr(Reader, "some", read)
    for last in range(0, 25, 4):  # noqa: B007 (read() compares with it)
        reads = 0
        assert refused(root, stick) == "kiosk-unreadable"
