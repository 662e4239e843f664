"""How our spiders behave, as Scrapy settings: honest, slow, obedient, and stoppable."""

from typing import Any
from urllib.parse import urlsplit

from scrapy.settings.default_settings import EXTENSIONS_BASE

from archive import settings
from archive.declared import default_of
from archive.errors import SettingError
from archive.settings import Settings

# What we want of Scrapy's extensions. Some open ports, and the next release may bring another: one
# of 2.19 runs Python code that is sent to it, and leaves its tokens in the operator's folder.
EXTENSIONS = frozenset(
    {"scrapy.extensions.corestats.CoreStats", "scrapy.extensions.throttle.AutoThrottle"}
)
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def is_loopback(address: str) -> bool:
    """Ask whether an address is on this machine: a stand-in, not a service."""
    return urlsplit(address).hostname in _LOOPBACK


def service_address(in_force: Settings, setting: str = "USASPENDING_URL") -> str:
    """Give where a service answers: USAspending, or that of another setting.

    Raises:
        SettingError: the setting is no web address.
    """
    address = in_force[setting].rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingError(
            f"{settings.PREFIX}{setting} is {address!r}; it must be a web address such as"
            f" {default_of(setting)}. It comes from: {in_force.origins[setting]}."
        )
    return address


def user_agent(in_force: Settings, address: str) -> str:
    """Give the user agent: who we are and how to reach the operator.

    Raises:
        SettingError: a live service, and no contact.
    """
    contact = in_force["CONTACT"].strip()
    if not contact and not is_loopback(address):
        raise SettingError(
            f"{settings.PREFIX}CONTACT is not set, and {urlsplit(address).hostname} is a live"
            " service: its operators must be able to reach you. Set it to an e-mail or web"
            " address, for instance PAPERWATCH_CONTACT=desk@example.org"
        )
    return f"Paperwatch/0.1 (archive of public records; {contact or 'stand-in'})"


def one_by_one(address: str, pause_s: float) -> dict[str, Any]:
    """Give what changes in the manners where each host is asked one by one, with a pause.

    That is a pause of a second; of `pause_s` at the service itself, whatever else it allows.
    """
    if is_loopback(address):
        return {}
    slot = {"concurrency": 1, "delay": pause_s, "jitter": 0.0}
    return {
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": 1.0,
        "DOWNLOAD_DELAY_JITTER": 0.0,
        "AUTOTHROTTLE_ENABLED": False,
        "DOWNLOAD_SLOTS": {urlsplit(address).hostname: slot},
    }


def manners(in_force: Settings, address: str) -> dict[str, Any]:
    """Give the settings of a crawl at an address.

    Raises:
        SettingError: a live service, and no contact.
    """
    here = is_loopback(address)
    return {
        "USER_AGENT": user_agent(in_force, address),
        "ROBOTSTXT_OBEY": True,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 2,
        "DOWNLOAD_DELAY": 0 if here else 0.5,
        "AUTOTHROTTLE_ENABLED": not here,
        "AUTOTHROTTLE_START_DELAY": 1.0,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": 1.0,
        # Of pages and answers, which are held in memory, unpacked; files have a limit of their own.
        "DOWNLOAD_MAXSIZE": 64 << 20,
        "DOWNLOAD_TIMEOUT": 120,  # broad searches of USAspending take up to a minute
        "COOKIES_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "REDIRECT_ENABLED": False,  # a redirected POST becomes a GET of something else
        # What matters is said by the command, in sentences; see also `crawlers.visiting`.
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
            "crawlers.robots.RobotsAnswers": 110,  # behind the robots rules, which it completes
            "crawlers.crawl_delay.CrawlDelay": 120,
            "crawlers.patience.Patience": 550,
            "crawlers.budgeting.Budgeting": 900,  # next to the network: it counts what goes out
        },
        "DOWNLOAD_HANDLERS": {
            "http": "crawlers.fetching.FileHandler",
            "https": "crawlers.fetching.FileHandler",
            # What an answer names is on the web, and not on our disk.
            **dict.fromkeys(("data", "file", "ftp", "s3")),
        },
        "EXTENSIONS": {name: None for name in EXTENSIONS_BASE if name not in EXTENSIONS},
        "PATIENCE_FIRST_PAUSE_S": 0.05 if here else 2.0,
    }
