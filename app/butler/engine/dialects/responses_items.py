"""The output of one response, item by item, and the events with which each is opened and filled.

Source: OpenAI API reference, "Responses" (object: output) and "Responses: streaming events".
"""

from collections.abc import Generator, Iterator
from typing import Any

from butler.engine.dialects.canonical import (
    NO_ARGUMENTS,
    Called,
    Piece,
    Reasoned,
    Said,
    Thought,
)
from butler.engine.dialects.responses_likely import write_likely
from butler.engine.dialects.responses_seal import item_id, seal
from butler.engine.dialects.responses_tools import Declared, Tools, free_text
from butler.engine.store.ids import new_id

Body = dict[str, Any]


class Item:
    """One item; `item` is its object as far as it has come."""

    def __init__(self, index: int, item: Body) -> None:
        self.item = item
        self._index = index
        self._at = {"item_id": item["id"], "output_index": index}
        self._said: list[str] = []

    @property
    def _text(self) -> str:
        return "".join(self._said)

    def opened(self) -> Iterator[Body]:
        """Yield the events that begin it."""
        yield self._event("response.output_item.added", {**self.item})

    def more(self, text: str) -> Iterator[Body]:
        """Take in more of it; yield the event that says so."""
        self._said.append(text)
        yield {"type": self._delta, **self._at, **self._place, "delta": text}

    def settle(self, status: str) -> None:
        """Put into its object what has come of it, and how it ended."""

    def closed(self, status: str) -> Iterator[Body]:
        """Yield the events that end it."""
        self.settle(status)
        yield self._event("response.output_item.done", self.item)

    _delta = ""
    _place: Body = {}  # noqa: RUF012 - never changed

    def _event(self, type_: str, item: Body) -> Body:
        return {"type": type_, "output_index": self._index, "item": item}


class Words(Item):
    """What the model says."""

    _delta = "response.output_text.delta"
    _done = "response.output_text.done"
    _place: Body = {"content_index": 0}  # noqa: RUF012 - never changed

    def __init__(self, index: int) -> None:
        self._likely: list[Body] = []
        item = {"id": item_id("msg"), "type": "message", "status": "in_progress"}
        super().__init__(index, {**item, "role": "assistant", "content": []})

    def opened(self) -> Iterator[Body]:
        """Yield the events that begin it and its one part."""
        yield from super().opened()
        at = {**self._at, "content_index": 0}
        yield {"type": "response.content_part.added", **at, "part": self._part("")}

    def say(self, said: Said) -> Iterator[Body]:
        """Take in more of it, and how likely that was; yield the event that says so."""
        likely = [*write_likely(said.likely)]
        self._likely += likely
        for event in self.more(said.text):
            yield {**event, "logprobs": likely}

    def settle(self, status: str) -> None:
        """Put its one part into it."""
        self.item |= {"status": status, "content": [self._part(self._text)]}

    def closed(self, status: str) -> Iterator[Body]:
        """Yield the events that end its part and itself."""
        text, at = self._text, {**self._at, "content_index": 0}
        yield {"type": self._done, **at, **self._whole(text)}
        yield {"type": "response.content_part.done", **at, "part": self._part(text)}
        yield from super().closed(status)

    def _part(self, text: str) -> Body:
        likely = self._likely if text else []
        return {"type": "output_text", "text": text, "annotations": [], "logprobs": likely}

    def _whole(self, text: str) -> Body:
        return {"text": text, "logprobs": self._likely}


class Refusal(Words):
    """What the model says where it will not."""

    _delta = "response.refusal.delta"
    _done = "response.refusal.done"

    def say(self, said: Said) -> Iterator[Body]:
        """Take in more of it; how likely that was has no place here."""
        yield from self.more(said.text)

    def _part(self, text: str) -> Body:
        return {"type": "refusal", "refusal": text}

    def _whole(self, text: str) -> Body:
        return {"refusal": text}


class Thoughts(Item):
    """What the model thought, as a summary: the only form in which clients show it.

    All of it is sealed in the item, too, for the target that thought so.
    """

    _delta = "response.reasoning_summary_text.delta"
    _place: Body = {"summary_index": 0}  # noqa: RUF012 - never changed

    def __init__(self, index: int, signer: str) -> None:
        super().__init__(index, {"id": item_id("rs"), "type": "reasoning", "summary": []})
        self._signer = signer
        self._end = Reasoned()

    def more(self, text: str) -> Iterator[Body]:
        """Take in more of it; yield the event that says so, after those that begin its part."""
        if not self._said:
            at = {**self._at, **self._place}
            yield {"type": "response.reasoning_summary_part.added", **at, "part": _summary("")}
        yield from super().more(text)

    def sign(self, end: Reasoned) -> None:
        """Take in the signature under it, or what is sealed of it."""
        self._end = end

    def settle(self, status: str) -> None:
        """Put its summary into it, and all of it under the seal."""
        text = self._text
        if text:
            self.item["summary"] = [_summary(text)]
        thought = Thought(text, self._end.signature, self._end.sealed, self._signer)
        self.item["encrypted_content"] = seal(thought)

    def closed(self, status: str) -> Iterator[Body]:
        """Yield the events that end its part and itself."""
        text, at = self._text, {**self._at, **self._place}
        if text:
            yield {"type": "response.reasoning_summary_text.done", **at, "text": text}
            yield {"type": "response.reasoning_summary_part.done", **at, "part": _summary(text)}
        yield from super().closed(status)


class Call(Item):
    """A call of a function."""

    _delta = "response.function_call_arguments.delta"

    def __init__(self, index: int, piece: Called, names: Body) -> None:
        item = {"id": item_id("fc"), "type": "function_call", "status": "in_progress"}
        call_id = piece.id or new_id("call")
        super().__init__(index, {**item, "call_id": call_id, **names, "arguments": ""})

    def settle(self, status: str) -> None:
        """Put its arguments into it."""
        self.item |= {"status": status, "arguments": self._text}

    def closed(self, status: str) -> Iterator[Body]:
        """Yield the events that end its arguments and itself."""
        if not self._said:
            yield from self.more(NO_ARGUMENTS)
        told = {"name": self.item["name"], "arguments": self._text}
        yield {"type": "response.function_call_arguments.done", **self._at, **told}
        yield from super().closed(status)


class CustomCall(Item):
    """A call of a custom tool: its text is known when all of the arguments around it are."""

    _delta = "response.custom_tool_call_input.delta"

    def __init__(self, index: int, piece: Called, names: Body) -> None:
        item = {"id": item_id("ctc"), "type": "custom_tool_call", "status": "in_progress"}
        call_id = piece.id or new_id("call")
        super().__init__(index, {**item, "call_id": call_id, **names, "input": ""})

    def more(self, text: str) -> Iterator[Body]:
        """Take in more of the arguments."""
        self._said.append(text)
        yield from ()

    def settle(self, status: str) -> None:
        """Put its text into it."""
        self.item |= {"status": status, "input": free_text(self._text)}

    def closed(self, status: str) -> Iterator[Body]:
        """Yield its text, and the events that end it."""
        text = free_text(self._text)
        yield {"type": self._delta, **self._at, "delta": text}
        yield {"type": "response.custom_tool_call_input.done", **self._at, "input": text}
        yield from super().closed(status)


class Output:
    """All items of a response; words and thoughts end where the other begins, calls at the end."""

    def __init__(self, tools: Tools, signer: str) -> None:
        """`signer` is the target that answers."""
        self._tools = tools
        self._signer = signer
        self._items: list[Item] = []
        self._open: Words | Thoughts | None = None
        self._calls: dict[int, Item] = {}

    @property
    def items(self) -> list[Body]:
        """The objects of all items, in their order."""
        return [one.item for one in self._items]

    def take(self, piece: Piece) -> Iterator[Body]:
        """Take in a piece of the answer; yield its events."""
        if isinstance(piece, Called):
            yield from self._of_call(piece)
        elif isinstance(piece, Said):
            if piece.text or piece.likely:
                item = yield from self._words(Refusal if piece.refused else Words)
                yield from item.say(piece)
        else:
            yield from self._of_thought(piece)

    def end(self, status: str) -> Iterator[Body]:
        """Yield the events that end whatever is open."""
        yield from self._shut(status)
        for call in self._calls.values():
            yield from call.closed(status)
        self._calls = {}

    def break_off(self) -> None:
        """Put what has come of all that is open into it; no event says that it was over.

        Clients run what they are told is a whole call.
        """
        for item in (self._open, *self._calls.values()):
            if item is not None:
                item.settle("incomplete")

    def _words(self, kind: type[Words]) -> Generator[Body, None, Words]:
        words = self._open
        if not isinstance(words, Words) or type(words) is not kind:
            yield from self._shut("completed")
            self._open = words = kind(len(self._items))
            yield from self._begin(words)
        return words

    def _of_thought(self, piece: Reasoned) -> Iterator[Body]:
        is_end = piece.signature is not None or piece.sealed is not None
        if not (piece.text or is_end):
            return
        thoughts = self._open
        if not isinstance(thoughts, Thoughts):
            yield from self._shut("completed")
            self._open = thoughts = Thoughts(len(self._items), self._signer)
            yield from self._begin(thoughts)
        if piece.text:
            yield from thoughts.more(piece.text)
        if is_end:
            thoughts.sign(piece)
            yield from self._shut("completed")

    def _begin(self, item: Item) -> Iterator[Body]:
        self._items.append(item)
        yield from item.opened()

    def _shut(self, status: str) -> Iterator[Body]:
        if self._open is not None:
            yield from self._open.closed(status)
            self._open = None

    def _of_call(self, piece: Called) -> Iterator[Body]:
        call = self._calls.get(piece.index)
        if call is None:
            yield from self._shut("completed")
            known = self._tools.by_name.get(piece.name or "")
            kind = CustomCall if known is not None and known.custom else Call
            call = kind(len(self._items), piece, _names(piece, known))
            self._calls[piece.index] = call
            yield from self._begin(call)
        if piece.arguments:
            yield from call.more(piece.arguments)


def _names(piece: Called, known: Declared | None) -> Body:
    """Return what the client calls the tool that the model called."""
    if known is None:
        return {"name": piece.name or ""}
    return {"name": known.name} | ({"namespace": known.namespace} if known.namespace else {})


def _summary(text: str) -> Body:
    return {"type": "summary_text", "text": text}
