"""Tells small talk by its form: remarks, what people say of themselves, questions put to "you"."""

import re
from typing import Final

from butler.contract.tasks import Task
from butler.engine.signals.task.evidence import Evidence

# Longer than this, a prompt is hardly small talk whatever its words.
_TALK_WORDS: Final = 70
_TALK_HAN: Final = 70
_REMARK_WORDS: Final = 14
_QUESTION_WORDS: Final = 11
_REMARK_HAN: Final = 14

_I: Final = re.compile(
    r"\b(?:i|i'm|im|i've|i'll|i'd|me|my|mine|myself|we|we're|we've|our|us|you|you're|your|yours|u|ur)\b"
)
_OTHERS: Final = re.compile(r"\b(?:he|she|him|her|his|they|them|it|it's|that|that's|this)\b")
_TO_YOU: Final = re.compile(r"\b(?:you|your|yours|yourself|u|ur)\b")
# "How do you boil an egg?" is asked of nobody in particular.
_ANYBODY: Final = re.compile(
    r"\bhow (?:do|can|could|would|should|might|did) you\b(?! (?:feel|like|do\b|know|think|spend))"
    r"|\b(?:if|when) you\b|\bdo you (?:need|have to|say|call)\b"
    r"|\bdo you know (?:how|what|why|where|who|any|of)\b"
    r"|\byou (?:think of (?:as|when)|recommend|suggest|give|tell|help|explain|provide|list|name)\b"
)
_GREETING: Final = re.compile(
    r"^\W*(?:hi|hello|hey|hiya|yo|howdy|heya|hullo|ok|okay|sure|no|yes|yeah|well|nice|great)\b"
)
_GREETING_WORDS: Final = 9
_QUESTION: Final = re.compile(
    r"[?？]\s*$|^\W*(?:what|who|whose|when|where|why|how|which|what's|who's|is|are|am|was|were|do|does"
    r"|did|can|could|should|would|will|has|have|had|may|shall|isn't|aren't|don't|doesn't|can't)\b"
)
# Figures and signs are no small talk; a bare noun phrase is rather a search than a remark.
_NO_REMARK: Final = re.compile(r"[\d=<>|\[\]{}\\/]")
_TINY_WORDS: Final = 4
_ENGLISH: Final = re.compile(r"[\x00-\x7f’‘“”…–—\U0001F300-\U0001FAFF]*\Z")

_REQUEST_ZH: Final = re.compile(
    r"请(?!问)|帮|给我|写|告诉|解释|介绍|推荐|列|建议|如何|怎么(?:办|做|用|样才)|怎样|翻译|总结|分析"
    r"|计算|生成|提供|说明|简述|证明|设计"
)
_ASKS_ZH: Final = re.compile(
    r"什么|怎|如何|为何|哪|谁|吗|多[少远大高长久重快深]|几|是否|能不能|[?？]"
)
_I_ZH: Final = re.compile(r"我(?!们)|咱|俺")
_YOU_ZH: Final = re.compile(r"[你您]")
_PARTICLE_ZH: Final = re.compile(
    r"[吧呀啊啦嘛呢哦噢哈嗯哎唉哟喔耶咯嘞呗][。！？!?~～，,…\s]*$|了[。！!~～…\s]*$"
)


def read_english_talk(low: str, words: int, ordered: bool, evidence: Evidence) -> None:
    """`low` is the prompt in lower case; `ordered` is whether it begins with an order."""
    if words > _TALK_WORDS or ordered or not _ENGLISH.match(low):
        return
    low = low.replace("’", "'")
    if _GREETING.match(low):
        evidence.add(Task.CHAT, 3.0 if words <= _GREETING_WORDS else 1.5, "a greeting")
    asks = _QUESTION.search(low) is not None
    if asks:
        if words <= _QUESTION_WORDS and _TO_YOU.search(low) and not _ANYBODY.search(low):
            evidence.add(Task.CHAT, 3.0, "asked of you")
        return
    persons = len(_I.findall(low))
    if persons:
        evidence.add(Task.CHAT, min(1.0 + 10.0 * persons / words, 3.5), "I and you")
    if words > _REMARK_WORDS or _NO_REMARK.search(low):
        return
    others = _OTHERS.search(low) is not None
    if persons or others or words <= _TINY_WORDS:
        personal = (persons or others) and words * 2 <= _REMARK_WORDS
        evidence.add(Task.CHAT, 2.0 if personal else 1.8, "a short remark")
    if others:
        evidence.add(Task.CHAT, 1.0, "he, she, it")


def read_chinese_talk(low: str, han: int, evidence: Evidence) -> None:
    """The same for Chinese, where particles at the end give speech away."""
    if han > _TALK_HAN:
        return
    requests, asks = _REQUEST_ZH.search(low), _ASKS_ZH.search(low)
    if _YOU_ZH.search(low) and not requests:
        evidence.add(Task.CHAT, 3.0 if han <= _REMARK_HAN else 1.5, "你")
    if _I_ZH.search(low) and not requests:
        evidence.add(Task.CHAT, 0.7 if asks else 2.5, "我")
    if han <= 2 * _REMARK_HAN and _PARTICLE_ZH.search(low):
        evidence.add(Task.CHAT, 1.5, "a particle of speech")
    if han <= _REMARK_HAN and not (asks or requests or _NO_REMARK.search(low)):
        evidence.add(Task.CHAT, 1.5, "a short remark")
