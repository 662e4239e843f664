"""Files that USAspending publishes: which layout a header is, and what each row says.

Source: the service's data dictionary, real rows of ICE awards, actions of 2013 to 2018 and
sub-awards; the header of the current transactions file as several public programs list it.
"""

from collections.abc import Mapping, Sequence

from crawlers.usaspending.files.actions import ActionLayout
from crawlers.usaspending.files.actions_2018 import OldActionLayout
from crawlers.usaspending.files.days import Orders
from crawlers.usaspending.files.layout import Layout, OtherLayout
from crawlers.usaspending.files.subawards import SubawardLayout
from crawlers.usaspending.files.summary import SummaryLayout

__all__ = ["PARSER_VERSION", "SUPPORTED", "Layout", "OtherLayout", "layout_kind", "layout_of"]

# Goes up when rows are understood otherwise, so that a file is read again.
PARSER_VERSION = 3
SUPPORTED = (
    "files of USAspending for contracts and IDVs, CSV or ZIP: prime award summaries, prime"
    " transactions (of today and of 2018), sub-awards"
)


_KINDS: Mapping[str, type[Layout]] = {
    # Of columns that only one layout has.
    "subaward_fsrs_report_id": SubawardLayout,
    "contract_transaction_unique_key": ActionLayout,
    "parent_award_modification_number": OldActionLayout,  # without the key above
    "contract_award_unique_key": SummaryLayout,
}


def layout_kind(header: Sequence[str]) -> type[Layout]:
    """Tell which layout a header is.

    Raises:
        OtherLayout: none of those that are known.
    """
    names = [name.strip() for name in header]
    for name, kind in _KINDS.items():
        if name in names:
            return kind
    begins = ", ".join(name[:40] for name in names[:3])
    raise OtherLayout(f"its first line ({begins} …) is that of another file")


def layout_of(header: Sequence[str], orders: Orders) -> Layout:
    """Understand a header; `orders` says how its columns write days.

    Raises:
        OtherLayout: another file, columns that are missing, or one that stands there twice.
    """
    return layout_kind(header).of(header, orders)
