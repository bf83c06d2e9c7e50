"""One cell of the table: a client's errand against one upstream, and the proof that it was done.

Proof is what the upstream received (the words asked, the tool's result, the picture's bytes) and
what the client printed (the words answered, the tokens), never an exit status.
"""

import json
import random
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.clients.process import Driver
from tests.clients.roster import FIND_CODE, Client, Tool
from tests.clients.told import Told
from tests.clients.upstreams import Vendor
from tests.e2e.house import House
from tests.fakes import Answer, ToolCall, ToolCalls, Upstream, Usage
from tests.fakes.exchange import Exchange
from tests.fakes.replies import Reply

_SIDE = 8
"""Of a picture, in pixels."""


@dataclass(frozen=True, slots=True)
class Place:
    """An engine whose only provider is the scripted upstream of one vendor."""

    vendor: Vendor
    house: House
    up: Upstream


@dataclass(frozen=True, slots=True)
class Cell:
    """What came of one errand: `faults` are empty where all is proved; `hole` says why not run."""

    client: str
    protocol: str
    vendor: str
    errand: str
    faults: tuple[str, ...] = ()
    hole: str = ""


class Turns:
    """Behaviours one after the other; the last one again for whoever goes on asking."""

    def __init__(self, replies: Sequence[Reply]) -> None:
        self._replies = [*replies[:-1]]
        self._last = replies[-1]

    async def play(self, exchange: Exchange) -> None:
        """Play the next one."""
        reply = self._replies.pop(0) if self._replies else self._last
        await reply.play(exchange)


def is_painted_anew(image: bytes) -> bool:
    """Whether an image is a JPEG of a picture's size: some clients send no others."""
    return image.startswith(b"\xff\xd8\xff") and struct.pack(">HH", _SIDE, _SIDE) in image


def picture(number: int) -> bytes:
    """A tiny PNG of noise that is the number's own: all letters of base64 are in it."""
    noise = random.Random(number)
    rows = b"".join(b"\0" + noise.randbytes(3 * _SIDE) for _ in range(_SIDE))
    head = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + check


@dataclass(frozen=True, slots=True)
class Scene:
    """What is asked, known by the tool, shown and answered in one errand."""

    client: Client
    errand: str
    number: int
    folder: Path

    @property
    def ask(self) -> str:
        """The user's words, in more than one script."""
        return f"What is the code of Zürich? 城市 {self.word}"

    @property
    def word(self) -> str:
        """A word of the user's that nothing else holds."""
        return f"ask{self.number}word"

    @property
    def secret(self) -> str:
        """What only the tool can know."""
        return f"secret{self.number}code"

    @property
    def image(self) -> bytes:
        """The picture shown, empty on other errands."""
        return picture(self.number) if self.errand == "image" else b""

    @property
    def text(self) -> str:
        """What the model says at last."""
        return f"It is answer{self.number}. Voilà, 完成了."

    @property
    def tool(self) -> Tool | None:
        """The tool that the model calls first, if any."""
        return self.client.tool_for(self.errand)

    def replies(self) -> list[Reply]:
        """What the upstream says, with token counts of this errand's own."""
        last = Answer(text=self.text, usage=self._usage(1))
        if self.tool is None:
            return [last]
        arguments = json.dumps(self.tool.arguments, ensure_ascii=False)
        call = ToolCall(self.tool.name, arguments.replace("{folder}", self.folder.as_posix()))
        return [ToolCalls(calls=(call,), usage=self._usage(0)), last]

    def tokens(self) -> tuple[int, int]:
        """Input and output of all replies together."""
        usages = [reply.usage for reply in self.replies() if reply.usage is not None]
        return sum(it.prompt_tokens for it in usages), sum(it.completion_tokens for it in usages)

    def write(self) -> dict[str, Any]:
        """Lay out the files that the client works with, and return its errand but for the place."""
        file = self.folder / f"picture{self.number}.png"
        if self.image:
            file.write_bytes(self.image)
            (self.folder / "picture.png").write_bytes(self.image)
        (self.folder / "code.txt").write_text(self.secret + "\n", encoding="utf-8")
        shown = {"image": str(file)} if self.image else {}
        return {"errand": self.errand, "ask": self.ask, "secret": self.secret, **shown}

    def _usage(self, turn: int) -> Usage:
        return Usage(prompt_tokens=1000 + self.number + turn, completion_tokens=self.number - turn)


async def run(driver: Driver, scene: Scene, protocol: str, place: Place) -> Cell:
    """Let a client run one errand, and look for the proof of it."""
    place.up.default = Turns(scene.replies())
    before = len(place.up.seen)
    got = await driver.run(
        {
            **scene.write(),
            "root": place.house.root,
            "key": place.house.token,
            "model": "auto",
            "protocol": protocol,
            "folder": str(scene.folder),
        }
    )
    seen = [it for it in place.up.seen[before:] if place.vendor.asked_at in it.path and it.body]
    faults = []
    try:
        faults += received(scene, [place.vendor.read(it) for it in seen])
    except (KeyError, TypeError, ValueError) as error:
        faults.append(f"what the upstream was told can not be read: {error!r}")
    faults += printed(scene, got)
    return Cell(scene.client.name, protocol, place.vendor.protocol, scene.errand, tuple(faults))


def received(scene: Scene, told: Sequence[Told]) -> Iterator[str]:
    """Yield what the upstream should have received, and did not."""
    if len(told) != len(scene.replies()):
        yield f"the upstream was asked {len(told)} times, not {len(scene.replies())}"
    if not told:
        return
    if scene.word not in told[-1].said:
        yield "the words asked did not arrive"
    if any(it.is_streamed != scene.client.is_streamed(scene.errand) for it in told):
        yield f"asked for streams: {[it.is_streamed for it in told]}"
    if scene.tool is not None and scene.tool.name not in told[0].tools:
        yield f"the tool did not arrive, only {sorted(told[0].tools)}"
    if scene.errand.startswith("tools") and scene.secret not in told[-1].results:
        yield f"the tool's result did not arrive, only {told[-1].results[:200]!r}"
    if scene.tool is FIND_CODE and "Zürich has the code" not in told[-1].results:
        yield "the arguments of the call did not come back"
    is_shown = scene.image in told[-1].images or (
        scene.client.repaints and any(map(is_painted_anew, told[-1].images))
    )
    if scene.image and not is_shown:
        yield f"the picture did not arrive, but {len(told[-1].images)} others"


def printed(scene: Scene, got: Mapping[str, Any]) -> Iterator[str]:
    """Yield what the client should have printed, and did not."""
    if "error" in got:
        yield f"the client failed: {got['error']}"
        return
    if scene.text not in got["text"]:
        yield f"the words answered were not printed, but {got['text'][-200:]!r}"
    is_heard = scene.client.is_streamed(scene.errand) and not scene.client.prints_whole
    if is_heard and got["pieces"] < 2:
        yield f"the words came in {got['pieces']} pieces"
    told = (got["input_tokens"], got["output_tokens"])
    if not scene.client.uncounted and told != scene.tokens():
        yield f"tokens (in, out) are {told}, not {scene.tokens()}"
