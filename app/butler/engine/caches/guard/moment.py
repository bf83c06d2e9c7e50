"""Says whether the answer to a prompt depends on when it is asked."""

import re
from typing import Final

_LOOKED_AT_CHARS: Final = 2_000
_ENGLISH: Final = (
    r"t(?:oday|onight|omorrow)|yesterday|now(?:adays)?|current(?:ly)?|latest|recent(?:ly)?"
    r"|at the moment|(?:this|last|next) (?:week|month|year|morning|evening|weekend|season|night)"
    r"|th(?:ese days|is time of year)|weather|forecast|news|breaking|live score|stock price"
    r"|exchange rate|up to date|so far|upcoming|ongoing|what (?:time|day|date) is it"
    r"|what(?: is|'s) the (?:time|date)|price of|how much is|still"
)
_CHINESE: Final = (
    r"今天|今日|今晚|今年|明天|明年|昨天|昨日|现在|目前|当前|如今|最近|近期|最新|刚刚|刚才|这周|本周|上周|下周"
    r"|本月|这个月|上个月|下个月|去年|天气|新闻|股价|汇率|几点了?|实时|行情|价格|多少钱|即将|正在"
)
_ENGLISH_MOMENT: Final = re.compile(rf"\b(?:{_ENGLISH})\b")
_CHINESE_MOMENT: Final = re.compile(_CHINESE)


def is_time_dependent(text: str) -> bool:
    """Say whether a prompt asks for what may be otherwise soon; head and tail are looked at."""
    if len(text) > 2 * _LOOKED_AT_CHARS:
        text = f"{text[:_LOOKED_AT_CHARS]}\n{text[-_LOOKED_AT_CHARS:]}"
    if _ENGLISH_MOMENT.search(text.lower()) is not None:
        return True
    return not text.isascii() and _CHINESE_MOMENT.search(text) is not None
