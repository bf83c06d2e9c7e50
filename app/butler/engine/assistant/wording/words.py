"""The words that are known: what a phrase asks for, in both languages; patterns over folded text.

To teach one, add it to its line. Chinese is simplified; spaces stand for any gap.
"""

import re
from collections.abc import Mapping
from typing import Any

from butler.contract.tasks import Task

TASKS: Mapping[Task, str] = {
    Task.CODING: r"cod(?:e|ing)|program(?:s|ming)?|debug(?:ging)?|bugs?|refactor(?:ing)?"
    r"|script(?:s|ing)?"
    r"|代码|编程|程序|写码|调试|重构|脚本|开发",
    Task.TRANSLATION: r"translat(?:e|ion|ions|ing)|locali[sz]ation|翻译|互译|本地化",
    Task.SUMMARIZATION: r"summar(?:y|ies|i[sz]e|i[sz]ing|i[sz]ation)|tl;?dr|总结|摘要|概括|归纳|纪要",
    Task.ANALYSIS: r"(?:data )?analy(?:sis|ses|tics|[sz]e|[sz]ing)|research|数据分析|分析|统计|调研|评估",
    Task.MATH: r"maths?|mathematics|reasoning|logic|arithmetic|algebra|calculus|数学|推理|逻辑|算术|计算",
    Task.CREATIVE: r"creative(?: writing)?|writing|stor(?:y|ies)|poems?|poetry|copywriting"
    r"|blog(?: posts?)?"
    r"|brainstorming|创意|创作|写作|文案|故事|小说|诗",
    Task.CHAT: r"chat(?:s|ting)?|small talk|conversations?|casual|聊天|闲聊|对话|日常",
    Task.GENERAL: r"general(?: questions?)?|q&a|问答|一般问题|通用问题",
}
"""What each task is called."""

CONDITIONS: tuple[tuple[str, Mapping[str, Any]], ...] = (
    (
        r"secrets?|api keys?|passwords?|credentials?|private|personal (?:data|information)|pii"
        r"|sensitive"
        r"|confidential|密钥|密码|隐私|敏感|机密|个人信息|凭证",
        {"kind": "contains_secrets"},
    ),
    (
        r"images?|pictures?|photos?|screenshots?|vision|图片|图像|截图|照片|看图",
        {"kind": "modality", "modalities": ["image"]},
    ),
    (r"audio|voice|sound|音频|语音|录音", {"kind": "modality", "modalities": ["audio"]}),
    (r"pdfs?|attachments?|附件", {"kind": "modality", "modalities": ["file"]}),
    (r"tool (?:calls?|use)|with tools|function calls?|工具调用|带工具", {"kind": "has_tools"}),
    (
        r"in chinese|chinese (?:prompts?|questions?|text)|中文(?:的)?(?:提问|问题|请求|内容|提示词)?",
        {"kind": "language", "languages": ["zh"]},
    ),
    (
        r"in english|english (?:prompts?|questions?|text)|英文(?:的)?(?:提问|问题|请求|内容|提示词)?",
        {"kind": "language", "languages": ["en"]},
    ),
    (
        r"title(?:s| calls?| generation)|标题(?:调用|生成)?",
        {"kind": "call_kind", "kinds": ["title"]},
    ),
    (r"sub-?agents?|子代理", {"kind": "call_kind", "kinds": ["subagent"]}),
    (r"claude code", {"kind": "client", "clients": ["claude-code"]}),
    (r"codex", {"kind": "client", "clients": ["codex"]}),
    (r"cursor", {"kind": "client", "clients": ["cursor"]}),
    (r"aider", {"kind": "client", "clients": ["aider"]}),
    (r"at night|overnight|夜间|晚上|夜里", {"kind": "time", "from": "22:00", "to": "07:00"}),
    (r"(?:on|at) (?:the )?weekends?|周末", {"kind": "time", "days": ["sat", "sun"]}),
    (
        r"working hours|office hours|工作时间|上班时间",
        {
            "kind": "time",
            "from": "09:00",
            "to": "18:00",
            "days": ["mon", "tue", "wed", "thu", "fri"],
        },
    ),
)
"""What else a phrase may ask for, and the condition that it is."""

REST = re.compile(
    r"everything else|anything else|all (?:the )?(?:rest|others?)|the rest|otherwise|by default"
    r"|default"
    r"|其余|其他|其它|剩下|否则|默认"
)
LOCAL = re.compile(
    r"\blocal(?:ly)?\b|on (?:my|this) (?:machine|computer|laptop)|on-device|本地|本机"
)
CHEAPEST = re.compile(r"\bcheap(?:est)?\b|least expensive|lowest cost|最便宜|便宜的|最省钱")
STRONGEST = re.compile(
    r"\bbest\b|strong(?:est)?|smartest|most (?:capable|powerful)|most expensive|最好|最强|最聪明|最贵"
)
ROOMIEST = re.compile(
    r"larg(?:e|est)(?: context)?|biggest|longest context|上下文最大|最大|最长上下文"
)
FAILING = re.compile(
    r"unhealthy|(?:is |are )?(?:down|failing|unavailable|broken|offline)|fails?\b"
    r"|not (?:work(?:ing)?|available|healthy)"
    r"|out of order|不可用|不健康|故障|出错|挂了|宕机|失败|异常|不能用"
)
THEN = re.compile(
    r"fall(?:s|ing)? ?back(?: to| on)?|\bthen\b|as (?:a )?(?:backup|fallback)|backup|备用|后备|再用"
    r"|然后用|其次"
)
THINKS = re.compile(
    r"with (?:deep |extended )?(?:thinking|reasoning on)|think(?:ing)? hard|深度思考|开启思考|带思考"
)
THINKS_NOT = re.compile(
    r"without (?:any )?(?:thinking|reasoning)|no thinking|不要?思考|关闭思考|不思考"
)
NOT = re.compile(
    r"\b(?:not|never|don'?t|do not|except|unless|excluding|but not)\b|不要|不得|除了|除非|别用|禁止|不能用于|以外"
)
TOOLS = re.compile(r"\bclaude[ -]code\b")
"""Tools whose names hold words that mean something else."""
LONG = re.compile(
    r"\blong(?:er)?\b|\blarge (?:documents?|prompts?|files?)|长文|长文档|长文本|超长|大文档"
)
SHORT = re.compile(r"\bshort(?:er)?\b|简短|短问题|短文本|短的")
