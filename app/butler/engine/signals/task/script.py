"""Scripts that are written without spaces, and their common characters in one form."""

import re
from typing import Final

CJK: Final = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
"""The inside of a character class: kana, Chinese characters, Hangul."""

# Only characters that cues are written with; some of them are Japanese too.
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


def is_cjk(sign: str) -> bool:
    """Whether a character belongs to a script written without spaces (or Hangul)."""
    return "\u3040" <= sign <= "\u9fff" or "\uac00" <= sign <= "\ud7af"


def simplify(text: str) -> str:
    """`text` with the commonest traditional characters in their simplified form."""
    return text.translate(_TO_SIMPLIFIED) if _HAS_TRADITIONAL.search(text) else text
