"""Odd queries through the whole page; `bench/odd_queries.py` asks a hundred thousand."""

from random import Random

from flask.testing import FlaskClient

from tests.search.odd import odd_query


def test_no_odd_query_fails_the_page(client: FlaskClient) -> None:
    random = Random(20261125)
    for _ in range(150):
        query = odd_query(random)
        status = client.get("/", query_string={"q": query}).status_code
        assert status in (200, 400), query


def test_no_odd_query_fails_the_interface_the_export_and_the_feed(client: FlaskClient) -> None:
    random = Random(7)
    for _ in range(60):
        query = odd_query(random)
        for path in ("/api/search", "/search.csv", "/search.atom"):
            status = client.get(path, query_string={"q": query}).status_code
            assert status in (200, 400), (path, query)
