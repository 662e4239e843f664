"""What the spiders of services that tell of releases have in common."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy.http import Response

from archive.at_source import addresses_due
from archive.errors import PaperwatchError, SettingError, SourceUnavailable
from archive.model import Refused
from archive.settings import PREFIX
from crawlers.accounts import Access, Account, access_of
from crawlers.asking import AskingSpider, NoMore, Reply, SentAway, Unusable
from crawlers.budgeting import Budget
from crawlers.fetching import Tell
from crawlers.papers.bringing import LedInside, bring, refuse_inside
from crawlers.papers.paper import Outcome, Paper, Wanted
from crawlers.patience import AskedToStayAway, is_json
from crawlers.releasing.place import Place
from crawlers.writing import Batch, Captured

PAGES_MAX = 10_000  # a service that never ends its pages is not followed further
_FAILURES_IN_A_ROW = 5
_TURNED_AWAY = (401, 403)
_AGAIN_MAX = 200  # looked at again in one crawl; the others have their turn in the next ones


class ReleasingSpider(AskingSpider):
    """Walks a service; files come from other hosts, which are asked as anyone is.

    `budgets` are those of services by their hosts: what other hosts are asked is not counted.
    """

    place: Place
    since: str  # '' = everything
    token: str
    token_setting: str
    account: Account | None = None  # that gives tokens in place of `token`
    budgets: Mapping[str, Budget]
    folder: Path
    most_bytes: int
    tell_bytes: Tell
    due_before: str = ""  # what was seen last before this moment is looked at again; '' = nothing
    tell: Callable[[int, float | None], None]
    _kept: list[Captured]
    _failures = 0
    _files_failed = 0
    _access = Access(token="", until_s=0.0)

    def __init__(self, *words: Any, **given: Any) -> None:
        super().__init__(*words, **given)
        self._kept = []

    async def steps(self) -> AsyncIterator[Batch]:
        """Walk the service, unless that is done, then look at what was seen long ago."""
        if not self.place.is_walked:
            async for batch in self._walk():
                yield batch
            self.place.is_walked = True
            yield self.batch()
        async for batch in self._look_again():
            yield batch

    def _walk(self) -> AsyncIterator[Batch]:
        """Read all that the service lists."""
        raise NotImplementedError

    def _look_again(self) -> AsyncIterator[Batch]:
        """Look at single releases."""
        raise NotImplementedError

    def cursor(self) -> dict[str, Any]:
        """Give where the crawl is."""
        return self.place.as_dict()

    def credentials(self, address: str) -> dict[str, str]:
        """Show the token to the service alone; one of three parts is a JSON web token."""
        if not self.token or not self._is_of_service(address):
            return {}
        kind = "Bearer" if self.token.count(".") == 2 else "Token"
        return {"Authorization": f"{kind} {self.token}"}

    async def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Reply:
        """Ask one question; of the service with a token that is good, where there is an account."""
        is_ours = "://" not in path or self._is_of_service(path)
        if is_ours and self.account is not None and self._access.is_over:
            self._access = await self._let_in(self.account)
            self.token = self._access.token
        return await super().ask(method, path, body)

    async def _let_in(self, account: Account) -> Access:
        """Get a token. Nothing of the question or the answer may be kept: both hold secrets.

        Raises:
            SettingError: the account is not let in.
            SourceUnavailable: the accounts service does not answer.
        """
        path, sent = account.question()
        try:
            reply = await super().ask("POST", path, sent)
        except SentAway as error:
            raise account.refused(error.answer.status) from None
        except Unusable as error:  # which would be kept
            raise account.refused(error.reply.answer.status) from None
        if reply.answer.status in (400, *_TURNED_AWAY):
            raise account.refused(reply.answer.status)
        if reply.problem:
            raise SourceUnavailable(
                f"{account.address} gives no token (status {reply.answer.status}). Run the same"
                " command later: it goes on where this one was."
            )
        return access_of(reply.content)

    def budget_for(self, address: str) -> Budget | None:
        """Count what services are asked; files come from elsewhere."""
        return self.budgets.get(urlsplit(address).netloc)

    def refusal_of(self, response: Response) -> PaperwatchError | None:
        """Tell a token that is missing or not accepted from a page that wants to see a person."""
        is_said = response.status in _TURNED_AWAY and is_json(response.body)
        if not is_said or not self._is_of_service(response.url):
            return None
        name = f"{PREFIX}{self.token_setting}"
        if not self.token:
            return SettingError(
                f"{self.name}: {self._host} asks for a token (status {response.status}). Put yours"
                f" into {name}."
            )
        return SettingError(
            f"{self.name}: {self._host} does not accept {name} (status {response.status}). Access"
            f" tokens are good for minutes: set {PREFIX}MUCKROCK_USER and {PREFIX}MUCKROCK_PASSWORD"
            " instead. The same command goes on."
        )

    def _is_of_service(self, address: str) -> bool:
        return urlsplit(address).netloc == self._host

    async def brought(self, wanted: Wanted) -> Paper:
        """Bring a file from the host it is on; one that is not there ends no crawl of the service.

        Raises:
            SourceUnavailable: a host wants us to stay away, or several files have no answer.
        """
        try:
            await refuse_inside(wanted.address, self.address)
            paper = await bring(self, wanted)
        except LedInside as error:
            return Paper(wanted=wanted, outcome=Outcome.NOT_GIVEN, reason=str(error))
        except (SentAway, NoMore):
            raise
        except SourceUnavailable as error:
            self._files_failed += 1
            is_told = isinstance(error.__cause__, AskedToStayAway)
            if is_told or self._files_failed >= _FAILURES_IN_A_ROW:
                raise
            return Paper(wanted=wanted, outcome=Outcome.UNANSWERED, reason=str(error))
        self._files_failed = 0
        return paper

    async def due(self) -> list[str]:
        """Give the addresses that were seen last long ago, now that the service is walked."""
        if not self.due_before:
            return []
        before, source = self.due_before, self.source
        return await self.writer.ask(
            lambda archive: addresses_due(archive, source, before, _AGAIN_MAX)
        )

    def keep(self, reply: Reply, *refused: Refused) -> None:
        """Let an answer be kept with the next batch."""
        self._kept.append(Captured(answer=reply.answer, refused=refused))

    def keep_unread(self, reply: Reply, subject: str, reason: str) -> None:
        """Let an answer be kept that was not understood, or was none.

        Raises:
            SourceUnavailable: so were those before it.
        """
        self.keep(reply, Refused(place=0, subject=subject, reason=reason))
        self.place.unread += 1
        self._failures += 1
        if self._failures >= _FAILURES_IN_A_ROW:
            raise SourceUnavailable(
                f"{self.name}: {self._failures} questions in a row got no answer that is understood"
                f" ({reason}). Run the same command later: it goes on where this one was."
            )

    def batch(self, *papers: Paper, gone: Sequence[str] = ()) -> Batch:
        """Give what was kept since the last one, with files, and how far the walk is."""
        kept, self._kept = tuple(self._kept), []
        return Batch(captured=kept, cursor=self.cursor(), papers=papers, gone=tuple(gone))

    def count(self, what: str, number: int) -> None:
        """Note that one was read to its end."""
        self._failures = 0
        self.place.done.append(number)
        self.place.found[what] = self.place.found.get(what, 0) + 1
        expected = sum(self.place.expected.values())
        self.tell(self.place.total, self.place.total / expected if expected else None)
