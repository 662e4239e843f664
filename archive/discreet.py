"""Makes sentences of programs fit for readers: without secrets and without private places."""

import os
import re

from archive.settings import PREFIX, Settings

# An absolute path, of at least two parts; not the path of a web address, nor one of our own.
_PATH = re.compile(r"(?<![\w:/.~}])/(?:[^\s/:,;'\"()<>]+/)+[^\s/:,;'\"()<>]*")


def without_places(text: str, settings: Settings) -> str:
    """Take secrets out of a text, and the folders of the archive and of its operator."""
    text = settings.without_secrets(text).replace(str(settings.home), f"{PREFIX}HOME")
    home = os.path.expanduser("~")  # noqa: PTH111 - its text is wanted, as it stands in messages
    return text.replace(home, "~") if len(home) > 1 else text


def for_readers(text: str, settings: Settings) -> str:
    """Take every path of this machine out of a text as well."""
    return _PATH.sub("(a file)", without_places(text, settings))
