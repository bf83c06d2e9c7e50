"""Chinese words that say the same as another one, and those that say nothing."""

import re
from typing import Final

FORMS: Final = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        # Particles at the end make a question or soften it.
        (r"(?:[吗嘛呢吧啊呀吖哦啦哈阿哇]|(?<![什怎这那多要])么)+$", ""),
        (r"为啥子?|为何|为什麽", "为什么"),
        (r"怎样才能|怎么才能|如何才能|怎么样才能|该怎么|应该怎么|要怎么", "怎么"),
        (r"怎样|怎么样|咋样", "怎样"),
        (r"如何|怎样(?=.)|咋(?!样)", "怎么"),
        (r"啥|什麽", "什么"),
        (r"哪儿", "哪里"),
        (r"(?:是)?在哪里?$", "在哪里"),
        (r"的?意思是什么$|是?什么意思$", "是什么意思"),
        (r"^什么(?:是|叫)(.+)$", r"\1是什么"),
        (r"^(.+)为什么(.+)$", r"为什么\1\2"),
        (r"(?:都|分别)(?=有[哪什])", ""),
        (r"有哪些$|有什么$", "有哪些"),
        (r"^(.+?)怎么(?!样|办|了|回事|说)([^怎]+)$", r"怎么\2\1"),
    )
)
"""Applied in this order. What acts on what is never moved, only the word that asks."""

ABOUT_WORDS: Final = re.compile(
    r"翻译|译[成为]|改写|润色|病句|造句|断句|拼写|改错|扩写|续写|缩写|语法|引号"
)
"""A text with one of them may ask about the very wording that folding would change."""
