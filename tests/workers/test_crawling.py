"""Crawls on a cluster: from the schedule, one of a source at a time, and killed."""

import os
import signal

import pytest

from archive import indexing
from archive.crawling import is_crawled
from archive.opening import Archive, open_archive
from archive.schedule import rows
from archive.schedule.cadence import read_cadence
from archive.status import counts
from crawlers.standin import Fault, StandIn, compose_world
from tests.crawlers.composed import award
from tests.workers.cluster import Cluster, kill, places

pytestmark = [pytest.mark.redis, pytest.mark.postgres, pytest.mark.slow]

AWARDS = "usaspending_awards"
CRAWL = ("crawl", AWARDS, "--keyword", "face recognition", "--since", "2020-01-01")
COUNT = 12


def schedule(cluster: Cluster) -> None:
    """Put the crawl on the schedule, due now."""
    with open_archive(cluster.settings) as archive:
        rows.add(
            archive,
            name="faces",
            source=AWARDS,
            words=CRAWL,
            cadence=read_cadence("every 6 hours"),
        )


def is_done(archive: Archive) -> bool:
    return rows.named(archive, "faces").state == "done" and not indexing.depth(archive)


def check_crawled(cluster: Cluster) -> None:
    """See that every award is there once, and all is whole."""
    with open_archive(cluster.settings) as archive:
        held = counts(archive)
        assert (held["awards"], held["modifications"]) == (COUNT, 2 * COUNT)
        indexing.drain(archive)  # in the tests that start no worker
    cluster.check_whole()


def test_a_crawl_that_is_due_is_run_by_a_worker_and_its_awards_are_indexed(
    cluster: Cluster,
) -> None:
    with StandIn(compose_world([award(number) for number in range(COUNT)])) as service:
        cluster.more["PAPERWATCH_USASPENDING_URL"] = service.address
        schedule(cluster)
        cluster.start("beat")
        cluster.start("worker", "--queues", "crawl,index")
        cluster.until(is_done)
        check_crawled(cluster)
        code, out, _ = cluster.run("search", "face", "--json")
        assert (code, f'"total": {COUNT}' in out) == (0, True)


def test_two_crawls_of_one_source_on_two_machines_at_once_ask_everything_once(
    cluster: Cluster,
) -> None:
    world = compose_world([award(number) for number in range(COUNT)])
    slow = [Fault(kind="slow", on="/", seconds=12.0)]
    with StandIn(world, faults=slow) as service:
        cluster.more["PAPERWATCH_USASPENDING_URL"] = service.address
        other = cluster.elsewhere()
        with open_archive(cluster.settings):  # so that both begin at once
            pass
        both = [cluster.start(*CRAWL), other.start(*CRAWL)]
        assert sorted(one.wait(timeout=90) for one in both) == [0, 8]
        assert "Another crawl of usaspending_awards is going on" in cluster.said()
        asked = [one.path for one in service.asked if "awards/CONT" in one.path]
        assert len(asked) == len(set(asked))
        check_crawled(cluster)


def test_a_crawl_killed_on_one_machine_goes_on_on_another(cluster: Cluster) -> None:
    world = compose_world([award(number) for number in range(COUNT)])
    slow = [Fault(kind="slow", on="/", skip=7, seconds=60.0)]
    with StandIn(world, faults=slow) as service:
        cluster.more["PAPERWATCH_USASPENDING_URL"] = service.address
        other = cluster.elsewhere()
        first = cluster.start(*CRAWL)
        cluster.until(lambda _: len(service.asked) >= 8)
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        with open_archive(other.settings) as archive:
            assert is_crawled(archive, AWARDS)  # for as long as its lease lasts
        cluster.until(lambda _: other.run(*CRAWL)[0] == 0)
        check_crawled(cluster)


def test_a_crawl_whose_worker_was_killed_is_made_up(cluster: Cluster) -> None:
    world = compose_world([award(number) for number in range(COUNT)])
    slow = [Fault(kind="slow", on="/", skip=7, seconds=8.0)]
    with StandIn(world, faults=slow) as service:
        cluster.more["PAPERWATCH_USASPENDING_URL"] = service.address
        schedule(cluster)
        cluster.start("beat")
        worker = cluster.start("worker", "--queues", "crawl,index", "--processes", "1")
        cluster.until(lambda _: len(service.asked) >= 8)
        kill(places(worker, "crawl"))
        cluster.until(is_done)
        check_crawled(cluster)
