"""Workers, beat and their messages; most tests run the real program on a real Redis."""
