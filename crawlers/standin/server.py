"""The stand-in of USAspending as a server: which route is answered by what."""

from collections.abc import Sequence
from urllib.parse import unquote

from crawlers.standin.answering import Answering, Refusal, Reply
from crawlers.standin.downloads import GENERATED, Downloads
from crawlers.standin.faults import Fault
from crawlers.standin.handling import Asked
from crawlers.standin.monthly import MONTHLY
from crawlers.standin.serving import ROBOTS, Serving
from crawlers.standin.world import World

PREFIX = "/api/v2/"


class StandIn(Serving):
    """A running stand-in; a context manager. `address` is what PAPERWATCH_USASPENDING_URL wants."""

    def __init__(
        self,
        world: World,
        *,
        faults: Sequence[Fault] = (),
        window: int = 10_000,
        port: int = 0,
        robots: str = ROBOTS,
    ) -> None:
        super().__init__(faults=faults, port=port, robots=robots)
        self.world = world
        self.downloads = Downloads(world)
        self._answering = Answering(world=world, window=window)

    def turn(self) -> None:
        """Let a day pass: the world's next changes happen."""
        with self._lock:
            self.world.turn += 1
            self.world.stand()

    def reply(self, asked: Asked, fault: Fault | None) -> Reply:
        """Give the answer to a request."""
        if asked.path.startswith((GENERATED, MONTHLY)):
            return self.downloads.file(unquote(asked.path), asked.headers)
        if not asked.path.startswith(PREFIX):
            return Reply(status=404, text="<h1>Not Found</h1>", kind="text/html")
        route = unquote(asked.path[len(PREFIX) :])
        fails = fault.body if fault is not None and fault.kind == "fails" else ""
        try:
            made = self.downloads.reply(asked.method, route, asked.body, self.address, fails)
        except Refusal as refused:
            return refused.reply
        if made is not None:
            return made
        shift = 1 if fault is not None and fault.kind == "shift" else 0
        return self._answering.reply(asked.method, route, asked.body, shift=shift)
