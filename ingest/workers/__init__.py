"""Workers of a cluster: processes that hear through Redis what waits, and do it.

`commands` are `paperwatch worker` and `paperwatch beat`; `supervising` starts one process for each
place of a queue, `__main__` is that process, `beating` sends messages for whatever waits.
"""
