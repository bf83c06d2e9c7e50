"""Words around an ask: politeness before it, and the verbs that order something to be made."""

from typing import Final

# Skipped at the beginning of a sentence: "Could you please translate" begins with the verb.
POLITE: Final = frozenset(
    "please pls plz kindly can could would will you i i'd i'll i'm want need wish like to help"
    " me us your task is now then so and also next first finally ok okay hi hello hey dear just go"
    " ahead let's lets let try question prompt instruction instructions yes well alright"
    " great thanks , ! . :".split()
)

# Questions that are orders: "can you …", "would you …".
POLITE_QUESTIONS: Final = frozenset("can could would will".split())

QUESTION_WORDS: Final = frozenset(
    "what what's who who's whose when where why how which is are am was were do does did can could"
    " should would will has have had may shall if".split()
)

MAKING: Final = frozenset(
    "write create generate compose build develop draft make design implement produce craft"
    " construct prepare give provide come suggest propose invent need want show tell code program"
    " formulate devise put structure compile fix improve edit revise refactor optimize optimise"
    " finish complete continue add help rewrite pen send author plan outline research imagine"
    " perform conduct brainstorm turn convert".split()
)

# What may stand before such a verb inside a sentence ("I need you to write", "and then create").
LEADS: Final = frozenset(
    "please to you and then me can could now just also help us must should will would i we , or"
    " let's kindly you'll i'll".split()
)

# A noun before one of these is what is made; what follows says what it is about.
PHRASE_ENDS: Final = frozenset(
    "about for to that which of on in with using from by where who whose as at based called titled"
    " explaining describing named containing so if when and , . ? ! : ( between given".split()
)

# Where nothing known stood before one of these, the search goes on: "a set of …", "help with …".
PHRASE_JOINS: Final = frozenset("of with".split())

# These point at material that is there already; what they stand before is not to be made.
POINTING: Final = frozenset(
    "the this that these those following above below your my his her here there is are was".split()
)

# What follows a thing that is asked for without any verb: "a poem for …", "python script to …".
BARE_JOINS: Final = frozenset("about for to that which of on in with using between by".split())

# As a regular expression, since Chinese has no spaces. Verbs of one character count only with a
# measure word behind them.
MAKING_ZH: Final = (
    r"编写|撰写|创作|创造|创建|生成|设计|起草|草拟|制作|开发|实现|构建|构造|建立|提供|给出|列出|制定|输出|编辑"
    r"|修改|优化|改进|完善|修复|描绘|描写|构思|塑造|虚构|编造|谱写|提出|想出|绘制|续写|扩写|改写|重写|拟定|策划|准备"
    r"|写(?:出|成|下|个|一|几|篇|首|封|段|份|则|句)?|用.{1,12}?写"
    r"|(?:[编拟作做来讲说画要想起取给列]|给我)(?:出|写)?(?:[一二三四五六七八九十几两些个首篇段份封则]|\d)"
)

# Inside the thing that is made, these begin its purpose.
PURPOSE_ZH: Final = r"来(?!自)|用于|用来|以便|使得|从而|能够|可以|、"
