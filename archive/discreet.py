"""Makes sentences of programs fit for readers: without secrets and without private places."""

import os
import re

from archive.settings import PREFIX, Settings

# An absolute path, of at least two parts, or one in the operator's folder; not the path of a web
# address, nor one of our own. In quotes it may hold blanks.
_PATH = re.compile(
    r"""(?P<quote>['"])(?:file://)?(?:~|/[^/'"\n]+)/[^'"\n]*(?:(?P=quote)|$)"""
    r"""|(?:file://|(?<![\w:/.~}]))(?:~/|/(?:[^\s/:,;'"()<>]+/)+)[^\s:,;'"()<>]*(?<![.…])""",
    re.MULTILINE,
)
_A_FILE = "(a file)"


def without_places(text: str, settings: Settings) -> str:
    """Take secrets out of a text, and the folders of the archive and of its operator."""
    text = settings.without_secrets(text).replace(str(settings.home), f"{PREFIX}HOME")
    home = os.path.expanduser("~")  # noqa: PTH111 - its text is wanted, as it stands in messages
    return text.replace(home, "~") if len(home) > 1 else text


def for_readers(text: str, settings: Settings) -> str:
    """Make words that were kept fit for readers: every path of this machine is taken out as well.

    All that is shown of what programs said goes through here: reasons, remarks, last words.
    """
    return _PATH.sub(_A_FILE, without_places(text, settings))
