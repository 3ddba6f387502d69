"""The desk in a bad world: clumsy colleagues, bad computers, pages that mean harm."""

from __future__ import annotations

import socket
import threading

import pytest
from catalog_site import Site
from desk_site import TOKEN, Visitor
from werkzeug.serving import make_server

from quangba.desk.app import create_app

TITLE = "Vé tàu"
PRICE = "Giá vé là 20 nghìn đồng."

COLLISION = "#-#-#-#-#  a.po  #-#-#-#-#"
"""What msgcat leaves between two translations of one text; a catalog with it cannot be read."""


# ----------------------------------------------------------------------------
# What is written
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("edit", {"text": COLLISION}),
        ("approve", {"text": COLLISION}),
        ("comment", {"text": f"Xem {COLLISION} này"}),
        ("comment", {"text": "Xem này", "reviewer": f"Hoa {COLLISION}"}),
    ],
    ids=["edit", "approve", "comment", "name"],
)
def test_nothing_is_saved_that_cannot_be_read_again(
    visitor: Visitor, site: Site, action: str, data: dict[str, str]
) -> None:
    before = site.snapshot()
    response = visitor.act(TITLE, action, **data)
    assert response.status_code == 422
    assert response.json["refused"]
    assert site.snapshot() == before
    assert visitor.page()["entries"]


def test_a_reason_that_cannot_be_read_again(visitor: Visitor, site: Site) -> None:
    visitor.act(PRICE, "edit", text="料金は30000ドンです。")
    check = visitor.entry(PRICE)["findings"][0]["check"]
    before = site.snapshot()
    response = visitor.act(PRICE, "waive", check=check, reason=f"vì {COLLISION}")
    assert response.status_code == 422
    assert site.snapshot() == before


def test_no_name_that_a_catalog_cannot_hold(site: Site) -> None:
    assert Visitor(site, "").post("api/reviewer", reviewer=COLLISION).status_code == 422


# ----------------------------------------------------------------------------
# Who signs
# ----------------------------------------------------------------------------


def test_who_stands_on_the_screen_signs(visitor: Visitor, site: Site) -> None:
    """Somebody else gave another name meanwhile, in another window or at another desk."""
    Visitor(site, "Anh Nam")
    entry = visitor.act(TITLE, "approve", reviewer="Chị Hoa").json["entry"]
    assert entry["reviewed"]["who"] == "Chị Hoa"


def test_a_page_is_approved_by_who_stands_on_the_screen(visitor: Visitor, site: Site) -> None:
    for text in ("Vịnh", "Tàu chạy mỗi ngày từ cảng."):
        visitor.act(text, "reopen", "ja/visit/b")
    Visitor(site, "Anh Nam")
    data = {"action": "approve_page", "reviewer": "Chị Hoa"}
    page = visitor.post("api/ja/visit/b", **data)
    assert page.status_code == 200, page.json
    assert {entry["reviewed"]["who"] for entry in page.json["entries"]} == {"Chị Hoa"}


def test_a_name_on_the_screen_is_judged_as_any_other(visitor: Visitor, site: Site) -> None:
    before = site.snapshot()
    assert visitor.act(TITLE, "approve", reviewer="Hoa\u202e").status_code == 422
    assert site.snapshot() == before


# ----------------------------------------------------------------------------
# Catalogs that lose texts
# ----------------------------------------------------------------------------


def test_a_catalog_that_was_deleted_leaves_everything_to_do(visitor: Visitor, site: Site) -> None:
    seen = visitor.entry(TITLE)
    site.po("a.po", "ja").unlink()
    page = visitor.page()
    assert page["left"] == len(page["entries"]) == 3
    data = {"action": "edit", "version": seen["version"], "text": "券"}
    response = visitor.post(f"api/ja/a/{seen['id']}", **data)
    assert response.status_code == 409
    assert response.json["yours"] == "券"


def test_an_older_catalog_is_brought_in_line(visitor: Visitor, site: Site) -> None:
    """Git brought back a catalog from before the last text was written."""
    path = site.po("a.po", "ja")
    text = path.read_text(encoding="utf-8")
    older = text[: text.rindex("\n\n") + 1].replace("X-Active-Entries: 3", "X-Active-Entries: 2")
    assert older != text
    path.write_text(older, encoding="utf-8")
    page = visitor.page()
    assert [entry["source"] for entry in page["entries"]][:2] == [TITLE, PRICE]
    assert page["left"] == len(page["entries"]) == 3


# ----------------------------------------------------------------------------
# Requests
# ----------------------------------------------------------------------------


def test_who_sends_slowly_keeps_nobody_waiting(visitor: Visitor) -> None:
    server = make_server("127.0.0.1", 0, create_app(visitor.desk), threaded=True)
    visitor.desk.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    head = f"Host: 127.0.0.1:{server.server_port}\r\n"
    try:
        with socket.create_connection(("127.0.0.1", server.server_port), timeout=5) as slow:
            slow.sendall(
                f"POST /{TOKEN}/api/undo HTTP/1.1\r\n{head}Content-Type: application/json\r\n"
                'Content-Length: 100\r\n\r\n{"a":'.encode()
            )
            with socket.create_connection(("127.0.0.1", server.server_port), timeout=5) as other:
                other.sendall(f"GET /{TOKEN}/api/ja/a HTTP/1.1\r\n{head}\r\n".encode())
                assert other.recv(12) == b"HTTP/1.1 200"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("name", ["a" * 5000, "a" * 300 + "/b", ".", "", "\u0000", "desk.js/"])
def test_names_of_files_that_are_none(visitor: Visitor, name: str) -> None:
    assert visitor.get(f"static/{name}").status_code == 404


def test_what_is_said_outside_is_a_sentence(visitor: Visitor) -> None:
    for response in (visitor.raw("GET", "/x/"), visitor.raw("POST", f"/{TOKEN}/api/undo")):
        said = response.json["refused"] if response.is_json else response.text
        assert said[0].isupper()
