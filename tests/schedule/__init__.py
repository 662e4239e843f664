"""What runs when: cadences, rows, child processes, and what is said of them."""
