"""Walks of MuckRock and DocumentCloud against their stand-ins, without Scrapy between.

What is asked is put to the stand-in directly; files come over HTTP, as from any shelf.
"""

import asyncio
import json
from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

import sqlalchemy as sa
from scrapy import Request
from scrapy.http import Response

from archive import runs
from archive.catalogue import tables
from archive.opening import Archive
from crawlers.asking import AskingSpider, Forbidden
from crawlers.fetching import fetch
from crawlers.releasing.place import Place
from crawlers.spiders.documentcloud_documents import DocumentcloudDocuments
from crawlers.spiders.muckrock_requests import V1, V2, MuckrockRequests
from crawlers.spiders.releasing import ReleasingSpider
from crawlers.standin.documentcloud import DocumentcloudStandIn
from crawlers.standin.handling import Asked
from crawlers.standin.muckrock import MuckrockStandIn
from crawlers.standin.serving import Serving
from crawlers.writing import Writer, Written
from tests.crawlers.test_walking import finished

PERIOD = {"since": "2010-01-01", "until": "2026-11-26", "kind": "last_modified_date"}


class Direct(AskingSpider):
    """Puts questions to the stand-ins themselves, and obeys their robots rules."""

    services: ClassVar[Mapping[str, Serving]] = {}

    async def _response(self, request: Request) -> Response | str:
        await asyncio.sleep(0)
        parts = urlsplit(request.url)
        service = self.services[parts.netloc]
        if any(parts.path.startswith(one) for one in forbidden(service)):
            raise Forbidden(f"{parts.netloc}: robots.txt does not let us ask {request.url}")
        headers = {str(name): str(one) for name, one in request.headers.to_unicode_dict().items()}
        if "part" in request.meta:
            response: Response = await asyncio.to_thread(fetch, request.meta["part"], headers, 5)
            return response
        asked = Asked(
            method=request.method,
            path=parts.path,
            body=json.loads(request.body) if request.body else dict(parse_qsl(parts.query)),
            user_agent="",
            at_s=0.0,
            headers={name.lower(): value for name, value in headers.items()},
        )
        reply, fault = service.answer(asked)
        reply = reply if fault is None else reply.changed(fault)
        return Response(
            request.url, status=reply.status, body=reply.content(), headers=dict(reply.headers)
        )


def forbidden(service: Serving) -> list[str]:
    """Give the paths that robots rules forbid."""
    rules = [line.partition(":") for line in service.robots.splitlines()]
    return [path.strip() for name, _, path in rules if name == "Disallow" and path.strip()]


class DirectMuckrock(Direct, MuckrockRequests):
    """The spider of MuckRock, directly."""


class DirectDocumentcloud(Direct, DocumentcloudDocuments):
    """The spider of DocumentCloud, directly."""


class Walked:
    """A walk that ended: what was written, where it came to, and what stopped it (None)."""

    def __init__(self, spider: ReleasingSpider, written: Written) -> None:
        self.place, self.written = spider.place, written
        self.stopped_by, self.is_finished = spider.stopped_by, spider.is_finished

    @property
    def papers(self) -> dict[str, int]:
        """The counts that are not 0."""
        return {name: number for name, number in self.written.papers.items() if number}


def walked_muckrock(
    archive: Archive,
    service: MuckrockStandIn,
    question: Any,
    *,
    copies: DocumentcloudStandIn | None = None,
    token: str = "",
    **more: Any,
) -> Walked:
    """Walk MuckRock; with a token by version 2."""
    documentcloud = copies.address if copies else "http://127.0.0.1:1"
    given = {
        "question": question,
        "version": V2 if token else V1,
        "documentcloud": documentcloud,
        "token": token,
        "token_setting": "MUCKROCK_TOKEN",
    }
    services = [service, *([copies] if copies else [])]
    return _walked(archive, DirectMuckrock, services, {**given, **more})


def walked_documentcloud(
    archive: Archive, service: DocumentcloudStandIn, question: Any, *, token: str = "", **more: Any
) -> Walked:
    """Walk DocumentCloud."""
    given = {"question": question, "token": token, "token_setting": "DOCUMENTCLOUD_TOKEN"}
    return _walked(archive, DirectDocumentcloud, [service], {**given, **more})


def _walked(
    archive: Archive,
    kind: type[ReleasingSpider],
    services: list[Any],
    given: dict[str, Any],
) -> Walked:
    run = runs.begin(archive, kind.source, {"question": str(given["question"])})
    written = Written()
    writer = Writer(archive, run.id, written, source=kind.source)
    most = given.pop("most", None)
    spider = kind(
        **{
            "address": services[0].address,
            "services": {urlsplit(one.address).netloc: one for one in services},
            "place": given.pop("place", Place(period=PERIOD)),
            "since": "",
            "budgets": {},
            "writer": writer,
            "tell": lambda done, share: None,
            "folder": archive.settings.home / "fetching",
            "most_bytes": 1_000_000,
            "tell_bytes": lambda done, share: None,
            **given,
        }
    )
    finished(_to_the_end(spider, most))
    writer.close()
    runs.finish(archive, run.id, written.as_dict())
    return Walked(spider, written)


async def _to_the_end(spider: ReleasingSpider, most: int | None) -> None:
    """Walk as a spider does, or until so many batches are written, as if it were killed then."""
    if most is None:
        try:
            await spider._walk_to_the_end()
        except Exception as error:
            if type(error).__name__ != "CloseSpider":
                raise
        return
    batches = spider.walk()
    for _ in range(most):
        await spider.writer.write(await anext(batches))
    await batches.aclose()  # type: ignore[attr-defined]


def released(archive: Archive) -> dict[str, sa.Row[Any]]:
    """Give the releases by the end of their addresses, behind the last stroke."""
    with archive.catalogue.reading() as connection:
        rows = connection.execute(sa.select(tables.release).order_by(tables.release.c.id)).all()
    return {row.address.rsplit("/", 1)[-1]: row for row in rows}


def counted(archive: Archive, *names: str) -> list[int]:
    """Count the rows of tables."""
    with archive.catalogue.reading() as connection:
        found = [tables.metadata.tables[name] for name in names]
        return [
            connection.execute(sa.select(sa.func.count()).select_from(one)).scalar_one()
            for one in found
        ]
