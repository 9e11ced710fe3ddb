"""Which IP addresses may be asked."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.documents.web.networks import why_refused
from tables import rows

CASES = rows("networks")


@pytest.mark.parametrize("case", CASES, ids=[case["address"] for case in CASES])
def test_only_the_public_internet_is_asked(case: dict[str, str]) -> None:
    assert (why_refused(case["address"], allow_private=False) is not None) == (case["refused"] == "yes")
    allowed = why_refused(case["address"], allow_private=True) is None
    assert allowed == (case["even_when_allowed"] == "no")


def special(ip: IPv4Address | IPv6Address) -> bool:
    """What the standard library knows of."""
    return (
        ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved
        or ip.is_unspecified or not ip.is_global
    )  # fmt: skip


@given(st.ip_addresses(v=4))
def test_no_ipv4_address_that_the_standard_library_calls_special_is_asked(ip: IPv4Address) -> None:
    if special(ip):
        assert why_refused(str(ip), allow_private=False)


@given(st.ip_addresses(v=6))
def test_no_ipv6_address_that_the_standard_library_calls_special_is_asked(ip: IPv6Address) -> None:
    inner = ip.ipv4_mapped or (IPv4Address(int(ip) & 0xFFFFFFFF) if int(ip) >> 32 == 0x64FF9B << 64 else None)
    if special(inner or ip):
        assert why_refused(str(ip), allow_private=False)


@given(st.ip_addresses(v=4), st.booleans())
def test_an_ipv4_address_is_judged_alike_however_it_is_written(ip: IPv4Address, allow: bool) -> None:
    plain = why_refused(str(ip), allow_private=allow)
    for prefix in (0xFFFF << 32, 0x64FF9B << 96):
        assert why_refused(str(IPv6Address(prefix | int(ip))), allow_private=allow) == plain


@given(st.ip_addresses())
def test_leave_only_ever_widens(ip: IPv4Address | IPv6Address) -> None:
    if why_refused(str(ip), allow_private=True):
        assert why_refused(str(ip), allow_private=False)
