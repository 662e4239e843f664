"""Copies a whole archive to another place, such as from a folder to a cluster, or back.

Bodies first, then rows, table by table in the order of their keys; the index is built anew there.
The archive that is copied cannot change meanwhile: the door is held. A copy that was killed goes on
where it was; until it is whole, the target opens for nothing else.
"""
