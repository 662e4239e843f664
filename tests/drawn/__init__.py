"""PDFs drawn by pure functions, with known truth; every word in them is invented."""
