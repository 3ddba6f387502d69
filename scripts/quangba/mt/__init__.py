"""Offline drafts: packages, engine, sentences, markup, and what is accepted."""
