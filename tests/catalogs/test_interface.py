"""Interface texts: found in templates, kept by updates, compiled for them."""

from __future__ import annotations

import subprocess

import pytest
from catalog_site import Site, gettext_tool

from quangba.catalogs.interface import OWN_TEXTS
from quangba.catalogs.update import Updater

TEMPLATE = """{# NOTE: a button #}
<a title="{{ _('Skip to the ferry') }}">{% trans %}
  All
  ferries{% endtrans %} {{ pgettext('menu', 'Moor') }}</a>"""


def template(site: Site, text: str, name: str = "partials/a.html") -> None:
    path = site.root / "overrides" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def translate(site: Site, texts: dict[str, str], language: str = "ja") -> None:
    path = site.po("ui.po", language)
    text = path.read_text(encoding="utf-8")
    for msgid, msgstr in texts.items():
        assert f'msgid "{msgid}"\nmsgstr ""' in text
        text = text.replace(f'msgid "{msgid}"\nmsgstr ""', f'msgid "{msgid}"\nmsgstr "{msgstr}"')
    path.write_text(text, encoding="utf-8")


def test_extraction(site: Site) -> None:
    template(site, TEMPLATE)
    template(site, "{{ _('Skip to the ferry') }}", "b.html")
    site.sync()
    found = site.catalog("ui.po", "ja").index()
    assert found[None, "Skip to the ferry"].references == [
        "overrides/b.html",
        "overrides/partials/a.html",
    ]
    assert (None, "All ferries") in found
    assert ("menu", "Moor") in found
    assert found[None, "Warning"].references == ["quangba"]
    assert {text for _, text in found} >= set(OWN_TEXTS)
    for language in ("vi", "en", "ja"):
        assert list(site.catalog("ui.po", language).index()) == list(found)


def test_texts_of_pages_that_speak_several_languages(site: Site) -> None:
    template(site, "<p>\n{# NOTE: on the screen #}\n{{ voice.say('Touch the ferry') | e }}</p>")
    site.sync()
    message = site.catalog("ui.po", "ja").index()[None, "Touch the ferry"]
    assert any("on the screen" in comment for comment in message.notes)


def test_an_update_keeps_translations_and_returns_them(site: Site) -> None:
    template(site, TEMPLATE)
    site.sync()
    translate(site, {"Skip to the ferry": "本文へ", "All ferries": "全ページ"})
    template(site, "{{ _('Another text altogether') }}")
    site.sync()
    assert {m.msgstr for m in site.catalog("ui.po", "ja").obsolete} == {"本文へ", "全ページ"}
    template(site, TEMPLATE)
    site.sync()
    assert site.texts("ui.po", "ja")["Skip to the ferry"] == "本文へ"
    assert not [m for m in site.catalog("ui.po", "ja").obsolete if m.msgstr]


def test_a_changed_text_is_stale_and_not_shown(site: Site) -> None:
    template(site, "{{ _('Skip to the content') }}")
    site.sync()
    translate(site, {"Skip to the content": "本文へ"})
    template(site, "{{ _('Skip to the main content') }}")
    site.sync()
    (stale,) = [m for m in site.catalog("ui.po", "ja") if m.stale]
    assert (stale.msgstr, stale.previous) == ("本文へ", "Skip to the content")
    shown = site.workspace().interface(site.language("ja"))
    assert shown.gettext("Skip to the main content") == "Skip to the main content"


def test_compiled_texts(site: Site) -> None:
    template(site, TEMPLATE)
    site.sync()
    translate(site, {"Skip to the ferry": "本文へ", "Moor": "閉じる"})
    shown = site.workspace().interface(site.language("ja"))
    assert shown.gettext("Skip to the ferry") == "本文へ"
    assert shown.pgettext("menu", "Moor") == "閉じる"
    assert shown.gettext("Moor") == "Moor"
    english = site.workspace().interface(site.language("en"))
    assert english.gettext("Skip to the ferry") == "Skip to the ferry"


def test_without_a_catalog_the_texts_are_english(site: Site) -> None:
    assert site.workspace().interface(site.language("ja")).gettext("Warning") == "Warning"


@pytest.mark.parametrize("options", [["--width=30"], ["--no-location"]], ids=["wrapped", "places"])
def test_no_churn(site: Site, options: list[str]) -> None:
    template(site, TEMPLATE)
    site.sync()
    path = site.po("ui.po", "ja")
    before = path.read_bytes()
    template(site, TEMPLATE + " ")
    assert site.sync().written == []
    command = [gettext_tool("msgcat"), *options, "-o", str(path), str(path)]
    subprocess.run(command, check=True)
    written = site.sync().written
    if options == ["--width=30"]:
        assert written == []
    else:
        assert path.read_bytes() == before


def test_a_cut_catalog_is_noticed_and_left_alone(site: Site) -> None:
    template(site, TEMPLATE)
    site.sync()
    path = site.po("ui.po", "ja")
    data = path.read_bytes()
    for size in (0, 30, data.index(b"X-Active"), len(data) // 2, data.rindex(b"\n\n") + 1):
        path.write_bytes(data[:size])
        (problem,) = site.sync().problems
        assert problem.file == "locales/ja/LC_MESSAGES/ui.po"
        assert path.read_bytes() == data[:size]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("\n{% if %}", 2, id="syntax"),
        pytest.param("{% trans n=2 %}a{% pluralize %}b{% endtrans %}", 1, id="plural"),
    ],
)
def test_a_broken_template_names_file_and_line(site: Site, text: str, line: int) -> None:
    site.page("a.md", "Một.")
    template(site, text)
    result = Updater(site.workspace()).run()
    assert [(p.code, p.file, p.line) for p in result.problems if p.code == "config-wrong"][:1] == [
        ("config-wrong", "overrides/partials/a.html", line)
    ]
    assert list(site.texts("a.po")) == ["Một."], "pages go on"
