"""Objects in a bucket of S3-compatible storage: the one place that knows boto3.

The library retries by itself what a service says is worth it (busy, away, cut off), waiting longer
each time. What then is still wrong becomes a sentence.
"""

import base64
import time
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    IncompleteReadError,
    NoCredentialsError,
    ProfileNotFound,
    ReadTimeoutError,
    ResponseStreamingError,
)

from archive.errors import DiskFull, FilesUnavailable
from archive.files.address import Bucket
from archive.files.hashing import CHUNK

# Larger files go in parts, four at a time, each with a checksum of its own.
IN_PARTS = 64 << 20
_TRIES = 4
_CONNECT_S, _READ_S = 3, 60
_FULL = {"InsufficientStorage", "InsufficientCapacity", "QuotaExceeded", "XMinioStorageFull",
         "XMinioAdminBucketQuotaExceeded"}  # fmt: skip
_GONE = {"NoSuchKey", "404"}
_CUT_OFF = (IncompleteReadError, ReadTimeoutError, ResponseStreamingError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the service says of an object; `sha256` is '' where it does not say it of the whole."""

    size_bytes: int
    sha256: str
    modified_at: float  # seconds since 1970


class Objects:
    """The objects of one bucket under one prefix, by their keys without it."""

    def __init__(self, bucket: Bucket) -> None:
        self._where = bucket
        self._prefix = f"{bucket.prefix}/" if bucket.prefix else ""
        self._made: Any = None

    def put(self, key: str, path: Path, sha256: str) -> None:
        """Send a file; the service compares what came with its hash. It is durable on return."""
        with self._said(), path.open("rb") as file:
            if path.stat().st_size > IN_PARTS:
                self._put_in_parts(key, file)
            else:
                digest = base64.b64encode(bytes.fromhex(sha256)).decode()
                self._client.put_object(**self._named(key), Body=file, ChecksumSHA256=digest)

    def _put_in_parts(self, key: str, file: IO[bytes]) -> None:
        config = TransferConfig(
            multipart_threshold=IN_PARTS, multipart_chunksize=IN_PARTS, max_concurrency=4
        )
        self._client.upload_fileobj(
            file, **self._named(key), ExtraArgs={"ChecksumAlgorithm": "SHA256"}, Config=config
        )

    def head(self, key: str) -> Head | None:
        """Look at an object without reading it; None when there is none."""
        with self._said():
            try:
                said = self._client.head_object(**self._named(key), ChecksumMode="ENABLED")
            except ClientError as error:
                if _code(error) in _GONE:
                    return None
                raise
        return Head(
            size_bytes=said["ContentLength"],
            sha256=_hex(said.get("ChecksumSHA256", "")),
            modified_at=said["LastModified"].timestamp(),
        )

    @contextmanager
    def reading(self, key: str) -> Iterator[Iterator[bytes] | None]:
        """Open an object to be read in chunks; None when there is none."""
        with self._said():
            try:
                said = self._client.get_object(**self._named(key))
            except ClientError as error:
                if _code(error) not in _GONE:
                    raise
                said = None
            if said is None:
                yield None
                return
            chunks = self._chunks(key, said)
            try:
                yield chunks
            finally:
                chunks.close()

    def _chunks(self, key: str, said: Any) -> Generator[bytes]:
        """Give an object's bytes; where the answer is cut off, it goes on from there."""
        done, tries, named, etag = 0, 0, self._named(key), said["ETag"]
        while True:
            with closing(said["Body"]) as body:
                try:
                    for chunk in body.iter_chunks(CHUNK):
                        done += len(chunk)
                        yield chunk
                    return
                except _CUT_OFF:
                    tries += 1
                    if tries == _TRIES:
                        raise
            time.sleep(0.1 * 2**tries)
            said = self._client.get_object(**named, Range=f"bytes={done}-", IfMatch=etag)

    def keys(self) -> Iterator[str]:
        """Walk all keys in order, a page of at most 1,000 at a time."""
        with self._said():
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._where.name, Prefix=self._prefix
            )
            for page in pages:
                for one in page.get("Contents", ()):
                    yield str(one["Key"]).removeprefix(self._prefix)

    def remove(self, key: str) -> None:
        """Remove an object, if it is there."""
        with self._said():
            self._client.delete_object(**self._named(key))

    def forget_begun(self, *, before: float) -> None:
        """Give up what was sent in parts and never ended, begun before a moment."""
        with self._said():
            pages = self._client.get_paginator("list_multipart_uploads").paginate(
                Bucket=self._where.name, Prefix=self._prefix
            )
            for page in pages:
                for one in page.get("Uploads", ()):
                    if one["Initiated"].timestamp() < before:
                        self._client.abort_multipart_upload(
                            Bucket=self._where.name, Key=one["Key"], UploadId=one["UploadId"]
                        )

    def close(self) -> None:
        """Let go of connections."""
        if self._made is not None:
            self._made.close()
            self._made = None

    @property
    def _client(self) -> Any:
        if self._made is None:
            self._made = _client(self._where)
        return self._made

    def _named(self, key: str) -> dict[str, str]:
        return {"Bucket": self._where.name, "Key": f"{self._prefix}{key}"}

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Turn the library's errors into sentences."""
        try:
            yield
        except ClientError as error:
            raise _refused(self._where, error) from error
        except (NoCredentialsError, ProfileNotFound) as error:
            raise FilesUnavailable(
                f"The file store {self._where}: {error}. {_CREDENTIALS}"
            ) from error
        except BotoCoreError as error:
            raise FilesUnavailable(
                f"The file store {self._where} cannot be reached: {error}. Try again later."
            ) from error


_CREDENTIALS = (
    "Give credentials as AWS programs take them: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY,"
    " AWS_SHARED_CREDENTIALS_FILE, or a role of the machine."
)


def _client(bucket: Bucket) -> Any:
    session = boto3.Session(profile_name=bucket.profile or None, region_name=bucket.region or None)
    config = Config(
        connect_timeout=_CONNECT_S,
        read_timeout=_READ_S,
        retries={"mode": "standard", "total_max_attempts": _TRIES},
        # Other services than Amazon's know less of checksums; we name ours where we want one.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "path"} if bucket.endpoint else {},
        max_pool_connections=16,
    )
    region = session.region_name or "us-east-1"
    return session.client(
        "s3", endpoint_url=bucket.endpoint or None, region_name=region, config=config
    )


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _hex(digest: str) -> str:
    """Give a checksum as a hash; '' for one of parts, which ends in their number."""
    return "" if "-" in digest else base64.b64decode(digest).hex()


def _refused(bucket: Bucket, error: ClientError) -> FilesUnavailable | DiskFull:
    """Say what a service answered."""
    code, status = _code(error), error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    said = str(error.response.get("Error", {}).get("Message", "")).rstrip(".")
    if status == 507 or code in _FULL:
        return DiskFull(f"The file store {bucket} is full ({code}). Make room there and run again.")
    if code == "NoSuchBucket":
        return FilesUnavailable(
            f"The file store {bucket}: there is no bucket {bucket.name!r}. Make it, or mend"
            " PAPERWATCH_FILES_URL."
        )
    if status in (401, 403):
        return FilesUnavailable(
            f"The file store {bucket} does not let us in ({code}: {said}). Look at its policy: get,"
            f" put, delete and list are needed. {_CREDENTIALS}"
        )
    return FilesUnavailable(
        f"The file store {bucket} answered {status} ({code}: {said}). Try again later."
    )
