"""What a cluster does on a bad day is asked again, then said, and never taken for the whole."""

import time

import pytest

from archive.errors import BadRequest, DiskFull, IndexOutdated, IndexUnavailable, SettingError
from archive.search.elastic import asking, connecting, writing
from archive.search.elastic.asking import Search, asked
from archive.search.elastic.connecting import connect
from archive.search.elastic.indexes import Indexes
from archive.search.elastic.walking import walk
from archive.search.elastic.writing import Writer
from tests.services.scripted import Json, Reply, ScriptedNode, scripted_node

from .shelf import entry

NOWHERE = "http://127.0.0.1:9"
SEARCH = Search(index="x", body={"query": {"match_all": {}}})
SHARDS = {"total": 3, "successful": 3, "skipped": 0, "failed": 0}
WHOLE: Json = {"timed_out": False, "_shards": SHARDS, "hits": {"hits": []}, "status": 200}
PARTIAL = WHOLE | {"_shards": SHARDS | {"successful": 2, "failed": 1}}
LATE = WHOLE | {"timed_out": True}


def answers(*found: Json) -> Reply:
    return Reply(body={"responses": list(found)})


def failed(status: int, kind: str, reason: str) -> Json:
    return {"error": {"type": kind, "reason": reason}, "status": status}


NO_SHARD = failed(503, "search_phase_execution_exception", "all shards failed")
NO_INDEX = failed(404, "index_not_found_exception", "no such index [x]")
LOST_POINT = failed(404, "search_phase_execution_exception", "all shards failed")
LOST_POINT["error"]["root_cause"] = [
    {"type": "search_context_missing_exception", "reason": "No search context found for id [7]"}
]


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "PAUSES_S", (0.01, 0.01))
    monkeypatch.setattr(writing, "_FIRST_WAIT_S", 0.01)
    connect.cache_clear()


@pytest.mark.parametrize("bad", [PARTIAL, LATE, NO_SHARD], ids=["failed", "late", "no shard"])
def test_a_partial_answer_is_asked_for_again(bad: Json) -> None:
    with scripted_node(answers(WHOLE, bad), answers(WHOLE, WHOLE)) as node:
        assert asked(connect(node.url), [SEARCH, SEARCH]) == [WHOLE, WHOLE]
        assert len(node.requests) == 2
        assert all(
            head["allow_partial_search_results"] is False for head in node.requests[0][1][::2]
        )


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (PARTIAL, "1 of 3 shards did not"),
        (LATE, "it ran out of time"),
        (NO_SHARD, "all shards failed"),
    ],
)
def test_a_partial_answer_that_stays_one_is_said_and_not_shown(bad: Json, said: str) -> None:
    with (
        scripted_node(answers(WHOLE, bad)) as node,
        pytest.raises(IndexUnavailable, match=f"only in part .{said}.*Nothing is lost"),
    ):
        asked(connect(node.url), [SEARCH, SEARCH])
    assert len(node.requests) == 3


def test_a_missing_index_is_not_asked_for_again() -> None:
    with scripted_node(answers(NO_INDEX)) as node, pytest.raises(IndexOutdated, match="rebuild"):
        asked(connect(node.url), [SEARCH])
    assert len(node.requests) == 1


def test_a_node_that_is_down_is_not_noticed_where_another_answers() -> None:
    with scripted_node(answers(WHOLE)) as node:
        client = connect(f"{NOWHERE},{node.url}")
        assert [asked(client, [SEARCH]) for _ in range(4)] == [[WHOLE]] * 4


def test_a_node_that_hangs_is_not_noticed_where_another_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connecting, "_PAGE_S", 0.2)
    hanging = Reply(body={}, wait_s=1.0)
    with scripted_node(hanging) as bad, scripted_node(answers(WHOLE)) as good:
        client = connect(f"{bad.url},{good.url}")
        assert [asked(client, [SEARCH]) for _ in range(4)] == [[WHOLE]] * 4
        assert bad.requests


def test_a_cluster_that_hangs_is_said_without_asking_it_over_and_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connecting, "_PAGE_S", 0.2)
    with scripted_node(Reply(body={}, wait_s=0.6)) as node:
        began = time.monotonic()
        with pytest.raises(IndexUnavailable, match="did not answer in time"):
            asked(connect(node.url), [SEARCH])
        assert time.monotonic() - began < 3
        assert len(node.requests) == 2


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_password_is_named_and_not_shown(status: int) -> None:
    refusing = Reply(status=status, body=failed(status, "security_exception", "unable"))
    with scripted_node(refusing) as node:
        url = node.url.replace("http://", "http://me:secret@")
        with pytest.raises(SettingError, match="PAPERWATCH_SEARCH_URL") as refused:
            asked(connect(url), [SEARCH])
    assert "secret" not in str(refused.value)


def item(key: str, status: int, kind: str = "", reason: str = "") -> Json:
    told: Json = {"_id": key, "status": status}
    return {"index": told | ({"error": {"type": kind, "reason": reason}} if kind else {})}


def bulk(*items: Json) -> Reply:
    return Reply(body={"took": 1, "errors": True, "items": list(items)})


BUSY = ("es_rejected_execution_exception", "queue full")
AWARDS = [entry(1), entry(2)]


def write(node: ScriptedNode) -> None:
    Writer(Indexes(client=connect(node.url), name="x")).write(AWARDS, ())


def written(node: ScriptedNode) -> list[list[str]]:
    """The keys in each request."""
    return [[line["index"]["_id"] for line in lines if "index" in line]
            for _, lines in node.requests]  # fmt: skip


def test_what_a_busy_cluster_turned_away_is_sent_again_and_nothing_else() -> None:
    one, two = "awards/0001", "awards/0002"
    busy = item(two, 429, *BUSY)
    with scripted_node(bulk(item(one, 201), busy), bulk(busy), bulk(item(two, 201))) as node:
        write(node)
        assert written(node) == [[one, two], [two], [two]]


def test_a_request_that_a_busy_cluster_turned_away_is_sent_again() -> None:
    away = Reply(status=429, body=failed(429, *BUSY))
    done = bulk(item("awards/0001", 201), item("awards/0002", 201))
    with scripted_node(away, away, away, done) as node:
        write(node)
        assert written(node)[-1] == ["awards/0001", "awards/0002"]


def test_a_cluster_that_stays_busy_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_TRIES", 2)
    with (
        scripted_node(bulk(item("awards/0002", 429, *BUSY))) as node,
        pytest.raises(IndexUnavailable, match="queue full"),
    ):
        write(node)


def test_an_entry_that_the_cluster_does_not_take_is_named() -> None:
    odd = item("awards/0002", 400, "document_parsing_exception", "failed to parse")
    with (
        scripted_node(bulk(item("awards/0001", 201), odd)) as node,
        pytest.raises(BadRequest, match=r"awards/0002.*failed to parse"),
    ):
        write(node)


def test_a_full_disk_on_a_node_is_no_fault_of_an_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_TRIES", 1)
    full = ("cluster_block_exception", "disk usage exceeded flood-stage watermark")
    with (
        scripted_node(bulk(item("awards/0001", 429, *full))) as node,
        pytest.raises(DiskFull, match="no room left"),
    ):
        write(node)


BLOCKED = ("cluster_block_exception", "index [x] blocked by: [FORBIDDEN/8/index write (api)]")


@pytest.mark.parametrize(("status", "why"), [(403, BLOCKED), (500, ("null_pointer", "oh"))])
def test_what_no_entry_is_to_blame_for_is_not_held_against_it(
    status: int, why: tuple[str, str]
) -> None:
    with (
        scripted_node(bulk(item("awards/0001", status, *why))) as node,
        pytest.raises(IndexUnavailable, match=rf"refuses \({status} .*Nothing is lost"),
    ):
        write(node)


def test_rights_that_do_not_reach_are_no_fault_of_an_entry_either() -> None:
    said = ("security_exception", "action [indices:data/write/bulk] is unauthorized for user [me]")
    with (
        scripted_node(bulk(item("awards/0001", 403, *said))) as node,
        pytest.raises(SettingError, match=r"its rights do not reach .*unauthorized for user"),
    ):
        write(node)


@pytest.mark.parametrize(
    ("urls", "ca", "key", "said"),
    [
        ("http://h:9200", "ca.crt", "", "h:9200, which does not begin with https://"),
        ("https://h:9200,http://i:9200", "ca.crt", "", "i:9200, which does not begin with https"),
        ("https://h:9200", "/nowhere/ca.crt", "", "names /nowhere/ca.crt, .*No such file"),
        ("https://h:9200", __file__, "", r"holds no certificate \(PEM\)"),
        ("https://:secret@h:9200", "", "", "gives a password and no user"),
        ("https://me:secret@h:9200", "", "key", "API_KEY is set, and PAPERWATCH_SEARCH_URL names"),
    ],
)
def test_settings_that_contradict_each_other_are_refused_without_a_secret(
    urls: str, ca: str, key: str, said: str
) -> None:
    with pytest.raises(SettingError, match=said) as refused:
        connect(urls, ca, key)
    assert "secret" not in str(refused.value)


def test_a_write_whose_index_was_removed_says_so() -> None:
    gone = item("awards/0001", 404, "index_not_found_exception", "no such index [x-entries-door]")
    with scripted_node(bulk(gone)) as node, pytest.raises(IndexOutdated, match="missing"):
        write(node)
    assert "require_alias=true" in node.requests[0][0]


def hit(number: int) -> Json:
    return {"fields": {"number": [number]}, "sort": [number, 0]}


def test_a_walk_whose_point_in_time_was_lost_goes_on_behind_the_last_hit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("archive.search.elastic.walking.STEP", 2)
    point = Reply(body={"id": "p"})
    first, last = (WHOLE | {"hits": {"hits": hits}} for hits in ([hit(1), hit(2)], [hit(3)]))
    script = (
        point,
        answers(first),
        answers(LOST_POINT),
        Reply(body={"succeeded": True, "num_freed": 0}),
        point,
        answers(last),
        Reply(body={"succeeded": True, "num_freed": 1}),
    )
    with scripted_node(*script) as node:
        found = walk(connect(node.url), "x", {"match_all": {}}, [{"number": "asc"}], {})
        assert [one["sort"][0] for one in found] == [1, 2, 3]
        assert node.requests[-2][1][1]["search_after"] == [2, 0]


def test_a_walk_ends_with_a_sentence_where_the_cluster_stays_away() -> None:
    with scripted_node(Reply(body={"id": "p"}), answers(NO_SHARD)) as node:
        found = walk(connect(node.url), "x", {"match_all": {}}, [{"number": "asc"}], {})
        with pytest.raises(IndexUnavailable, match="only in part"):
            list(found)
