"""
The MkDocs plugin: static-i18n builds every language from the Vietnamese files, we substitute.

The build of the default language runs first and meets every segment; static-i18n then calls a
nested build for each other language on the same configuration. What lasts for all of them is made
by the outermost ``on_config`` and dropped by the outermost ``on_post_build``.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click
import jinja2
from jinja2.ext import i18n as jinja_i18n
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from quangba.catalogs.interface import SHORT_PAGES, unsound_texts
from quangba.catalogs.workspace import UI, Workspace
from quangba.errors import Problem, QuangbaError, Report, Severity, problem_of, say
from quangba.files import write_text
from quangba.media.own_faces import own_faces
from quangba.settings import Language, QuangbaConfig, Settings, read_settings
from quangba.site import inside
from quangba.site.checks import (
    placeholder_address,
    secret_site_texts,
    unspoken,
    untranslated_site_texts,
)
from quangba.site.context import SiteContext
from quangba.site.counter import WarningCounter
from quangba.site.driver import SITE, Driver
from quangba.site.forking import collect_once, collector_at_rest, processors
from quangba.site.headers import is_security
from quangba.site.inputs import Digests, inputs_of, settings_text
from quangba.site.links import LinkExtension
from quangba.site.outputs import Output, Rendered
from quangba.site.pictures import SiteMedia, keep_in_place
from quangba.site.publishing import Publisher
from quangba.site.recalling import recall
from quangba.site.records import all_referrers, summary
from quangba.site.redirects import write_redirects
from quangba.site.sanitise import clean_page
from quangba.site.screen.plain_texts import sample_note
from quangba.site.screen.takeaways import Takeaways
from quangba.site.staging import Staging
from quangba.site.state import State, Store
from quangba.site.views import View, prefer_items
from quangba.site.writers import STANDING, finish_all
from quangba.source.pages import inside as lies_in
from quangba.source.segment import Segment
from quangba.source.segmenter import SegmentExtension
from quangba.source.text import nfc

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

    from quangba.site.windows import Windows

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

log = get_plugin_logger("quangba")

TEMPLATES = Path(__file__).parent / "templates"

LATE = -110
"""After static-i18n, whose events have priority −100."""

EARLY = 50
"""Before static-i18n."""

PREVIEWED = inside.Compiled()
"""Templates of previews of this process: each rebuild has plugins and environments of its own."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class QuangbaPlugin(BasePlugin[QuangbaConfig]):
    """Renders reviewed translations, keeps the gate, publishes whole sites only."""

    serving = False
    reported = False
    """True once the problems of this build were said."""
    held: dict[str, list[Problem]]
    """Pages that only the preview shows, with what keeps them in."""
    make_publisher: Callable[[Workspace], Publisher] = Publisher
    """What decides which texts are shown; the desk shows more than a build does."""
    identify: Callable[[Segment], str] | None = None
    """Names segments on their elements, for the desk."""
    workspace: Workspace
    publisher: Publisher
    context: SiteContext
    staging: Staging | None = None
    driver: Driver | None = None
    paged = False
    """True: pages are asked for one by one, and no site is built (``inside.Studio``)."""
    anew = False
    """True: nothing of an earlier build is used."""
    jobs: int | None = None
    """How many languages are built at the same time; as many as there are processors."""
    progress: Callable[[int, int], None] = staticmethod(lambda done, total: None)
    """Told how many of the languages are built."""
    warnings: WarningCounter | None = None
    windows: Windows | None = None
    """Of a preview that is served."""

    # Beginning

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note whether this is a live preview."""
        self.serving = command == "serve"

    @event_priority(LATE)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Begin a build, and let the driver do it; or begin with a language."""
        try:
            if inside.is_nested(config):
                self.begin_language(config)
                return config
            self.begin(config)
            self.refuse_early(config)
            self.begin_language(config)
            if not self.paged:
                return inside.stand_in(config, partial(self.produce, config), self.on_build_error)
        except QuangbaError as error:
            # What cannot be read cannot be asked again when the build ends.
            self.reported = True
            if self.warnings:
                write_text(self.report_path, f"{error.problem.text()}\n")
            raise Abort(error.problem.text()) from error
        return config

    def refuse_early(self, config: MkDocsConfig) -> None:
        """Stop a strict build before it starts, when the gate already says that it must fail."""
        failed = self.report.worst >= Severity.ERROR
        if failed and config.strict and not self.serving:
            raise self.refusal()

    def refusal(self) -> Abort:
        """Say what is wrong and that the old site stays."""
        self.finish_report(stopped=True)
        shown = self.settings.relative(self.place(self.settings.config))
        return Abort(
            say(
                f"Trang web cũ được giữ nguyên ở {shown}: bản dựng có lỗi (chế độ --strict).",
                f"The old site stays in {shown}: the build has problems (--strict).",
            )
        )

    def begin(self, config: MkDocsConfig) -> None:
        """Begin the outermost build."""
        settings = settings_text(config)
        self.workspace = Workspace(read_settings(config, self.config))
        self.publisher = self.make_publisher(self.workspace)
        self.report = Report()
        self.held, self.reported = {}, False
        self.urls: dict[str, str] = {}
        self.sitemap: list[dict[str, Any]] = []
        self.outputs: dict[str, Output] = {}
        self.segmenter, self.links = SegmentExtension(), LinkExtension()
        # Python-Markdown takes names and instances; MkDocs' types only know names.
        extensions: list[Any] = config.markdown_extensions
        extensions += [self.segmenter, self.links]
        self.warnings = WarningCounter()
        self.warnings.begin()
        if not self.serving:
            staging = Staging(Path(config.site_dir))
            staging.begin()
            # Only now: a build that is refused must not clear the folders of the one that runs.
            self.staging = staging
            config.site_dir = str(staging.new)
        self.before = None if self.paged else self.recall(config, settings)
        self.referrers = self.before.referrers if self.before else all_referrers(self.workspace)
        for language in self.workspace.settings.languages:
            # Pages show words of other languages too: what cannot be read is said before.
            self.workspace.interface(language)
        self.ask_gate()
        self.faces = own_faces(self.settings)
        self.media = SiteMedia(self.workspace, log.info)
        self.takeaways = Takeaways(config.site_url, self.settings.cache / "qr")
        if self.config.gate:
            self.report.take(self.media.prepare())
        self.links.redirects = self.workspace.redirects
        # What stands on many pages is an input of the whole site: it was looked at before.
        for problem in () if self.before else secret_site_texts(self.workspace):
            raise QuangbaError(problem.code, problem.file, 0, **dict(problem.values))

    def recall(self, config: MkDocsConfig, settings: str) -> State | None:
        """Read what the site is made of, and what the last build left that fits it."""
        state = None if self.anew else self.store.load(SITE)
        known = state.digests if isinstance(state, State) else {}
        self.digests = Digests(known, now=time.time_ns())
        self.inputs = inputs_of(self.workspace, settings, self.digests)
        return recall(self, config, state)

    def place(self, config: MkDocsConfig) -> Path:
        """Return where the site stands when it is built; a preview has it there all the time."""
        return self.staging.published if self.staging else Path(config.site_dir)

    @property
    def store(self) -> Store:
        """What builds of this edition leave for the next; previews show more."""
        preview = "-preview" if self.serving else ""
        return Store(self.settings.cache / "builds", f"{self.settings.options.edition}{preview}")

    def ask_gate(self) -> None:
        """Ask the gate about every page and report what it refuses."""
        for language in self.settings.languages:
            catalog = self.workspace.catalog(language, UI)
            self.report.take(unsound_texts(catalog, self.workspace.catalog_file(language, UI)))
        self.report.take(unspoken(self.workspace))
        self.report.take(placeholder_address(self.workspace))
        self.report.take(self.workspace.facts.problems)
        self.report.take(self.workspace.profiles.problems)
        for name in self.workspace.names:
            decision = self.workspace.decision(name)
            self.report.take(decision.problems)
            if self.serving and not decision.passes and decision.showable:
                # An editor must see what a build would keep back, and why it would.
                self.held[name] = decision.problems
                decision.problems = []

    def begin_language(self, config: MkDocsConfig) -> None:
        """Set the texts of the configuration that belong to a language."""
        workspace, language = self.workspace, self.language(config)
        self.context = self.make_context(language)
        self.outputs[language.code] = Output(self.context, Path(config.site_dir))
        config.site_name = self.context.text("site name", workspace.site_name)
        if workspace.site_description:
            text = self.context.text("site description", workspace.site_description)
            config.site_description = text
        if workspace.copyright:
            config.copyright = self.context.text("copyright", workspace.copyright)
        if workspace.nav is not None:
            refused = {n for n in workspace.names if not self.appears(n)}
            config.nav = without(copy.deepcopy(workspace.nav), refused)
        # static-i18n puts its own sitemap in front of ours again in every language.
        others = [folder for folder in config.theme.dirs if folder != str(TEMPLATES)]
        custom = Path(config.theme.custom_dir) if config.theme.custom_dir else None
        shared = workspace.settings.shared_templates
        if custom and shared and str(shared) not in others:
            others.insert(others.index(str(custom)) + 1, str(shared))
        config.theme.dirs = [str(TEMPLATES), *others]
        # Pages that belong to no Markdown file: a theme without their templates has none.
        standing = {name for name in STANDING if custom and (custom / name).is_file()}
        config.theme.static_templates |= standing

    def make_context(self, language: Language) -> SiteContext:
        """Return what the templates of a language can be told."""
        context = SiteContext(
            self.workspace,
            self.publisher,
            language,
            self.workspace.interface(language),
            self.urls,
            self.referrers,
        )
        context.media, context.takeaways = self.media, self.takeaways
        context.faces = self.faces
        return context

    def make_env(self, config: MkDocsConfig, context: SiteContext) -> jinja2.Environment:
        """Read the templates for a language whose pages are all rendered."""
        env = config.theme.get_env()
        self.teach(env, context)
        return env

    def teach(self, env: jinja2.Environment, context: SiteContext) -> None:
        """Let templates speak a language."""
        prefer_items(env)
        env.add_extension(jinja_i18n)
        env.install_gettext_translations(context.texts, newstyle=True)  # type: ignore[attr-defined]
        # A preview writes nothing.
        kept = inside.KeptCompiled(self.settings.cache / "compiled")
        env.bytecode_cache = PREVIEWED if self.serving else kept
        context.env = env

    def own_templates(self, config: MkDocsConfig) -> list[Path]:
        """Return the folders of a site's own templates; none where it has the theme's."""
        if not self.config.templates:
            return []
        folders = [config.theme.custom_dir, self.settings.shared_templates]
        return [TEMPLATES, *(Path(folder) for folder in folders if folder)]

    def language(self, config: MkDocsConfig) -> Language:
        """Return the language that is being built."""
        code = inside.current_language(config)
        return next(lang for lang in self.workspace.settings.languages if lang.code == code)

    def view(self, nav: Navigation | None, here: str, *, absolute: bool = False) -> View:
        """Return the view of what stands at an address, as this edition has it."""
        if not self.settings.kiosk:
            return View(self.context, nav, here, absolute=absolute)
        from quangba.site.screen.views import ScreenView  # the portal does not load it

        return ScreenView(self.context, nav, here, absolute=absolute)

    @property
    def settings(self) -> Settings:
        """The settings of the site."""
        return self.workspace.settings

    def appears(self, name: str) -> bool:
        """Tell whether a page has an address at all: it passes, or says that it was withdrawn."""
        decision = self.workspace.decision(name)
        if self.workspace.settings.left_out(name):
            return False
        return decision.passes or decision.withdrawn

    def status(self, name: str) -> str:
        """Say what a page is in the language that is being built."""
        if name not in self.workspace.names:
            return "published"
        decision = self.workspace.decision(name)
        if decision.withdrawn:
            return "withdrawn"
        if not self.appears(name):
            return "refused"
        # A translator at work must see the page before its last text is done.
        shown = self.serving or self.publisher.published(name, self.context.language)
        return "published" if shown else "missing"

    # Files and navigation

    @event_priority(EARLY)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Leave out refused pages and every file that no published page uses."""
        used = None
        if self.config.gate:
            used = {
                asset
                for name in self.workspace.names
                if self.workspace.decision(name).passes and self.appears(name)
                for asset in self.workspace.assets_of(name)
            }
            used |= self.gate_pictures()
        for file in list(files):
            if not self.keeps(file, config, used):
                files.remove(file)
        return files

    def keeps(self, file: File, config: MkDocsConfig, used: set[str] | None) -> bool:
        """Tell whether a file belongs to the site."""
        if file.src_dir != config.docs_dir:
            # A site with templates of its own needs none of the scripts and styles of the theme.
            own = (config.theme.custom_dir, str(self.workspace.settings.shared_templates))
            return not self.config.templates or file.src_dir in own
        if file.src_uri.startswith("_data/"):
            return False
        if file.is_documentation_page():
            if file.src_uri in self.workspace.names:
                return self.appears(file.src_uri)
            # MkDocs knows more endings than .md and follows links to folders; the gate does not.
            if used is not None and not file.src_uri.startswith("_") and "/_" not in file.src_uri:
                self.report.add("page-name", self.workspace.settings.page_file(file.src_uri))
            return used is None
        wanted = used is None or file.src_uri in used
        return wanted and lies_in(Path(config.docs_dir, file.src_uri), Path(config.docs_dir))

    def gate_pictures(self) -> set[str]:
        """Return the pictures that screens at the gates show besides those of their pages."""
        profiles = self.workspace.profiles.entries.values() if self.settings.kiosk else ()
        return {picture for profile in profiles for picture in profile.pictures}

    @event_priority(LATE)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Put the navigation into the language, without pages that are not published in it."""

        def translate(items: list[Any]) -> None:
            for item in items:
                if isinstance(item, Page):
                    if inside.has_own_title(item):
                        item.title = self.context.text("navigation", str(item.title))
                elif isinstance(item, Section | Link):
                    item.title = self.context.text("navigation", item.title)
                    translate(item.children or [])

        translate(nav.items)
        if self.config.gate:
            keep_in_place(files)
        inside.prune(nav, lambda page: self.status(page.file.src_uri) == "published")
        return nav

    # Pages

    @event_priority(LATE)
    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Set the segmenter up for a page; its text is substituted while it is rendered."""
        name = page.file.src_uri
        status = self.status(name)
        self.links.page = name
        self.links.state = self.status
        context = self.context
        source = context.language == self.workspace.settings.source
        if status in ("missing", "withdrawn"):
            page.meta = {
                **{key: value for key, value in page.meta.items() if key in ("type", "template")},
                "title": context.interface(SHORT_PAGES[status]),
                "search": {"exclude": True},
            }
            self.segmenter.begin("")
            return ""
        context.front_matter(name, page.meta)
        edition = None if source else self.publisher.edition(name, context.language)
        markdown = nfc(markdown)

        def translate(segment: Segment) -> str | None:
            return edition.texts.get(segment.key) if edition else None

        self.segmenter.begin(
            markdown,
            first_line=self.workspace.page(name).body_line if name in self.workspace.names else 1,
            translate=None if source else translate,
            interface=context.interface,
            fact=lambda fact, line: context.fact(fact),
            foreign=None if source else self.workspace.settings.source.html_lang,
            identify=self.identify,
        )
        return markdown

    @event_priority(LATE)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Learn the segments that the build of the source language met."""
        name = page.file.src_uri
        source = self.context.language == self.workspace.settings.source
        if source and name in self.workspace.names and self.status(name) == "published":
            self.workspace.learn(name, self.segmenter.found)
            file = self.workspace.settings.page_file(name)
            for item in self.segmenter.found.untranslatable:
                self.report.add("text-untranslatable", file, item.line, text=item.text[:80])
        if name in self.workspace.names and not source:
            title = self.workspace.file_title(name)
            if title and page.title == title:
                page.title = self.context.text("page title", title)
        here = page.url
        if self.settings.kiosk:
            html = self.takeaways.use(html, here, sample_note(self.context))
        if not self.config.gate:
            return html
        html = self.media.use_pictures(
            html,
            here,
            lambda url: get_relative_url(url, here),
            first=not page.meta.get("image"),
        )
        if name not in self.workspace.names:
            return html
        catalog = None if source else self.workspace.catalog_file(self.context.language, name)
        html, problems = clean_page(html, self.workspace.page(name), catalog)
        self.report.take(problems)
        return html

    @event_priority(LATE)
    def on_env(
        self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        """Give templates the interface texts, and leave redirects at old addresses."""
        self.teach(env, self.context)
        self.outputs[self.context.language.code].env = env
        self.report.take(write_redirects(self.context, self.appears, env, config))
        return env

    def report_editions(self) -> None:
        """Report translations that cannot be shown."""
        for language in self.workspace.settings.targets:
            self.publisher.site_text(language, "site name", self.workspace.site_name)
            for name in self.workspace.names:
                if not self.workspace.decision(name).passes:
                    continue
                edition = self.publisher.face(name, language)
                self.report.take(edition.problems)
                missing = edition.missing(self.workspace.catalog_file(language, name))
                self.report.take([missing] if missing else [])
        self.report.take(untranslated_site_texts(self.workspace, self.publisher))
        self.report.take(self.publisher.problems)

    @event_priority(LATE)
    def on_page_context(
        self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> Any:
        """Tell the templates about the page."""
        name = page.file.src_uri
        status = self.status(name)
        q = self.view(nav, page.url).for_page(page, status)
        if status == "published" and name in self.workspace.names:
            self.collect(page)
        kept = self.kept_back(name)
        if kept:
            held = [{"kind": "held", "text": escape(p.text()), "date": None} for p in kept]
            q["notices"] = [*held, *q["notices"]]
        context["q"] = q
        return context

    def collect(self, page: Page) -> None:
        """Keep what the writers of outputs need of a page."""
        name = page.file.src_uri
        meta = self.context.meta_of(name)
        self.outputs[self.context.language.code].pages.append(
            Rendered(
                name,
                self.context.url(name),
                str(meta.get("type", "article")),
                self.context.title_of(name),
                str(meta.get("description") or meta.get("lead") or summary(self.context, meta)),
                meta,
                page.content or "",
            )
        )

    def kept_back(self, name: str) -> list[Problem]:
        """Return why only the preview shows a page: the gate, or texts that are not ready."""
        kept = list(self.held.get(name, []))
        target = self.context.language != self.workspace.settings.source
        if self.serving and target and name in self.workspace.names:
            edition = self.publisher.edition(name, self.context.language)
            missing = edition.missing(self.workspace.catalog_file(edition.language, name))
            kept += [*edition.problems, *([missing] if missing else [])]
        return kept

    @event_priority(LATE)
    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        """Tell templates that stand alone about the site."""
        if template_name == "sitemap.xml":
            # The same for every language, and what is published is settled by now.
            self.sitemap = self.sitemap or self.context.sitemap()
            context["quangba_sitemap"] = self.sitemap
        elif template_name == "404.html":
            view = self.view(context["nav"], self.context.url("index.md"), absolute=True)
            context["q"] = view.base("notfound")
        elif template_name in STANDING:
            url = self.context.file(STANDING[template_name])
            context["q"] = self.view(context["nav"], url).base(template_name.removesuffix(".html"))
            context["base_url"] = get_relative_url(".", url)
        return context

    def on_post_template(
        self, output: str, *, template_name: str, config: MkDocsConfig
    ) -> str | None:
        """Give every language a page for what is not found: ``/en/404.html``."""
        if template_name == "sitemap.xml" and (self.settings.kiosk or not config.site_url):
            # Addresses in a sitemap are absolute, and this site does not know its own.
            return ""
        if template_name in STANDING:
            name = f"{STANDING[template_name]}index.html"
        elif template_name == "404.html" and self.context.language != self.settings.source:
            name = template_name
        else:
            return output
        path = Path(config.site_dir) / self.context.file(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(output, encoding="utf-8")
        return ""

    # End

    def produce(self, config: MkDocsConfig) -> None:
        """Build all languages."""
        with collector_at_rest():
            self.driver = Driver(self, config, self.before, self.jobs or processors())
            self.driver.run()
            self.finish(config)
        if self.serving:
            collect_once()

    def finish(self, config: MkDocsConfig) -> None:
        """Write what all languages share and publish, when all went well."""
        if not (self.serving and self.driver and self.driver.patched) or self.settings.kiosk:
            self.report.take(finish_all(list(self.outputs.values())))
        failed = self.report.worst >= Severity.ERROR
        counted = self.warnings.count if self.warnings else 0
        if config.strict and (failed or counted):
            refusal = self.refusal()
            self.end(config)
            raise refusal
        self.finish_report()
        assert self.driver is not None, "asked before anything was built"
        place = self.place(config)
        if self.staging:
            self.driver.reuse()
            self.staging.publish(self.driver.linked, partial(self.keep, place), is_security)
        else:
            self.driver.save(place)
        self.workspace.cache.save(self.workspace.names)
        self.end(config)

    @property
    def report_path(self) -> Path:
        """Where the reasons go: never into the published folder."""
        return self.workspace.settings.root / "reports" / "build.txt"

    def keep(self, place: Path) -> None:
        """Keep what the next build can use, and prove what was published."""
        assert self.driver is not None, "asked before anything was built"
        self.driver.save(place)
        self.prove(place)

    def prove(self, folder: Path) -> None:
        """Read what was published, and write who answers for it and what was found."""
        if not self.config.gate:
            return
        from quangba.site.proof.making import write_proof  # reads git; loads a while

        tell_apart(write_proof(self.publisher, folder, STANDING.values(), self.report.serious))

    def finish_report(self, *causes: Problem, stopped: bool = False) -> None:
        """Say every problem once, and write what was refused and why, or what stopped the build."""
        if self.reported:
            return
        self.reported = True
        counted = self.warnings.count if self.warnings else 0
        problems = self.report.serious
        for problem in self.report.problems:
            wrong = problem.severity >= Severity.ERROR
            log.warning(problem.text()) if wrong else log.info(problem.text())
        left_out = self.workspace.settings.left_out
        refused = [n for n in self.workspace.names if not (self.appears(n) or left_out(n))]
        if refused:
            file = self.workspace.settings.relative(self.report_path)
            log.warning(Problem.at("build-refused", count=len(refused), report=file).text())
        lines = [f"{say('Không phát hành', 'Not published')}: {name}" for name in refused]
        lines += [problem.text() for problem in problems]
        if counted:
            lines.append(
                say(
                    f"MkDocs báo {counted} cảnh báo: xem trên màn hình.",
                    f"MkDocs gave {counted} warnings: see the screen.",
                )
            )
        text = "\n".join(lines or [say("Không có lỗi.", "No problems.")])
        with suppress(QuangbaError):
            # A report that cannot be written keeps no site back; the screen said the same.
            write_text(self.report_path, f"{text}\n")
        if stopped and self.staging and self.config.gate:
            from quangba.site.proof.making import write_refusal

            tell_apart(write_refusal(self.workspace, refused, [*problems, *causes]))

    def on_build_error(self, *, error: Exception) -> None:
        """Leave everything as it was before the build."""
        if self.warnings:
            known = [problem_of(error)] if isinstance(error, QuangbaError | OSError) else []
            self.finish_report(*known, stopped=True)
        self.end(None)
        if isinstance(error, QuangbaError | OSError):
            raise Abort(problem_of(error).text()) from error

    def end(self, config: MkDocsConfig | None) -> None:
        """Drop what the build used."""
        if self.staging:
            if config:
                config.site_dir = str(self.staging.published)
            self.staging.end()
            self.staging = None
        if self.warnings:
            self.warnings.end()
            self.warnings = None

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Rebuild the preview when a catalog changes, what is looked at first."""
        from quangba.site.windows import Windows  # a build has no server

        if not self.settings.kiosk:
            # On screens, codes and fonts come last.
            self.windows = Windows(server, self.settings.languages)
        if self.workspace.settings.catalogs.is_dir():
            server.watch(str(self.workspace.settings.catalogs))
        return server


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def tell_apart(problems: Iterable[Problem]) -> None:
    """
    Say what concerns the proof of a build and not the build.

    As a warning of MkDocs it would end a strict build whose site is published by now.
    """
    for problem in problems:
        click.secho(problem.text(), fg="yellow", err=True)


def without(nav: Any, refused: set[str]) -> Any:
    """
    Return a ``nav`` of ``mkdocs.yml`` without some pages; empty sections go too.

    >>> without(['index.md', {'Visit': ['a.md', {'B': 'b.md'}]}], {'a.md', 'b.md'})
    ['index.md']
    """
    if isinstance(nav, list):
        items = [without(item, refused) for item in nav]
        return [item for item in items if item not in (None, [], {})]
    if isinstance(nav, dict):
        found = {title: without(item, refused) for title, item in nav.items()}
        return {title: item for title, item in found.items() if item not in (None, [], {})}
    return None if nav in refused else nav
