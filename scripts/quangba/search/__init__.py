"""Search: what readers type finds what pages say, in every language and without a server."""
