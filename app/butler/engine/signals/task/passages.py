"""Cuts a prompt into the sentences that may hold the ask, and weighs them by their place.

People put what they want first or last and the material it is about in between, so a sentence
counts the more the nearer it stands to either end. Code and long quotations are material: they
are left out here, though the marks of form still see them.
"""

import re
from dataclasses import dataclass
from typing import Final

_HEAD_CHARS: Final = 1_200
_TAIL_CHARS: Final = 600
_HEAD_WEIGHTS: Final = (1.0, 0.9, 0.75, 0.6, 0.5, 0.4, 0.3, 0.25)
_TAIL_WEIGHTS: Final = (1.0, 0.75, 0.45, 0.3)
# In a long prompt most sentences are material.
_LONG_CHARS: Final = 420
_LONG_HEAD_WEIGHTS: Final = (1.0, 0.7, 0.45, 0.3)
_LONG_TAIL_WEIGHTS: Final = (1.0, 0.5)
_ASK_WEIGHT: Final = 0.6
# What follows "Translate this into French:" is not the ask.
_MATERIAL_SHARE: Final = 0.6
_ANNOUNCED_BY: Final = 2
_ORDER_BYTES: Final = 12
_SENTENCE_CHARS: Final = 260

CJK: Final = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"

_FENCED: Final = re.compile(r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)", re.DOTALL)
_QUOTED: Final = re.compile(
    r"[“「『][^”」』]{12,}[”」』]|(?<!\w)\"[^\"\n]{16,}\"(?!\w)|(?<!\w)'[^'\n]{24,}'(?!\w)"
)
_SENTENCE: Final = re.compile(
    r"[^.!?。！？；;:：\n]*(?:\.(?!\s|$)[^.!?。！？；;:：\n]*)*[.!?。！？；;:：\n]*"
)
_SIGNS: Final = re.compile(r"[{}()\[\]=<>|_;&#$\\]")
_TRADITIONAL: Final = (
    "寫詩詞譯編創總結簡請將給這個們說話語漢國問題學習點標數據類別計設實現讀論評價較對應該樣產員館賣買從間開關轉換術書畫會歷為"
    "幫誰麼麽嗎聽愛歡謝見還後時長飯無氣陽線圖記錄電腦網頁碼鏈樹隊運營業務郵備註節歲親媽難過錯誤級輸變構遊戲劇廣導體驗證詳細處"
    "經濟歸納檢測試單組"
)
_SIMPLIFIED: Final = (
    "写诗词译编创总结简请将给这个们说话语汉国问题学习点标数据类别计设实现读论评价较对应该样产员馆卖买从间开关转换术书画会历为"
    "帮谁么么吗听爱欢谢见还后时长饭无气阳线图记录电脑网页码链树队运营业务邮备注节岁亲妈难过错误级输变构游戏剧广导体验证详细处"
    "经济归纳检测试单组"
)
_TO_SIMPLIFIED: Final = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
_HAS_TRADITIONAL: Final = re.compile(f"[{_TRADITIONAL}]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in lower case and simplified characters; `weight` is that of its place."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt made ready to be read: `seen` is its beginning and end as they were written."""

    seen: str
    sentences: tuple[Sentence, ...]
    length: int

    def ask(self) -> str:
        """The sentences near either end, one a line."""
        return "\n".join(one.text for one in self.sentences if one.weight >= _ASK_WEIGHT)


def read_prompt(text: str) -> Prompt:
    """Looks at the first and last characters only, so that a long paste costs no more."""
    head, tail = text[:_HEAD_CHARS].lstrip(), text[_HEAD_CHARS:][-_TAIL_CHARS:].rstrip()
    seen = f"{head}\n{tail}" if tail else head.rstrip()
    return Prompt(seen, _sentences(seen), len(text))


def _sentences(seen: str) -> tuple[Sentence, ...]:
    prose = _FENCED.sub("\n", seen) if "```" in seen or "~~~" in seen else seen
    prose = _QUOTED.sub(" ", prose)
    if not prose.strip():
        prose = seen
    if _HAS_TRADITIONAL.search(prose):
        prose = prose.translate(_TO_SIMPLIFIED)
    long = len(seen) >= _LONG_CHARS
    pieces = [
        piece
        for found in _SENTENCE.findall(prose.lower().replace("tl;dr", "tldr"))
        if (piece := found.strip())
    ]
    weights = [_weight(place, len(pieces), long) for place in range(len(pieces))]
    if announced := _announcement(pieces):
        after = range(announced, len(pieces))
        weights[announced:] = [weights[place] * _MATERIAL_SHARE for place in after]
    return tuple(
        Sentence(piece[:_SENTENCE_CHARS], weight)
        for piece, weight in zip(pieces, weights, strict=True)
        if weight and not _is_code(piece)
    )


def _announcement(pieces: list[str]) -> int | None:
    """Where the material begins that an order ending in a colon announces, if one does."""
    for place, piece in enumerate(pieces[:_ANNOUNCED_BY]):
        if piece[-1] in ":：" and len(piece.encode()) >= _ORDER_BYTES and place + 1 < len(pieces):
            return place + 1
    return None


def _weight(place: int, count: int, long: bool) -> float:
    """The weight of the sentence at `place` of `count`; 0 in the middle of a long text."""
    head = _LONG_HEAD_WEIGHTS if long else _HEAD_WEIGHTS
    tail = _LONG_TAIL_WEIGHTS if long else _TAIL_WEIGHTS
    from_end = count - 1 - place
    of_head = head[place] if place < len(head) else 0.0
    of_tail = tail[from_end] if from_end < len(tail) else 0.0
    return max(of_head, of_tail)


def _is_code(piece: str) -> bool:
    """Whether a sentence is mostly signs, as lines of code and tables are."""
    return len(_SIGNS.findall(piece)) * 5 > len(piece)
