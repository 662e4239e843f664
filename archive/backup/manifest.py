"""What a backup says of itself, in its first member."""

import json
from dataclasses import asdict, dataclass

from archive.errors import Damaged

NAME = "manifest.json"
CATALOGUE = "catalogue.sqlite"
FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Format and moment of a backup, the shape of its catalogue, and how many bodies it holds."""

    format: int
    made_at: str
    shape: str
    catalogue_sha256: str
    bodies: int


def written(manifest: Manifest) -> bytes:
    """Give a manifest as JSON."""
    return json.dumps(asdict(manifest), indent=2).encode()


def read(body: bytes) -> Manifest:
    """Read a manifest.

    Raises:
        Damaged: it is none, or of a later format.
    """
    try:
        said = json.loads(body)
        manifest = Manifest(**said)
    except (ValueError, TypeError) as error:
        raise Damaged("This is no backup of Paperwatch: its manifest cannot be read.") from error
    if manifest.format != FORMAT:
        raise Damaged(
            f"The backup has format {manifest.format}; this program reads format {FORMAT}."
            " Use the program that made it, or a newer one."
        )
    return manifest
