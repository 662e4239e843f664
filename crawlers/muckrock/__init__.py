"""MuckRock: what its answers mean, in version 1 (nested) and version 2 (flat, linked by number)."""
