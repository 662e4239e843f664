"""Addresses inside: of this machine, or of a network that is not everybody's."""

import ipaddress
import socket
from urllib.parse import urlsplit


def is_inside(address: str) -> bool:
    """Ask whether an address is of this machine or network, by whichever name or number.

    A name that nobody knows is not inside; it leads nowhere.
    """
    host = urlsplit(address).hostname or ""
    try:
        # Also what only looks like a name: 127.1 and 2130706433 are this machine.
        found = {str(one[4][0]) for one in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return False
    return any(not ipaddress.ip_address(one.partition("%")[0]).is_global for one in found)


def leads_inside(address: str, asked: str) -> bool:
    """Ask whether an address is inside, where the one that leads there is not.

    What an operator types is the operator's business; what a page or answer names is not followed
    in here, where it could reach what nobody outside may see.
    """
    is_same_host = urlsplit(address).hostname == urlsplit(asked).hostname
    return not is_same_host and is_inside(address) and not is_inside(asked)
