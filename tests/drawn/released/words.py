"""Words: what invented officials write, with gaps for what is withheld, and nonsense beneath boxes.

A gap is `{person}`, `{technique:20}`: what is withheld there, and how many letters it takes.
"""

import random
from datetime import date, timedelta

_SAID = (
    "The contract officer confirmed that {person:14} will receive the license keys.",
    "A total of 44 mobile license plate readers were installed along the corridor.",
    "Please forward the signed statement of work to {person:12} before the close of business.",
    "The vendor asked whether the cameras at {technique:18} can stay in place through the summer.",
    "On the following morning {person:15} reviewed the query logs of the plate reader system.",
    "Retention of the images was set to thirty days unless a supervisor extends it in writing.",
    "We paid {price:9} for each handset and {price:8} for yearly support of the software.",
    "The privacy office has not yet cleared the assessment of the face recognition pilot.",
    "Training for the analysts takes place in the second week of the quarter.",
    "Agents used {technique:30} to find the phone near the warehouse on the river.",
    "The cell site simulator was returned to the technical equipment room.",
    "Call me at {phone:13} if the modification is not in the system by noon.",
    "Two subscriptions for location data expire at the end of the fiscal year.",
    "In our view {deliberation:70} and therefore the option should not be exercised.",
    "The records retention schedule does not cover exports made by partner agencies.",
    "Unmanned aircraft flew eleven hours in support of the search and rescue mission.",
    "Counsel advises that {deliberation:48} before the notice is posted.",
    "The second shipment arrived with damaged seals and was sent back to the reseller.",
    "A search of the database returned {technique:12} hits for the vehicle in question.",
    "Access is limited to users who completed the annual security awareness course.",
    "Invoices are paid within thirty days after the inspection of the delivered goods.",
    "The subject, {person:16}, left the building at a quarter past nine in the evening.",
    "Officers compared the footage with photographs from the state motor vehicle agency.",
    "The task order covers hardware, software maintenance and travel of two engineers.",
    "Source {source:10} stated that the meeting had been moved to another location.",
    "No audio was recorded because the microphones had been switched off beforehand.",
    "Quarterly audits found that nine accounts were shared between several users.",
    "The unit in {place:12} requested six more body worn cameras with docking stations.",
    "Data older than one year is deleted unless it is part of an open investigation.",
    "The system administrator, {person:13}, reset the passwords for {system:18} today.",
    "Bids were received from three small businesses and one large integrator.",
    "According to {person:11} the tracker reports its position every four minutes.",
    "The memorandum of understanding with the county sheriff was signed last spring.",
    "Queries must name a case number and a reason, which the system keeps with the result.",
    "It was decided that {technique:40} would not be mentioned in the warrant application.",
    "The pilot ended without a recommendation and the equipment was put into storage.",
    "Ceiling of the agreement is unchanged; only the period of performance moves.",
    "Ship the antennas to {place:20} with attention to {person:10}.",
    "The committee will meet again once the inspector general has published the report.",
    "Each alert is checked by two people before a patrol car is sent to the address.",
)
_OPEN = tuple(text for text in _SAID if "{" not in text)
_WHO = (
    *("The field office", "A supervisor", "The program manager", "The sheriff of the county"),
    *("The reseller", "Our technical staff", "The acquisition branch", "An analyst on duty"),
    *("The oversight board", "The station in the valley", "A contractor", "The records unit"),
    *("The border station", "The legal adviser", "Each participating agency", "The night shift"),
)
_DID = (
    *("ordered", "tested", "returned", "requested", "inspected", "approved", "questioned"),
    *("described", "reviewed", "received", "replaced", "counted", "could not find", "audited"),
)
_WHAT = (
    *("{number} cameras with night vision", "the draft of the policy", "{number} search results"),
    *("the budget for {number} trailers", "an export of the access log", "the user manual"),
    *("{number} handheld readers", "the list of authorized users", "a map of fixed positions"),
    *("the invoice for {number} seats", "two servers and {number} cables", "the sample images"),
    *("the results of the accuracy test", "all {number} requests from partners"),
)
_WHERE = (
    *("during the first week of the trial", "after the vendor had published an update"),
    *("without a written justification", "at the request of the general counsel"),
    *("in the warehouse near the airport", "as required by the directive", "before the deadline"),
    *("while the old system was still running", "on behalf of the task force"),
    *("because the warranty had ended", "for the hearing in the spring", "in every district"),
)
_SUBJECTS = (
    "Mobile plate reader trailers",
    "Renewal of phone unlocking licenses",
    "Questions about the drone contract",
    "Location data subscription, second year",
    "Face recognition gallery and its audit",
    "Statement of work, body worn cameras",
    "Weekly status of the surveillance towers",
    "Social media monitoring tool, comments",
)
_GIVEN = ("Alba", "Bertram", "Corin", "Delphine", "Edda", "Florian", "Greta", "Hollis", "Ines")
_FAMILY = ("Quarrywood", "Larkmoor", "Penhallow", "Stonebridge", "Fairweather", "Thistledown")
_FIRMS = ("Kestrel Plate Systems", "Osprey Signal Works LLC", "Merrow Federal LLC", "Tarn Optics")
_TOWNS = ("Nogales", "Laredo", "Buffalo", "El Centro", "Del Rio", "Havre", "Yuma", "Tucson")
STARTS = ("zor", "quiv", "blan", "drox", "fley", "gwim", "krel", "mev", "plon", "tarv", "wux")
MIDDLES = ("bla", "en", "iso", "unto", "arve", "ilde", "omba", "eku")
ENDS = ("tt", "shaw", "mix", "dle", "gorp", "nax", "ving", "zel")


def sentence(chance: random.Random) -> str:
    """Say something, with or without gaps."""
    return chance.choice(_SAID) if chance.random() < 0.65 else built(chance)


def sentences(chance: random.Random, count: int) -> list[str]:
    """Say several things, none of them twice."""
    said = chance.sample(_SAID, len(_SAID))
    return [built(chance) if chance.random() < 0.35 else said.pop() for _ in range(count)]


def open_sentence(chance: random.Random) -> str:
    """Say something without gaps."""
    return chance.choice(_OPEN) if chance.random() < 0.5 else built(chance)


def built(chance: random.Random) -> str:
    """Build a sentence of parts; few documents have the same."""
    who, did, what, where = (chance.choice(part) for part in (_WHO, _DID, _WHAT, _WHERE))
    number = chance.randrange(2, 98)
    return f"{who} {did} {what.format(number=number)} {where}."


def subject(chance: random.Random) -> str:
    return chance.choice(_SUBJECTS)


def person(chance: random.Random) -> str:
    return f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}"


def firm(chance: random.Random) -> str:
    return chance.choice(_FIRMS)


def town(chance: random.Random) -> str:
    return chance.choice(_TOWNS)


def day(chance: random.Random, first: int = 2012, last: int = 2025) -> date:
    """Pick a day."""
    start = date(first, 1, 1)
    return start + timedelta(days=chance.randrange((date(last, 12, 31) - start).days))


def long_date(value: date) -> str:
    return f"{value:%B} {value.day}, {value.year}"


def nonsense(chance: random.Random) -> str:
    """Make a word that stands nowhere else."""
    return chance.choice(STARTS) + chance.choice(MIDDLES) + chance.choice(ENDS)
