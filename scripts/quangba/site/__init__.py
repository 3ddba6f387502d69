"""The MkDocs site: plugin, publishing and building."""
