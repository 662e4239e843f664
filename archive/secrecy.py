"""Secrets among the settings: read from files, put into addresses, taken out of what is said."""

import json
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from archive.errors import SettingError


def from_file(name: str, path: str, *, is_set: bool) -> str:
    """Read a secret out of the file that holds nothing else; a line end after it is left out.

    Raises:
        SettingError: it cannot be read, holds something else, or the secret `is_set` besides.
    """
    said = f"{name}_FILE names {path}"
    if is_set:
        raise SettingError(f"{said}, and {name} is set as well. Leave one of them out.")
    try:
        secret = Path(path).read_text(encoding="utf-8").rstrip("\r\n")
    except OSError as error:
        raise SettingError(f"{said}, which cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise SettingError(f"{said}, which is not text. Write the secret alone into it.") from error
    if not secret or "\n" in secret:
        raise SettingError(f"{said}, which must hold one line: the secret and nothing else.")
    return secret


def with_password(urls: str, password: str, names: tuple[str, str]) -> str:
    """Put a password into addresses with commas between, behind the user where there is one.

    Raises:
        SettingError: one is no address, or has a password already; `names` are of both settings.
    """
    return ",".join(_with_password(url.strip(), password, names) for url in urls.split(","))


def _with_password(url: str, password: str, names: tuple[str, str]) -> str:
    head, stroke, rest = url.partition("://")
    authority = rest.partition("/")[0]
    user, _, host = authority.rpartition("@")
    if not stroke or not host or ":" in user:
        raise SettingError(
            f"{names[0]} must be an address without a password, like scheme://user@host/name, for"
            f" {names[1]} goes into it."
        )
    return f"{head}://{user}:{quote(password, safe='')}@{host}{rest[len(authority) :]}"


def without(text: str, secrets: Iterable[str]) -> str:
    """Take secrets out of a text, with the passwords in them, also as they stand in JSON."""
    for secret in sorted(_parts(secrets), key=len, reverse=True):
        for form in (secret, json.dumps(secret, ensure_ascii=False)[1:-1]):
            text = text.replace(form, "(not shown)")
    return text


def _parts(secrets: Iterable[str]) -> set[str]:
    whole = {one for one in secrets if one}
    inside = {_password_in(part) for value in whole for part in value.split(",")}
    return {one for one in whole | inside | {unquote(each) for each in inside} if one}


def _password_in(value: str) -> str:
    try:
        return urlsplit(value.strip()).password or ""
    except ValueError:
        return ""
