"""
Overlay: what each gate has for itself, laid over the pages that all gates share.

``_gates/<id>/`` holds for every gate the files that are the gate's own, at the addresses at which
its release serves them; those of the first gate also stand at the root, so that the built site can
be opened as it is. Pages of the gate carry relative links and are right in both places. The sheets
for printers (``_print/<id>/``) belong to no release.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.utils import get_relative_url

from quangba.errors import Problem
from quangba.site.outputs import Output
from quangba.site.screen.fit import properties
from quangba.site.screen.leaflet import leaflet_files
from quangba.site.screen.led import led_stylesheet, led_view, too_far
from quangba.site.screen.views import ATTRACT, WAY, ScreenView

if TYPE_CHECKING:
    from quangba.source.profiles import Profile

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FOLDER = "_gates"
"""Where the overlays are; a release takes one of them and nothing else of it."""

PER_LANGUAGE = {"home": ("home.html", ""), "way": ("way.html", WAY)}
"""Pages that a gate has in each language: template, and address from the language's root."""

ONCE = {"attract": ("attract.html", ATTRACT), "led": ("led.html", "led/")}
"""Pages that a gate has once, in all languages together."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def finish_overlay(outputs: list[Output]) -> list[Problem]:
    """Write the files of every gate; return what a gate should show and cannot."""
    folder = outputs[0].folder
    profiles = outputs[0].context.workspace.profiles.entries
    for number, profile in enumerate(profiles.values()):
        roots = [folder / FOLDER / profile.id, *([folder] if number == 0 else [])]
        for name, text in gate_files(outputs, profile):
            for root in roots:
                write(root / name, text)
        for name, text in leaflet_files(by_language(outputs, profile), profile):
            write(folder / name, text)
    return [p for profile in profiles.values() for p in problems(outputs, profile)]


def write(path: Path, text: str) -> None:
    """Write a file of the site that is being built."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def problems(outputs: list[Output], profile: Profile) -> Iterator[Problem]:
    """Yield what a gate should show and cannot."""
    yield from unpublished(outputs, profile)
    yield from too_far(outputs[0].context.workspace.profiles.file, profile)


def unpublished(outputs: list[Output], profile: Profile) -> Iterator[Problem]:
    """Yield a problem for each page of a gate that is not published in one of its languages."""
    workspace = outputs[0].context.workspace
    file = workspace.profiles.file
    pages = dict.fromkeys([profile.page, *(tile.page for tile in profile.tiles if tile.page)])
    for output in outputs:
        language = output.context.language
        if language.code not in profile.languages:
            continue
        for page in pages:
            if not output.context.publisher.published(page, language):
                yield Problem.at(
                    "gate-page-unpublished",
                    file,
                    gate=profile.id,
                    page=page,
                    language=language.name,
                )


def gate_files(outputs: list[Output], profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield path and text of every file of a gate."""
    yield "gate.css", stylesheet(profile)
    yield "led/size.css", led_stylesheet(profile.led)
    yield "gate.js", f"globalThis.GATE = {json.dumps(facts(profile), ensure_ascii=False)};\n"
    yield "gate.json", json.dumps(facts(profile), ensure_ascii=False, indent=1) + "\n"
    for output in outputs:
        for mode, (template, path) in PER_LANGUAGE.items():
            url = output.context.file(path)
            yield f"{url}index.html", page(output, profile, mode, template, url)
    everywhere = by_language(outputs, profile)
    for mode, (template, url) in ONCE.items():
        first = everywhere[0]
        more = {"outputs": everywhere}
        yield f"{url}index.html", page(first, profile, mode, template, url, **more)


def by_language(outputs: list[Output], profile: Profile) -> list[Output]:
    """Return the outputs of the languages of a gate, in its order."""
    known = {output.context.language.code: output for output in outputs}
    return [known[code] for code in profile.languages]


def page(output: Output, profile: Profile, mode: str, template: str, url: str, **more: Any) -> str:
    """Render a page of a gate in the language of ``output``; ``url`` is where it will stand."""
    view = ScreenView(output.context, output.nav, url)
    q = view.for_gate(profile, mode)
    if "outputs" in more:
        q.makers["voices"] = lambda: voices(more["outputs"], profile, url)
        q.makers["led"] = lambda: led_view(more["outputs"], profile, url)
    return output.render(template, q, get_relative_url(".", url))


def voices(outputs: list[Output], profile: Profile, here: str) -> list[dict[str, Any]]:
    """Return a gate as each language says it, for pages that speak all of them."""
    found = []
    for output in outputs:
        view = ScreenView(output.context, output.nav, here)
        language, texts = output.context.language, output.context.texts
        found.append(
            {
                "code": language.code,
                "html_lang": language.html_lang,
                "name": language.name,
                "home_url": view.link(output.context.url("index.md")),
                "gate": view.gate(profile),
                "content_date": view.content_date(),
                "say": texts.gettext,
            }
        )
    return found


def stylesheet(profile: Profile) -> str:
    """Return the sizes of a gate's screen as custom properties; lengths in CSS pixels."""
    screen = profile.screen
    tiles = "".join(f"  {name}: {value};\n" for name, value in properties(screen).items())
    return (
        ":root {\n"
        f"  --mm: {screen.px_per_mm:.4f}px;\n"
        f"  --cap: {screen.capital_mm:.2f};\n"
        f"  --reach: {screen.reach_px:.0f}px;\n"
        f"  --wide: {screen.width_px}px;\n"
        f"  --high: {screen.height_px}px;\n"
        f"{tiles}"
        "}\n"
    )


def facts(profile: Profile) -> dict[str, Any]:
    """Return what scripts and releases know of a gate."""
    return {
        "id": profile.id,
        "page": profile.page,
        "languages": list(profile.languages),
        "idle": {
            "question_s": profile.idle.question_s,
            "answer_s": profile.idle.answer_s,
            "extensions": profile.idle.extensions,
        },
    }
