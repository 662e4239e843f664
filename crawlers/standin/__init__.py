"""A stand-in of USAspending for tests and for the demo: real HTTP on 127.0.0.1, a composed world.

A *world* is a JSON file, or a folder of JSON files read in the order of their names. A file holds
one award or `{"awards": [award, …], "last_updated": "MM/DD/YYYY"}`. An award is an object:

    {"detail": {                      # as GET awards/<id>/ answers; any part may be left out
        "piid": "70CTD026FR9000001",  # required
        "type": "C",                  # required: A B C D IDV_A … IDV_E 02 …
        "awarding_agency": "7012",    # a sub-tier code of `crawlers.usaspending.agencies`, or the
        "funding_agency": "7012",     #   whole object; funding is the awarding agency when left out
        "awarding_office": "MISSION SUPPORT DALLAS",          # both become office_agency_name
        "funding_office": "HOMELAND SECURITY INVESTIGATIONS",
        "parent": {"piid": "GS35F0001U", "agency": "4730"},   # of an order; becomes parent_award
        "description": "…",           # when left out: that of the first transaction
        "recipient": {"recipient_name": "…", "recipient_uei": "…", "parent_recipient_name": "…"},
        "period_of_performance": {"start_date": "2025-09-05", "end_date": "2026-09-04",
            "last_modified_date": "2025-09-05", "potential_end_date": "2027-09-04"},
        "base_exercised_options": 3750000.0, "base_and_all_options": 9225000.0,
        "psc": ["DA10", "its title"], "naics": ["541519", "its title"],
        "latest_transaction_contract_data": {"extent_competed": "C", …},
        "place_of_performance": {"state_code": "VA", "city_name": "…", …}},
     "transactions": [                # as POST transactions/ answers, oldest first; of a new award,
        {"modification_number": "0",  #   at least the base action
         "action_date": "2025-09-05", "action_type": null, "description": "…",
         "federal_action_obligation": 3750000.0, "transaction_number": "0"}],
     "subawards": [                   # as POST subawards/ answers; may repeat, as the real ones do
        {"subaward_number": "S-1", "description": "…", "action_date": "2026-01-05",
         "amount": 1000.0, "recipient_name": "…"}]}

What is left out is computed where it follows from the rest (unique keys, sums of obligations and
sub-awards, counts, date signed, last modified date, titles of codes) and null otherwise. A member
`"turns": [{"turn": 1, "detail": {…}, "add": [transaction, …], "delete": ["P00001"]}]` changes the
award once `StandIn.turn()` has been called that often: between two crawls.

Of the same awards the stand-in makes the files of the download service (`bulk_download/awards/`,
`download/status/`, ZIPs of CSV parts) and the monthly archive; `StandIn.downloads` says how many
answers come before a file is there, how many rows a part has, and which monthly files there are.

In a program: `with StandIn(load_world(path)) as service: …` and let
`PAPERWATCH_USASPENDING_URL` be `service.address`. From a shell:
`python -m crawlers.standin WORLD [--port N] [--faults FILE]`.

`crawlers.standin.rooms` stands in for reading rooms: lists, pages of records, files that change.
"""

from crawlers.standin.faults import Fault, load_faults
from crawlers.standin.monthly import MonthlyFiles
from crawlers.standin.server import StandIn
from crawlers.standin.world import World, compose_world, load_world

__all__ = [
    "Fault",
    "MonthlyFiles",
    "StandIn",
    "World",
    "compose_world",
    "load_faults",
    "load_world",
]
