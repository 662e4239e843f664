"""The one place that knows how a database says INSERT … ON CONFLICT."""

from sqlalchemy.dialects.sqlite import insert

__all__ = ["insert"]
