"""Engine: runs the model of a package over many short texts at once."""

from __future__ import annotations

import math
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import ctranslate2

from quangba.mt.argos import UNKNOWN, ModelPackage
from quangba.mt.loops import repeats

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

BEAM = 4
LENGTH_PENALTY = 0.2
"""As stock Argos searches."""

LONGEST = 1024
"""Tokens of the longest text that the model is given, and of the longest answer."""

BATCH = 5
"""Texts that are translated side by side; eight would be a sixth faster and take 40 MB more."""

BATCH_TOKENS = 128
"""Tokens of all texts of a batch, counted as long as the longest."""

WORKERS = 8
"""Batches that are translated at the same time, on machines with as many cores."""

PAUSE = 0.005
"""Seconds between two looks at what is finished; Ctrl-C waits no longer than a batch takes."""

SPECIAL = frozenset({"<unk>", "<s>", "</s>", "<pad>", "<blank>"})
"""Tokens that mean nothing; one in an answer says that the model had no word."""

LOST = (UNKNOWN, "\ufffd")
"""What stands in a text for something that has no text."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Request:
    """A text to translate; it should be one sentence, without markup that the model may spoil."""

    text: str
    hypotheses: int = 1
    """How many answers are wanted, the best first."""
    attention: bool = False
    """Whether to say which tokens of the text the model looked at."""


@dataclass(frozen=True)
class Hypothesis:
    """An answer of the model."""

    text: str
    score: float
    """Logarithm of its probability, by its length; better ones are higher."""
    flaw: str | None
    """
    Why it is no translation, or None.

    ``cap``: the text or the answer is longer than the model can take; ``empty``: it says nothing;
    ``loop``: it says the same again and again; ``unknown``: the model had no word for something.
    """
    tokens: tuple[str, ...] = ()
    """Its tokens, without the target prefix."""
    attention: tuple[tuple[float, ...], ...] = ()
    """For each of its tokens how much it looked at each token of the text, when asked for."""


@dataclass(frozen=True)
class Job:
    """A request that the model is given."""

    request: Request
    tokens: list[str]

    @property
    def order(self) -> tuple[bool, int, int]:
        """What may be in a batch together comes together, the longest first."""
        return self.request.attention, self.request.hypotheses, -len(self.tokens)


@dataclass(frozen=True)
class Running:
    """A batch that is being translated."""

    jobs: list[Job]
    limit: int
    """Tokens at which its answers are cut off."""
    results: list[Any]

    @property
    def done(self) -> bool:
        """Whether all of its answers are there."""
        return all(result.done() for result in self.results)


class Engine:
    """
    The model of one package; it is loaded when the first text comes and freed at the end.

    It reads its files with CTranslate2's own code, which a hostile file might crash: give it only
    packages from the store, whose bytes were compared with a hash that somebody trusts.
    Raises ``QuangbaError`` (``draft-package-broken``) when the model cannot be used.
    """

    def __init__(self, package: ModelPackage, *, threads: int | None = None) -> None:
        self.package = package
        cores = threads or available_cores()
        self.workers = min(cores, WORKERS)
        self._threads = cores // self.workers
        self._translator: Any = None

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Free the model; waits for the few batches that are being translated."""
        self._translator = None

    def translate(
        self,
        requests: Sequence[Request],
        done: Callable[[int, list[Hypothesis]], None] | None = None,
    ) -> list[list[Hypothesis]]:
        """
        Return the hypotheses of each request; equal requests are translated once.

        ``done(index, hypotheses)`` is called as answers arrive, the longest texts first. After
        ``KeyboardInterrupt`` nothing new is begun; what was begun takes a second or two.
        """
        places: dict[Request, list[int]] = {}
        for index, request in enumerate(requests):
            places.setdefault(request, []).append(index)
        answers: list[list[Hypothesis]] = [[] for _ in requests]

        def deliver(request: Request, hypotheses: list[Hypothesis]) -> None:
            for index in places[request]:
                answers[index] = hypotheses
                if done:
                    done(index, hypotheses)

        jobs = []
        for request in places:
            tokens = self.package.encode(request.text)
            if 0 < len(tokens) <= LONGEST:
                jobs.append(Job(request, tokens))
            else:
                deliver(request, [Hypothesis("", 0.0, "cap" if tokens else "empty")])
        self._run(batches(jobs), deliver)
        return answers

    def _run(
        self,
        found: Iterable[list[Job]],
        deliver: Callable[[Request, list[Hypothesis]], None],
    ) -> None:
        """
        Translate batches.

        CTranslate2 finishes whatever it has in its queue, even when the program wants to end; so
        it never has more than one batch that waits.
        """
        waiting = deque(found)
        running: list[Running] = []
        while waiting or running:
            while waiting and len(running) <= self.workers:
                running.append(self._submit(waiting.popleft()))
            finished = [batch for batch in running if batch.done]
            if not finished:
                time.sleep(PAUSE)
            for batch in finished:
                running.remove(batch)
                try:
                    results = [result.result() for result in batch.results]
                except (RuntimeError, ValueError, IndexError) as error:
                    if len(batch.jobs) > 1:
                        waiting.extendleft([job] for job in batch.jobs)
                    elif "position encodings" in str(error):
                        deliver(batch.jobs[0].request, [Hypothesis("", 0.0, "cap")])
                    else:
                        raise self._broken() from error
                    continue
                for job, result in zip(batch.jobs, results, strict=True):
                    deliver(job.request, self._hypotheses(job, result, batch.limit))

    def _submit(self, jobs: list[Job]) -> Running:
        """Hand a batch to the model."""
        request = jobs[0].request
        limit = answer_limit(max(len(job.tokens) for job in jobs))
        prefix = self.package.target_prefix
        try:
            results = self._load().translate_batch(
                [job.tokens for job in jobs],
                target_prefix=[[prefix]] * len(jobs) if prefix else None,
                asynchronous=True,
                beam_size=max(BEAM, request.hypotheses),
                num_hypotheses=request.hypotheses,
                length_penalty=LENGTH_PENALTY,
                max_input_length=0,
                # A model that wants to say nothing is not made to say something.
                min_decoding_length=0,
                max_decoding_length=limit,
                replace_unknowns=True,
                return_scores=True,
                return_attention=request.attention,
            )
        except (RuntimeError, ValueError, IndexError) as error:
            raise self._broken() from error
        return Running(jobs, limit, results)

    def _load(self) -> Any:
        """Return the model."""
        if self._translator is None:
            if not self.package.fits:
                raise self._broken()
            int8 = "int8" in ctranslate2.get_supported_compute_types("cpu")
            self._translator = ctranslate2.Translator(
                str(self.package.path / "model"),
                device="cpu",
                compute_type="int8" if int8 else "default",
                inter_threads=self.workers,
                intra_threads=self._threads,
            )
        return self._translator

    def _hypotheses(self, job: Job, result: Any, limit: int) -> list[Hypothesis]:
        """Return what the model answered to a text."""
        forced = 1 if self.package.target_prefix else 0
        found = []
        for number, (said, score) in enumerate(zip(result.hypotheses, result.scores, strict=True)):
            if math.isnan(score):
                raise self._broken()
            tokens = tuple(said[forced:])
            text = self.package.decode(tokens)
            attention = result.attention[number][forced:] if job.request.attention else []
            found.append(
                Hypothesis(
                    text,
                    score,
                    "cap" if len(said) >= limit else flaw(text, tokens, job.request.text),
                    tokens,
                    tuple(map(tuple, attention)),
                )
            )
        return found

    def _broken(self) -> Exception:
        """Make the error for a model that cannot be used."""
        return self.package.broken("model")


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def flaw(text: str, tokens: Sequence[str], source: str) -> str | None:
    """
    Return why an answer is no translation, or None.

    >>> flaw('Ha Long Bay', ['▁Ha', '▁Long', '▁Bay'], 'Vịnh Hạ Long')
    >>> flaw('bay bay bay bay', ['▁bay'] * 4, 'Vịnh Hạ Long')
    'loop'
    """
    if not text:
        return "empty"
    if not SPECIAL.isdisjoint(tokens) or any(text.count(c) > source.count(c) for c in LOST):
        return "unknown"
    return "loop" if repeats(text, source) else None


def answer_limit(tokens: int) -> int:
    """
    Return how many tokens an answer may have; one that is longer is no translation.

    >>> [answer_limit(tokens) for tokens in (1, 20, 1000)]
    [64, 112, 1024]
    """
    return min(LONGEST, max(64, 4 * tokens + 32))


def batches(jobs: Iterable[Job]) -> list[list[Job]]:
    """Sort jobs by length and cut them into batches that the model can translate side by side."""
    found: list[list[Job]] = []
    room = 0
    for job in sorted(jobs, key=lambda job: job.order):
        if room and found[-1][0].order[:2] == job.order[:2]:
            found[-1].append(job)
        else:
            found.append([job])
            room = min(BATCH, max(1, BATCH_TOKENS // len(job.tokens)))
        room -= 1
    return found


def available_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
