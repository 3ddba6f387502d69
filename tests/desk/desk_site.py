"""A desk on a small site, spoken to as a browser does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from catalog_site import Site
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from quangba.desk.app import create_app
from quangba.desk.live import LiveSite
from quangba.desk.session import Desk
from quangba.errors import QuangbaError
from quangba.settings import Language, load_settings

TOKEN = "s3cret-Token_0123456789"
PORT = 4321
HOST = f"127.0.0.1:{PORT}"
ORIGIN = f"http://{HOST}"


class FakePreview:
    """Renders nothing of the site."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def render(self, language: Language, name: str) -> str:
        if name == "broken.md":
            raise QuangbaError("config-wrong", "mkdocs.yml", what="no")
        return f'<p data-segment="x">{language.code} {name}</p>'

    def address(self, language: Language, name: str) -> str:
        return f"{language.code}/{name.removesuffix('.md')}/"

    def page_at(self, address: str) -> tuple[Language, str] | None:
        code, _, name = address.strip("/").partition("/")
        if code not in ("en", "ja") or name not in ("a", "visit/b", "broken"):
            return None
        return Language(code, code, code), f"{name}.md"

    def asset(self, address: str) -> Path | None:
        return self.root / "overrides" / "a.css" if address == "a.css" else None


class Visitor:
    """A browser at one desk."""

    def __init__(self, site: Site, reviewer: str = "Chị Hoa") -> None:
        self.site = site
        settings = load_settings(str(site.root / "mkdocs.yml"))
        live = LiveSite(settings)
        self.desk = Desk(live, FakePreview(site.root), TOKEN, PORT)
        self.client: FlaskClient = create_app(self.desk).test_client()
        if reviewer:
            assert self.post("api/reviewer", reviewer=reviewer).status_code == 200

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.raw("GET", f"/{TOKEN}/{path}", headers=named(headers))

    def post(self, path: str, /, **data: str) -> TestResponse:
        return self.raw("POST", f"/{TOKEN}/{path}", json=data)

    def raw(self, method: str, path: str, **more: Any) -> TestResponse:
        return self.client.open(path, method=method, base_url=ORIGIN, **more)

    def page(self, path: str = "ja/a") -> dict[str, Any]:
        response = self.get(f"api/{path}")
        assert response.status_code == 200, response.text
        found: dict[str, Any] = response.json
        return found

    def entry(self, source: str, path: str = "ja/a") -> dict[str, Any]:
        return next(each for each in self.page(path)["entries"] if each["source"] == source)

    def act(self, source: str, action: str, path: str = "ja/a", **data: str) -> TestResponse:
        entry = self.entry(source, path)
        data = {"version": entry["version"], **data}
        return self.post(f"api/{path}/{entry['id']}", action=action, **data)


def named(headers: dict[str, str]) -> dict[str, str]:
    """Return headers by their real names."""
    return {name.replace("_", "-"): value for name, value in headers.items()}
