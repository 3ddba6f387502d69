"""Quảng Bá: Vietnamese Markdown in, a reviewed site in six languages out."""

from __future__ import annotations

__version__ = "0.1.0"
