"""What calibration found out about a package: which masks survive, what places spans."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from quangba.mt.masks import STYLES, Style

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

USABLE = 0.6
"""Share of masks that must survive for a style to be tried at all."""

TRUSTED = 0.9
"""Share from which pairs of masks, or attention, are believed first."""

STYLES_TRIED = 2
"""How many mask styles the ladder tries: each costs the failing sentences one more run."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Profile:
    """Measured shares from 0 to 1; empty for a package that was not calibrated."""

    sha256: str = ""
    """The package file that was measured."""
    masks: dict[str, float] = field(default_factory=dict)
    """By style: sentences in which every mask came back once."""
    pairs: dict[str, float] = field(default_factory=dict)
    """By style: sentences in which both masks of a pair came back around words."""
    attention: float = 0.0
    """Words of known places that the model looked at where they stand."""

    @classmethod
    def read(cls, path: Path, sha256: str) -> Profile:
        """Read what was measured; an empty profile for another package, or a broken file."""
        try:
            profile = cls(**json.loads(path.read_text(encoding="utf-8")))
            shares = [*profile.masks.values(), *profile.pairs.values(), profile.attention]
            sound = profile.sha256 == sha256 and all(0 <= share <= 1 for share in shares)
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            return cls()
        return profile if sound else cls()

    def to_json(self) -> str:
        """Return what :meth:`read` reads."""
        return json.dumps(asdict(self), indent=1, sort_keys=True) + "\n"

    @property
    def styles(self) -> tuple[Style, ...]:
        """
        Return the mask styles to try, the best first.

        >>> [style.name for style in Profile(masks={'hash': 1.0, 'square': 0.7}).styles]
        ['hash', 'square']
        """
        ranked = sorted(STYLES, key=lambda style: -self.masks.get(style.name, 0.0))
        usable = [style for style in ranked if self.masks.get(style.name, 0.0) >= USABLE]
        return tuple(usable[:STYLES_TRIED] or STYLES[:STYLES_TRIED])

    @property
    def marks_pairs(self) -> bool:
        """Whether pairs of masks are a surer way to place spans than looking for their words."""
        return self.pairs.get(self.styles[0].name, 0.0) >= TRUSTED

    @property
    def attends(self) -> bool:
        """Whether attention may place spans."""
        return self.attention >= TRUSTED
