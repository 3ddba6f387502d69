"""Who may speak to the desk, and what it answers to everything else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from catalog_site import Site
from desk_site import HOST, ORIGIN, PORT, TOKEN, Visitor
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quangba.desk.guard import new_token

TITLE = "Vé tàu"


@pytest.fixture(scope="module")
def shared(built: Site, tmp_path_factory: pytest.TempPathFactory) -> Visitor:
    """One desk for requests that change nothing."""
    return Visitor(built.copied(tmp_path_factory.mktemp("shared") / "site"))


@pytest.fixture
def site(shared: Visitor) -> Site:
    return shared.site


@pytest.fixture
def visitor(shared: Visitor) -> Visitor:
    return shared


def sentence(text: str) -> bool:
    """Tell whether an answer is one sentence for people, without insides of the program."""
    return text.strip().endswith(".") and "Traceback" not in text and ".py" not in text


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/favicon.ico",
        f"/{TOKEN}",
        f"/{TOKEN[:-1]}/",
        f"/{TOKEN}x/",
        f"/{TOKEN.upper()}/api/ja/a",
        "/wrong-token/",
        "/wrong-token/static/desk.css",
        "/wrong-token/api/ja/a",
        "/wrong-token/preview/a.css",
        "/tôkên/",
        f"//{TOKEN}/",
        f"/../{TOKEN}/",
    ],
)
def test_without_the_secret_there_is_nothing(visitor: Visitor, path: str) -> None:
    response = visitor.raw("GET", path)
    assert response.status_code == 404
    assert sentence(response.text)
    assert TOKEN not in response.text
    assert TOKEN not in str(response.headers)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        f"evil.example:{PORT}",
        "127.0.0.1",
        "localhost:1",
        f"[::1]:{PORT}",
        "",
        "a b",
    ],
)
def test_another_name_of_this_computer_is_refused(visitor: Visitor, host: str) -> None:
    response = visitor.get("", Host=host)
    assert response.status_code == 403
    assert TOKEN not in response.text


def test_both_names_of_this_computer(visitor: Visitor) -> None:
    for host in (HOST, f"localhost:{PORT}"):
        assert visitor.get("api/ja/a", Host=host).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": f"https://{HOST}"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": ""},
    ],
    ids=str,
)
def test_other_pages_cannot_post(visitor: Visitor, site: Site, headers: dict[str, str]) -> None:
    entry = visitor.entry(TITLE)
    data = f'{{"action": "edit", "version": "{entry["version"]}", "text": "x"}}'
    before = site.snapshot()
    given = {"Content-Type": "application/json", **headers}
    path = f"/{TOKEN}/api/ja/a/{entry['id']}"
    response = visitor.raw("POST", path, data=data, headers=given)
    assert response.status_code == 403
    assert sentence(response.json["refused"])
    assert site.snapshot() == before


def test_own_pages_can_post(built: Site, tmp_path: Path) -> None:
    visitor = Visitor(built.copied(tmp_path / "site"))
    entry = visitor.entry(TITLE)
    data = f'{{"action": "edit", "version": "{entry["version"]}", "text": "x"}}'
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Origin": ORIGIN,
        "Sec-Fetch-Site": "same-origin",
    }
    path = f"/{TOKEN}/api/ja/a/{entry['id']}"
    assert visitor.raw("POST", path, data=data, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "xx/a",
        "ja/none",
        "ja/a.md",
        "vi/a",
        "vi/site",
        "ja/../../mkdocs",
        "ja/%2e%2e/%2e%2e/mkdocs.yml",
        "ja/..%2f..%2fmkdocs",
        "ja/_data/units",
        "ja/a/",
        "ja/",
        "ja//a",
        "ja",
        "JA/a",
        "ja/a%00",
        "ja/site.po",
        "api",
        "api/ja",
        "static/",
        "static/none.css",
        "static/../app.py",
        "static/%2e%2e/app.py",
        "static/..%5capp.py",
        "static//etc/passwd",
        "preview/none.css",
        "preview/../../mkdocs.yml",
        "preview/ja/none/",
    ],
)
@pytest.mark.parametrize("api", ["", "api/"], ids=["page", "data"])
def test_what_is_not_there(visitor: Visitor, path: str, api: str) -> None:
    response = visitor.get(api + path)
    assert response.status_code == 404
    assert "Traceback" not in response.text
    if api and path != "api":
        assert sentence(response.json["refused"])


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", ""), ("DELETE", "api/ja/a"), ("POST", ""), ("PATCH", "ja/a"), ("GET", "api/undo")],
)
def test_other_methods(visitor: Visitor, method: str, path: str) -> None:
    response = visitor.raw(method, f"/{TOKEN}/{path}", json={})
    assert response.status_code in (404, 405)
    assert "Traceback" not in response.text


@pytest.mark.parametrize(
    "path",
    ["", "ja/a", "api/ja/a", "ja/none", "static/favicon.svg", "preview/ja/a/", "preview/a.css"],
)
def test_headers(visitor: Visitor, site: Site, path: str) -> None:
    (site.root / "overrides" / "a.css").write_text("p {}", encoding="utf-8")
    headers = visitor.get(path).headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "X-Frame-Options" not in headers
    assert "Access-Control-Allow-Origin" not in headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    assert ("script-src 'none'" in policy) == path.startswith("preview/")
    assert ("'unsafe-inline'" in policy) == path.startswith("preview/")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("api.js", "text/javascript"),
        ("desk.css", "text/css"),
        ("favicon.svg", "image/svg+xml"),
        ("be-vietnam-pro-latin-400-normal.woff2", "font/woff2"),
    ],
)
def test_types_do_not_depend_on_the_system(visitor: Visitor, name: str, kind: str) -> None:
    response = visitor.get(f"static/{name}")
    assert response.status_code == 200
    assert response.mimetype == kind


def test_preview(visitor: Visitor, site: Site) -> None:
    (site.root / "overrides" / "a.css").write_text("p {}", encoding="utf-8")
    assert visitor.get("preview/ja/a/").text == '<p data-segment="x">ja a.md</p>'
    assert visitor.get("preview/a.css").mimetype == "text/css"
    response = visitor.get("preview/ja/broken/")
    assert response.status_code == 503
    assert "cấu hình sai" in response.text


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b'{"action": 1}',
        b'{"action": null}',
        b'{"action": "approve", "text": {"a": 1}}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"a":' * 20_000,
        b'{"action": ' + b"9" * 5000 + b"}",
        b"NaN",
        b'{"action": "none", "version": "x"}',
        b'{"action": "approve_page"}',
        b"{}",
    ],
    ids=range(16),
)
@pytest.mark.parametrize("path", ["api/ja/a/{id}", "api/reviewer", "api/ui", "api/ja/a"])
def test_bodies_that_say_nothing(visitor: Visitor, site: Site, path: str, body: bytes) -> None:
    before = site.snapshot()
    address = f"/{TOKEN}/{path.format(id=visitor.entry(TITLE)['id'])}"
    response = visitor.raw("POST", address, data=body, content_type="application/json")
    assert response.status_code in (400, 404, 422)
    assert sentence(response.json["refused"])
    assert site.snapshot() == before


def test_a_body_that_is_too_large(visitor: Visitor, site: Site) -> None:
    before = site.snapshot()
    response = visitor.act(TITLE, "edit", text="x" * 300_000)
    assert response.status_code == 413
    assert sentence(response.json["refused"])
    assert site.snapshot() == before


def test_a_text_that_is_gone(visitor: Visitor) -> None:
    response = visitor.post("api/ja/a/0123456789ab", action="edit", version="x", text="x")
    assert response.status_code == 404
    assert visitor.post("api/ja/none/0123456789ab", action="edit").status_code == 404
    assert visitor.post("api/xx/a/0123456789ab", action="edit").status_code == 404


def test_an_error_of_ours_is_one_sentence(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(visitor.desk.queue, "rows", fail)
    for path in ("", "ja/a"):
        response = visitor.get(path)
        assert response.status_code == 500
        assert "ZeroDivisionError" in response.text
        assert "secret" not in response.text
    assert "Traceback" not in "".join(capsys.readouterr())


def test_tokens_are_long_and_new() -> None:
    assert new_token() != new_token()
    assert len(new_token()) >= 32


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
VALUES = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.sampled_from(["乗船券", "[a](b)", "{fact:x}", "{1}", "<b>", "機密", "`a`", "numbers", "!["]),
)
REQUESTS = st.one_of(
    st.fixed_dictionaries(
        {
            "action": st.sampled_from(
                ["edit", "accept", "approve", "reopen", "comment", "waive", "unwaive"]
            )
        },
        optional={"text": VALUES, "check": VALUES, "reason": VALUES},
    ),
    st.dictionaries(st.text(), JSON),
    JSON,
)


@pytest.fixture(scope="module")
def random_visitor(tmp_path_factory: pytest.TempPathFactory) -> Visitor:
    site = Site(tmp_path_factory.mktemp("random") / "site", sample=True)
    site.page("a.md", "# Vé tàu", "Xem [bản đồ](https://a.example/) và `mã`.")
    site.sync()
    return Visitor(site)


@settings(
    deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(request=REQUESTS, right=st.booleans(), path=st.sampled_from(["", "/check"]))
def test_no_body_breaks_the_desk(
    random_visitor: Visitor, request: object, right: bool, path: str
) -> None:
    first, second = random_visitor.page()["entries"]
    entry = first if right else second
    if isinstance(request, dict) and right:
        request = {"version": entry["version"], **request}
    response = random_visitor.raw(
        "POST",
        f"/{TOKEN}/api/ja/a/{entry['id']}{path}",
        data=json.dumps(request),
        content_type="application/json",
    )
    assert response.status_code in (200, 400, 409, 422)
    assert isinstance(response.json, dict)
    assert len(random_visitor.page()["entries"]) == 2
    assert len(random_visitor.site.catalog("a.po", "ja").active) == 2
