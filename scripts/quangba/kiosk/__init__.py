"""
Kiosk: signed releases, and how a device takes, plays and gives them back.

What runs on a device imports neither MkDocs nor a translator: only Python's own library,
``cryptography``, ``filelock``, ``click``, and of this package ``errors``, ``messages`` and
``files``.
"""
