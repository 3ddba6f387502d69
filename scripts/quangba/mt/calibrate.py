"""
Calibration: measure what survives in a package before texts depend on it.

Probes are plain sentences with marks in varied places. For every mask style it is counted in how
many answers all marks came back; attention is tried on numbers, whose place in the answer is known
without understanding it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from quangba.files import write_text
from quangba.mt.acceptance import marks_difference
from quangba.mt.engine import Engine, Hypothesis, Request
from quangba.mt.markup import CLOSE, MASK, OPEN, without_spans
from quangba.mt.masks import STYLES, Written, write
from quangba.mt.placing import has_spans, place_by_attention
from quangba.mt.profile import Profile
from quangba.mt.store import Installed, Store

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

PROBES = {
    "vi": (
        "Hãy đọc <trang này> trước.",
        "<Bãi biển> rất dài.",
        "Bạn có thể ngắm <mặt trời mọc>.",
        "Chợ họp vào <buổi sáng> tại {0}.",
        "Hãy mang theo <áo ấm> vào mùa đông.",
        "Con đường nhỏ dẫn tới <ngôi chùa cổ>.",
        "<Giờ mở cửa>: {0}.",
        "Khách sạn nằm gần {0} và <bến tàu>.",
        "Tàu rời cảng lúc {0}.",
        "{0} mở cửa mỗi ngày.",
        "Vé mua tại {0}.",
        "Từ {0} đến {1} mất một giờ.",
        "Xem bản đồ {0} trước khi đi.",
        "{0} và {1} đều đẹp.",
        "Đường dài {0}, rộng {1}.",
        "Gọi {0} hoặc viết thư tới {1}.",
    ),
    "en": (
        "Read <this page> first.",
        "The <beach> is very long.",
        "You can watch the <sunrise>.",
        "The market is held in the <morning> at {0}.",
        "Bring <warm clothes> in winter.",
        "A small road leads to <the old pagoda>.",
        "<Opening hours>: {0}.",
        "The hotel is near {0} and <the pier>.",
        "The boat leaves the port at {0}.",
        "{0} is open every day.",
        "Tickets are sold at {0}.",
        "It takes one hour from {0} to {1}.",
        "See the map {0} before you go.",
        "Both {0} and {1} are beautiful.",
        "The road is {0} long and {1} wide.",
        "Call {0} or write to {1}.",
    ),
}
"""``{0}`` is a mask, ``<words>`` a span; a package from another language is not calibrated."""

NUMBERED = {
    "vi": (
        "Chuyến tàu số 47 rời bến lúc sáng sớm.",
        "Hội trường có 360 chỗ ngồi cho khách.",
        "Con đường dài 85 km chạy dọc bờ biển.",
        "Hang nằm ở độ cao 620 m trên núi.",
    ),
    "en": (
        "Boat number 47 leaves the pier early in the morning.",
        "The hall has 360 seats for visitors.",
        "The road is 85 km long and follows the coast.",
        "The cave lies 620 m up the mountain.",
    ),
}
"""Sentences with one number, which every translation has too."""

NUMBER = re.compile(r"\d+")

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def calibrate(
    store: Store,
    installed: Installed,
    engine: Engine,
    progress: Callable[[int, int], None] = lambda done, all: None,
) -> Profile:
    """
    Measure a package and store the result beside it.

    Raises ``QuangbaError`` when the model does not load.
    """
    probes = [marked(probe) for probe in PROBES.get(installed.source, ())]
    numbered = NUMBERED.get(installed.source, ())
    tries: list[tuple[str, str, Written]] = []
    for style in STYLES:
        for probe in probes:
            written = write(probe, style)
            if written:
                tries.append((style.name, probe, written))
    requests = [Request(written.text) for _, _, written in tries]
    requests += [Request(text, attention=True) for text in numbered]
    count = 0

    def done(index: int, hypotheses: list[Hypothesis]) -> None:
        nonlocal count
        count += 1
        progress(count, len(requests))

    answers = [found[0] for found in engine.translate(requests, done)]
    profile = Profile(installed.sha256)
    for style in STYLES:
        for with_spans, shares in ((False, profile.masks), (True, profile.pairs)):
            survived = [
                survives(probe, written, answer)
                for (name, probe, written), answer in zip(tries, answers, strict=False)
                if name == style.name and has_spans(probe) == with_spans
            ]
            if survived:
                shares[style.name] = round(sum(survived) / len(survived), 2)
    looked = [
        looks(engine, text, answer)
        for text, answer in zip(numbered, answers[len(tries) :], strict=True)
    ]
    if looked:
        profile.attention = round(sum(looked) / len(looked), 2)
    write_text(store.calibration(installed), profile.to_json())
    return profile


def marked(probe: str) -> str:
    """
    Put marks into a probe.

    >>> marked('{0} và <vé>.') == '\\ue100 và \\ue200vé\\ue300.'
    True
    """
    text = re.sub(r"\{(\d)\}", lambda match: chr(MASK + int(match[1])), probe)
    return text.replace("<", chr(OPEN)).replace(">", chr(CLOSE))


def survives(probe: str, written: Written, answer: Hypothesis) -> bool:
    """Tell whether an answer has every mark of its probe, once, and words besides."""
    text = written.read(answer.text)
    if answer.flaw or text is None or marks_difference(probe, text):
        return False
    return any(char.isalpha() for char in without_spans(text))


def looks(engine: Engine, text: str, answer: Hypothesis) -> bool:
    """Tell whether attention would put bold around a number exactly where the number is."""
    found = NUMBER.search(text)
    if answer.flaw or found is None or answer.text.count(found[0]) != 1:
        return False
    bold = f"{text[: found.start()]}{chr(OPEN)}{found[0]}{chr(CLOSE)}{text[found.end() :]}"
    package = engine.package
    placed = place_by_attention(
        bold,
        answer.text,
        answer.attention,
        lambda part: len(package.encode(part)),
        token_ends(package.decode, answer.tokens),
    )
    return placed is not None and f"{chr(OPEN)}{found[0]}{chr(CLOSE)}" in placed


def token_ends(decode: Callable[[Sequence[str]], str], tokens: Sequence[str]) -> list[int]:
    """Return where in the decoded text each token ends."""
    return [len(decode(tokens[: end + 1])) for end in range(len(tokens))]
