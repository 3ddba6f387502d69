"""Supply: what the product is made of, under which licences, and what is known to be unsafe."""
