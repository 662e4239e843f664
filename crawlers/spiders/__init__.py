"""Spiders: how each source is walked. What its answers mean is said by pure functions elsewhere."""
