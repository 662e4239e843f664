"""Reads `PAPERWATCH_FILES_URL`: a folder, or a bucket of S3-compatible storage."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from archive.errors import SettingError
from archive.settings import Settings

_NAME = "PAPERWATCH_FILES_URL"
_SAID = ("endpoint", "region", "profile")
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_KNOWN = "a folder like file:///srv/files, or a bucket like s3://bucket/prefix"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """Where objects are: `prefix` without slashes at its ends, '' for none.

    `endpoint` of another service than Amazon's; `profile` in the AWS configuration, which has the
    credentials. Both may be ''.
    """

    name: str
    prefix: str
    endpoint: str = ""
    region: str = ""
    profile: str = ""

    def __str__(self) -> str:
        """Give it as a person writes it, without what follows the question mark."""
        return f"s3://{self.name}/{self.prefix}".rstrip("/")


def address_of(settings: Settings) -> Path | Bucket:
    """Give where the files of an archive are.

    Raises:
        SettingError: it is neither a folder nor a bucket.
    """
    url, origin = settings["FILES_URL"].strip(), settings.origins["FILES_URL"]
    if not url:
        return settings.home / "files"
    try:
        parts = urlsplit(url)
        return _folder(parts) if parts.scheme == "file" else _bucket(parts)
    except ValueError as error:
        raise SettingError(f"{_NAME}: {error} It comes from: {origin}.") from error


def _folder(parts: SplitResult) -> Path:
    path = Path(unquote(parts.path))
    if parts.netloc or parts.query or not path.is_absolute() or path == Path("/"):
        raise ValueError("a folder is written with three slashes, like file:///srv/files.")
    return path


def _bucket(parts: SplitResult) -> Bucket:
    if parts.scheme != "s3":
        raise ValueError(f"{parts.geturl()!r} is not known; give {_KNOWN}.")
    if "@" in parts.netloc:
        raise ValueError(
            "credentials do not belong into the address. Give them as AWS programs take them:"
            " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile (?profile=name)."
        )
    if not _BUCKET.fullmatch(parts.netloc):
        raise ValueError(f"{parts.netloc!r} is no name of a bucket; give {_KNOWN}.")
    said = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    for name in said.keys() - set(_SAID):
        raise ValueError(f"{name!r} is not known after the question mark ({', '.join(_SAID)}).")
    endpoint = said.get("endpoint", "").rstrip("/")
    if endpoint and not re.match(r"https?://[^/@?#]+$", endpoint):
        raise ValueError(f"the endpoint {endpoint!r} is no address like https://host:9000.")
    return Bucket(
        name=parts.netloc,
        prefix=unquote(parts.path).strip("/"),
        endpoint=endpoint,
        region=said.get("region", ""),
        profile=said.get("profile", ""),
    )
