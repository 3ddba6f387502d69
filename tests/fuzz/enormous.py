"""
Enormous inputs: what nobody writes and anybody can send.

    python tests/fuzz/enormous.py              # all, with the seconds of those that take one
    python tests/fuzz/enormous.py segments po  # those of some targets

A case ends with an answer or a sentence after five seconds of the processor at most; neither deep
nesting nor the memory ends it. The exit code is 1 when one does not.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path[:1] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2] / "scripts")]

from fuzz import cases
from fuzz.floods import INPUTS
from fuzz.targets import TARGETS

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def run(target: str, text: str) -> cases.Finding | None:
    """Run one case."""
    return cases.run(TARGETS[target].run, text.encode("utf-8", "surrogatepass"))


def main(chosen: list[str]) -> int:
    """Run all cases of some targets, or of all."""
    failed = 0
    for target in chosen or INPUTS:
        seeds = TARGETS[target].seeds()
        run(target, seeds[0].decode("utf-8", "replace") if seeds else "")
        for name, text in INPUTS[target]().items():
            cases.watch()
            begun = time.process_time()
            finding = run(target, text)
            took = time.process_time() - begun
            failed += finding is not None
            if finding or took > 1:
                said = finding.signature if finding else ""
                print(f"{target}/{name}: {took:.1f} s {said}", flush=True)
        print(f"{target}: all", flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
