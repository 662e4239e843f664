"""DocumentCloud: what its answers mean, from a search and of one document."""
