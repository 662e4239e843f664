"""The catalogue: the truth. Nothing in it is overwritten; what changed gets a new version.

`tables` declares it, `database` opens it and makes transactions, `migrations` bring an older one
up to date. Other modules here ask it questions, one subject each. SQLAlchemy stays in this package
and in the few modules of `archive` that write.
"""
