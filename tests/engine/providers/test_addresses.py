"""Which addresses may be called: spelt in every way, and after a name has been asked for."""

import ipaddress
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from butler.contract.problems import ProblemCode
from butler.engine.providers.addresses import address_of, judge

FORBIDDEN = ProblemCode.ADDRESS_FORBIDDEN
PRIVATE = ProblemCode.ADDRESS_PRIVATE
OWN = ProblemCode.OWN_ENDPOINT


def codes(
    url: str, *, local: object = None, addresses: Sequence[str] = (), own: Sequence[int] = ()
) -> list[ProblemCode]:
    options = {} if local is None else {"local": local}
    found = judge(url, options, addresses=addresses, own_ports=own)
    assert all(it.field == "base_url" and it.hint for it in found)
    return [it.code for it in found]


@pytest.mark.parametrize(
    "host",
    [
        "169.254.169.254", "0xa9fea9fe", "2852039166", "0251.0376.0251.0376", "169.254.43518",
        "0xA9.0xFE.0xA9.0xFE", "169.16689662", "[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]",
        "[64:ff9b::a9fe:a9fe]", "[2002:a9fe:a9fe::1]", "[::169.254.169.254]", "169.254.169.254.",
        "[fe80::1]", "[fe80::1%25eth0]", "169.254.1.1", "0.0.0.0", "0", "[::]", "224.0.0.1",  # noqa: S104 - where not to call
        "255.255.255.255", "[ff02::1]", "100.100.100.200", "[fd00:ec2::254]", "168.63.129.16",
        "metadata.google.internal", "METADATA", "metadata.google.internal.", "①⑥⑨.254.169.254",
    ],
)  # fmt: skip
def test_never_whatever_the_owner_says(host: str) -> None:
    assert codes(f"http://{host}/v1", local=True) == [FORBIDDEN]


@pytest.mark.parametrize(
    "host",
    ["10.0.0.1", "192.168.1.20", "172.16.0.1", "100.64.0.7", "[fd12::1]", "0x0a000001", "10.1"],
)
def test_private_ones_need_the_owners_word(host: str) -> None:
    assert codes(f"http://{host}:8000/v1") == [PRIVATE]
    assert codes(f"http://{host}:8000/v1", local=False) == [PRIVATE]
    assert codes(f"http://{host}:8000/v1", local=True) == []


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "127.1", "[::1]", "0x7f000001", "2130706433", "a.localhost"]
)
def test_this_machine_is_the_owners(host: str) -> None:
    assert codes(f"http://{host}:11434/v1") == []


@pytest.mark.parametrize("host", ["api.example.com", "8.8.8.8", "[2606:4700::1111]", "a-10.com"])
def test_the_world_is_open(host: str) -> None:
    assert codes(f"https://{host}/v1") == []


def test_where_a_name_leads_counts() -> None:
    url = "https://api.example.com/v1"
    assert codes(url, addresses=["93.184.216.34"]) == []
    assert codes(url, addresses=["93.184.216.34", "10.0.0.5"]) == [PRIVATE]
    assert codes(url, addresses=["10.0.0.5"], local=True) == []
    assert codes(url, addresses=["127.0.0.1"]) == [PRIVATE]
    assert codes(url, addresses=["::ffff:169.254.169.254"], local=True) == [FORBIDDEN]
    # What proxies on developers' machines answer for every public name.
    assert codes(url, addresses=["198.18.0.42"]) == []


def test_our_own_endpoint_is_a_circle() -> None:
    assert codes("http://localhost:8080/v1", own=[8080, 8081]) == [OWN]
    assert codes("http://127.0.0.1:8081", own=[8080, 8081]) == [OWN]
    assert codes("http://[::1]:9000", own=[8080]) == []
    assert codes("http://box.example:8080", own=[8080], addresses=["127.0.0.1"]) == [OWN]
    assert codes("https://api.example.com", own=[443]) == []
    assert codes("http://localhost", own=[80]) == [OWN]


@given(st.ip_addresses(v=4))
def test_every_spelling_is_the_same_address(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    first, rest = number >> 24, number & 0xFFFFFF
    spellings = (
        str(address), f"{number}", f"{number:#x}", f"0{number:o}", f"{first}.{rest}",
        ".".join(f"0{part:o}" for part in address.packed), f"{address}.",
    )  # fmt: skip
    for text in spellings:
        assert address_of(text) == address, text


@pytest.mark.parametrize(
    "text",
    ["", "example.com", "1.2.3.4.5", "256.1.1.1", "1.2.3.256", "08.1.1.1", "0xg", "-1", "²x"],
)
def test_what_is_no_address(text: str) -> None:
    assert address_of(text) is None


@given(st.text(max_size=30))
def test_no_host_breaks_it(text: str) -> None:
    address_of(text)
