"""Which network addresses a document may be fetched from: public ones, however they are written or wrapped.

It knows addresses alone, no names: whoever connects resolves the name first and connects to the address it checked.
"""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

type Address = IPv4Address | IPv6Address

# IPv6 ranges whose last 32 bits are an IPv4 address a gateway may unwrap (RFC 4291 2.5.5, RFC 6052, RFC 8215)
_EMBEDS_IPV4: tuple[IPv6Network, ...] = (
    IPv6Network("::/96"),
    IPv6Network("::ffff:0:0/96"),
    IPv6Network("::ffff:0:0:0/96"),
    IPv6Network("64:ff9b::/96"),
)
# Called global by the registry, and yet no place for a document: relays and translators (RFC 3068, 8215, 3879)
_REFUSED = tuple(ip_network(text) for text in ("192.88.99.0/24", "64:ff9b:1::/48", "fec0::/10"))


def parse_address(text: str) -> Address:
    """Return the address a resolver answered, with or without a zone (`fe80::1%eth0`)."""
    return ip_address(text.partition("%")[0])


def is_public(address: Address) -> bool:
    """Whether an address is anyone's on the internet: not loopback, private, link-local, multicast or reserved.

    An IPv6 address that wraps an IPv4 one is as public as what it wraps.
    """
    inner = _wrapped(address)
    if inner is not None:
        return is_public(inner)
    if any(address.version == network.version and address in network for network in _REFUSED):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _wrapped(address: Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if any(address in network for network in _EMBEDS_IPV4):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.sixtofour or (teredo[1] if teredo else None)
