"""Where a copy goes: an archive by its folder, or by a file of settings."""

from pathlib import Path

from archive.errors import BadRequest
from archive.files.address import address_of
from archive.settings import Settings, load, load_file


def settings_of(target: Path, source: Settings) -> Settings:
    """Read the settings of the target: of a folder, or of a file that names `home` as well.

    Raises:
        BadRequest: it is the archive that is to be copied.
        SettingError: a setting is missing or not understood.
        NotFound: there is no such file.
    """
    is_folder = target.is_dir() or (not target.exists() and target.suffix != ".toml")
    found = load({"PAPERWATCH_HOME": str(target)}) if is_folder else load_file(target)
    if found.home == source.home or found.catalogue_url == source.catalogue_url:
        raise BadRequest(f"{target} is the archive that is to be copied. Name another target.")
    if address_of(found) == address_of(source):
        raise BadRequest(
            f"{target} names the file store of the archive that is to be copied, and two archives"
            " cannot share one. Give another, or another prefix: PAPERWATCH_FILES_URL"
        )
    _refuse_within(found, source)
    return found


def _refuse_within(found: Settings, source: Settings) -> None:
    """See that a copy is no part of what it is made of: removed with it, and swept by it."""
    files = address_of(found)
    own = address_of(source)
    folders = [source.home, *([own] if isinstance(own, Path) else [])]
    for place in (found.home, *([files] if isinstance(files, Path) else [])):
        for folder in folders:
            if place.resolve() != folder.resolve() and place.resolve().is_relative_to(
                folder.resolve()
            ):
                raise BadRequest(
                    f"{place} lies within {folder}, which belongs to the archive that is to be"
                    " copied. Name a folder beside it."
                )
