"""Catalogs: messages, PO files, synchronisation and memory."""
