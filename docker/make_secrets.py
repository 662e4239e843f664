"""Makes the secrets of a cluster in containers, each once, and gives each service only its own.

python make_secrets.py FOLDER      FOLDER holds one folder for each service, a volume of its own

What the folder of Paperwatch holds already is kept, so an operator may put secrets of their own
there before the first start; the others are written from it each time. Standard library only.
"""

import os
import re
import secrets
import sys
from pathlib import Path

# Users inside of the images: of ours, and of the official ones of PostgreSQL and Redis.
PAPERWATCH, POSTGRES, REDIS = 10001, 999, 999
LENGTH_BYTES = 24
# What needs no quotes in any file that it is written into.
PLAIN = re.compile(r"[A-Za-z0-9_-]{16,200}")


def main(folder: Path) -> None:
    """Make what is missing, and write down for each service what it may know."""
    ours = folder / "paperwatch"
    catalogue = kept(ours / "catalogue_password")
    broker = kept(ours / "broker_password")
    kept(ours / "metrics_token")
    for one in ours.iterdir():  # what an operator put there besides, such as of another cluster
        own(one, PAPERWATCH)
    write(folder / "postgres" / "password", f"{catalogue}\n", POSTGRES)
    write(folder / "redis" / "redis.conf", f"requirepass {broker}\n", REDIS)


def kept(path: Path) -> str:
    """Give a secret of ours, made by chance where there is none."""
    if not path.exists():
        write(path, f"{secrets.token_urlsafe(LENGTH_BYTES)}\n", PAPERWATCH)
    else:
        own(path, PAPERWATCH)
    secret = path.read_text(encoding="utf-8").rstrip("\r\n")
    if PLAIN.fullmatch(secret) is None:
        sys.exit(
            f"{path.name} must be one line of 16 to 200 letters, digits, '-' and '_'. Put another"
            " one there, or remove the file and let one be made."
        )
    return secret


def write(path: Path, text: str, user: int) -> None:
    """Write a file whole or not at all, readable by one user alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600, exist_ok=False)
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    own(draft, user)
    draft.replace(path)


def own(path: Path, user: int) -> None:
    """Give a file and its folder to one user."""
    for one in (path.parent, path):
        os.chown(one, user, user)
    path.parent.chmod(0o500)
    path.chmod(0o400)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
