"""Where we reach inside MkDocs and static-i18n: a new version fails here, not on the site."""

from __future__ import annotations

import inspect
import logging
import re
from contextlib import nullcontext
from importlib.metadata import version
from pathlib import Path

import jinja2
import mkdocs_static_i18n.plugin
import mkdocs_static_i18n.reconfigure
import pytest
from markdown import Markdown
from mkdocs.commands import build as build_module
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils import weak_property

from quangba.site import inside
from quangba.site.inside import KeptCompiled
from support import make_site

# ----------------------------------------------------------------------------
# Versions
# ----------------------------------------------------------------------------


@pytest.mark.parametrize("package", inside.PINNED)
def test_versions_are_the_ones_that_we_were_written_for(package: str) -> None:
    assert version(package) == inside.PINNED[package]


@pytest.mark.parametrize("package", inside.PINNED)
def test_versions_are_pinned_in_project_and_lock(package: str) -> None:
    root = Path(__file__).parents[2]
    pin = f"{package}=={inside.PINNED[package]}"
    assert f'"{pin}"' in (root / "pyproject.toml").read_text(encoding="utf-8")
    lock = (root / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert any(line.split(" ")[0] == pin for line in lock)


# ----------------------------------------------------------------------------
# static-i18n
# ----------------------------------------------------------------------------


def test_static_i18n_knows_its_languages_and_whether_it_is_building(tmp_path: Path) -> None:
    config = load_config(str(make_site(tmp_path, {"content/index.md": "# A\n"})))
    i18n = config.plugins["i18n"]
    assert i18n.building is False
    assert i18n.current_language is None
    assert i18n.default_language == "vi"
    assert [(e.locale, e.default, e.build, e.name) for e in i18n.config.languages] == [
        ("vi", True, True, "vi"),
        ("en", False, True, "en"),
    ]
    assert inside.current_language(config) == "vi"
    assert not inside.is_nested(config)
    i18n.current_language, i18n.building = "en", True
    assert inside.current_language(config) == "en"
    assert inside.is_nested(config)


def test_static_i18n_builds_no_other_language_while_it_is_building() -> None:
    """Which is how the driver has each language for itself."""
    source = inspect.getsource(mkdocs_static_i18n.plugin.I18n.on_post_build)
    assert source.index("if self.building:\n            return") < source.index("build(config,")


def test_languages_are_apart_only_for_as_long_as_they_are_built(tmp_path: Path) -> None:
    config = load_config(str(make_site(tmp_path, {"content/index.md": "# A\n"})))
    with inside.languages_apart(config):
        assert inside.is_nested(config)
    assert not inside.is_nested(config)
    assert inside.current_language(config) == "vi"


def test_static_i18n_puts_its_sitemap_first_in_every_language() -> None:
    """Which is why ours is put in front again by every ``on_config``."""
    base = mkdocs_static_i18n.reconfigure.ExtendedPlugin
    source = inspect.getsource(base.reconfigure_mkdocs_config)
    assert "config.theme.dirs.insert(0, str(custom_i18n_sitemap_dir))" in source


@pytest.mark.parametrize("event", ["on_config", "on_files", "on_nav", "on_post_build"])
def test_events_of_static_i18n_come_before_our_late_ones(event: str) -> None:
    method = getattr(mkdocs_static_i18n.plugin.I18n, event)
    assert method.mkdocs_priority == -100


# ----------------------------------------------------------------------------
# Markdown
# ----------------------------------------------------------------------------

EVERYTHING = """# Vé {#ve}

Một HTML[^1] và VAT. {.lead}

*[VAT]: Thuế

| a | b |
|---|--:|
| 1 | 2 |

[^1]: Chú thích.

!!! note "Nhớ"
    Hai.

??? note
    Ba.

=== "A"
    Một.

=== "B"
    Hai.

```python
a = 1
```

Từ
:   Nghĩa

<div markdown="1">
*Ba*
</div>

## Vé
"""


@pytest.mark.parametrize("name", sorted(inside.FORGETFUL))
def test_an_extension_forgets_the_page_before(name: str) -> None:
    one = Markdown(extensions=[name])
    for text in (EVERYTHING, "## Vé\n\nMột[^1] VAT\n\n[^1]: Khác.\n", EVERYTHING):
        new = Markdown(extensions=[name])
        assert one.reset().convert(text) == new.convert(text)
        assert getattr(one, "toc_tokens", None) == getattr(new, "toc_tokens", None)


def test_mkdocs_converts_a_page_as_we_do() -> None:
    source = inspect.getsource(Page.render)
    steps = [
        "raw_html_ext._register(md)",
        "extract_anchors_ext._register(md)",
        "relative_path_ext._register(md)",
        "extract_title_ext._register(md)",
        "self.content = md.convert(self.markdown)",
        "self.toc = get_toc(getattr(md, 'toc_tokens', []))",
        "self._title_from_render = extract_title_ext.title",
        "self.present_anchor_ids = (",
        "self.links_to_anchors = relative_path_ext.links_to_anchors",
    ]
    assert [source.count(step) for step in steps] == [1] * len(steps)
    assert sorted(steps, key=source.index) == steps
    assert source.count("self.") == 9


# ----------------------------------------------------------------------------
# MkDocs
# ----------------------------------------------------------------------------


def test_the_title_of_a_page_is_weak_and_one_from_the_navigation_is_its_own(
    tmp_path: Path,
) -> None:
    config = load_config(str(make_site(tmp_path, {"content/a.md": "# Từ bài\n"})))
    file = File("a.md", config.docs_dir, config.site_dir, use_directory_urls=True)
    assert isinstance(inspect.getattr_static(Page, "title"), weak_property)
    assert not inside.has_own_title(Page(None, file, config))
    page = Page("Từ mục lục", file, config)
    assert inside.has_own_title(page)
    page.title = "Đổi"
    assert page.title == "Đổi"


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("index.md", ""),
        ("visit/index.md", "visit/"),
        ("visit/yen-tu.md", "visit/yen-tu/"),
        ("visit/README.md", "visit/"),
        ("có dấu cách.md", "c%C3%B3%20d%E1%BA%A5u%20c%C3%A1ch/"),
    ],
)
def test_addresses_of_pages(tmp_path: Path, name: str, url: str) -> None:
    config = load_config(str(make_site(tmp_path, {})))
    assert inside.page_url(config, name) == url


def test_addresses_of_pages_without_directories(tmp_path: Path) -> None:
    config = load_config(str(make_site(tmp_path, {}, use_directory_urls=False)))
    assert inside.page_url(config, "visit/yen-tu.md") == "visit/yen-tu.html"
    assert inside.page_url(config, "index.md") in ("", "index.html")


def test_pruning_takes_pages_and_empty_sections_and_joins_neighbours(tmp_path: Path) -> None:
    names = ["index.md", "a.md", "b.md", "c.md", "d.md"]
    config = load_config(str(make_site(tmp_path, {f"content/{n}": "# A\n" for n in names})))

    def page(name: str) -> Page:
        file = File(name, config.docs_dir, config.site_dir, use_directory_urls=True)
        return Page(name, file, config)

    home, a, b, c, d = pages = [page(name) for name in names]
    nav = Navigation([home, Section("Một", [a, Section("Hai", [b])]), Section("Ba", [c]), d], pages)
    inside.prune(nav, lambda page: page not in (b, c))
    assert nav.pages == [home, a, d]
    assert next(i for i in nav.items if isinstance(i, Section)).children == [a]
    assert len(nav.items) == 3
    assert (a.previous_page, a.next_page) == (home, d)
    assert (home.previous_page, d.next_page) == (None, None)
    assert (b.previous_page, b.next_page) == (None, None)


def test_configurations_loaded_alone_share_no_plugin(tmp_path: Path) -> None:
    path = str(make_site(tmp_path, {"content/index.md": "# A\n"}))
    shared = [load_config(path).plugins["quangba"] for _ in range(2)]
    assert shared[0] is shared[1], "MkDocs no longer shares plugins: load_alone is not needed"
    alone = [inside.load_alone(path).plugins["quangba"] for _ in range(2)]
    assert alone[0] is not alone[1]


# ----------------------------------------------------------------------------
# What the driver asks of MkDocs
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("function", "given"),
    [
        ("_build_theme_template", ["template_name", "env", "files", "config", "nav"]),
        ("_build_extra_template", ["template_name", "files", "config", "nav"]),
        ("get_context", ["nav", "files", "config", "page", "base_url"]),
    ],
)
def test_mkdocs_writes_templates_with_what_we_give(function: str, given: list[str]) -> None:
    assert list(inspect.signature(getattr(build_module, function)).parameters) == given


def test_a_build_goes_the_way_that_ours_goes() -> None:
    """A step that MkDocs adds between these must be taken by ``Studio`` too."""
    calls = re.findall(r"config\.plugins\.on_(\w+)\(", inspect.getsource(build_module.build))
    steps = ["config", "pre_build", "files", "nav", "env", "post_build", "build_error"]
    assert calls == steps
    page = inspect.getsource(build_module._populate_page)
    assert re.findall(r"plugins\.on_(\w+)\(", page) == ["pre_page", "page_markdown", "page_content"]
    page = inspect.getsource(build_module._build_page)
    assert re.findall(r"plugins\.on_(\w+)\(", page) == ["page_context", "post_page"]


def test_a_page_knows_its_places_and_those_that_it_links_to(tmp_path: Path) -> None:
    """They are asked of pages that were read and given to those that were not."""
    files = {"content/a.md": "# A\n\n[B](b.md#muc)\n", "content/b.md": "# B\n\n## Mục\n"}
    config = load_config(str(make_site(tmp_path, files)), plugins=[])
    found = Files([File(name, config.docs_dir, config.site_dir, True) for name in ("a.md", "b.md")])
    for file in found:
        page = Page(None, file, config)
        assert page.present_anchor_ids is None
        assert page.links_to_anchors is None
        page.read_source(config)
        page.render(config, found)
    first, second = (file.page for file in found)
    assert first
    assert second
    assert first.links_to_anchors == {second.file: {"muc": "b.md#muc"}}
    assert {"b", "muc"} <= set(second.present_anchor_ids or ())
    again = Page(None, first.file, config)
    again.present_anchor_ids, again.links_to_anchors = set(), first.links_to_anchors
    second.present_anchor_ids = {"b"}
    with MessagesOf("mkdocs.structure.pages") as said:
        again.validate_anchor_links(files=found, log_level=logging.WARNING)
    assert len(said) == 1
    assert "b.md#muc" in said[0]


class MessagesOf(logging.Handler):
    """What a logger says meanwhile."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.logger, self.found = logging.getLogger(name), list[str]()

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage())

    def __enter__(self) -> list[str]:
        self.level = self.logger.level
        self.logger.addHandler(self)
        self.logger.setLevel(logging.DEBUG)
        return self.found

    def __exit__(self, *error: object) -> None:
        self.logger.removeHandler(self)
        self.logger.setLevel(self.level)


@pytest.mark.parametrize("fails", [False, True])
def test_a_build_that_another_stands_in_for_writes_nothing_itself(
    tmp_path: Path, fails: bool
) -> None:
    files = {"content/index.md": "# A\n", "content/a.txt": "A\n"}
    config = load_config(str(make_site(tmp_path, files, nav=["index.md"])), plugins=[])
    done: list[str] = []

    def work() -> None:
        done.append("work")
        if fails:
            raise ValueError("thử")

    def fail(*, error: Exception) -> None:
        done.append(type(error).__name__)

    empty = inside.stand_in(config, work, fail)
    assert (config.nav, config.theme.name) == (["index.md"], "mkdocs")
    with nullcontext() if not fails else pytest.raises(ValueError, match="thử"):
        build_module.build(empty)
    assert done == (["work", "ValueError"] if fails else ["work"])
    assert list(Path(config.site_dir).rglob("*")) == []


# ----------------------------------------------------------------------------
# Compiled templates
# ----------------------------------------------------------------------------


def rendered(folder: Path, text: str = "<p>{{ a }}</p>") -> str:
    """Render a template in an environment that keeps what it compiles."""
    loader = jinja2.DictLoader({"a.html": text})
    env = jinja2.Environment(loader=loader, bytecode_cache=KeptCompiled(folder))
    return env.get_template("a.html").render(a=1)


def test_a_compiled_template_is_used_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendered(tmp_path / "compiled") == "<p>1</p>"
    monkeypatch.setattr(jinja2.Environment, "compile", lambda *a, **k: pytest.fail("compiled"))
    assert rendered(tmp_path / "compiled") == "<p>1</p>"
    with pytest.raises(pytest.fail.Exception):
        rendered(tmp_path / "compiled", "<p>another {{ a }}</p>")


@pytest.mark.parametrize("change", [b"", b"cut", b"<b"])
def test_a_compiled_template_that_was_changed_is_compiled_anew(
    tmp_path: Path, change: bytes
) -> None:
    assert rendered(tmp_path) == "<p>1</p>"
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    changed = {b"": b"", b"cut": whole[:-9], b"<b": whole.replace(b"<p", b"<b")}[change]
    assert changed != whole
    kept.write_bytes(changed)
    assert rendered(tmp_path) == "<p>1</p>"
    assert kept.read_bytes() == whole


def test_compiled_templates_that_cannot_be_kept_cost_time_only(tmp_path: Path) -> None:
    (tmp_path / "compiled").write_bytes(b"a file where a folder belongs")
    assert rendered(tmp_path / "compiled") == "<p>1</p>"
