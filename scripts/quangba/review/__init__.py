"""Review: what can be told about a translation without a translator, entry by entry."""
