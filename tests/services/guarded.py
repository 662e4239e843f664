"""What keeps strangers out of the services of a test: passwords, and certificates made for it."""

import base64
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import trustme

from tests.services.nodes import Guard

# Letters that an address has other uses for, and one beyond ASCII.
PASSWORD = "p@ss:w/ö%rd?#"
USER = "operator"
_COST = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificates:
    """Files in a folder: of a server on 127.0.0.1, and of the authority that signed it."""

    authority: Path
    certificate: Path
    key: Path


def certificates(folder: Path) -> Certificates:
    """Make an authority and a certificate for 127.0.0.1, which is for no other name."""
    authority = trustme.CA()
    server = authority.issue_cert("127.0.0.1")
    made = Certificates(
        authority=folder / "ca.crt", certificate=folder / "server.crt", key=folder / "server.key"
    )
    authority.cert_pem.write_to_path(made.authority)
    for number, part in enumerate(server.cert_chain_pems):
        part.write_to_path(made.certificate, append=number > 0)
    server.private_key_pem.write_to_path(made.key)
    return made


def guard(made: Certificates) -> Guard:
    """Give what lets one user in to Elasticsearch, by TLS, who may do all there."""
    tls = "xpack.security.http.ssl"
    return Guard(
        files={
            "server.key": made.key.read_bytes(),
            "server.crt": made.certificate.read_bytes(),
            "users": f"{USER}:{_hashed(PASSWORD)}\n".encode(),
            "users_roles": f"superuser:{USER}\n".encode(),
        },
        settings={
            "xpack.security.enabled": "true",
            f"{tls}.enabled": "true",
            f"{tls}.key": "server.key",
            f"{tls}.certificate": "server.crt",
        },
        user=USER,
        password=PASSWORD,
        authority=made.authority.read_bytes(),
    )


def _hashed(password: str) -> str:
    """Write a password as the file of users holds it."""
    salt = os.urandom(32)
    digest = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, _COST, 32)
    written = (base64.b64encode(part).decode() for part in (salt, digest))
    return f"{{PBKDF2}}{_COST}${'$'.join(written)}"
