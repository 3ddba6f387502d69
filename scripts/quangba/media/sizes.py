"""Sizes: what pages say of pictures, without what draws them, which takes a while to load."""

from __future__ import annotations

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

WIDTH, HEIGHT = 1200, 630
"""Pixels of a social card."""
