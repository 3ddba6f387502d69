"""One language of an imagined site, for the tests of writers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from quangba.settings import Language
from quangba.site.outputs import Output, Rendered
from quangba.source.labels import label

TODAY = date(2026, 11, 26)

NAMES = {"vi": "vi", "en": "en", "zh": "zh-Hans", "ja": "ja", "ko": "ko", "fr": "fr"}


class Context:
    """What writers ask of a ``SiteContext``; texts come back as they are, or translated."""

    def __init__(self, code: str, sample: bool, texts: dict[str, str]) -> None:
        self.language = Language(code, code, NAMES[code])
        self.texts = texts
        self.config = SimpleNamespace(site_url="https://quangninh.example/")
        self.titles: dict[str, str] = {}
        self.changed: dict[str, str] = {}
        self.workspace = SimpleNamespace(
            today=TODAY,
            site_name="Quảng Ninh",
            copyright="CC BY 4.0",
            settings=SimpleNamespace(
                options=SimpleNamespace(sample=sample), page_file=lambda name: f"content/{name}"
            ),
            page=lambda name: SimpleNamespace(meta={"reviewed_on": "2026-11-20"}),
        )

    def file(self, path: str) -> str:
        return path if self.language.code == "vi" else f"{self.language.code}/{path}"

    def absolute(self, name: str) -> str:
        url = name.removesuffix("index.md") if name.endswith("index.md") else f"{name[:-3]}/"
        return f"{self.config.site_url}{self.file(url)}"

    def last_changed(self, name: str, language: Language) -> str:
        return self.changed.get(name, "")

    def interface(self, text: str) -> str:
        return self.texts.get(text, text)

    def text(self, context: str, text: str) -> str:
        return self.texts.get(text, text)

    def label(self, family: str, value: Any) -> str:
        return self.interface(label(family, str(value)))

    def commune(self, name: str) -> str:
        return self.texts.get(name, name)

    def title_of(self, name: str) -> str:
        return self.titles.get(name, name)


def output(
    folder: Path,
    *pages: Rendered,
    code: str = "vi",
    sample: bool = True,
    texts: dict[str, str] | None = None,
) -> Output:
    """Make one language of a site with some pages."""
    context: Any = Context(code, sample, texts or {})
    context.titles = {page.name: page.title for page in pages}
    return Output(context, folder, list(pages))


def rendered(name: str, kind: str, title: str, **meta: Any) -> Rendered:
    """Make a page."""
    description = str(meta.pop("description", ""))
    return Rendered(name, f"{name[:-3]}/", kind, title, description, {"type": kind, **meta}, "")
