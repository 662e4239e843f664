"""`/status`, its twin, `paperwatch status`: how the archive stands, without what is private."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from archive import clock, deposit, indexing, work
from archive.catalogue import tables
from archive.commands.status import status
from archive.errors import IndexUnavailable
from archive.opening import Archive, open_archive
from archive.reading_client import Readers
from archive.settings import Settings
from archive.shown.desk import open_desk
from archive.shown.standing import shown_standing
from archive.standing import standing
from search_app.app import create_app
from tests.archive.composed import award, captured
from tests.archive.composed import key as key_of
from tests.search_app.composed import Composed


@pytest.fixture
def small(settings: Settings) -> Iterator[Archive]:
    """An archive of three awards that the index has heard of."""
    with open_archive(settings) as archive:
        deposit.deposit(archive, captured(archive, "three"), [award(n) for n in (1, 2, 3)])
        indexing.drain(archive)
        yield archive


def put(
    archive: Archive,
    task: str,
    subject: str,
    state: str,
    reason: str = "",
    lease_until: str = "",
) -> None:
    with archive.catalogue.writing() as connection:
        work.enqueue(connection, task, [subject])
        row = sa.and_(tables.work.c.task == task, tables.work.c.subject == subject)
        connection.execute(
            sa.update(tables.work)
            .where(row)
            .values(state=state, reason=reason, lease_until=lease_until)
        )


def page_of(archive: Archive) -> Any:
    with Readers(1) as readers:
        client = create_app(archive, readers).test_client()
        return client.get("/status").text, client.get("/api/status").get_json()


def test_when_all_is_well_one_sentence_says_so(small: Archive) -> None:
    text, said = page_of(small)
    assert "No source is late or failed." in text
    assert "The search index holds all 3 records that it should." in text
    assert "No work is set aside." in text
    assert 'class="banner"' not in text
    assert said["index"] == {
        "expected": 3,
        "held": 3,
        "waiting": 0,
        "waiting_since": "",
        "missing": 0,
        "rebuilding": None,
        "trouble": "",
    }
    assert [one["queue"] for one in said["queues"]] == ["read", "ocr", "index", "crawl"]


def test_a_change_that_the_index_has_yet_to_hear_waits_in_the_outbox(small: Archive) -> None:
    deposit.deposit(small, captured(small, "a fourth"), [award(4)])
    stands = standing(small)
    assert (stands.index.expected, stands.index.held, stands.index.waiting) == (4, 3, 1)
    assert stands.index.missing == 0
    assert stands.outboxes[0].since >= clock.today()


def test_an_entry_that_is_neither_held_nor_waiting_is_missing(small: Archive) -> None:
    deposit.deposit(small, captured(small, "a fourth"), [award(4)])
    with small.catalogue.writing() as connection:
        connection.execute(sa.delete(tables.outbox))
    text, said = page_of(small)
    assert said["index"]["missing"] == 1
    assert "The search index lacks records" in text
    assert "paperwatch rebuild-index" in text


def test_queues_count_what_waits_is_worked_on_and_set_aside(small: Archive) -> None:
    for number, state in enumerate(["waiting", "waiting", "taken", "set_aside", "done"]):
        put(small, "read_document", f"subject-{number}", state)
    put(small, "read_document", "in-hand", "taken", lease_until=clock.now(later_s=60))
    queue = standing(small).queues[0]
    assert (queue.queue, queue.waiting, queue.set_aside) == ("read", 2, 1)
    assert (queue.taken, queue.lost) == (1, 1)
    assert queue.oldest_at >= clock.today()
    text, said = page_of(small)
    assert said["queues"][0]["lost"] == 1
    assert "1 lost" in text


def test_an_index_that_does_not_answer_is_said_and_the_page_still_comes(
    small: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(_: object) -> None:
        raise IndexUnavailable("[node-2][10.0.0.5:9300] Node not connected")

    monkeypatch.setattr(indexing.LiveEngine, "get", down)
    text, said = page_of(small)
    assert "The search index does not answer" in text
    assert "The search index cannot be reached, or answers only in part" in text
    assert "10.0.0.5" not in text + str(said)
    assert said["index"]["held"] is None
    assert said["index"]["missing"] is None


def test_of_a_held_document_only_the_beginning_of_its_hash_is_shown(
    archive: Archive, composed: Composed, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands = standing(archive)
    assert composed.refused in {one.subject for one in stands.set_aside}
    page = shown_standing(open_desk(archive), stands)
    [row] = [one for one in page.set_aside if one.address.endswith(composed.refused)]
    assert row.subject == f"{composed.refused[:8]}…"


@pytest.mark.parametrize("state", ["held", "withdrawn"])
def test_a_document_that_changed_since_the_last_look_has_no_link(
    small: Archive, state: str
) -> None:
    put_document(small, "ab" * 32, "public")
    put(small, "read_document", "ab" * 32, "set_aside", "encrypted, no empty password")
    looked, desk = standing(small), open_desk(small)
    assert [one.address for one in shown_standing(desk, looked).set_aside] == [
        f"/documents/{'ab' * 32}"
    ]
    with small.catalogue.writing() as connection:
        connection.execute(sa.update(tables.document).values(state=state))
    assert [one.address for one in shown_standing(desk, looked).set_aside] == [""]


@pytest.mark.parametrize("state", ["held", "withdrawn"])
def test_no_full_hash_of_what_is_not_for_readers(small: Archive, state: str) -> None:
    sha256 = "ab" * 32
    put_document(small, sha256, state)
    put(small, "read_document", sha256, "set_aside", "encrypted, no empty password")
    text, said = page_of(small)
    assert sha256 not in text + json.dumps(said)
    assert "abababab…" in text
    assert "Encrypted, no empty password." in text


def put_document(small: Archive, sha256: str, state: str) -> None:
    row = {
        "sha256": sha256,
        "state": state,
        "state_reason": "",
        "state_at": "",
        "held_part": "all",
    }
    columns = {one.name: one for one in tables.document.c}
    filled = {
        name: row.get(name, 0 if isinstance(one.type, sa.Integer) else "")
        for name, one in columns.items()
        if name != "id" and not one.foreign_keys
    }
    with small.catalogue.writing() as connection:
        capture_id = connection.scalar(sa.select(tables.capture.c.id))
        links = {name: capture_id for name, one in columns.items() if one.foreign_keys}
        connection.execute(sa.insert(tables.document).values(filled | links))


def test_reasons_name_no_folder_no_secret_and_no_words_of_an_entry(
    small: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = small.settings.home
    put(small, "read_document", "cd" * 32, "set_aside", f"{home}/files/cd/cdcd is damaged")
    put(small, "read_document", "ef" * 32, "set_aside", "no such file: /srv/desk/leak.pdf (2)")
    put(
        small, "index_entry", f"awards/{key_of(1)}", "set_aside", "ValueError: bad word lanternfish"
    )
    text, said = page_of(small)
    everything = text + json.dumps(said)
    for private in (str(home), "/srv/desk", "leak.pdf", "lanternfish"):
        assert private not in everything
    assert "It could not be done (ValueError)." in text
    assert f'href="/awards/{key_of(1)}"' in text


def test_the_command_line_says_the_same(small: Archive) -> None:
    put(small, "read_document", "one", "waiting")
    found = json.loads(CliRunner().invoke(status, ["--json"]).stdout)
    assert found["index"]["expected"] == found["index"]["held"] == 3
    assert found["last_success"]["usaspending_awards"] == ""
    assert found["queues"][0]["waiting"] == 1
    said = CliRunner().invoke(status, []).stdout
    assert "3 entries of 3 that the catalogue lists, 0 missing" in said
    assert "queue read: 1 waiting, the oldest since " in said
    assert "outbox of the live index: 0 entries" in said
    assert "last success of usaspending_awards: never" in said
