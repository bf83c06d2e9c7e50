"""What Python drivers share: errands come in, and what the client got goes out, as JSON lines.

A driver runs in its client's own environment, so this file needs nothing but Python. By hand:
    echo '{"root": "http://localhost:8080", "key": "…", "model": "auto", "protocol": "chat",
    "errand": "plain", "ask": "Say hi."}' | python openai_sdk.py
"""

import json
import sys
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Errand:
    """What a client is to do: `errand` is plain, streamed, tools, tools-streamed or image.

    `root` is the endpoint without `/v1`, `image` a PNG file, `secret` what the tool knows.
    """

    root: str
    key: str
    model: str
    protocol: str
    errand: str
    ask: str
    secret: str = ""
    image: str = ""
    folder: str = "."

    @property
    def v1(self) -> str:
        """The endpoint with `/v1`."""
        return f"{self.root}/v1"

    @property
    def is_streamed(self) -> bool:
        """Whether the answer is to come in pieces."""
        return self.errand in ("streamed", "tools-streamed")

    @property
    def has_tools(self) -> bool:
        """Whether the client has a tool to offer."""
        return self.errand in ("tools", "tools-streamed")

    @property
    def image_bytes(self) -> bytes:
        """The picture to show, empty where there is none."""
        return Path(self.image).read_bytes() if self.image else b""

    def find_code(self, city: str) -> str:
        """Answer a call of the tool; what it says depends on what it was asked."""
        return f"{city} has the code {self.secret}."


@dataclass(slots=True)
class Got:
    """What the client got: the last reply's words, in how many pieces, and all replies' tokens."""

    text: str = ""
    pieces: int = 0
    input_tokens: int | None = None
    output_tokens: int | None = None
    calls: list[str] = field(default_factory=list)

    def hear(self, piece: str | None) -> None:
        """Add a piece of the reply's words."""
        if piece:
            self.text += piece
            self.pieces += 1

    def count(self, input_tokens: int | None, output_tokens: int | None) -> None:
        """Add the tokens of one reply; None where the client was told none."""
        if input_tokens is not None and output_tokens is not None:
            self.input_tokens = (self.input_tokens or 0) + input_tokens
            self.output_tokens = (self.output_tokens or 0) + output_tokens


TOOL = "find_code"
TOOL_SAYS = "Find the code of a city."
TOOL_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"city": {"type": "string", "description": "The city's name."}},
    "required": ["city"],
    "additionalProperties": False,
}


def serve(run: Callable[[Errand], Got]) -> None:
    """Run errands until there are no more; a failure is an answer, too."""
    out, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        try:
            told: dict[str, Any] = asdict(run(Errand(**json.loads(line))))
        except Exception as error:  # noqa: BLE001  whatever the client raises is its answer
            traceback.print_exc()
            told = {"error": f"{type(error).__name__}: {error}"}
        out.write(json.dumps(told) + "\n")
        out.flush()
