"""Takes our key out of what a provider says, wherever the network cuts its bytes."""

_PUT = b"[key]"


class Mask:
    """Masks one secret in one stream of bytes."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._bytes = frozenset(secret)
        self._held = b""

    def whole(self, data: bytes) -> bytes:
        """Return a complete text without the secret."""
        return data.replace(self._secret, _PUT)

    def feed(self, piece: bytes) -> bytes:
        """Return what can go on; what may be the beginning of the secret waits for the rest."""
        data = (self._held + piece).replace(self._secret, _PUT)
        # Nearly every piece ends with a line end, which no key contains.
        if not data or data[-1] not in self._bytes:
            self._held = b""
            return data
        longest = min(len(self._secret) - 1, len(data))
        for size in range(longest, 0, -1):
            if data.endswith(self._secret[:size]):
                self._held = data[-size:]
                return data[:-size]
        self._held = b""
        return data

    def close(self) -> bytes:
        """Return what was still held: it was only like the beginning of the secret."""
        held, self._held = self._held, b""
        return held
