"""Numbers that carry a check digit: payment cards, IBANs, Chinese identity numbers."""

_CHINA_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHINA_CHECKS = "10X98765432"
_IBAN_CHARS = range(15, 35)


def is_card(text: str) -> bool:
    """Say whether this is a payment card's number. Source: ISO/IEC 7812 (Luhn), by network."""
    digits = "".join(sign for sign in text if sign.isdigit())
    if len(digits) not in _card_lengths(digits) or len(set(digits)) < 2:
        return False
    total = 0
    for place, digit in enumerate(map(int, reversed(digits))):
        doubled = digit * 2 if place % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _card_lengths(digits: str) -> tuple[int, ...]:
    """Return how many digits the network of this number uses; none where there is no such."""
    if digits[:2] in ("34", "37"):
        return (15,)
    if digits[:2] in ("36", "38", "39", "30"):
        return (14,)
    if digits[:2] == "62":
        return (16, 17, 18, 19)
    is_network = digits[0] in "456" or digits[:2] in ("22", "23", "24", "25", "26", "27", "35")
    return (16,) if is_network else ()


def is_iban(text: str) -> bool:
    """Say whether this is an account's number. Source: ISO 13616 (remainder by 97 is 1)."""
    iban = text.replace(" ", "")
    if len(iban) not in _IBAN_CHARS:
        return False
    return int("".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])) % 97 == 1


def is_china_id(text: str) -> bool:
    """Say whether this is a resident's identity number. Source: GB 11643 (ISO 7064, mod 11-2)."""
    month, day = int(text[10:12]), int(text[12:14])
    if text[6:8] not in ("18", "19", "20") or not (1 <= month <= 12 and 1 <= day <= 31):
        return False
    total = sum(int(sign) * weight for sign, weight in zip(text, _CHINA_WEIGHTS, strict=False))
    return _CHINA_CHECKS[total % 11] == text[17].upper()
