"""Whether the user asks for the time: then what a tool says of it is no mere mark."""

import re

_ASKS_FOR_TIME = re.compile(
    r"\b(?:today|tonight|tomorrow|yesterday|now|current(?:ly)?|date|time|day|week|weekend|month"
    r"|year|hour|clock|calendar|deadline|when|recent(?:ly)?|latest|ago|schedule|since|until|age"
    r"|old|birthday|holiday|season|morning|afternoon|evening|night|days|weeks|months|years|hours)\b"
    r"|今[天日晚年早]|[明昨后後前][天日]|现在|現在|目前|当前|當前|日期|时间|時間|几点|幾點|几号|幾號"
    r"|星期|礼拜|禮拜|周[一二三四五六日末]|[这這本上下](?:[周週月年]|[个個][周週月])|最近|最新|刚才|剛才|多久|何时|何時"
    r"|什么时候|什麼時候|节日|節日|年龄|年齡|截止",
    re.IGNORECASE,
)


def asks_for_time(text: str) -> bool:
    """Say whether words may be about dates or the hour; in doubt they are."""
    return _ASKS_FOR_TIME.search(text) is not None
