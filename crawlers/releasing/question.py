"""What is asked of MuckRock and of DocumentCloud, and since when."""

from dataclasses import dataclass
from typing import Any, Protocol

from archive.errors import BadRequest

# Statuses of a request at MuckRock. Source: its published code; files may be at any of them.
STATUSES = (
    *("submitted", "ack", "processed", "appealing", "fix", "payment", "lawsuit", "rejected"),
    *("no_docs", "done", "partial", "abandoned", "consolidated"),
)


class Asked(Protocol):
    """A question to one of the services."""

    @property
    def limit(self) -> int:
        """How many requests or documents to read at most, 0 = all."""
        ...

    def check(self) -> None:
        """See that it can be asked."""
        ...

    def as_dict(self) -> dict[str, Any]:
        """Give it for the run."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class MuckrockQuestion:
    """The requests that are wanted; agency and jurisdiction are MuckRock's own numbers, 0 = any."""

    words: str = ""
    agency: int = 0
    jurisdiction: int = 0
    status: str = ""
    tag: str = ""
    limit: int = 0

    def check(self) -> None:
        """See that it is asked for something.

        Raises:
            BadRequest: it is not, for all of MuckRock are more than a hundred thousand requests.
        """
        if not (self.words or self.agency or self.jurisdiction or self.tag or self.limit):
            raise BadRequest(
                "muckrock_requests: say which requests: words of their titles, --agency,"
                ' --jurisdiction or --tag. For instance: paperwatch crawl muckrock_requests "face'
                ' recognition"'
            )

    def as_dict(self) -> dict[str, Any]:
        """Give it for the run: two crawls of the same question differ in their days only."""
        return {
            "words": self.words,
            "agency": self.agency,
            "jurisdiction": self.jurisdiction,
            "status": self.status,
            "tag": self.tag,
            "until": "",
            "limit": self.limit,
        }

    def parameters(self, *, newest_first: bool) -> dict[str, str]:
        """Give what stands in the address of a list; full walks keep to an order that stays."""
        asked = {
            "search": self.words,
            "agency": str(self.agency or ""),
            "jurisdiction": str(self.jurisdiction or ""),
            "status": self.status,
            "tags": self.tag,
            "embargo_status": "public",
            "ordering": "-datetime_updated" if newest_first else "datetime_submitted",
            "page_size": "100",
        }
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentcloudQuestion:
    """The documents that are wanted, in the words of DocumentCloud's own search."""

    query: str
    limit: int = 0

    def check(self) -> None:
        """See that it is asked for something.

        Raises:
            BadRequest: it is not, for all of DocumentCloud are millions of documents.
        """
        if not self.query:
            raise BadRequest(
                "documentcloud_documents: say which documents, as its own search is asked. For"
                " instance: paperwatch crawl documentcloud_documents 'source:\"Immigration and"
                " Customs Enforcement\" contract'"
            )

    def as_dict(self) -> dict[str, Any]:
        """Give it for the run."""
        return {"query": self.query, "until": "", "limit": self.limit}

    def words_since(self, since: str) -> str:
        """Give the words to search for; with a day, what was changed on it or later."""
        if not since:
            return self.query
        return f"({self.query}) AND updated_at:[{since}T00:00:00Z TO *]"
