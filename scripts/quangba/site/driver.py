"""
The driver: builds all languages of a site, several at a time, from one reading of it.

static-i18n would build one language after the other, each from the start. Here the site is read
once: pages, catalogs and what the gate says of them. Then every language is rendered in a process
that was forked from this one and knows all that already (``forking.py``). Plugins see the events
that they would see in MkDocs' own build, for each language (``inside.py``).

1. Segments of the source language, by parts of the site: only pages that changed are read.
2. Editions: which texts each page has in each language, one language in each process.
3. Pages and what belongs to a language, one language in each process.
4. What all languages share, in this process.

Where an earlier build left its state (``state.py``) and only texts of pages changed that no other
page shows, only these pages are rendered, in the languages that they changed in; all other files
get a second name in the new folder. The result is the same, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from mkdocs.config.defaults import MkDocsConfig

from quangba.errors import QuangbaError, Report
from quangba.media.cards import drawn_by
from quangba.media.pictures import FOLDER as PICTURES
from quangba.settings import Language
from quangba.site import inside
from quangba.site.datasets import has_data
from quangba.site.forking import WorkerEnded, beside, run_all
from quangba.site.inputs import Signature, told
from quangba.site.outline import Outline
from quangba.site.outputs import Output
from quangba.site.publishing import Edition
from quangba.site.screen.qr import FOLDER as CODES
from quangba.site.social import card_path
from quangba.site.state import (
    Anchors,
    Built,
    Judged,
    State,
    files_of,
    head_of,
    link,
    pack,
    unpack,
)
from quangba.site.telling import Notes, tell, telling
from quangba.site.writers import reads_site, write_each
from quangba.source.kinds import text_patterns
from quangba.source.pages import front_matter_segments
from quangba.source.segment import Collected

if TYPE_CHECKING:
    from quangba.site.plugin import QuangbaPlugin  # it calls the driver

T = TypeVar("T")

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SOME = 30
"""Pages, in all languages, for which no process is worth its start."""

FEW = 8
"""Pages for which no further process is worth its start."""

DATED = ("event", "news", "statement", "project")
"""Kinds of pages whose day of approval or review stands in feeds and calendars."""

SITE = "site"
"""The part of the state that all languages share."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Plan:
    """What has to be rendered of one language."""

    whole: bool = True
    pages: set[str] = field(default_factory=set)
    """Pages, when it is not the whole language."""
    sitemap: bool = False
    """True when days or languages of some page changed."""

    @property
    def nothing(self) -> bool:
        """Tell whether the language stays as it is."""
        return not (self.whole or self.pages or self.sitemap)


@dataclass
class Driver:
    """Builds a site that the plugin has begun."""

    plugin: QuangbaPlugin
    config: MkDocsConfig
    before: State | None
    """What the last build left, when it can be used."""
    jobs: int
    """How many languages are built at the same time."""
    plans: dict[str, Plan] = field(default_factory=dict)
    built: dict[str, Built] = field(default_factory=dict)
    """Languages by code: as they were left, then as they are."""
    linked: dict[str, Signature] = field(default_factory=dict)
    """Files that are second names of those of the old site."""

    def run(self) -> None:
        """Write all languages into the folder of the build; what is found goes to the plugin."""
        self.read_segments()
        self.judge_editions()
        self.plugin.report_editions()
        self.plan()
        languages = [
            language
            for language in self.plugin.settings.languages
            if not self.plans[language.code].nothing
        ]
        if not self.patched:
            self.load()
        shown = 0
        if self.plugin.windows and self.patched:
            languages, shown = self.plugin.windows.first(languages)
        tasks = [partial(self.build_language, language) for language in languages]
        settled = self.settled()
        linking: AbstractContextManager[list[list[str]]] = nullcontext([])
        if settled:
            linking = beside(partial(self.link_all, settled))
        with inside.languages_apart(self.config), linking as linked:
            found = self.each(languages, tasks, few=self.few, done=self.progress(shown))
            for language, built in zip(languages, found, strict=True):
                self.built[language.code] = built
                # More than was planned, when its navigation changed.
                self.plans[language.code].whole = built.whole
        for name in (name for names in linked for name in names):
            if self.before and not self.plan_of(name).whole:
                self.linked[name] = self.before.files[name]
        for language in self.plugin.settings.languages:
            self.take(language, self.built[language.code])
        self.reuse_pictures()
        if reads_site(self.plugin.outputs):
            self.reuse(copied=True)

    def load(self) -> None:
        """Load once what every process that writes a whole language would load."""
        import lxml.etree  # noqa: F401

        if not (self.plugin.settings.kiosk or self.plugin.serving):
            drawn_by()
        if has_data(self.plugin.workspace):
            import quangba.site.spreadsheet  # noqa: F401

    @property
    def patched(self) -> bool:
        """Tell whether only pages changed, and no language as a whole."""
        return not any(plan.whole for plan in self.plans.values())

    @property
    def few(self) -> bool:
        """Tell whether so few pages changed that processes would take longer to start."""
        return self.patched and sum(len(plan.pages) for plan in self.plans.values()) < SOME

    def progress(self, shown: int) -> Callable[[int, int], None]:
        """Return what is told how many languages are done; a preview shows the first ``shown``."""

        def done(ended: int, total: int) -> None:
            self.plugin.progress(ended, total)
            if self.plugin.windows and ended == shown:
                self.plugin.windows.show()

        return done

    # Steps

    def read_segments(self) -> None:
        """Let every page that changed be read for its segments, parts of the site at a time."""
        workspace = self.plugin.workspace
        names = workspace.names
        if self.before:
            names = [name for name in names if self.page_changed(name)]
        names = [name for name in names if not workspace.knows(name)]
        parts = max(1, min(self.jobs, len(names) // FEW))
        tasks = [partial(self.segments_of, names[part::parts]) for part in range(parts)]
        for found in self.each([self.plugin.settings.source] * parts, tasks):
            for name, collected in found.items():
                workspace.keep(name, collected)

    def each(
        self,
        languages: list[Language],
        tasks: Sequence[Callable[[], T]],
        *,
        few: bool = False,
        done: Callable[[int, int], None] = lambda ended, total: None,
    ) -> list[T]:
        """Run a task for each language; raises ``build-process-ended``, with the language."""
        try:
            return run_all(tasks, 1 if few else self.jobs, done)
        except WorkerEnded as ended:
            name = languages[ended.number].name
            raise QuangbaError("build-process-ended", language=name) from ended

    def segments_of(self, names: list[str]) -> dict[str, Collected]:
        """Read some pages."""
        return {name: self.plugin.workspace.collected(name) for name in names}

    def judge_editions(self) -> None:
        """Choose the texts of all pages that changed, in all languages."""
        workspace, publisher = self.plugin.workspace, self.plugin.publisher
        passing = [name for name in workspace.names if workspace.decision(name).passes]
        asked: list[tuple[str, Language]] = []
        for language in self.plugin.settings.targets:
            names = passing
            if self.before:
                names = [name for name in passing if self.changed(language, name)]
                rest = {(name, language.code) for name in passing} - {
                    (name, language.code) for name in names
                }
                publisher.recall(self.before.faces[key] for key in sorted(rest))
            asked += [(name, language) for name in names]
        parts = max(1, min(self.jobs, len(asked) // SOME))
        tasks = [partial(self.editions_of, asked[part::parts]) for part in range(parts)]
        for editions in self.each([self.plugin.settings.source] * parts, tasks):
            publisher.take(editions)

    def editions_of(self, asked: list[tuple[str, Language]]) -> list[Edition]:
        """Choose the texts of some pages."""
        return [self.plugin.publisher.edition(name, language) for name, language in asked]

    # What changed

    def page_changed(self, name: str) -> bool:
        """Tell whether a page or its approval is another than it was."""
        assert self.before is not None
        return self.before.inputs.pages[name] != self.plugin.inputs.pages[name]

    def changed(self, language: Language, name: str) -> bool:
        """Tell whether a page may be another in a language than it was."""
        assert self.before is not None
        key = (language.code, name)
        same = self.before.inputs.catalogs.get(key) == self.plugin.inputs.catalogs[key]
        return not same or self.page_changed(name)

    def shown(self, language: Language, name: str) -> bytes:
        """Return a digest of what other pages show of a page in a language."""
        workspace = self.plugin.workspace
        edition, page = self.plugin.publisher.edition(name, language), workspace.page(name)
        patterns = text_patterns(page.meta, self.plugin.settings.options.front_matter)
        texts = [
            edition.texts.get(segment.key)
            for segment, _, _ in front_matter_segments(page, patterns)
        ]
        dated = self.plugin.settings.kiosk or page.meta.get("type") in DATED
        days = edition.reviewed_on if dated else ""
        packages = sorted(edition.packages.items())
        complete = edition.complete, edition.machine
        if self.plugin.serving:
            # A preview shows every page; lists of others may be late, the page itself may not.
            complete = True, False
        return told([*complete, texts, packages, days])

    def newest(self, language: Language) -> str:
        """Return the ISO date of the newest approval or review: a kiosk has it on every page."""
        plugin = self.plugin
        if not plugin.settings.kiosk:
            return ""
        names = [n for n in plugin.workspace.names if plugin.publisher.published(n, language)]
        return max((plugin.context.last_changed(name, language) for name in names), default="")

    def plan(self) -> None:
        """Decide what has to be rendered."""
        settings, before = self.plugin.settings, self.before
        self.plans = {language.code: Plan(whole=before is None) for language in settings.languages}
        if before is None:
            return
        workspace, publisher = self.plugin.workspace, self.plugin.publisher
        for language in settings.languages:
            code, plan = language.code, self.plans[language.code]
            plan.whole = before.inputs.languages[code] != self.plugin.inputs.languages[code]
            built = self.plugin.store.load(code, before.parts[code])
            if isinstance(built, Built):
                self.built[code] = built
            # What was wrong is said with each build; if of no single page, it is looked for again.
            plan.whole |= not isinstance(built, Built) or bool(built.problems)
            plan.whole |= before.newest[code] != self.newest(language)
        source = self.plans[settings.source.code]
        for name in workspace.names:
            if self.page_changed(name):
                source.pages.add(name)
                old, new = before.judged[name].approval, workspace.decision(name).approval
                dated = (old and old.date) != (new and new.date)
                source.sitemap |= dated
                if dated and workspace.page(name).meta.get("type") in DATED:
                    for other in self.plans.values():
                        other.whole = True
            for language in settings.targets if workspace.decision(name).passes else ():
                if not self.changed(language, name):
                    continue
                plan, key = self.plans[language.code], (name, language.code)
                was, now = before.faces.get(key), publisher.edition(name, language)
                plan.pages.add(name)
                if before.shown.get(key) != self.shown(language, name):
                    plan.whole = True
                if was is None or was.complete != now.complete or was.machine != now.machine:
                    # Every language tells of it in its switch.
                    for other in self.plans.values():
                        other.pages.add(name)
                if was is None or was.reviewed_on != now.reviewed_on or plan.whole:
                    source.sitemap = True

    # Languages

    def build_language(self, language: Language) -> Built:
        """Write what changed of a language, or all of it, into the folder of the build."""
        plan, report = self.plans[language.code], self.plugin.report
        self.plugin.report, self.plugin.takeaways.codes = Report(), {}
        try:
            built = None if plan.whole else self.patch_language(language, plan)
            return built or self.write_language(language)
        finally:
            self.plugin.report = report

    def write_language(self, language: Language) -> Built:
        """Write a whole language."""
        plugin, config = self.plugin, self.config
        source, notes = language == plugin.settings.source, Notes(plugin)
        with telling() as notes.told:
            own = plugin.own_templates(config)
            studio = inside.Studio.of(config, language.code, own, around=notes.of)
            # What belongs to no language is written with the source's.
            studio.write_files("" if source else f"{language.code}/")
            studio.write_templates(whole=source)
            for page in studio.pages:
                studio.write(page)
            studio.check_anchors()
            config.plugins.on_post_build(config=config)
            output = plugin.outputs[language.code]
            output.nav = Outline.of(studio.nav)
            plugin.report.take(write_each(output, preview=plugin.serving))
        return self.found(output, studio, notes)

    def patch_language(self, language: Language, plan: Plan) -> Built | None:
        """Write the pages of a language that changed; None when more than these changed."""
        plugin, config, before = self.plugin, self.config, self.built[language.code]
        notes = Notes(plugin)
        notes.said |= {name: said for name, said in before.said.items() if name not in plan.pages}
        with telling() as notes.told:
            own = plugin.own_templates(config)
            studio = inside.Studio.of(
                config, language.code, own, before, plan.pages, around=notes.of
            )
            output = plugin.outputs[language.code]
            output.nav = Outline.of(studio.nav)
            if output.nav != before.outline:
                return None
            if plan.sitemap and language == plugin.settings.source:
                studio.write_template("sitemap.xml")
            for page in studio.pages:
                if page.file.src_uri in plan.pages:
                    studio.write(page)
            studio.check_anchors()
            config.plugins.on_post_build(config=config)
            output.fresh = frozenset(plan.pages)
            known = {page.name: page for page in before.pages}
            same = all(known.get(page.name) == page for page in output.pages)
            output.pages += [page for page in before.pages if page.name not in plan.pages]
            # A preview's search may be late, as its lists.
            listed = not plugin.serving
            listed &= not same or len(output.pages) != len(before.pages)
            if listed:
                output.documents = unpack(before.documents)
                plugin.report.take(write_each(output))
        found = self.found(output, studio, notes)
        # Pictures and codes that only the pages show which stayed.
        return replace(
            found,
            whole=False,
            documents=found.documents if listed else before.documents,
            pictures=before.pictures | found.pictures,
            films=before.films | found.films,
            codes=before.codes | found.codes | {"": before.codes[""] | found.codes[""]},
        )

    def found(self, output: Output, studio: inside.Studio, notes: Notes) -> Built:
        """Return what the process that wrote a language knows."""
        plugin = self.plugin
        media = plugin.media
        output.pages.sort(key=lambda page: page.name)
        return Built(
            output.pages,
            output.nav,
            {name: Anchors(*each) for name, each in studio.anchors().items()},
            {} if plugin.config.templates else studio.metas(),
            pack(output.documents),
            {name: notes.said[name] for name in sorted(notes.said)},
            plugin.report.problems,
            notes.told.found,
            {name: media.pictures.found[name] for name in media.pictures.used},
            set(media.films),
            {**notes.codes, "": dict(plugin.takeaways.codes)},
        )

    def take(self, language: Language, built: Built) -> None:
        """Take over what a process found."""
        plugin = self.plugin
        lines = [line for said in built.said.values() for line in said.told]
        tell([*lines, *built.told])
        for said in built.said.values():
            plugin.report.take(said.problems)
        plugin.report.take(built.problems)
        plugin.media.pictures.found |= built.pictures
        plugin.media.pictures.used |= set(built.pictures)
        plugin.media.films |= built.films
        for codes in built.codes.values():
            plugin.takeaways.codes |= codes
        context = plugin.make_context(language)
        output = Output(context, Path(self.config.site_dir), built.pages, nav=built.outline)
        output.make_env = partial(plugin.make_env, self.config, context)
        plugin.outputs[language.code] = output
        if self.before and language == plugin.settings.source:
            output.scripts = dict(self.before.scripts)
            output.linked = self.linked

    def counted(self) -> tuple[int, int]:
        """Return how many pages were rendered, and how many the site has, in all languages."""
        total = {code: len(built.anchors) for code, built in self.built.items()}
        rendered = [
            total[code] if plan.whole else len(plan.pages) for code, plan in self.plans.items()
        ]
        return sum(rendered), sum(total.values())

    # Files that stay

    def settled(self) -> list[str]:
        """
        Return files that can have their second names before languages are rendered.

        These are pages that are not rendered, and cards: nothing else writes them.
        """
        if self.before is None or not self.plugin.staging or self.plugin.settings.kiosk:
            return []
        names = []
        for language in self.plugin.settings.languages:
            plan, built = self.plans[language.code], self.built.get(language.code)
            if plan.whole or built is None:
                continue
            root = "" if language == self.plugin.settings.source else f"{language.code}/"
            for page in built.pages:
                names.append(f"{root}{card_path(page.name)}")
                if page.name not in plan.pages:
                    index = "index.html" if page.url.endswith("/") or not page.url else ""
                    names.append(f"{page.url}{index}")
        return [name for name in names if name in self.before.files]

    def link_all(self, names: list[str]) -> list[str]:
        """Give files their second names; return those that have one now."""
        assert self.before is not None
        old, new = self.before.site, self.config.site_dir
        return [name for name in names if link(f"{old}/{name}", f"{new}/{name}", copied=False)]

    def plan_of(self, name: str) -> Plan:
        """Return what is planned for the language that a file belongs to."""
        source = self.plugin.settings.source.code
        code = name.partition("/")[0]
        return self.plans[source] if code == source else self.plans.get(code, self.plans[source])

    def reuse_pictures(self) -> None:
        """Give pictures their second name: they are told by their content."""
        self.reuse(copied=False, below=f"{PICTURES}/")

    def reuse(self, *, copied: bool = False, below: str = "") -> None:
        """Give every file that was not written anew its place in the new site."""
        if self.before is None or not self.plugin.staging:
            return
        old, new = self.before.site, self.config.site_dir
        anew = self.made_anew()
        for name, signature in self.before.files.items():
            plan = self.plan_of(name)
            other = name.startswith(anew) or not name.startswith(below)
            if other or plan.whole or name in self.linked:
                continue
            if link(f"{old}/{name}", f"{new}/{name}", copied=copied):
                self.linked[name] = signature

    def made_anew(self) -> tuple[str, ...]:
        """Return the folders whose files every build of a kiosk makes, those that there are now."""
        if not self.plugin.settings.kiosk:
            return ()
        from quangba.site.screen.leaflet import FOLDER as LEAFLETS  # the portal has none
        from quangba.site.screen.overlay import FOLDER as OVERLAYS

        return CODES, f"{OVERLAYS}/", f"{LEAFLETS}/"

    # For the next build

    def save(self, published: Path) -> None:
        """Keep what the next build can use; the site is published."""
        try:
            files = files_of(published, self.linked)
        except OSError:
            # What was kept before does not fit this site: the next build begins anew.
            return
        plugin = self.plugin
        workspace, settings, before = plugin.workspace, plugin.settings, self.before
        store, parts = plugin.store, dict(before.parts) if before else {}
        for language in settings.languages:
            if not self.plans[language.code].nothing:
                parts[language.code] = store.save(language.code, self.built[language.code])
        faces, shown = {}, {}
        for language in settings.targets:
            for name in workspace.names:
                if not workspace.decision(name).passes:
                    continue
                key = (name, language.code)
                faces[key] = plugin.publisher.face(name, language).without_texts()
                known = before and not self.changed(language, name)
                shown[key] = before.shown[key] if before and known else self.shown(language, name)
        heads = {
            name: before.heads[name]
            if before and not self.page_changed(name)
            else head_of(workspace, name)
            for name in workspace.names
        }
        judged = {
            name: Judged(decision.approval, plugin.held.get(name, decision.problems))
            for name in workspace.names
            if (decision := workspace.decision(name))
        }
        state = State(
            str(published),
            plugin.inputs,
            plugin.digests.met,
            heads,
            judged,
            plugin.referrers,
            {name: workspace.assets_of(name) for name in workspace.names},
            faces,
            shown,
            files,
            plugin.outputs[settings.source.code].scripts,
            parts,
            {language.code: self.newest(language) for language in settings.languages},
        )
        store.save(SITE, state)
