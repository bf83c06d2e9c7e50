"""Parts of Google's contents, read into the hub's types.

Calls and their results may come without an id: then a call is given one by its place, the same in
every request of a conversation, and a result belongs to the first open call of its name.

Source: Gemini API reference, "Generating content" (Part, Blob, FileData, FunctionCall,
FunctionResponse).
"""

from collections import defaultdict, deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from butler.engine.dialects.canonical import (
    NO_ARGUMENTS,
    Audio,
    Document,
    Image,
    Inline,
    Link,
    Part,
    Text,
    Thought,
    ToolCall,
    ToolResult,
)
from butler.engine.dialects.gemini_body import Object, dumps, inner, member
from butler.engine.dialects.gemini_seal import unseal
from butler.engine.dialects.members import as_list, as_object, as_text, unreadable
from butler.engine.dialects.responses_tools import flat_name

_RAN_THERE = (
    *("executableCode", "codeExecutionResult", "toolCall", "toolResponse"),
    "audioTranscription",
)
_ONE_TEXT = ("output", "result", "content")
"""Under these names a function's result may be a plain text; `error` says that it failed."""
_KEPT_THERE = "generativelanguage.googleapis.com"
_AUDIO = {"mpeg": "mp3", "x-wav": "wav", "wave": "wav"}


class Reading:
    """Reads the parts of one conversation, in their order; gathers what had to be left out."""

    def __init__(self) -> None:
        self.left_out: list[str] = []
        self._made = 0
        self._open: defaultdict[str, deque[str]] = defaultdict(deque)

    def parts(self, parts: Any, where: str) -> Iterator[Part]:
        """Yield the parts of a turn; raises ClientError for one that can not be told on.

        Thoughts that were sealed here stand for the words of them that the client was shown.
        """
        given = parts if isinstance(parts, list) else [parts]
        sealed = [thought for part in given for thought in _sealed(part)]
        yield from sealed
        for place, part in enumerate(given):
            if isinstance(part, str):
                yield Text(part)
            elif isinstance(part, dict):
                if not (sealed and part.get("thought") is True):
                    yield from self._part(part, f"{where}.parts[{place}]")
            elif part is not None:
                raise unreadable(f"{where}.parts[{place}]", "is not an object")

    def _part(self, part: Object, where: str) -> Iterator[Part]:
        text = as_text(part.get("text"))
        if text is not None:
            if text:
                yield Thought(text) if part.get("thought") is True else Text(text)
        elif blob := as_object(member(part, "inlineData")):
            yield media(blob, where)
        elif file := as_object(member(part, "fileData")):
            yield _linked(file, where)
        elif call := as_object(member(part, "functionCall")):
            yield self._call(call)
        elif response := as_object(member(part, "functionResponse")):
            yield self._result(response, where)
        else:
            self._leave_out(part)

    def _call(self, call: Object) -> ToolCall:
        self._made += 1
        name = flat_name(None, as_text(call.get("name")) or "")
        id_ = as_text(call.get("id")) or f"call_{self._made}"
        self._open[name].append(id_)
        args = as_object(call.get("args"))
        return ToolCall(id_, name, dumps(args) if args else NO_ARGUMENTS)

    def _result(self, response: Object, where: str) -> ToolResult:
        name = flat_name(None, as_text(response.get("name")) or "")
        waiting = self._open[name]
        id_ = as_text(response.get("id")) or ""
        if id_ in waiting:
            waiting.remove(id_)
        elif waiting:
            id_ = waiting.popleft()
        told = as_object(response.get("response")) or {}
        parts = list(_told(told))
        for place, part in enumerate(as_list(response.get("parts"))):
            parts += self._part(as_object(part) or {}, f"{where}.functionResponse.parts[{place}]")
        return ToolResult(id_ or name, tuple(parts), is_error=set(told) == {"error"})

    def _leave_out(self, part: Object) -> None:
        for name in _RAN_THERE:
            if member(part, name) is not None:
                self.left_out.append(f"`{name}`, which only its vendor understands")


def _sealed(part: Any) -> tuple[Thought, ...]:
    return unseal(as_text(member(part, "thoughtSignature"))) if isinstance(part, dict) else ()


def media(blob: Object, where: str) -> Part:
    """Return what comes in letters; raises ClientError for a film, which no other dialect knows."""
    kind = (as_text(member(blob, "mimeType")) or "").lower().partition(";")[0].strip()
    data = as_text(blob.get("data"))
    if data is None:
        raise unreadable(f"{where}.inlineData", "has no `data`")
    whole, _, form = kind.partition("/")
    data = data.replace("-", "+").replace("_", "/")
    match whole:
        case "image":
            return Image(Inline(kind, data))
        case "audio":
            return Audio(_AUDIO.get(form, form), data)
        case "video":
            raise unreadable(f"{where}.inlineData", "is a film, which this model can not be given")
    return Document(Inline(kind or "application/pdf", data), as_text(member(blob, "displayName")))


def _linked(file: Object, where: str) -> Part:
    kind = (as_text(member(file, "mimeType")) or "").lower()
    url = as_text(member(file, "fileUri")) or ""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or parts.hostname == _KEPT_THERE:
        raise unreadable(f"{where}.fileData", "is known only where it was uploaded")
    if kind.startswith(("video/", "audio/")):
        raise unreadable(f"{where}.fileData", "is a recording, which can not be given by its URL")
    title = as_text(member(file, "displayName"))
    return Image(Link(url)) if kind.startswith("image/") else Document(Link(url), title)


def _told(response: Object) -> Iterator[Part]:
    """Yield what a function gave back: the text in it where it is but one, else all as JSON."""
    only = next(iter(response)) if len(response) == 1 else None
    if only in (*_ONE_TEXT, "error") and isinstance(response[only], str):
        yield Text(response[only])
    elif response:
        yield Text(dumps(response))


def read_messages(data: Object) -> list[Any]:
    """Return the contents as chat completions would write them; files without their bytes."""
    told: list[Any] = []
    if system := data.get("instructions"):
        told.append({"role": "system", "content": system})
    for content in as_list(data.get("contents")):
        said = as_object(content) or {"parts": content}
        parts = said.get("parts")
        told += _as_told(said, [*(parts if isinstance(parts, list) else [parts])])
    return told


def _as_told(content: Object, parts: list[Any]) -> Iterator[Any]:
    objects = [{"text": part} if isinstance(part, str) else part for part in parts]
    known = [part for part in objects if isinstance(part, dict)]
    calls = [call for part in known if (call := member(part, "functionCall"))]
    for part in known:
        if response := as_object(member(part, "functionResponse")):
            yield {"role": "tool", "content": dumps(response.get("response"))}
    shown = [one for part in known if (one := _shown(part))]
    if content.get("role") == "model":
        yield {"role": "assistant", "content": shown} | ({"tool_calls": calls} if calls else {})
    elif shown:
        only = shown[0] if len(shown) == 1 else {}
        yield {"role": "user", "content": only.get("text", shown)}


def _shown(part: Object) -> Object | None:
    text = as_text(part.get("text"))
    if text is not None:
        thought = part.get("thought") is True
        return {"type": "thinking", "thinking": text} if thought else {"type": "text", "text": text}
    media = inner(part, "inlineData") or inner(part, "fileData")
    kind = (as_text(member(media, "mimeType")) or "").partition("/")[0]
    if not media:
        return None
    shapes = {"image": "image_url", "audio": "input_audio", "video": "video_url"}
    return {"type": shapes.get(kind, "file")}
