"""Which IP addresses may be asked: those of the public internet, and no other unless the user allows it.

A page that is fetched chooses where its redirects and its host name lead to. Without this check it could have
Cairn read the router, the database or the cloud's key server of whoever runs it.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Ip = IPv4Address | IPv6Address

_PRIVATE = tuple(
    (ip_network(network), kind)
    for network, kind in (
        ("10.0.0.0/8", "a private address"),
        ("100.64.0.0/10", "an address shared behind a provider's NAT"),
        ("127.0.0.0/8", "this machine"),
        ("172.16.0.0/12", "a private address"),
        ("192.168.0.0/16", "a private address"),
        ("::1/128", "this machine"),
        ("fc00::/7", "a private address"),
    )
)
"""Networks that a user may allow: their own. IANA special-purpose address registries."""

_NEVER = tuple(
    (ip_network(network), kind)
    for network, kind in (
        ("0.0.0.0/8", "an unspecified address"),
        ("169.254.0.0/16", "a link-local address, where clouds keep their keys"),
        ("192.0.0.0/24", "an address for protocols"),
        ("192.0.2.0/24", "an address for examples"),
        ("192.88.99.0/24", "a relay of 6to4"),
        ("198.18.0.0/15", "an address for benchmarks"),
        ("198.51.100.0/24", "an address for examples"),
        ("203.0.113.0/24", "an address for examples"),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", "a reserved address"),
        ("::/128", "an unspecified address"),
        ("64:ff9b:1::/48", "a private translation to IPv4"),
        ("fe80::/10", "a link-local address"),
        ("fec0::/10", "a site-local address"),
        ("ff00::/8", "a multicast address"),
        ("2001::/23", "an address for protocols"),
        ("2001:db8::/32", "an address for examples"),
        ("2002::/16", "an address of 6to4"),
        ("3fff::/20", "an address for examples"),
    )
)
"""Networks in which no outlet can be. IANA special-purpose address registries; those of tunnels (6to4, Teredo
in 2001::/23) are refused whole, as they hold IPv4 addresses of any kind and serve no pages any more."""

_METADATA = tuple(
    map(
        ip_address,
        (
            "100.100.100.200",  # Alibaba Cloud
            "168.63.129.16",  # Azure
            "192.0.0.192",  # Oracle Cloud, older
            "fd00:ec2::254",  # Amazon
            "fd20:ce::254",  # Google Cloud
        ),
    )
)
"""Key servers of clouds that lie outside 169.254.0.0/16; from the providers' documentation."""

_UNICAST = ip_network("2000::/3")
"""All of IPv6 that is given out for public use; IANA IPv6 address space."""

_TRANSLATED = ip_network("64:ff9b::/96")
"""IPv4 as IPv6-only networks see it (NAT64, RFC 6052): the last 32 bits are the IPv4 address."""

_ISATAP, _ISATAP_MASK = 0x00005EFE, 0xFCFFFFFF
"""Bits 32 to 63 of an address that tunnels to the IPv4 address in its last 32 bits (RFC 5214, 6.1)."""


def why_refused(address: str, *, allow_private: bool) -> str | None:
    """Return what is wrong with asking an IP address, as "this machine"; ``None`` when it may be asked.

    Args:
        address: as the look-up gives it; IPv6 with or without a scope.
        allow_private: let this machine and private networks pass, never link-local or metadata addresses.
    """
    return _judge(ip_address(address), allow_private)


def _judge(ip: Ip, allow_private: bool) -> str | None:
    """Return what is wrong with an address, looking into those that carry another one."""
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return _judge(ip.ipv4_mapped, allow_private)
        inner = IPv4Address(int(ip) & 0xFFFFFFFF)
        if ip in _TRANSLATED:
            return _judge(inner, allow_private)
        tunnels = int(ip) >> 32 & _ISATAP_MASK == _ISATAP
        if tunnels and (kind := _judge(inner, allow_private)):
            return kind
    if any(int(ip) == int(known) and ip.version == known.version for known in _METADATA):
        return "the key server of a cloud"
    for network, kind in _NEVER:
        if ip in network:
            return kind
    for network, kind in _PRIVATE:
        if ip in network:
            return None if allow_private else kind
    if isinstance(ip, IPv6Address) and ip not in _UNICAST:
        return "a reserved address"
    return None
