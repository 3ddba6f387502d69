"""Entries: everything that the desk shows about a text, as plain data for its page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from quangba.catalogs.edits import identifier, version
from quangba.catalogs.glossary import Glossary
from quangba.catalogs.message import Message, State
from quangba.catalogs.terms import Term
from quangba.desk.differences import difference
from quangba.desk.live import Entry, LiveSite, Verdict
from quangba.desk.recall import Recall
from quangba.desk.sentences import Voice
from quangba.errors import Problem
from quangba.review.checking import Finding
from quangba.settings import Language

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ORIGIN = "from: "
"""How the comment begins that says where a text was taken from (``catalogs/memory.py``)."""

TO_EDITOR = "to editor: "
"""How a reviewer's comment to the editor begins."""

NOTE = re.compile(r"(?:(?P<language>[a-z]{2,3}): *)?(?P<text>.*)", re.DOTALL)
"""One part of a term's note; ``zh:`` before it says whom it is for."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Viewer:
    """Makes the views of the texts of one page in one language."""

    site: LiveSite
    language: Language
    name: str
    voice: Voice

    def views(self) -> list[dict[str, Any]]:
        """Return the views of all texts."""
        return [self.view(entry) for entry in self.site.entries(self.language, self.name)]

    def view(self, entry: Entry) -> dict[str, Any]:
        """Return the view of a text."""
        segment, message = entry.segment, entry.message
        previous = message.previous if message.stale else None
        verdict = entry.verdict()
        return {
            "id": identifier(message.key),
            "index": entry.index,
            "version": version(message),
            "kind": segment.kind,
            "kind_label": self.voice.kind(segment.kind),
            "notes": list(segment.notes),
            "context": message.msgctxt,
            "source": message.msgid,
            "target": message.msgstr,
            "state": entry.state.name.lower(),
            "stale": message.stale,
            "open": entry.open,
            "previous": previous,
            "difference": difference(previous, message.msgid) if previous is not None else [],
            "pivot": message.pivot,
            "drafted": drafted(message),
            "reviewed": self.reviewed(message),
            "from": origin(message),
            "terms": self.terms(message.msgid, message.msgstr),
            "memory": self.memory(message),
            "comments": [text for text in message.comments if not text.startswith(ORIGIN)],
            **self.judgement(verdict),
        }

    def judgement(self, verdict: Verdict) -> dict[str, Any]:
        """Return what is found in a text."""
        unsound = None
        if verdict.unsound:
            problem = Problem.at("desk-unsound", what=verdict.unsound)
            unsound = self.voice.problem(problem)
        return {
            "findings": [self.finding(finding) for finding in verdict.findings],
            "unsound": unsound,
        }

    def finding(self, finding: Finding) -> dict[str, Any]:
        """Return the view of a finding."""
        waived = None
        if finding.waiver:
            reason = finding.waiver.who.removeprefix(f"{finding.check}:").strip()
            waived = f"{reason} {finding.waiver.date}"
        return {
            "check": finding.check,
            "severity": finding.severity.name.lower(),
            "text": self.voice.problem(finding.problem, place=False),
            "waived": waived,
        }

    def reviewed(self, message: Message) -> dict[str, str] | None:
        """Return who reviewed a text, also when its source changed since."""
        stamp = message.reviewed
        if stamp is None or not (message.state is State.REVIEWED or message.was_reviewed):
            return None
        return {"who": stamp.who, "date": stamp.date, "role": stamp.role}

    def terms(self, source: str, target: str) -> list[dict[str, Any]]:
        """Return the terms of the glossary that a source holds, and whether the text has them."""
        glossary = self.site.checker.site.glossary
        spoken = self.site.source(self.name)
        if spoken == self.language.code:
            return []
        found = Counter(
            match.term
            for match in glossary.matches(source, spoken)
            if match.term.accepted(self.language.code)
        )
        absent = missing_terms(glossary, found, target, self.language.code)
        return [
            {
                "source": term.preferred(spoken) or term.name,
                "forms": list(term.accepted(self.language.code)),
                "rule": term.rule.value,
                "note": note_for(term.note, self.language.code),
                "present": term not in absent,
            }
            for term in found
        ]

    def memory(self, message: Message) -> list[dict[str, Any]]:
        """Return the nearest texts that were translated before."""
        recall: Recall = self.site.recall(self.language, self.site.source(self.name))
        return [
            {
                "source": hit.known.source,
                "target": hit.known.target,
                "where": hit.known.where,
                "state": hit.known.state.name.lower(),
                "score": hit.score,
                "difference": difference(hit.known.source, message.msgid),
            }
            for hit in recall.hits(message.msgid, self.name)
        ]


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def note_for(note: str, language: str) -> str:
    """
    Return what of a term's note is for a language; ``zh: …`` is for Chinese alone.

    >>> note_for('đặc khu; zh: viết rõ 姑苏岛', 'ko'), note_for('zh: viết 安子山', 'zh')
    ('đặc khu', 'viết 安子山')
    """
    parts = (NOTE.fullmatch(part.strip()) for part in note.split(";"))
    return "; ".join(p["text"] for p in parts if p and p["language"] in (None, language))


def missing_terms(glossary: Glossary, owed: Counter[Term], target: str, language: str) -> set[Term]:
    """Return every term that a text lacks; of forms that overlap the longest counts."""
    absent: set[Term] = set()
    while True:
        rest = Counter({term: count for term, count in owed.items() if term not in absent})
        lacking = glossary.missing(rest, target, language)
        if lacking is None:
            return absent
        absent.add(lacking)


def drafted(message: Message) -> str | None:
    """
    Return which packages drafted a text, and when.

    >>> from quangba.catalogs.message import Stamp
    >>> drafted(Message('Vé', '票', mt=Stamp('vi_en-1.9 2026-11-22 fp:0123abcd')))
    'vi_en-1.9, 2026-11-22'
    """
    if message.mt is None:
        return None
    return ", ".join(part for part in (message.mt.who, message.mt.date) if part)


def origin(message: Message) -> str | None:
    """Return the page that a text was taken from."""
    found = (text for text in message.comments if text.startswith(ORIGIN))
    return next((text.removeprefix(ORIGIN) for text in found), None)
