"""Opens the file store that the settings name. A kind of store is one class and one line here."""

from archive.catalogue.database import Catalogue
from archive.files.address import Bucket, address_of
from archive.files.folder import FolderFiles
from archive.files.protocol import Files
from archive.settings import Settings

_ELSEWHERE = "Choose another folder: PAPERWATCH_FILES_URL=file:///path/to/folder"


def open_files(settings: Settings, catalogue: Catalogue) -> Files:
    """Open the file store of an archive; a bucket is asked only when something is wanted of it.

    Raises:
        SettingError: the address is not understood.
        HomeError: the folder cannot be made or written.
    """
    address = address_of(settings)
    if isinstance(address, Bucket):
        # The library is loaded only where it is used: it takes half a second.
        from archive.files.bucket import BucketFiles

        return BucketFiles(address, catalogue, settings.home, settings.whole_number("FILES_CACHE"))
    if settings["FILES_URL"]:
        return FolderFiles(address, _ELSEWHERE)
    return FolderFiles(address)
