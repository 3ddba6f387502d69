from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from photos import Maker, bomb, scene

from quangba.errors import QuangbaError
from quangba.media import pictures as module
from quangba.media.pictures import Pictures, is_raster, kept_file


@pytest.fixture
def pictures(tmp_path: Path) -> Pictures:
    return Pictures(tmp_path / "content", tmp_path / "cache")


def link(path: str) -> str:
    return f"../{path}"


def forbid(*_: object) -> None:
    raise AssertionError("encoded again")


def test_description(photo: Maker, pictures: Pictures) -> None:
    photo(image=scene(500, 250))
    found = pictures.describe("images/a.jpg", link, "50vw")
    assert found
    key = pictures.found["images/a.jpg"].key
    assert found == {
        "sources": [
            {
                "type": f"image/{name}",
                "srcset": f"../media/{key}-400.{name} 400w, ../media/{key}-500.{name} 500w",
            }
            for name in ("avif", "webp")
        ],
        "src": f"../media/{key}-500.jpg",
        "srcset": f"../media/{key}-400.jpg 400w, ../media/{key}-500.jpg 500w",
        "width": 500,
        "height": 250,
        "sizes": "50vw",
    }


def test_a_drawing_stays_as_it_is(tmp_path: Path, pictures: Pictures) -> None:
    path = tmp_path / "content" / "a b.svg"
    path.parent.mkdir()
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 900"/>')
    found = pictures.describe("a b.svg", link)
    assert found
    assert found["sources"] == []
    assert (found["src"], found["width"], found["height"]) == ("../a%20b.svg", 1600, 900)


def test_what_cannot_be_used_is_not_described(tmp_path: Path, pictures: Pictures) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.png").write_bytes(bomb(20_000, 20_000))
    assert pictures.describe("a.png", link) is None
    assert pictures.describe("b.jpg", link) is None
    assert pictures.describe("c.svg", link) is None
    pictures.write(tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_only_what_pages_use_is_written_once(
    photo: Maker, tmp_path: Path, pictures: Pictures
) -> None:
    photo("a.jpg")
    photo("b.jpg", scene(300, 300))
    assert pictures.prepare(["images/a.jpg", "images/b.jpg"]) == []
    pictures.describe("images/b.jpg", link)
    pictures.write(tmp_path / "site")
    names = sorted(path.name for path in (tmp_path / "site").rglob("*.*"))
    key = pictures.found["images/b.jpg"].key
    assert names == [f"{key}-300.avif", f"{key}-300.jpg", f"{key}-300.webp"]


def test_the_cache_saves_encoding(
    photo: Maker, tmp_path: Path, pictures: Pictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = photo()
    assert pictures.prepare(["images/a.jpg"]) == []
    monkeypatch.setattr(module, "make", forbid)
    again = Pictures(pictures.content, pictures.cache)
    os.utime(path)
    assert again.prepare(["images/a.jpg"]) == []
    assert again.found == pictures.found


@pytest.mark.parametrize("damage", ["changed", "file_gone", "list_gone", "list_broken"])
def test_the_cache_is_not_believed_blindly(photo: Maker, pictures: Pictures, damage: str) -> None:
    path = photo()
    pictures.prepare(["images/a.jpg"])
    listed = next(pictures.cache.glob("*.json"))
    if damage == "changed":
        scene(900, 500).save(path)
    elif damage == "file_gone":
        next(pictures.cache.glob("*-400.webp")).unlink()
    elif damage == "list_gone":
        listed.unlink()
    else:
        listed.write_text("[[", encoding="ascii")
    again = Pictures(pictures.content, pictures.cache)
    assert again.cached("images/a.jpg") is None
    assert again.prepare(["images/a.jpg"]) == []
    assert all(
        (again.cache / f"{p.key}{v.suffix}").is_file()
        for p in again.found.values()
        for v in p.variants
    )


def test_a_new_encoder_encodes_again(photo: Maker, pictures: Pictures) -> None:
    photo()
    key = pictures.key("images/a.jpg")
    pictures.stamp = "another"
    assert pictures.key("images/a.jpg") != key


def test_several_at_a_time(photo: Maker, pictures: Pictures) -> None:
    for name in "abcd":
        photo(f"{name}.jpg", scene(420, 200 + ord(name)))
    (pictures.content / "images" / "e.jpg").write_bytes(b"\xff\xd8\xff")
    said: list[str] = []
    pictures.tell = said.append
    problems = pictures.prepare([f"images/{name}.jpg" for name in "abcdef"])
    assert [problem.code for problem in problems] == ["asset-broken"]
    assert sorted(pictures.found) == [f"images/{name}.jpg" for name in "abcd"]
    assert said[-1].startswith("5/5 ")


INTERRUPTED = """
import sys
from pathlib import Path
from quangba.media.pictures import Pictures
if __name__ == "__main__":
    content, cache = map(Path, sys.argv[1:])
    print("ready", flush=True)
    pictures = [path.relative_to(content).as_posix() for path in content.rglob("*.jpg")]
    Pictures(content, cache).prepare(pictures)
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("kill", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_run_leaves_whole_pictures_or_none(
    photo: Maker, tmp_path: Path, pictures: Pictures, kill: signal.Signals
) -> None:
    for name in "abcdef":
        photo(f"{name}.jpg", scene(1500, 900 + ord(name)))
    script = tmp_path / "run.py"
    script.write_text(INTERRUPTED, encoding="utf-8")
    command = [sys.executable, str(script), str(pictures.content), str(pictures.cache)]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert run.stdout
    run.stdout.readline()
    until = time.monotonic() + 20
    while not list(pictures.cache.glob("*.json")) and time.monotonic() < until:
        time.sleep(0.02)
    run.send_signal(kill)
    run.wait(20)
    run.stdout.close()
    ready = {path.stem for path in pictures.cache.glob("*.json")}
    assert ready
    for name in "abcdef":
        picture = pictures.cached(f"images/{name}.jpg")
        assert (picture is not None) == (pictures.key(f"images/{name}.jpg") in ready)


def test_previews_find_what_was_made(photo: Maker, pictures: Pictures) -> None:
    photo(image=scene(300, 200))
    found = pictures.describe("images/a.jpg", str)
    assert found
    assert kept_file(pictures.cache, found["src"]) == pictures.cache / Path(found["src"]).name
    for address in ("media/0123456789abcdef-9.jpg", found["src"][6:], "media/../a.json"):
        assert kept_file(pictures.cache, address) is None


@pytest.mark.parametrize(
    ("name", "raster"), [("a.JPG", True), ("a.avif", True), ("a.svg", False), ("a.mp4", False)]
)
def test_is_raster(name: str, raster: bool) -> None:
    assert is_raster(name) == raster


@pytest.mark.parametrize("count", [1, 2])
def test_pictures_that_have_no_place_stop_the_build(tmp_path: Path, count: int) -> None:
    """A page would else be published without them."""
    names = [f"{number}.png" for number in range(count)]
    for name in names:
        scene(40, 30).save(tmp_path / name)
    (tmp_path / "cache").write_bytes(b"a file where a folder belongs")
    with pytest.raises(QuangbaError) as caught:
        Pictures(tmp_path, tmp_path / "cache").prepare(names)
    assert caught.value.problem.code == "file-unwritable"
