"""What the form of a prompt says beyond its words: word problems, pasted material, small talk."""

import re
from typing import Final

from butler.contract.tasks import Task
from butler.engine.signals.task.evidence import Evidence
from butler.engine.signals.task.passages import CJK, Prompt
from butler.engine.signals.task.talk import read_chinese_talk, read_english_talk

_NUMBER: Final = re.compile(
    r"(?<![\w.])[$€£¥]?\d[\d,]*(?:\.\d+)?(?:/\d+)?%?(?![\w])|(?<=[\u4e00-\u9fff])\d+(?:\.\d+)?%?"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|hundred"
    r"|thousand|half|twice|thrice|third|quarter|dozen|double|triple)\b"
    r"|[两二三四五六七八九十百千半]+(?=[个只本元米天人倍分名条块支张辆盒箱棵])",
)
_QUANTITY_ASKED: Final = re.compile(
    r"\bhow (?:many|much|far|long|old|fast|tall|big|often|heavy)\b|\bwhat (?:percent|percentage|fraction)\b"
    r"|\bwhat(?:'s|’s| is| was| are| were| will be| would be| will| must be) (?:the|his|her|their|its|\w{1,20}'s)"
    r" (?:\w{1,15} ){0,3}?(?:total|average|sum|difference|product|cost|price|probability|area|length|volume|number"
    r"|amount|value|ratio|speed|distance|percentage|percent|profit|loss|ages?|weight|height|width|perimeter|remainder"
    r"|smallest|largest|least|greatest|maximum|minimum|measure|time|salary|income|bill|score|balance|rate|depth|worth"
    r"|savings|earnings|budget|fee|fare|payment|wage|size|share|side|angle|radius|diameter|term|digits?|numbers?|chance)\b"
    r"|\b(?:wie viele?|combien|cuánt[oa]s?|quant[oaie]s?)\b|quel est le (?:coût|prix|nombre|reste)|сколько|いくつ|いくら|何人|何個|몇"
    r"|多少|几(?:个|只|本|元|米|天|人|倍|分|名|条|块|支|张|辆|盒|箱|棵|岁|点|次|千|小时|公里|页|套|种|厘米|朵|枝|颗|双|层|排|行|组"
    r"|吨|克|件|位|节|头|批|袋|瓶|筐|桶|角|年|月|周|步)"
)
_COUNT_ASKED: Final = re.compile(r"\bhow (?:many|much)\b|多少")
_TOLD_CHARS: Final = 100
_TABULAR: Final = re.compile(r"(?i)\b(?:column|dataset|csv|data ?frame|table)s?\b|表格|数据集")
_QUESTION_LINE: Final = re.compile(
    r"(?:(?:q|question|问题|问)\s*[:：]\s*)?(?:[^\n]{4,250}[?？]$"
    r"|(?:what|who|whose|when|where|why|how|which|did|does|is|was)\b[^\n]{8,200}$)"
)
_PASSAGE_CHARS: Final = 180
_PASSAGE_HAN: Final = 80
_PERSONS: Final = re.compile(r"\b(?:i|i'm|my|me|we|our|you|your)\b|[我你]")
_HAN: Final = re.compile(rf"[{CJK}]")
_LATIN_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")

_LONG_CHARS: Final = 420
_LONG_HAN: Final = 160
# Enough to tell the script and the size of what matters here.
_SAMPLE_CHARS: Final = 480


def read_forms(prompt: Prompt, ask: str, ordered: bool, evidence: Evidence) -> None:
    """Adds what the whole says; `ordered` is whether it begins with an order."""
    low = prompt.seen.lower()
    sample = low[:_SAMPLE_CHARS]
    han, words = len(_HAN.findall(sample)), len(_LATIN_WORD.findall(sample))
    _word_problem(low, ask, evidence)
    _passage(low, evidence)
    if prompt.length >= _LONG_CHARS or han >= _LONG_HAN:
        evidence.add(Task.SUMMARIZATION, 1.0, "long material")
        evidence.add(Task.ANALYSIS, 0.8, "long material")
        evidence.add(Task.CHAT, -4.0, "long material")
    elif han * 2 >= words:
        read_chinese_talk(low, han, evidence)
    else:
        read_english_talk(low, words, ordered, evidence)


def _word_problem(low: str, ask: str, evidence: Evidence) -> None:
    """A story with figures that ends in "how many"; a table asked about is no such story."""
    asked = _QUANTITY_ASKED.search(ask)
    if not asked or _TABULAR.search(ask):
        return
    numbers = len(_NUMBER.findall(low))
    if numbers >= 2:
        evidence.add(Task.MATH, min(2.5 + numbers * 0.5, 5), f"{numbers} numbers, {asked.group()}")
    elif len(low) > _TOLD_CHARS and _COUNT_ASKED.search(asked.group()):
        evidence.add(Task.MATH, 2.5, "a story that asks how many")


def _passage(low: str, evidence: Evidence) -> None:
    """A question on a line of its own, before or after a passage that holds the answer."""
    first, _, rest = low.partition("\n")
    before, _, last = low.rstrip().rpartition("\n")
    for question, passage in ((first, rest), (last, before)):
        if _QUESTION_LINE.match(question.strip()) and _is_passage(passage):
            evidence.add(Task.ANALYSIS, 3.0, "a passage and a question about it")


def _is_passage(text: str) -> bool:
    """Whether `text` is prose long enough to hold an answer, and not a person's own story."""
    long = len(text) >= _PASSAGE_CHARS or len(_HAN.findall(text)) >= _PASSAGE_HAN
    return long and len(_PERSONS.findall(text)) * _PASSAGE_CHARS <= len(text)
