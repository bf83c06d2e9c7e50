"""Reads the safetensors format: a length, a JSON header, then the tensors' bytes.

Source: the format's description in the safetensors project's README. The header's length is an
unsigned 64-bit little-endian number; each entry gives type, shape and the offsets of its bytes.
"""

import json
import math
import struct
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Tensors = Mapping[str, NDArray[np.float32]]

_LENGTH = struct.Struct("<Q")


def read_floats(data: bytes) -> dict[str, NDArray[np.float32]]:
    """Return the 32-bit tensors by name; what has another type is left out.

    The arrays are views on `data` and can not be written to. Raises ValueError when the file
    contradicts itself.
    """
    (length,) = _LENGTH.unpack_from(data)
    body = _LENGTH.size + length
    header = json.loads(data[_LENGTH.size : body])
    header.pop("__metadata__", None)
    return {
        name: _tensor(data, body, entry)
        for name, entry in header.items()
        if entry["dtype"] == "F32"
    }


def _tensor(data: bytes, body: int, entry: Mapping[str, list[int]]) -> NDArray[np.float32]:
    begin, end = entry["data_offsets"]
    count = math.prod(entry["shape"])
    if end - begin != 4 * count or body + end > len(data):
        raise ValueError(f"a tensor of {count} numbers can not lie at {begin} to {end}")
    found: NDArray[np.float32] = np.frombuffer(data, "<f4", count, body + begin)
    return found.reshape(entry["shape"])
