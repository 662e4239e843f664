"""The file store: every answer and every document by its SHA-256.

`PAPERWATCH_FILES_URL` says where it is: a folder, or a bucket of S3-compatible storage. What is
written is durable before its name stands in the catalogue: a file without a row is harmless, a row
without a file is not. `protocol` says what the rest of the program may ask of a store.
"""

from archive.files.choosing import open_files
from archive.files.disk import full_disk_said
from archive.files.folder import FolderFiles
from archive.files.protocol import Files

__all__ = ["Files", "FolderFiles", "full_disk_said", "open_files"]
