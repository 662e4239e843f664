"""What the two Tantivy indexes hold of an entry and of its pages."""

from dataclasses import dataclass

from tantivy import Filter, Index, Schema, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

from archive.search.analysis import FILLER
from archive.search.entry import FACETS, PAGE_COLUMNS, PAGE_FACETS

# Stems with places, and words as printed, of the whole entry and of each field of its own.
TEXTS = {None: "whole", "title": "title", "vendor": "vendor", "agency": "agency"}
COLUMNS = ("day", "cents", "ceiling_cents", *PAGE_COLUMNS)

_ANALYSER = "stems"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of an index; `kind` says how it is kept, as `_add` reads it."""

    name: str
    kind: str


def _text_fields(name: str) -> list[Field]:
    return [Field(name=f"{name}_stems", kind="stems"), Field(name=f"{name}_words", kind="words")]


ENTRY_FIELDS: tuple[Field, ...] = (
    Field(name="key", kind="key"),
    Field(name="version", kind="stored"),
    Field(name="number", kind="number"),
    Field(name="page_count", kind="counted"),  # pages in the other index that belong to it
    Field(name="newest_key", kind="number"),
    Field(name="oldest_key", kind="number"),
    Field(name="amount_key", kind="sort"),
    *[Field(name=name, kind="column") for name in COLUMNS],
    *[Field(name=name, kind="facet") for name in FACETS],
    Field(name="identifier_words", kind="words"),
    Field(name="exemption_words", kind="words"),
    *[field for name in TEXTS.values() for field in _text_fields(name)],
)
PAGE_FIELDS: tuple[Field, ...] = (
    Field(name="key", kind="words"),
    Field(name="number", kind="number"),
    Field(name="page", kind="number"),
    *[Field(name=name, kind="column") for name in PAGE_COLUMNS],
    *[Field(name=name, kind="facet") for name in PAGE_FACETS],
    Field(name="exemption_words", kind="words"),
    *_text_fields("whole"),
)


def schema_of(fields: tuple[Field, ...]) -> Schema:
    """Build Tantivy's schema of some fields."""
    builder = SchemaBuilder()
    for field in fields:
        _add(builder, field)
    return builder.build()


def _add(builder: SchemaBuilder, field: Field) -> None:
    match field.kind:
        case "key":
            builder.add_text_field(
                field.name, stored=True, tokenizer_name="raw", index_option="basic"
            )
        case "stored":
            builder.add_text_field(
                field.name, stored=True, tokenizer_name="raw", index_option="basic"
            )
        case "facet" | "sort":
            builder.add_text_field(
                field.name, fast=True, tokenizer_name="raw", index_option="basic"
            )
        case "number":
            builder.add_unsigned_field(field.name, indexed=True, fast=True)
        case "counted":
            builder.add_unsigned_field(field.name, stored=True, indexed=True, fast=True)
        case "column":
            builder.add_integer_field(field.name, fast=True)
        case "stems":
            builder.add_text_field(field.name, tokenizer_name=_ANALYSER, index_option="position")
        case "words":
            builder.add_text_field(field.name, tokenizer_name=_ANALYSER, index_option="basic")
        case other:
            raise AssertionError(f"unknown kind of field {other}")


def register_analyser(index: Index) -> None:
    """Make the tokenizer known, as every opened index needs: blanks part tokens, fillers drop."""
    filler = Filter.custom_stopword([FILLER])
    index.register_tokenizer(
        _ANALYSER, TextAnalyzerBuilder(Tokenizer.whitespace()).filter(filler).build()
    )
