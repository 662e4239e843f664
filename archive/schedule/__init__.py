"""What runs when: cadences, the rows of the schedule, and the child processes that do it.

`cadence` and `planned` are pure; `rows` is the table; `starting` and `children` begin and end one
run; `scheduler` is what `paperwatch serve` looks with, once a second.
"""
