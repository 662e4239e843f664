"""USAspending: what its answers and files say, as pure functions from an answer to statements."""
