"""What readers see in place of a name or a title that is not there or is not for headings."""

import re
from collections.abc import Mapping
from typing import Any

from archive.index.titles import award_title

__all__ = ["award_title", "description"]

# Contract writers put this marker for "inherently governmental function" into descriptions.
_MARKER = re.compile(r"^\s*(?:IGF::[A-Z,& ]*::IGF\b[\s\-:;.,]*)+", re.IGNORECASE)


def description(fields: Mapping[str, Any]) -> str:
    """Give an award's description as printed, without the marker in front of it."""
    text = " ".join(str(fields.get("description") or "").split())
    return _MARKER.sub("", text) or text
