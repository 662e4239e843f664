"""A field out of the JSON of a row, in the words of either database."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class field_text(FunctionElement[str]):  # noqa: N801 - used as a function
    """The text of a field: `field_text(award.c.fields, "signed_on")`; NULL where it has none."""

    type = sa.Text()
    inherit_cache = True

    def __init__(self, fields: sa.Column[str], name: str) -> None:
        super().__init__(fields, sa.literal(name))


@compiles(field_text)
def _in_sqlite(said: field_text, compiler: SQLCompiler, **words: Any) -> str:
    fields, name = said.clauses
    asked, path = compiler.process(fields, **words), compiler.process(name, **words)
    return f"CAST(json_extract({asked}, '$.' || {path}) AS TEXT)"


@compiles(field_text, "postgresql")
def _in_postgres(said: field_text, compiler: SQLCompiler, **words: Any) -> str:
    fields, name = said.clauses
    # Not jsonb: it would refuse a row with an escaped NUL in any field.
    return f"({compiler.process(fields, **words)}::json ->> {compiler.process(name, **words)})"
