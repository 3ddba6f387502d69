"""Desk: the page in the browser at which people review translations."""
