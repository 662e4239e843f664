"""The downloader middleware that keeps to a source's daily budget, whatever is asked again."""

import asyncio
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler

from archive import budgets
from archive.opening import Archive
from crawlers.patience import AskedToStayAway

_AT_ONCE = 25  # reserved together: what a kill leaves unused is lost for the day, and no more

_SERVICE = "usaspending_awards"  # what its requests are counted under


class BudgetSpent(AskedToStayAway):
    """Today's requests are used up."""


class Budget:
    """What one process may still ask of a source today."""

    def __init__(
        self, archive: Archive, source: str, most: int, setting: str = "USASPENDING_DAILY"
    ) -> None:
        self._archive, self._source, self._most = archive, source, most
        self._setting = setting
        self._left = 0
        self._reserving = asyncio.Lock()

    @classmethod
    def of(cls, archive: Archive) -> "Budget":
        """Make that of USAspending: one for all crawls of it, whichever their source is."""
        return cls.named(archive, _SERVICE, "USASPENDING_DAILY")

    @classmethod
    def named(cls, archive: Archive, service: str, setting: str) -> "Budget":
        """Make that of a service, whose requests of a day a setting limits."""
        return cls(archive, service, archive.settings.whole_number(setting), setting)

    async def spend(self) -> None:
        """Spend one request.

        Raises:
            BudgetSpent: there is none left today.
        """
        async with self._reserving:
            if not self._left:
                self._left = await asyncio.to_thread(
                    budgets.reserve, self._archive, self._source, _AT_ONCE, self._most
                )
            if not self._left:
                raise BudgetSpent(
                    f"is asked no more today: the {self._most:,} requests of"
                    f" PAPERWATCH_{self._setting} are used"
                )
            self._left -= 1

    def close(self) -> None:
        """Give back what was reserved and not spent."""
        if self._left:
            budgets.give_back(self._archive, self._source, self._left)
            self._left = 0


class Budgeting:
    """Spends one request of the budget that the spider names for each that goes out."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Budgeting":
        """Make it as Scrapy does."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request out, or stop at the end of the budget."""
        spider: Any = self._crawler.spider
        budget = spider.budget_for(request.url)
        if budget is not None:
            await budget.spend()
