"""A node that answers as it is told: for faults that no real one shows when asked to."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer; with `wait_s` it comes late."""

    body: Json
    status: int = 200
    wait_s: float = 0.0


@dataclass(slots=True)
class ScriptedNode:
    """What it was asked (path and lines), and what it will answer; the last answer stays."""

    url: str = ""
    replies: list[Reply] = field(default_factory=list)
    requests: list[tuple[str, list[Json]]] = field(default_factory=list)

    def next_reply(self) -> Reply:
        """Give the next answer."""
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@contextmanager
def scripted_node(*replies: Reply) -> Iterator[ScriptedNode]:
    """Start a node with its answers on a free port."""
    node = ScriptedNode(replies=list(replies))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(node))
    node.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield node
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(node: ScriptedNode) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"  # each connection ends with its answer

        def _answer(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            lines = [json.loads(line) for line in sent.splitlines() if line]
            node.requests.append((self.path, lines))
            reply = node.next_reply()
            time.sleep(reply.wait_s)
            body = json.dumps(reply.body).encode()
            try:
                self.send_response(reply.status)
                self.send_header("X-Elastic-Product", "Elasticsearch")
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass  # who asked has gone

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    return Handler
