"""What the pretend models say: honest about being pretend, in the language they are asked in."""

from butler.engine.signals.ask import find_ask
from butler.engine.signals.text import is_cjk

_ENGLISH = (
    "This is {model}, a pretend model of Smart Routing Butler. No provider is configured yet, so "
    "nothing left this machine. You asked about “{topic}”. Add a provider with "
    "`butler provider add` and a real model will answer here."
)
_CHINESE = (
    "这里是 {model},Smart Routing Butler 的演示模型。目前还没有配置任何服务商,因此没有任何内容离开本机。"  # noqa: E501
    "您问的是“{topic}”。用 `butler provider add` 添加服务商后,真正的模型就会在这里回答。"
)
_MAX_TOPIC_CHARS = 60


def answer(model: str, messages: list[object]) -> str:
    """Return what a pretend model says to these messages."""
    ask = " ".join(find_ask(messages).text.split())
    topic = ask[:_MAX_TOPIC_CHARS] + ("…" if len(ask) > _MAX_TOPIC_CHARS else "")
    chinese = sum(1 for char in ask if is_cjk(char))
    template = _CHINESE if chinese * 3 > len(ask) else _ENGLISH
    return template.format(model=model, topic=topic)
