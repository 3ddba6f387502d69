"""Vietnamese source: pages, segments, facts and the publication gate."""
