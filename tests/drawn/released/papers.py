"""Released papers with gaps, by kind."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from tests.drawn.released.argued import court, memo
from tests.drawn.released.logs import log
from tests.drawn.released.mails import mail
from tests.drawn.released.orders import contract
from tests.drawn.released.reports import report
from tests.drawn.released.writer import Writer

Paper: TypeAlias = Callable[[Writer], None]

WITH_GAPS: Mapping[str, Paper] = {"mail": mail, "report": report, "contract": contract, "log": log}
WITHOUT: Mapping[str, Paper] = {"court": court, "memo": memo}
