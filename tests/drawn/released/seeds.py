"""Which documents are for tuning, and which for measuring alone."""

TUNING = range(500)
# Whoever looks at one of these to mend a detector spoils the measurement.
MEASURING = range(10_000, 10_600)
