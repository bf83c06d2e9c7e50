"""Numbers whose digits fit, and the same with one digit wrong."""

import pytest

from butler.engine.signals.checksums import is_card, is_china_id, is_iban


@pytest.mark.parametrize(
    "number",
    [
        "4111 1111 1111 1111",
        "5555-5555-5555-4444",
        "378282246310005",
        "30569309025904",
        "3530111333300000",
        "6011111111111117",
        "2223003122003222",
        "6200000000000005",
    ],
)
def test_cards(number: str) -> None:
    assert is_card(number)
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert not is_card(wrong)


@pytest.mark.parametrize(
    "number", ["4111111111111", "0000000000000000", "1700000000000000", "37828"]
)
def test_other_numbers_are_no_cards(number: str) -> None:
    assert not is_card(number)


@pytest.mark.parametrize("iban", ["DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432"])
def test_accounts(iban: str) -> None:
    assert is_iban(iban)
    assert not is_iban(iban[:-1] + str((int(iban[-1]) + 1) % 10))
    assert not is_iban(iban[:12])


def test_chinese_identity_numbers() -> None:
    assert is_china_id("11010519491231002X")
    assert is_china_id("11010519491231002x")
    assert not is_china_id("110105194912310021")
    assert not is_china_id("11010519491331002X")
    assert not is_china_id("11010521491231002X")
