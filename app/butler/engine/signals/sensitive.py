"""Private things in a request: keys, passwords, personal data; found here and never told on.

What is found is named by its kind alone. Every pattern is matched in time linear in the text,
and what has a check digit is checked, so that a long number is not taken for a card.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import re2  # type: ignore[import-untyped]

from butler.engine.signals.checksums import is_card, is_china_id, is_iban


class Sensitive(StrEnum):
    """The kinds of private things."""

    API_KEY = "api_key"
    PASSWORD = "password"  # noqa: S105 - a kind, not a secret
    PRIVATE_KEY = "private_key"
    CARD = "card"
    IBAN = "iban"
    EMAIL = "email"
    PHONE = "phone"
    NATIONAL_ID = "national_id"

    @property
    def words(self) -> str:
        """What was found, in words."""
        return _WORDS[self]

    @property
    def is_secret(self) -> bool:
        """Whether it opens something: such things are looked for in system messages, too."""
        return self in (Sensitive.API_KEY, Sensitive.PASSWORD, Sensitive.PRIVATE_KEY)


_WORDS = {
    Sensitive.API_KEY: "an API key",
    Sensitive.PASSWORD: "a password",
    Sensitive.PRIVATE_KEY: "a private key",
    Sensitive.CARD: "a card number",
    Sensitive.IBAN: "an IBAN",
    Sensitive.EMAIL: "an e-mail address",
    Sensitive.PHONE: "a phone number",
    Sensitive.NATIONAL_ID: "a national id",
}


@dataclass(frozen=True, slots=True)
class _Finder:
    """How one kind is found: a pattern, whose one group is checked.

    `needs` is text without which the pattern is not looked for: that is a quicker search.
    """

    kind: Sensitive
    pattern: Any
    check: Callable[[str], bool]
    needs: bytes

    def masked(self, text: bytes) -> bytes:
        """Put its name in the place of what it finds."""
        if self.needs not in text:
            return text
        pieces, at = [], 0
        for found in self.pattern.finditer(text):
            if self.check(found.group(1).decode(errors="replace")):
                pieces += [text[at : found.start(1)], f"[{self.kind.value}]".encode()]
                at = found.end(1)
        return b"".join([*pieces, text[at:]])

    def finds(self, text: bytes) -> bool:
        return self.needs in text and any(
            self.check(found.group(1).decode(errors="replace"))
            for found in self.pattern.finditer(text)
        )


def find_sensitive(data: Mapping[str, Any]) -> frozenset[str]:
    """Return the kinds of private things that a request holds.

    Secrets are looked for in all of it but the tools' descriptions; personal data where people
    and tools speak, since the system messages of agents are full of addresses of nobody.
    """
    said, around = _texts(data)
    spoken = "\n".join(said).encode(errors="replace")
    whole = spoken + b"\n" + "\n".join(around).encode(errors="replace")
    return frozenset(
        finder.kind.value
        for finder in _FINDERS
        if finder.finds(whole if finder.kind.is_secret else spoken)
    )


def mask_secrets(text: str) -> str:
    """Return a text with every key, password and private key in it replaced by what it is."""
    masked = _PRIVATE_BLOCKS.masked(text.encode(errors="replace"))
    for finder in _FINDERS:
        if finder.kind.is_secret:
            masked = finder.masked(masked)
    return masked.decode()


def _texts(data: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Return what people and tools say, and what systems say around it."""
    said: list[str] = []
    around: list[str] = []
    for key in ("system", "instructions"):
        around += _strings(data.get(key))
    for key in ("messages", "input", "contents", "prompt", "suffix"):
        items = data.get(key)
        for item in items if isinstance(items, list) else (items,):
            is_system = isinstance(item, dict) and item.get("role") in ("system", "developer")
            (around if is_system else said).extend(_strings(item))
    return said, around


def _strings(value: object) -> Iterator[str]:
    """Give every text inside, but for files and pictures spelled out in letters."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            if not (one.startswith("data:") and _DATA_URL.match(one)):
                # Arguments of tools are JSON inside a text: its escapes are no letters.
                yield _ESCAPES.sub(" ", one) if "\\" in one else one
        elif isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            is_text = one.get("type") == "text"
            waiting.extend(
                inside
                for key, inside in one.items()
                if key not in _SPELLED_OUT or (is_text and key == "data")
            )


_DATA_URL = re.compile(r"data:[^,\s]{0,200};base64,\S*\Z")
"""Nothing else that begins with `data:` may go unseen: people write that, too."""
_ESCAPES = re.compile(r"\\[nrt\"'\\]")
_SPELLED_OUT = frozenset({"data", "file_data", "signature", "encrypted_content", "id", "type"})

_VENDOR_KEYS = (
    r"sk-[A-Za-z0-9_-]{20,}",  # OpenAI, Anthropic, OpenRouter, DeepSeek and many more
    r"(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,}|whsec_[A-Za-z0-9]{24,}",  # Stripe
    r"(?:AKIA|ASIA)[A-Z0-9]{16}",  # AWS
    r"gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,}",
    r"glpat-[A-Za-z0-9_-]{20,}",
    r"xox[abeprs]-[A-Za-z0-9-]{10,}|xapp-[A-Za-z0-9-]{20,}",  # Slack
    r"AIza[A-Za-z0-9_-]{35}|GOCSPX-[A-Za-z0-9_-]{20,}|ya29\.[A-Za-z0-9_-]{30,}",  # Google
    r"hf_[A-Za-z0-9]{30,}|r8_[A-Za-z0-9]{30,}|gsk_[A-Za-z0-9]{40,}",
    r"xai-[A-Za-z0-9]{40,}|pplx-[A-Za-z0-9]{40,}",
    r"npm_[A-Za-z0-9]{36}|pypi-[A-Za-z0-9_-]{50,}|dop_v1_[a-f0-9]{64}",
    r"SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}",  # SendGrid
    r"(?:LTAI|AKID)[A-Za-z0-9]{12,40}",  # Alibaba Cloud, Tencent Cloud
    r"[0-9]{8,10}:AA[A-Za-z0-9_-]{33}",  # Telegram
    r"eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}",  # JSON Web Tokens
)
_KEY_NAMES = r"(?i:api[_-]?key|access[_-]?key|secret|token|bearer|credential)"
_VENDOR_KEY = rf"(?:^|[^A-Za-z0-9_-])({'|'.join(_VENDOR_KEYS)})"
_QUOTES = r"[\\\"']{0,16}"
"""Around a name or a value; in JSON that stands inside JSON they are escaped, and again."""
_NAMED_KEY = rf"{_KEY_NAMES}[A-Za-z_]*{_QUOTES}\s*[:=\s]\s*{_QUOTES}([A-Za-z0-9_/+=-]{{24,}})"
_NAMED_PHRASE = (
    rf"(?i:password|passwd|passphrase|pwd|密码|密碼|口令){_QUOTES}\s*(?:[:=：]|is\b|是|为|為)\s*"
    r"\\{0,16}([\"'][^\"'\s]{4,64}[\"']|[^\s\"'，。；,;]{6,64})"
)
_URL_PHRASE = r"[a-z][a-z0-9+.-]{1,20}://[^\s:/@]{1,64}:([^\s:/@]{4,64})@[A-Za-z0-9]"
_EMAIL = r"([A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*\.[A-Za-z]{2,24})"
_PRIVATE_KEY = r"(?s)-----BEGIN ([A-Z ]{0,20}PRIVATE KEY)(?: BLOCK)?-----.{64}"
_CARD = r"(?:^|[^\w.-])([2-6](?:[ -]?[0-9]){12,18})(?:$|[^\w-])"
_IBAN = r"\b([A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?)\b"
_SOCIAL_SECURITY = r"(?:^|[^\w-])([0-9]{3}-[0-9]{2}-[0-9]{4})(?:$|[^\w-])"
_PHONE = r"(?:^|[^\w.+-])(\+[1-9][0-9]{0,2}(?:[ ().-]{0,2}[0-9]){7,12}|1[3-9][0-9]{9})(?:$|[^\w-])"

_NOBODY = ("noreply", "no-reply", "donotreply", "git")
_NOWHERE = re.compile(
    r"(?:^|\.)(?:noreply\.github\.com|localhost|png|jpe?g|gif|svg|webp|js|ts|tsx|py|css|json|md)$"
)
_NOT_A_VALUE = re.compile(r"[()\[\]{}<>$*…]|\.\.\.|^(?:str|string|none|null|true|false)\b", re.I)
_PLACEHOLDER = re.compile(r"x{4,}|your|example|placeholder|changeme|redacted", re.I)


def _is_key(text: str) -> bool:
    """Tell a key from a long name: names are made of words."""
    has_both = any(sign.isdigit() for sign in text) and any(sign.isalpha() for sign in text)
    return has_both and len(set(text)) >= 8


def _is_named_key(text: str) -> bool:
    return _is_key(text) and _PLACEHOLDER.search(text) is None


def _is_password(text: str) -> bool:
    """Tell a password from code that handles one, and from a sentence about one."""
    bare = text.strip("\"'")
    if _NOT_A_VALUE.search(bare) or _PLACEHOLDER.search(bare):
        return False
    return bare != text or any(not sign.isalpha() for sign in bare[:-1])


def _is_address(text: str) -> bool:
    name, _, host = text.lower().partition("@")
    return name not in _NOBODY and _NOWHERE.search(host) is None


def _is_social_security(text: str) -> bool:
    return text[:3] not in ("000", "666") and text[0] != "9" and text[4:6] != "00"


def _anything(_text: str) -> bool:
    return True


def _finder(
    kind: Sensitive, pattern: str, check: Callable[[str], bool], needs: bytes = b""
) -> _Finder:
    return _Finder(kind, re2.compile(pattern), check, needs)


_PRIVATE_BLOCKS = _finder(
    Sensitive.PRIVATE_KEY,
    r"(?s)(-----BEGIN [A-Z ]{0,20}PRIVATE KEY.*?(?:-----END [A-Z ]{0,30}-----|\z))",
    _anything,
    b"PRIVATE KEY",
)
"""Finds all of a private key, to its end or where the text was cut."""

_FINDERS = (
    _finder(Sensitive.API_KEY, _VENDOR_KEY, _is_key),
    _finder(Sensitive.API_KEY, _NAMED_KEY, _is_named_key),
    _finder(Sensitive.PASSWORD, _NAMED_PHRASE, _is_password),
    _finder(Sensitive.PASSWORD, _URL_PHRASE, _is_password, b"://"),
    _finder(Sensitive.PRIVATE_KEY, _PRIVATE_KEY, _anything, b"-----BEGIN "),
    _finder(Sensitive.CARD, _CARD, is_card),
    _finder(Sensitive.IBAN, _IBAN, is_iban),
    _finder(Sensitive.EMAIL, _EMAIL, _is_address, b"@"),
    _finder(Sensitive.PHONE, _PHONE, _anything),
    _finder(Sensitive.NATIONAL_ID, r"\b([1-9][0-9]{16}[0-9Xx])\b", is_china_id),
    _finder(Sensitive.NATIONAL_ID, _SOCIAL_SECURITY, _is_social_security),
)
