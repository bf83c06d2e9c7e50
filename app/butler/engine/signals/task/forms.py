"""What the form of a prompt says beyond its words: word problems, pasted material, small talk."""

import re
from typing import Final

from butler.contract.tasks import Task
from butler.engine.signals.task.evidence import Evidence
from butler.engine.signals.task.passages import CJK, Prompt

_NUMBER: Final = re.compile(
    r"(?<![\w.])[$€£¥]?\d[\d,]*(?:\.\d+)?(?:/\d+)?%?(?![\w])|(?<=[\u4e00-\u9fff])\d+(?:\.\d+)?%?"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|hundred"
    r"|thousand|half|twice|thrice|third|quarter|dozen|double|triple)\b"
    r"|[两二三四五六七八九十百千半]+(?=[个只本元米天人倍分名条块支张辆盒箱棵])",
)
_QUANTITY_ASKED: Final = re.compile(
    r"\bhow (?:many|much|far|long|old|fast|tall|big|often|heavy)\b|\bwhat(?:'s|’s| is| was| are| were| will be| would be) "
    r"(?:the|his|her|their|its|\w+'s) (?:total|average|sum|difference|product|cost|price|probability|area|length|volume|number"
    r"|amount|value|ratio|speed|distance|percentage|percent|profit|ages?|weight|height|width|perimeter|remainder|original|combined|new|final|smallest|largest|least|greatest|maximum|minimum|measure|time)\b"
    r"|\bwhat (?:percent|percentage|fraction)\b|多少|几(?:个|只|本|元|米|天|人|倍|分|名|条|块|支|张|辆|盒|箱|棵|岁|点|次|千|小时|公里|页|套|种|厘米|朵|枝|只|颗|双|层|排|行|组|吨|克|件|位|节|头|批|袋|瓶|袋|筐|桶|角|年|月|周|步)"
)
_COUNT_ASKED: Final = re.compile(r"\bhow (?:many|much)\b|多少")
_TOLD_CHARS: Final = 100
_TABULAR: Final = re.compile(r"(?i)\b(?:column|dataset|csv|data ?frame|table)s?\b|表格|数据集")
_I: Final = re.compile(r"\b(?:i|i'm|i've|i'll|i'd|me|my|mine|myself|we|we're|our|us)\b")
_YOU: Final = re.compile(r"\b(?:you|you're|your|yours|yourself|u|ur)\b")
_OTHERS: Final = re.compile(r"\b(?:he|she|him|her|his|they|them|it|it's|that|that's|this)\b")
_ASKS: Final = re.compile(
    r"\b(?:what|who|when|where|why|how|which|explain|describe|list|please|write|help|give|tell|show|suggest|recommend|provide|create|make)\b"
    r"|什么|怎么|怎样|如何|为什么|哪|谁|请|帮|列|解释|介绍|推荐|写|给|吗|多少|几|谈|说明|简述|建议"
)
_SELF_ZH: Final = re.compile(r"我|咱|俺")
_YOU_ZH: Final = re.compile(r"[你您]")
_PARTICLE_ZH: Final = re.compile(
    r"[吧呀啊啦嘛呢哦噢哈嗯哎唉哟喔耶咯嘞][。！？!?~～，,\s]*$|了[。！!~]*$"
)
_HAN: Final = re.compile(rf"[{CJK}]")
_LATIN_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")

_LONG_CHARS: Final = 420
_LONG_HAN: Final = 160


def read_forms(prompt: Prompt, opened: bool, evidence: Evidence) -> None:
    """Adds what the whole says; `opened` is whether a sentence began with a known opening."""
    low = prompt.seen.lower()
    han = len(_HAN.findall(low))
    words = len(_LATIN_WORD.findall(low)) - 0
    _word_problem(prompt.seen, low, evidence)
    _material(prompt, han, evidence)
    if han * 2 >= words:
        _chinese_talk(low, han, evidence)
    else:
        _english_talk(low, words, opened, evidence)


def _word_problem(seen: str, low: str, evidence: Evidence) -> None:
    asked = _QUANTITY_ASKED.search(low)
    if not asked:
        return
    if _TABULAR.search(seen):
        return
    numbers = len(_NUMBER.findall(low))
    if numbers < 2 and len(low) > _TOLD_CHARS and _COUNT_ASKED.search(low):
        evidence.add(Task.MATH, 2.5, "a story that asks how many")
    if numbers >= 2:
        evidence.add(Task.MATH, min(2.5 + numbers * 0.5, 5), f"{numbers} numbers, {asked.group()}")


def _material(prompt: Prompt, han: int, evidence: Evidence) -> None:
    if prompt.length < _LONG_CHARS and han < _LONG_HAN:
        return
    evidence.add(Task.SUMMARIZATION, 1.0, "long material")
    evidence.add(Task.ANALYSIS, 0.8, "long material")
    evidence.add(Task.CHAT, -4.0, "long material")


def _english_talk(low: str, words: int, opened: bool, evidence: Evidence) -> None:
    if words > 60:
        return
    asks = _ASKS.search(low) is not None
    persons = len(_I.findall(low)) + len(_YOU.findall(low))
    if persons and not asks:
        evidence.add(Task.CHAT, min(1.0 + 9.0 * persons / words, 3.5), "I and you")
    elif _YOU.search(low) and words <= 10 and not opened:
        evidence.add(Task.CHAT, 1.5, "to you")
    if not asks and not opened and words <= 14:
        evidence.add(Task.CHAT, 2.0 if words <= 8 else 1.2, "a short remark")
        if _OTHERS.search(low):
            evidence.add(Task.CHAT, 1.0, "he, she, it")


def _chinese_talk(low: str, han: int, evidence: Evidence) -> None:
    if han > 60:
        return
    asks = _ASKS.search(low) is not None
    you, self_ = _YOU_ZH.search(low), _SELF_ZH.search(low)
    if you and han <= 14:
        evidence.add(Task.CHAT, 2.0, "你")
    if self_ and not asks and han <= 40:
        evidence.add(Task.CHAT, 2.0, "我")
    if han <= 24 and _PARTICLE_ZH.search(low):
        evidence.add(Task.CHAT, 1.5, "a particle of speech")
    if not asks and han <= 12:
        evidence.add(Task.CHAT, 1.5, "a short remark")
