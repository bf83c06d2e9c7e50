"""Tells the word problems of mathematics by their form: a story with figures that asks for one."""

import re
from typing import Final

from butler.contract.tasks import Task
from butler.engine.signals.task.evidence import Evidence

_NUMBER: Final = re.compile(
    r"(?<![\w.])[$€£¥]?\d[\d,]*(?:\.\d+)?(?:/\d+)?%?(?!\w)|(?<=[\u4e00-\u9fff])\d+(?:\.\d+)?%?"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty"
    r"|fifty|hundred|thousand|half|twice|thrice|third|quarter|dozen|double|triple)\b"
    r"|[两二三四五六七八九十百千半]+(?=[个只本元米天人倍分名条块支张辆盒箱棵])"
)
# What "what is the …" asks for when a number is the answer.
_QUANTITY: Final = (
    "total|average|sum|difference|product|cost|price|probability|area|length|volume|number|amount"
    "|value|ratio|speed|distance|percentage|percent|profit|loss|ages?|weight|height|width|perimeter"
    "|remainder|smallest|largest|least|greatest|maximum|minimum|measure|time|salary|income|bill"
    "|score|balance|rate|depth|worth|savings|earnings|budget|fee|fare|payment|wage|size|share|side"
    "|angle|radius|diameter|term|digits?|numbers?|chance"
)
_COUNTED_ZH: Final = (
    "[个只本元米天人倍分名条块支张辆盒箱棵岁点次千页套种朵枝颗双层排行组吨克件位节头批袋瓶筐桶角年月周步]"
    "|小时|公里|厘米"
)
_ASKED: Final = re.compile(
    r"\bhow (?:many|much|far|long|old|fast|tall|big|often|heavy)\b"
    r"|\bwhat (?:percent|percentage|fraction)\b"
    r"|\bwhat(?:'s|’s| is| was| are| were| will be| would be| will| must be)"
    r" (?:the|his|her|their|its|\w{1,20}'s) (?:\w{1,15} ){0,3}?"
    rf"(?:{_QUANTITY})\b|多少|几(?:{_COUNTED_ZH})"
    r"|\b(?:wie viele?|combien|cuánt[oa]s?|quant[oaie]s?)\b"
    r"|\bquel est le (?:coût|prix|nombre|reste)|сколько|いくつ|いくら|何人|何個|몇"
)
_MAY_ASK: Final = re.compile(r"[?？]|how|what|wie|comb|cu|quan|多少|几|сколько|いく|何|몇")
_COUNT: Final = re.compile(r"how (?:many|much)|多少")
# Of what the stories of school books are made.
_DEALINGS: Final = re.compile(
    r"\b(?:buys?|bought|costs?|pays?|paid|sells?|sold|earns?|earned|spends?|spent|gives?|gave|eats?"
    r"|ate|saves?|saved|miles?|hours?|minutes?|dollars?|cents?|pounds?|feet|inches|times as|half"
    r"|twice|each|every|per|total|left|remaining|more than|less than|fewer than|older|younger"
    r"|percent)\b|[$%]"
)
_TABULAR: Final = re.compile(r"\b(?:column|dataset|csv|data ?frame|table)s?\b|表格|数据集")
_STORY_CHARS: Final = 100


def read_word_problem(low: str, ask: str, evidence: Evidence) -> None:
    """`low` is the prompt in lower case, `ask` its first and last sentences.

    A question about a table or a column asks for a number too, but is analysis.
    """
    if not _MAY_ASK.search(ask) or _TABULAR.search(ask):
        return
    numbers = len(_NUMBER.findall(low))
    if asked := _ASKED.search(ask):
        if numbers >= 2:
            weight = min(2.5 + numbers * 0.5, 5)
            evidence.add(Task.MATH, weight, f"{numbers} numbers, {asked.group()}")
        elif len(low) > _STORY_CHARS and _COUNT.match(asked.group()):
            evidence.add(Task.MATH, 2.5, "a story that asks how many")
    elif numbers >= 3 and len(_DEALINGS.findall(low)) >= 3:
        evidence.add(Task.MATH, 2.5, f"a story with {numbers} numbers")
