"""The spider's walk over many pages, against the stand-in's answers without a network between."""

import asyncio
import json
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any, TypeVar

import pytest

from archive.errors import SourceChanged
from archive.model import Answer
from crawlers.asking import Reply
from crawlers.spiders import usaspending_awards
from crawlers.spiders.usaspending_awards import Place, UsaspendingAwards
from crawlers.standin import Fault, StandIn, compose_world
from crawlers.standin.handling import Asked
from crawlers.usaspending import question as asking
from crawlers.usaspending.question import Period, Question
from crawlers.writing import Batch
from tests.crawlers.composed import action, award, idv

T = TypeVar("T")
PERIOD = Period(since="2020-01-01", until="2026-11-24", kind="action_date")


class Walk(UsaspendingAwards):
    """The spider with its questions put to the stand-in directly."""

    service: StandIn

    async def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Reply:
        await asyncio.sleep(0)
        asked = Asked(method=method, path=path, body=body or {}, user_agent="", at_s=0.0)
        reply, fault = self.service.answer(asked)
        if fault is not None and fault.kind in ("duplicate", "without"):
            reply = reply.changed(fault)
        content = reply.content()
        answer = Answer(source="x", method=method, address=path, body=content, fetched_at="")
        problem = "" if reply.status == 200 else f"status {reply.status}"
        return Reply(answer=answer, content=json.loads(content), problem=problem)


@pytest.fixture
def two_rows_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (asking, usaspending_awards):
        monkeypatch.setattr(module, "PAGE_ROWS", 2)


def walk(service: StandIn, *, place: Place | None = None, window: int = 4, limit: int = 0) -> Walk:
    return Walk(
        service=service,
        address="",
        question=Question(keywords=("face recognition",), limit=limit),
        period=PERIOD,
        place=place or Place(period=PERIOD.as_dict()),
        window=window,
        tell=lambda done, share: None,
        turns_away=lambda count: False,
    )


def finished(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run it in a thread of its own: a browser test before may have left a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def batches(spider: Walk, most: int | None = None) -> list[Batch]:
    async def collect() -> list[Batch]:
        found: list[Batch] = []
        async for batch in spider.walk():
            found.append(batch)
            if most is not None and len(found) >= most:
                break
        return found

    return finished(collect())


def awards(number: int) -> list[dict[str, Any]]:
    base = [action("0", "2025-01-05", 1.0)]
    return [*(award(one, transactions=base) for one in range(number)), idv(99)]


def read_keys(service: StandIn) -> list[str]:
    return [path.split("/")[-2] for path in service.paths() if "/awards/" in path]


@pytest.mark.usefixtures("two_rows_a_page")
def test_each_page_goes_on_from_the_last_record_of_the_one_before_so_that_none_is_lost() -> None:
    with closing(StandIn(compose_world(awards(9)), window=4)) as service:
        spider = walk(service)
        batches(spider)
        assert spider.place.found == spider.place.expected == {"contracts": 9, "idvs": 1}
        cursors = [one.body.get("last_record_unique_id") for one in service.asked]
        assert len([one for one in cursors if one is not None]) == 4


@pytest.mark.usefixtures("two_rows_a_page")
@pytest.mark.parametrize("kind", ["shift", "duplicate"])
def test_rows_that_move_or_repeat_are_read_once_and_none_is_missed(kind: Any) -> None:
    faults = [Fault(kind=kind, on="spending_by_award/", skip=1, times=0)]
    with closing(StandIn(compose_world(awards(7)), faults=faults, window=100)) as service:
        spider = walk(service, window=100)
        batches(spider)
        keys = read_keys(service)
        assert len(keys) == len(set(keys)) == 8


@pytest.mark.usefixtures("two_rows_a_page")
@pytest.mark.parametrize("most", range(1, 20, 3))
def test_from_any_place_a_walk_goes_on_to_the_same_end(most: int) -> None:
    with closing(StandIn(compose_world(awards(7)), window=4)) as service:
        cursor = batches(walk(service), most)[-1].cursor
        service.asked.clear()
        spider = walk(service, place=Place.of(json.loads(json.dumps(cursor))))
        batches(spider)
        assert spider.place.found == {"contracts": 7, "idvs": 1}
        assert not set(cursor["done"]) & set(read_keys(service))


@pytest.mark.usefixtures("two_rows_a_page")
def test_a_limit_ends_the_walk_in_the_middle_of_a_page() -> None:
    with closing(StandIn(compose_world(awards(7)))) as service:
        spider = walk(service, limit=3)
        batches(spider)
        assert len(read_keys(service)) == 3


@pytest.mark.usefixtures("two_rows_a_page")
def test_a_search_without_a_last_record_is_not_cut_off_in_silence() -> None:
    with closing(StandIn(compose_world(awards(7)), window=4)) as service:
        spider = walk(service)
        real = service.answer

        def without_cursor(asked: Asked) -> Any:
            reply, fault = real(asked)
            reply.json.get("page_metadata", {}).update(last_record_unique_id=None)
            return reply, fault

        service.answer = without_cursor  # type: ignore[method-assign]
        with pytest.raises(SourceChanged, match="no last record"):
            batches(spider)


def test_a_search_in_another_shape_stops_the_walk_and_its_answer_is_kept_with_the_reason() -> None:
    fault = Fault(kind="without", on="spending_by_award/", body="generated_internal_id")
    found: list[Batch] = []

    async def collect(spider: Walk) -> None:
        async for batch in spider.walk():
            found.append(batch)

    with (
        closing(StandIn(compose_world(awards(1)), faults=[fault])) as service,
        pytest.raises(SourceChanged, match="generated_internal_id is missing"),
    ):
        finished(collect(walk(service)))
    (captured,) = found[-1].captured
    assert isinstance(captured.answer.body, bytes)
    assert b"page_metadata" in captured.answer.body
    assert "generated_internal_id is missing" in captured.refused[0].reason
