"""Chinese words that say the same as another one, and those that say nothing."""

import re
from typing import Final

FORMS: Final = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (r"[吗嘛么呢吧啊呀吖哦啦哈阿]+$", ""),
        (r"如何|怎样才能|怎么才能|怎样|咋样|咋", "怎么"),
        (r"为啥|为何", "为什么"),
        (r"啥", "什么"),
        (r"怎么样$", "怎么样"),
    )
)
