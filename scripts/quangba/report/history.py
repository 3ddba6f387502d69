"""
History: what happened to a site, from its commits and catalogs alone.

The main line (``report/repository.py``) is walked from its beginning. At each commit the changed
pages are judged by the gate (``source/gate.py``), with the day of the commit as today, and each
changed catalog is compared with the one before. Nothing is rendered. So a page counts as

- *published* in Vietnamese from the commit at which the gate lets it pass: approved for exactly
  this text, public, owned, not withdrawn;
- *published* in another language when its catalog also has what the page's policy asks for
  (``site/publishing.py``);
- *held back* while the gate or the policy does not let it pass any more. It stays in force, and
  when it passes again with another text it has *changed*;
- *withdrawn* by a decision on record, *removed* when its file is deleted. A renamed page is the
  same page: ``_data/redirects.yml``, or the same file under another name.

Settings (languages, policies, sample mode) are those of the last commit, and the gate's rules are
those of this program. A file that cannot be read counts as it was before.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from dulwich.objects import ObjectID

from quangba.catalogs.message import Catalog
from quangba.catalogs.pofile import parse
from quangba.errors import QuangbaError
from quangba.report.events import (
    Approved,
    Event,
    Kind,
    Standing,
    Told,
    Unread,
    Withdrawn,
)
from quangba.report.mirror import Mirror
from quangba.report.repository import UNREADABLE, Moment, Repository
from quangba.report.translations import Translations
from quangba.settings import Settings
from quangba.site.publishing import allowed
from quangba.source.assets import assets_of
from quangba.source.data import load
from quangba.source.facts import Facts, read_facts
from quangba.source.gate import Decision, Gate, read_units
from quangba.source.pages import read_page
from quangba.source.segment import FACT
from quangba.source.text import fingerprint

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

NOT_PAGES = ("_", ".")
"""How names of data and hidden files begin (``source/pages.py``)."""

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Known:
    """A page, as the last commit has it."""

    decision: Decision
    shown: str
    """What readers of the source see, with its facts by name."""
    title: str
    unit: str


class History:
    """Walks the commits of one site."""

    def __init__(self, repository: Repository, settings: Settings, folder: Path) -> None:
        self.repository, self.settings = repository, settings
        self.docs = settings.relative(settings.content) + "/"
        self.locales = settings.options.catalogs.strip("/") + "/"
        self.mirror = Mirror(repository, folder)
        self.told = Told()
        self.pages: dict[str, Known] = {}
        self.catalogs: dict[tuple[str, str], Catalog] = {}
        self.standing: dict[tuple[str, str], Standing] = {}
        """By page and language, pages that are gone included."""
        self.versions: dict[str, list[tuple[date, ObjectID]]] = {}
        """States of each page's file, oldest first."""
        self.translations = Translations(self.told, repository, self.versions)
        self.facts = Facts("")
        self.units: dict[str, dict[str, object]] = {}
        self.redirects: dict[str, str] = {}
        self.records: dict[str, tuple[str, ...]] = {}
        self.baseline = False
        """True while the first state of a shortened history is taken: nothing happened yet."""

    # Walking

    def walk(
        self, moments: list[Moment], progress: Callable[[int, int], None] = lambda done, all: None
    ) -> None:
        """Take all commits in order."""
        before: ObjectID | None = None
        for number, moment in enumerate(moments):
            progress(number, len(moments))
            self.baseline = number == 0 and self.repository.cut
            self.begin(moment)
            try:
                tree = self.repository.site_tree(moment)
                changes = sorted(self.repository.changes(before, tree), key=lambda c: c[0])
            except UNREADABLE:
                self.told.unread.append(Unread(self.day, moment.short, ""))
                continue
            self.step(changes)
            before = tree
        progress(len(moments), len(moments))

    def step(self, changes: list[tuple[str, ObjectID | None]]) -> None:
        """Take one commit."""
        content = [(p.removeprefix(self.docs), s) for p, s in changes if p.startswith(self.docs)]
        old = {name: sha for name, sha in self.mirror.files.items() if is_page(name)}
        taken = {name for name, sha in content if self.take(name, sha)}
        self.follow_renames(old, taken)
        catalogs = [(*place, sha) for path, sha in changes if (place := self.catalog_place(path))]
        touched = self.judge(taken)
        for language, name, sha in catalogs:
            self.take_catalog(language, name, sha)
            touched.add(name)
        for name in sorted(touched):
            self.stand(name)

    def take(self, name: str, sha: ObjectID | None) -> bool:
        """Mirror a file; tell whether it is another now."""
        result = self.mirror.take(name, sha)
        if isinstance(result, bool):
            return result
        problem = replace(result, file=self.docs + name)
        self.told.unread.append(Unread(self.day, self.moment.short, self.docs + name, problem))
        return False

    # Pages

    def follow_renames(self, old: dict[str, ObjectID], taken: set[str]) -> None:
        """Let renamed pages keep what is known of them."""
        if "_data/redirects.yml" in taken:
            self.redirects = self.read_redirects()
        gone = sorted(name for name in taken if name in old and name not in self.mirror.files)
        come = {n for n in taken if is_page(n) and n in self.mirror.files and n not in old}
        for name in gone:
            same = sorted(n for n in come if self.mirror.files[n] == old[name])
            new = self.redirects.get(name, same[0] if same else "")
            if new in come:
                come.discard(new)
                self.rename(name, new)

    def rename(self, old: str, new: str) -> None:
        """Move what is known of a page to its new name."""
        known = self.pages.pop(old, None)
        if known:
            self.pages[new] = known
        self.versions[new] = self.versions.pop(old, [])
        if old in self.records:
            self.records[new] = self.records.pop(old)
        for language in self.codes:
            standing = self.standing.pop((old, language), None)
            if standing:
                self.standing[new, language] = standing
            catalog = self.catalogs.pop((language, old), None)
            if catalog:
                self.catalogs[language, new] = catalog
        self.translations.rename(old, new)
        source = self.standing.get((new, self.settings.source.code))
        if known and source and source.in_force:
            self.tell(Kind.RENAMED, new, self.settings.source.code, before=old)

    def judge(self, taken: set[str]) -> set[str]:
        """Let the gate decide about every page that a commit touched; return their names."""
        touched = {name for name in taken if is_page(name)}
        touched |= {
            name.removeprefix("_data/approvals/").removesuffix(".yml") + ".md"
            for name in taken
            if name.startswith("_data/approvals/") and name.endswith(".yml")
        }
        if taken & {"_data/facts.yml", "_data/units.yml"}:
            self.read_data()
            touched |= set(self.pages)
        files = {name.removesuffix(".yml") for name in taken if not name.startswith("_data/")}
        touched |= {
            name
            for name, known in self.pages.items()
            if not files.isdisjoint(assets_of(known.decision.page))
        }
        for name in sorted(touched):
            self.judge_page(name, name in taken)
        return touched

    def judge_page(self, name: str, changed: bool) -> None:
        """Let the gate decide about a page."""
        sha = self.mirror.files.get(name)
        if sha is None:
            self.records.pop(name, None)
            return
        if changed:
            self.versions.setdefault(name, []).append((self.day, sha))
        page = read_page(self.mirror.content, name, self.docs + name)
        self.mirror.fetch(assets_of(page))
        gate = self.gate
        known = Known(
            gate.decide(page),
            visible(page.text),
            " ".join(str(page.meta.get("title") or name).split()),
            str(page.meta.get("owner") or ""),
        )
        self.pages[name] = known
        self.take_approval(name, known)

    @property
    def gate(self) -> Gate:
        """The gate, on the day of the commit."""
        options = self.settings.options
        return Gate(
            self.mirror.content,
            self.facts,
            self.units,
            sample=options.sample,
            closed=options.gate,
            today=self.day,
        )

    def take_approval(self, name: str, known: Known) -> None:
        """Note an approval or a withdrawal that was not on record before."""
        approval = known.decision.approval
        if approval is None:
            self.records.pop(name, None)
            return
        said = (approval.approved_by, approval.date, approval.document, approval.role)
        taken = tuple(approval.withdrawn.get(part, "") for part in ("by", "date", "reason"))
        record = (*said, approval.fingerprint, "withdrawn" if approval.withdrawn else "", *taken)
        before = self.records.get(name)
        self.records[name] = record
        if self.baseline:
            return
        place = (self.day, self.moment.short, name, known.title, known.unit)
        if approval.fingerprint and (before is None or before[:5] != record[:5]):
            self.told.approvals.append(Approved(*place, *said))
        if approval.withdrawn and (before is None or before[5:] != record[5:]):
            self.told.withdrawals.append(Withdrawn(*place, *taken))

    def read_data(self) -> None:
        """Read facts and units; what cannot be used stays as it was."""
        data = self.mirror.content / "_data"
        try:
            self.facts = read_facts(data / "facts.yml", f"{self.docs}_data/facts.yml")
            self.units = read_units(data / "units.yml", f"{self.docs}_data/units.yml")
        except QuangbaError as error:
            file = error.problem.file
            self.told.unread.append(Unread(self.day, self.moment.short, file, error.problem))

    def read_redirects(self) -> dict[str, str]:
        """Return old and new names of renamed pages; the mirror only holds sound YAML."""
        path = self.mirror.content / "_data" / "redirects.yml"
        data = load(path.read_text(encoding="utf-8-sig")) if path.is_file() else None
        return {str(k): str(v) for k, v in data.items()} if isinstance(data, dict) else {}

    # Editions

    @property
    def codes(self) -> list[str]:
        """Codes of all languages, the source first."""
        return [language.code for language in self.settings.languages]

    def shown(self, name: str, language: str) -> str:
        """Return a fingerprint of what readers see of a page in a language; nothing if nothing."""
        known = self.pages.get(name)
        if known is None or not known.decision.passes:
            return ""
        if language == self.settings.source.code:
            return fingerprint(self.with_facts(known.shown, language), length=16)
        catalog = self.catalogs.get((language, name))
        policy = self.settings.policy(name, known.decision.page.meta)
        if not catalog or not complete(catalog, policy):
            return "" if policy != "machine" else "machine"
        texts = [
            part
            for message in catalog.active
            if allowed(message, message.state, policy)
            for part in (message.msgctxt or "", message.msgid, message.msgstr)
        ]
        return fingerprint(*(self.with_facts(text, language) for text in texts), length=16)

    def with_facts(self, text: str, language: str) -> str:
        """Write facts as readers see them: another value is another text, other digits may not."""

        def written(match: re.Match[str]) -> str:
            fact = self.facts.entries.get(match[1])
            return fact.format(language) if fact else match[0]

        return FACT.sub(written, text)

    def stand(self, name: str) -> None:
        """Compare a page with how it stood before, in every language."""
        gone = name not in self.mirror.files
        if gone and name not in self.pages:
            return
        for language in self.codes:
            standing = self.standing.setdefault((name, language), Standing())
            shown = "" if gone else self.shown(name, language)
            withdrawn = not gone and self.pages[name].decision.withdrawn
            if standing.since is None or bool(shown) != standing.visible:
                standing.since = self.day
            standing.visible = bool(shown)
            if shown and not standing.in_force:
                kind = Kind.RETURNED if standing.ever else Kind.PUBLISHED
                standing.in_force = standing.ever = True
                self.tell(kind, name, language)
            elif shown and shown != standing.shown:
                self.tell(Kind.CHANGED, name, language)
            elif standing.in_force and (withdrawn or gone):
                standing.in_force = False
                self.tell(Kind.WITHDRAWN if withdrawn else Kind.REMOVED, name, language)
            standing.withdrawn = withdrawn
            standing.shown = shown or standing.shown
        if gone:
            del self.pages[name]

    def tell(self, kind: Kind, name: str, language: str, before: str = "") -> None:
        """Note what happened to a page in a language."""
        if self.baseline:
            return
        known = self.pages[name]
        self.told.events.append(
            Event(
                self.day, self.moment.short, kind, name, known.title, known.unit, language, before
            )
        )

    # Catalogs

    def catalog_place(self, path: str) -> tuple[str, str] | None:
        """Return language and page of a catalog; None for other files and the site's own texts."""
        language, _, rest = path.removeprefix(self.locales).partition("/LC_MESSAGES/")
        if not path.startswith(self.locales) or not rest.endswith(".po"):
            return None
        stem = rest.removesuffix(".po")
        if language not in self.codes[1:] or stem in ("site", "ui"):
            return None
        return language, stem if stem.lower() in ("site.md", "ui.md") else f"{stem}.md"

    def take_catalog(self, language: str, name: str, sha: ObjectID | None) -> None:
        """Read a catalog and compare it with the one before."""
        key = (language, name)
        if sha is None:
            self.catalogs.pop(key, None)
            self.translations.follow_stale(language, name, None)
            return
        file = f"{self.locales}{language}/LC_MESSAGES/{name.removesuffix('.md')}.po"
        data = self.repository.blob(sha)
        try:
            if data is None:
                raise QuangbaError("report-damaged", file)
            catalog = parse(data, file, language)
        except QuangbaError as error:
            self.told.unread.append(Unread(self.day, self.moment.short, file, error.problem))
            return
        self.catalogs[key] = catalog
        self.translations.take(language, name, catalog)

    def begin(self, moment: Moment) -> None:
        """Begin a commit."""
        self.moment, self.day = moment, moment.when.date()
        self.translations.day, self.translations.baseline = self.day, self.baseline


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def visible(text: str) -> str:
    """
    Return a page without what no reader sees.

    >>> visible('Vé <!-- i18n:note: vé tàu -->tàu')
    'Vé tàu'
    """
    return COMMENT.sub("", text)


def is_page(name: str) -> bool:
    """
    Tell whether a file of ``content/`` is a page.

    >>> is_page('visit/yen-tu.md'), is_page('_data/facts.yml'), is_page('_drafts/a.md')
    (True, False, False)
    """
    return name.endswith(".md") and not any(p.startswith(NOT_PAGES) for p in name.split("/"))


def complete(catalog: Catalog, policy: str) -> bool:
    """Tell whether a policy lets a page appear with the texts of a catalog."""
    return policy == "machine" or all(
        allowed(message, message.state, policy) for message in catalog.active
    )
