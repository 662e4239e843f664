"""Every setting as it is declared; `archive.settings` reads what is in force."""

from dataclasses import dataclass

_ABOVE_0 = range(1, 1_000_000_001)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting as it is declared: its name without the prefix, default, and what it means.

    It is one of `numbers`, or of `choices`, where these are given.
    """

    name: str
    default: str
    meaning: str
    is_secret: bool = False
    numbers: range | None = None
    choices: tuple[str, ...] = ()


# Which password goes into which address.
PASSWORDS = {
    "CATALOGUE_URL": "CATALOGUE_PASSWORD",
    "SEARCH_URL": "SEARCH_PASSWORD",
    "BROKER_URL": "BROKER_PASSWORD",
}

DECLARED: tuple[Setting, ...] = (
    Setting(
        name="HOME",
        default="~/paperwatch-archive",
        meaning="Folder of the archive: catalogue, files, index, paperwatch.toml.",
    ),
    Setting(
        name="CATALOGUE_URL",
        default="",
        meaning="Address of the catalogue in PostgreSQL; empty: SQLite in the folder.",
        is_secret=True,
    ),
    Setting(
        name="FILES_URL",
        default="",
        meaning="Folder (file:///path) or bucket (s3://name/prefix) of all bodies; empty: in HOME.",
    ),
    Setting(
        name="FILES_CACHE",
        default="2000",
        meaning="Megabytes that copies of files from a bucket may take in the folder.",
        numbers=_ABOVE_0,
    ),
    Setting(
        name="SEARCH_URL",
        default="",
        meaning="Addresses of Elasticsearch nodes, commas between; empty: Tantivy in the folder.",
        is_secret=True,
    ),
    Setting(
        name="SEARCH_CA",
        default="",
        meaning="File of the certificate (PEM) that signed Elasticsearch's; empty: public ones.",
    ),
    Setting(
        name="SEARCH_NAME",
        default="paperwatch",
        meaning="What the names of this archive's indexes on Elasticsearch begin with.",
    ),
    Setting(
        name="SEARCH_SHARDS",
        default="1",
        meaning="Shards of each index on Elasticsearch, from the next rebuild on.",
        numbers=_ABOVE_0,
    ),
    Setting(
        name="BROKER_URL",
        default="",
        meaning="Address of Redis (redis://…) where workers do the work; empty: this machine does.",
        is_secret=True,
    ),
    Setting(
        name="BROKER_NAME",
        default="paperwatch",
        meaning="What the names of this archive's queues in Redis begin with.",
    ),
    Setting(
        name="LEASE",
        default="60",
        meaning="Seconds after which what a lost worker had in hand is given to another.",
        numbers=_ABOVE_0,
    ),
    Setting(
        name="MIXED",
        default="no",
        meaning="yes: only some of the four addresses of a cluster are set, which is not promised.",
        choices=("no", "yes"),
    ),
    Setting(
        name="CONTACT",
        default="",
        meaning="E-mail or web address in the spiders' user agent; live services need it.",
    ),
    Setting(
        name="NAME",
        default="Paperwatch",
        meaning="Name of this archive, shown on its pages and in citations.",
    ),
    Setting(
        name="USASPENDING_URL",
        default="https://api.usaspending.gov",
        meaning="Where the USAspending service answers.",
    ),
    Setting(
        name="USASPENDING_WINDOW",
        default="10000",
        meaning="Rows after which a search goes on by its last record, not by page number.",
        numbers=_ABOVE_0,
    ),
    Setting(
        name="USASPENDING_DAILY",
        default="20000",
        meaning="Requests that USAspending is asked in a day at most (UTC), over all crawls.",
        numbers=_ABOVE_0,
    ),
    Setting(
        name="BULK_ABOVE",
        default="1000",
        meaning="Awards above which a crawl by search takes the files of the download service.",
        numbers=_ABOVE_0,
    ),
    Setting(
        name="BULK_PAUSE",
        default="10",
        meaning="Seconds between two questions whether a file is ready: 5 to 30.",
        numbers=range(5, 31),
    ),
    Setting(
        name="BULK_PATIENCE",
        default="3600",
        meaning="Seconds after which a file that is still not ready is given up until later.",
        numbers=_ABOVE_0,
    ),
    Setting(
        name="ROOMS",
        default="",
        meaning="File of reading rooms of your own, in YAML (docs/sources.md); empty: none.",
    ),
    Setting(
        name="MUCKROCK_URL",
        default="https://www.muckrock.com",
        meaning="Where MuckRock answers.",
    ),
    Setting(
        name="MUCKROCK_TOKEN",
        default="",
        meaning="Token of MuckRock, for version 2 of its service; empty: version 1, without one.",
        is_secret=True,
    ),
    Setting(
        name="MUCKROCK_USER",
        default="",
        meaning="User of an account there, also for DocumentCloud; it gives tokens as they end.",
    ),
    Setting(
        name="MUCKROCK_PASSWORD",
        default="",
        meaning="Password of PAPERWATCH_MUCKROCK_USER.",
        is_secret=True,
    ),
    Setting(
        name="ACCOUNTS_URL",
        default="https://accounts.muckrock.com",
        meaning="Where the accounts of MuckRock and DocumentCloud give tokens.",
    ),
    Setting(
        name="MUCKROCK_DAILY",
        default="10000",
        meaning="Requests that MuckRock is asked in a day at most (UTC), files left out.",
        numbers=_ABOVE_0,
    ),
    Setting(
        name="DOCUMENTCLOUD_URL",
        default="https://api.www.documentcloud.org",
        meaning="Where DocumentCloud answers.",
    ),
    Setting(
        name="DOCUMENTCLOUD_TOKEN",
        default="",
        meaning="Token of DocumentCloud; empty: as anyone, who may ask 500 times a day.",
        is_secret=True,
    ),
    Setting(
        name="DOCUMENTCLOUD_DAILY",
        default="450",
        meaning="Requests that DocumentCloud is asked in a day at most (UTC), files left out.",
        numbers=_ABOVE_0,
    ),
    Setting(
        name="DOCUMENT_MAX",
        default="1000",
        meaning="Megabytes that a released file may have for a spider to fetch it.",
        numbers=_ABOVE_0,
    ),
    Setting(
        name="TESSDATA",
        default="",
        meaning="Folder of Tesseract's models for scanned pages; empty: where packages put them.",
    ),
    Setting(
        name="READERS",
        default="2",
        meaning="Reader processes that work at the same time.",
        numbers=_ABOVE_0,
    ),
    Setting(
        name="CATALOGUE_PASSWORD",
        default="",
        meaning="Password that goes into PAPERWATCH_CATALOGUE_URL, which then names a user alone.",
        is_secret=True,
    ),
    Setting(
        name="SEARCH_PASSWORD",
        default="",
        meaning="Password that goes into each address of PAPERWATCH_SEARCH_URL.",
        is_secret=True,
    ),
    Setting(
        name="SEARCH_API_KEY",
        default="",
        meaning="API key of Elasticsearch, in its encoded form, instead of user and password.",
        is_secret=True,
    ),
    Setting(
        name="BROKER_PASSWORD",
        default="",
        meaning="Password that goes into PAPERWATCH_BROKER_URL.",
        is_secret=True,
    ),
    Setting(
        name="LOG",
        default="text",
        meaning="Form of log lines on standard error: text, or json with one object a line.",
        choices=("text", "json"),
    ),
    Setting(
        name="METRICS_TOKEN",
        default="",
        meaning="Who sends it may read /metrics, from anywhere; empty: this machine alone.",
        is_secret=True,
    ),
)


def default_of(name: str) -> str:
    """Give the default of a setting."""
    return next(one.default for one in DECLARED if one.name == name)
