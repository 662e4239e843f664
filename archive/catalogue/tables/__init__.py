"""The tables of the catalogue. Times are UTC in ISO 8601 text; amounts integer cents."""

from archive.catalogue.tables.captures import body, capture, refusal
from archive.catalogue.tables.columns import NAMES, metadata
from archive.catalogue.tables.documents import (
    attachment,
    document,
    page,
    release,
    release_statement,
    state_change,
)
from archive.catalogue.tables.entries import entry, generation, outbox
from archive.catalogue.tables.records import action, award, record, subaward, vendor, version
from archive.catalogue.tables.tasks import budget, copying, run, schedule, work

__all__ = [
    "NAMES",
    "action",
    "attachment",
    "award",
    "body",
    "budget",
    "capture",
    "copying",
    "document",
    "entry",
    "generation",
    "metadata",
    "outbox",
    "page",
    "record",
    "refusal",
    "release",
    "release_statement",
    "run",
    "schedule",
    "state_change",
    "subaward",
    "vendor",
    "version",
    "work",
]
