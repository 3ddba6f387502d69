"""The checks: one small function for each idea, in modules by subject."""
