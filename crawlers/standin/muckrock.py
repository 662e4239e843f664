"""A stand-in of MuckRock: both versions of its service, from a composed world, and its files.

A request of the world is an object; what is left out is made up where it follows:

    {"id": 136229, "title": "License plate readers", "agency": 12, "tracking_id": "PR22-178",
     "status": "done", "embargo_status": "public",
     "submitted": "2022-10-01T09:00:00", "updated": "2022-11-23T20:05:14",
     "communications": [{"id": 5, "datetime": "2022-11-23T20:05:14", "response": true, "files": [
        {"id": 1053072, "path": "/foia_files/2022/11/23/PDF-A-234.pdf", "title": "PDF-A-234",
         "doc_id": "23317465-pdf-a-234"}]}]}

Times are those of the clock in Boston. Version 1 prints them so, version 2 with their offset, but
for files. The files themselves are on the `shelf`, under `path`.
"""

import base64
import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from crawlers.standin.answering import Reply, refusal
from crawlers.standin.faults import Fault
from crawlers.standin.handling import Asked
from crawlers.standin.serving import ROBOTS, Serving
from crawlers.standin.shelf import Shelf
from crawlers.standin.world import Json

_EASTERN = ZoneInfo("America/New_York")
_PAGE, _PAGE_MAX = 50, 100
NOT_FOUND = refusal(404, "Not found.")


class MuckrockStandIn(Serving):
    """A running stand-in; a context manager. `address` is what PAPERWATCH_MUCKROCK_URL wants.

    Version 2 wants `token`; version 1 lets in anyone. `without_numbers` leaves the numbers of
    communications out, as early answers of version 2 did. With a `password` it is the accounts
    service besides, whose newest token alone is good, for `lasts_s`.
    """

    def __init__(
        self,
        requests: Sequence[Json],
        *,
        agencies: Sequence[Json] = (),
        jurisdictions: Sequence[Json] = (),
        files: Mapping[str, bytes] | None = None,
        token: str = "a.token.here",  # noqa: S107 (of nobody)
        faults: Sequence[Fault] = (),
        robots: str = ROBOTS,
    ) -> None:
        super().__init__(faults=faults, robots=robots)
        self.requests = {int(one["id"]): one for one in requests}
        self.agencies = {int(one["id"]): one for one in agencies}
        self.jurisdictions = {int(one["id"]): one for one in jurisdictions}
        self.shelf = Shelf(files=dict(files or {}))
        self.token = token
        self.password = ""
        self.lasts_s = 300.0
        self._given = 0
        self.without_numbers = False

    def reply(self, asked: Asked, fault: Fault | None) -> Reply:
        """Give the answer to a request."""
        match asked.path.strip("/").split("/"):
            case ["api_v1", name, *rest]:
                return self._v1(name, rest, asked.body)
            case ["api_v2", name, *rest]:
                if asked.headers.get("authorization") != f"Bearer {self.token}":
                    return refusal(401, "Authentication credentials were not provided.")
                return self._v2(name, rest, asked.body)
            case ["api", "token"]:
                return self._let_in(asked.body)
        return self.shelf.reply(asked.path, asked.headers)

    def _let_in(self, body: Json) -> Reply:
        if not self.password or body.get("password") != self.password:
            return refusal(401, "No active account found with the given credentials")
        self._given += 1
        end = json.dumps({"token_type": "access", "exp": time.time() + self.lasts_s})
        self.token = f"head.{base64.urlsafe_b64encode(end.encode()).decode()}.{self._given}"
        return Reply(json={"access": self.token, "refresh": "another.token.here"})

    def _v1(self, name: str, rest: list[str], body: Json) -> Reply:
        match name:
            case "foia":
                return self._requests(rest, body, self._nested)
            case "agency":
                return _one(self.agencies, rest)
            case "jurisdiction":
                return _one(self.jurisdictions, rest)
        return NOT_FOUND

    def _v2(self, name: str, rest: list[str], body: Json) -> Reply:
        match name:
            case "requests":
                return self._requests(rest, body, self._flat)
            case "communications":
                foia = int(body.get("foia", 0))
                told = self._visible(foia)["communications"] if self._visible(foia) else []
                wants = body.get("response") == "true"
                rows = [
                    self._communication(foia, one) for one in told if one["response"] or not wants
                ]
                return self._page(rows, body)
            case "files":
                return self._files(rest, body)
            case "agencies":
                return _one(self.agencies, rest)
            case "jurisdictions":
                return _one(self.jurisdictions, rest)
        return NOT_FOUND

    def _visible(self, number: int) -> Json:
        """Give a request that everybody may see; an empty one else."""
        found = self.requests.get(number, {})
        return found if found.get("embargo_status", "public") == "public" else {}

    def _requests(self, rest: list[str], body: Json, shaped: Callable[[Json], Json]) -> Reply:
        if rest:
            found = self._visible(int(rest[0]))
            return Reply(json=shaped(found)) if found else NOT_FOUND
        rows = [one for one in self.requests.values() if _is_asked(one, body)]
        order = str(body.get("ordering", "datetime_submitted"))
        member = "updated" if "updated" in order else "submitted"
        rows.sort(key=lambda one: (one[member], one["id"]), reverse=order.startswith("-"))
        return self._page([shaped(one) for one in rows], body)

    def _page(self, rows: Sequence[Json], body: Json) -> Reply:
        number = int(body.get("page", 1))
        size = min(int(body.get("page_size", _PAGE)), _PAGE_MAX)
        start = (number - 1) * size
        if number > 1 and start >= len(rows):
            return refusal(404, "Invalid page.")
        following = f"{self.address}/?page={number + 1}" if start + size < len(rows) else None
        page = {"count": len(rows), "next": following, "previous": None}
        return Reply(json={**page, "results": list(rows[start : start + size])})

    def _files(self, rest: list[str], body: Json) -> Reply:
        every = [
            (int(one["id"]), file)
            for request in self.requests.values()
            for one in request["communications"]
            for file in one["files"]
        ]
        if rest:
            found = next((file for _, file in every if str(file["id"]) == rest[0]), None)
            return Reply(json=self._file(found)) if found else NOT_FOUND
        wanted = int(body.get("communication", 0))
        return self._page([self._file(file) for number, file in every if number == wanted], body)

    def _nested(self, request: Json) -> Json:
        """Shape a request as version 1 does."""
        told = [
            {
                **self._said(request["id"], one, str),
                "thanks": False,
                "full_html": False,
                "likely_foia": None,
                "files": [self._file(file) for file in one["files"]],
                "delivered": "email",
            }
            for one in request["communications"]
        ]
        page = f"{self.address}/foi/{self._where(request)}/{_slug(request)}-{request['id']}/"
        shaped = _common(request, str) | {
            "username": "somebody",
            "date_due": None,
            "days_until_due": None,
            "date_followup": None,
            "date_embargo": None,
            "disable_autofollowups": False,
            "communications": told,
            "absolute_url": page,
        }
        if request.get("is_old"):  # as answers of 2022 said it
            del shaped["embargo_status"]
            shaped |= {"embargo": False, "permanent_embargo": False}
        return shaped

    def _flat(self, request: Json) -> Json:
        """Shape a request as version 2 does."""
        more = {"requested_docs": "", "edit_collaborators": [], "read_collaborators": []}
        return _common(request, _with_offset) | more | {"edited_boilerplate": False}

    def _communication(self, foia: int, one: Json) -> Json:
        shaped = self._said(foia, one, _with_offset)
        shaped["files"] = [file["id"] for file in one["files"]]
        return shaped if self.without_numbers else {"id": one["id"], **shaped}

    @staticmethod
    def _said(foia: int, one: Json, timed: Callable[[str], str]) -> Json:
        return {
            "foia": foia,
            "from_user": 1,
            "to_user": 2,
            "subject": "RE: request",
            "datetime": timed(one["datetime"]),
            "response": one["response"],
            "autogenerated": False,
            "communication": "Please find attached.",
            "status": None,
        }

    def _file(self, file: Json) -> Json:
        return {
            "id": file["id"],
            "ffile": f"{self.address}{file['path']}" if file["path"] else "",
            "datetime": file.get("datetime", "2022-11-23T20:05:14.215958"),
            "title": file["title"],
            "source": file.get("source", "Some Police Department, Some City"),
            "description": "",
            "doc_id": file.get("doc_id", ""),
            "pages": file.get("pages", 0),
        }

    def _where(self, request: Json) -> str:
        agency = self.agencies.get(int(request["agency"]), {})
        found = self.jurisdictions.get(int(agency.get("jurisdiction", 0)))
        return f"{found['slug']}-{found['id']}" if found else "somewhere-1"


def _one(known: Mapping[int, Json], rest: Iterable[str]) -> Reply:
    found = next((known.get(int(one)) for one in rest), None)
    return Reply(json=found) if found else NOT_FOUND


def _is_asked(request: Json, body: Json) -> bool:
    is_public = request.get("embargo_status", "public") == "public"
    pairs: list[tuple[str, Any]] = [("agency", request["agency"]), ("status", _status(request))]
    same = all(str(value) == str(body[name]) for name, value in pairs if body.get(name))
    words = str(body.get("search", "")).casefold()
    return is_public and same and words in str(request["title"]).casefold()


def _status(request: Json) -> str:
    return str(request.get("status", "done"))


def _slug(request: Json) -> str:
    return "-".join(str(request["title"]).lower().split())


def _common(request: Json, timed: Callable[[str], str]) -> Json:
    return {
        "id": request["id"],
        "title": request["title"],
        "slug": _slug(request),
        "status": _status(request),
        "embargo_status": request.get("embargo_status", "public"),
        "user": 7,
        "agency": request["agency"],
        "datetime_submitted": timed(request["submitted"]),
        "datetime_updated": timed(request["updated"]),
        "datetime_done": None,
        "tracking_id": request.get("tracking_id", ""),
        "price": "0.00",
        "tags": [],
    }


def _with_offset(naive: str) -> str:
    return datetime.fromisoformat(naive).replace(tzinfo=_EASTERN).isoformat()
