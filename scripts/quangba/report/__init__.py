"""Report: what was done, from the catalogs and the history of the project."""
