"""An honest guess at token counts where no provider has reported any, from sizes by script alone.

Scripts differ by a factor of four: current vendor tokenizers take about four Latin letters,
but little more than one Chinese character, to a token. Figures of the estimate are marked as
such wherever they show.
"""

_ASCII_CHARS_PER_TOKEN = 4.0
_OTHER_CHARS_PER_TOKEN = 2.4
_WIDE_TOKENS_PER_CHAR = 0.85
_NOT_TWO_BYTE_LEADS = bytes(byte for byte in range(256) if not 0xC2 <= byte <= 0xDF)


class Tally:
    """Counts text as it comes, and keeps none of it."""

    __slots__ = ("_ascii", "_two_byte", "_wide")

    def __init__(self) -> None:
        self._ascii = self._two_byte = self._wide = 0

    def add(self, text: str) -> None:
        """Count one more piece of text."""
        if text.isascii():
            self._ascii += len(text)
            return
        # Lengths in UTF-8 tell scripts apart without a look at each character: one byte is
        # ASCII, two the alphabets up to Arabic, three and more mostly East Asian.
        ascii_chars = len(text.encode("ascii", "ignore"))
        two_byte = len(text.encode("utf-8", "replace").translate(None, _NOT_TWO_BYTE_LEADS))
        self._ascii += ascii_chars
        self._two_byte += two_byte
        self._wide += len(text) - ascii_chars - two_byte

    @property
    def tokens(self) -> int:
        """The estimate for all that was counted."""
        if not self._two_byte and not self._wide:
            return -int(-self._ascii // _ASCII_CHARS_PER_TOKEN)
        return round(
            self._ascii / _ASCII_CHARS_PER_TOKEN
            + self._two_byte / _OTHER_CHARS_PER_TOKEN
            + self._wide * _WIDE_TOKENS_PER_CHAR
        )
