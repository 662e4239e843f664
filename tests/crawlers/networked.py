"""Lets spiders walk in this process, with the network of the standard library for Scrapy's."""

import asyncio
import urllib.error
import urllib.request
from typing import Any

import pytest
import scrapy
from scrapy.exceptions import CloseSpider
from scrapy.http import Response

from crawlers.asking import AskingSpider
from crawlers.fetching import _StayHere, fetch
from tests.crawlers.test_walking import finished


class Networked(AskingSpider):
    """What asks for a spider; no middleware stands between, so that nothing is asked again."""

    async def _response(self, request: scrapy.Request) -> Response | str:
        headers = {str(k): str(v) for k, v in request.headers.to_unicode_dict().items()}
        try:
            if "part" in request.meta:
                return await asyncio.to_thread(fetch, request.meta["part"], headers, 5)
            return await asyncio.to_thread(_got, request.url)
        except OSError as error:
            return f"no answer: {type(error).__name__}"


def walked(spider: Any) -> None:
    """Let a spider walk to its end, as Scrapy would begin it."""

    async def walk() -> None:
        with pytest.raises(CloseSpider):
            await spider._walk_to_the_end()

    finished(walk())


def _got(address: str) -> Response:
    opener = urllib.request.build_opener(_StayHere)
    try:
        with opener.open(address, timeout=5) as answer:
            return Response(address, headers=dict(answer.headers), body=answer.read())
    except urllib.error.HTTPError as error:
        with error:
            said = dict(error.headers)
            return Response(address, status=error.code, headers=said, body=error.read())
