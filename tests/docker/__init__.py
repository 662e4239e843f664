"""The containers, as far as they can be tried without a container engine."""
