"""Readings that are replaced while a page is put together, as a scan's is part by part."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from archive.errors import Damaged, NotFound

Words = ParamSpec("Words")
Answer = TypeVar("Answer")


def once_more(view: Callable[Words, Answer]) -> Callable[Words, Answer]:
    """Put a page together once more where what it was read from is gone; twice it is missing."""

    @wraps(view)
    def asked(*words: Words.args, **named: Words.kwargs) -> Answer:
        try:
            return view(*words, **named)
        except (Damaged, NotFound):
            return view(*words, **named)

    return asked
