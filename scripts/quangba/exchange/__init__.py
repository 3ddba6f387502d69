"""Exchange: texts out to the tools of other people, and in again."""
