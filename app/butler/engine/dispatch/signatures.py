"""Who has signed which thoughts: signatures mean something to their own target only.

Kept by digest while the process lives; of one that is not known any more nobody can say more.
"""

from collections import OrderedDict
from hashlib import blake2b

from butler.engine.call import Target

_MOST = 50_000


class Signatures:
    """The latest signatures; the oldest go when there are too many."""

    def __init__(self, most: int = _MOST) -> None:
        self._signers: OrderedDict[bytes, Target] = OrderedDict()
        self._most = most

    def learn(self, signature: str, target: Target) -> None:
        """Remember whose signature it is."""
        self._signers[_digest(signature)] = target
        while len(self._signers) > self._most:
            self._signers.popitem(last=False)

    def signer(self, signature: str) -> Target | None:
        """Return whose signature it is; None where nobody knows."""
        return self._signers.get(_digest(signature))


def _digest(signature: str) -> bytes:
    return blake2b(signature.encode("utf-8", "surrogatepass"), digest_size=12).digest()
