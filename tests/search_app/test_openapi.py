"""The interface held against its own description, by requests that nobody thought of."""

import re
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from search_app.openapi import description
from tests.search_app.composed import ORDER, Composed

Operation = APIOperation[Any, Any, Any, Any]
_CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


def test_the_description_names_every_route_and_no_other(app: Flask) -> None:
    routes = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
    }
    assert set(description("1")["paths"]) == routes


def test_the_description_is_served(client: FlaskClient) -> None:
    said = client.get("/api/openapi.json").get_json()
    assert said["openapi"] == "3.1.0"
    assert "/api/search" in said["paths"]


def test_what_is_described_is_what_is_answered(client: FlaskClient, composed: Composed) -> None:
    for address in (
        f"/api/awards/{ORDER}",
        f"/api/documents/{composed.work}",
        f"/api/documents/{composed.work}/pages/1",
        "/api/vendors/1",
        "/api/agencies/7012",
    ):
        members = client.get(address).get_json()
        path = next(
            one
            for one in description("1")["paths"]
            if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", one), address)
        )
        schema = description("1")["paths"][path]["get"]["responses"]["200"]["content"]
        assert set(schema["application/json"]["schema"]["required"]) <= members.keys(), address


def operations(app: Flask) -> list[Operation]:
    found = []
    for result in schemathesis.openapi.from_wsgi("/api/openapi.json", app).get_all_operations():
        assert isinstance(result, Ok), result
        found.append(result.ok())
    return found


@pytest.mark.slow
def test_no_request_that_fits_the_description_fails_the_interface(app: Flask) -> None:
    for operation in operations(app):
        _asked_at_random(operation, app)


def _asked_at_random(operation: Operation, app: Flask) -> None:
    @settings(
        max_examples=60,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case: schemathesis.Case[Operation]) -> None:
        case.call_and_validate(checks=_CHECKS)

    ask()
