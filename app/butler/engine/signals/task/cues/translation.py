"""What speaks for translation: the verb, the languages, and asking how a thing is said in one."""

import re
from typing import Final

from butler.contract.tasks import Task
from butler.engine.signals.task.sheet import Cues, Mark, Sheet

_LANGUAGES: Final = (
    "english|chinese|mandarin|cantonese|french|german|spanish|italian|portuguese|russian|japanese"
    "|korean|arabic|hebrew|hindi|urdu|bengali|punjabi|tamil|telugu|marathi|gujarati|malayalam|kannada"
    "|persian|farsi|turkish|greek|latin|dutch|swedish|norwegian|danish|finnish|icelandic|polish|czech"
    "|slovak|hungarian|romanian|bulgarian|serbian|croatian|ukrainian|lithuanian|latvian|estonian|thai"
    "|vietnamese|indonesian|malay|tagalog|filipino|swahili|zulu|yoruba|esperanto|irish|welsh|catalan"
    "|basque|georgian|armenian|mongolian|nepali|sinhala|khmer|lao|burmese|kazakh|uzbek|azerbaijani"
)
_TONGUES: Final = (
    "[英中汉漢日法德俄韩韓泰葡意]文|(?:英|汉|漢|日|法|德|俄|韩|韓|泰|葡萄牙|意大利|西班牙|阿拉伯|越南|印尼"
    "|印地|拉丁|希腊|土耳其|荷兰|波兰|瑞典|希伯来|波斯|马来|缅甸|蒙古|藏|维吾尔|粤|粵|国)[语語]|中国话|白话文"
    "|白話文|文言文|现代汉语|普通话|广东话|四川话|古文"
)

SHEET = Sheet(
    task=Task.TRANSLATION,
    opens=(
        Cues(
            5,
            """
            translate, transliterate, localize, localise, back translate, retranslate
            """,
        ),
        Cues(
            4.5,
            """
            chinese to english, english to chinese, translation, can you translate,
            give me the french, give me the spanish, give me the english, give me the chinese,
            give me the german, give me the japanese
            """,
        ),
        Cues(
            4,
            """
            render this, render the, say this in, say it in, put this into, put it into,
            put this in
            """,
        ),
        Cues(
            0,
            """
            translate this code, translate the code, translate the function
            """,
        ),
    ),
    says=(
        Cues(
            4,
            """
            translate, translate this, translate the following, translate it, translate into,
            translate to, translation of, how do you say, how do i say, how would you say,
            how to say, how can i say, how is it said, english translation, chinese translation,
            french translation, spanish translation, german translation, japanese translation,
            english version of, chinese version of, into english, into chinese, into french,
            into spanish, into german, into japanese, into korean, into russian, into italian,
            into portuguese, into arabic, into hindi, into latin, into mandarin
            """,
        ),
        Cues(
            3.5,
            """
            english please, in english please, in modern english, into modern english,
            english to korean, english to chinese, english to french, english to german,
            english to spanish, english to japanese, chinese to english, french to english,
            german to english, spanish to english, japanese to english, korean to english,
            russian to english, in chinese please, in spanish please, in french please,
            native speaker say, translates to, translate from
            """,
        ),
        Cues(
            3,
            """
            translation, translated, translating, literal translation, subtitle translation,
            c'est, c'est la vie
            """,
        ),
        Cues(
            0,
            """
            google translate, machine translation, translation memory, lost in translation,
            translation layer, address translation, translation service, translated into action,
            translation industry, translation company
            """,
        ),
        Cues(
            4.5,
            """
            翻译, 译成, 译为, 翻成, 翻译成, 翻译为, 译文, 英译, 中译英, 英译中, 汉译, 译一下,
            怎么翻译, 如何翻译, 翻译一下, 互译, 直译, 意译, 转译, 译作, 用英语怎么说,
            用英文怎么说, 用英语怎么写, 用英文怎么写, 用英文怎么表达, 用英语怎么表达,
            用英语如何表达, 用英文如何表达, 用日语怎么说, 用法语怎么说, 用德语怎么说,
            用韩语怎么说, 用西班牙语怎么说, 用俄语怎么说, 用中文怎么说, 用粤语怎么说, 英语怎么说,
            英文怎么说, 日语怎么说, 法语怎么说, 德语怎么说, 韩语怎么说, 中文怎么说, 粤语怎么说,
            英文怎么写, 英语怎么写
            """,
        ),
        Cues(
            4,
            """
            翻一下, 翻成英文, 翻成中文, 翻译下, 用英文表达, 用英语表达, 用英文说, 用英语说, 译,
            怎么用英语, 怎么用英文, 英文翻译, 中文翻译, 日文翻译, 英语翻译, 中文意思, 的英文单词,
            的英语单词, 英文怎么表达, 英语怎么表达, 的日文, 的法语, 的德语
            """,
        ),
        Cues(
            3,
            """
            英文版, 中文版, 这句英文, 这段英文, 这段日文, 这句日语, 这句日文, 这段法语, 这句法语,
            通顺的中文, 流利的英文, 翻得, 译得, 英文原文, 中文原文
            """,
        ),
        Cues(
            0,
            """
            翻译官, 翻译家, 翻译器, 翻译专业, 机器翻译, 翻译软件, 翻译公司, 翻译理论, 当翻译,
            翻译行业, 译者, 译名, 译制片, 编译, 转译器, 汉译名著
            """,
        ),
    ),
    makes=(
        Cues(
            4.5,
            """
            translation, english translation, chinese translation, transliteration,
            english version, chinese version, french version, spanish version, german version,
            japanese version
            """,
        ),
        Cues(
            0,
            """
            version, shorter version, revised version
            """,
        ),
        Cues(
            4.5,
            """
            翻译, 译文, 译本, 英文版, 中文版, 日文版, 英译本
            """,
        ),
    ),
    marks=(
        Mark(
            "from one language to another",
            3,
            re.compile(rf"\bfrom (?:{_LANGUAGES}) (?:in)?to (?:{_LANGUAGES})\b"),
            ("from ",),
            in_ask=True,
        ),
        Mark(
            "put into a language",
            3,
            re.compile(
                rf"\b(?:in|into|to) (?:\w{{1,15}} ){{0,2}}(?:{_LANGUAGES})\W{{0,4}}$"
                rf"|^\W{{0,4}}(?:(?:say|put|write|rewrite|render|express|convert|turn|change|give|and)\b.{{0,80}}?)?"
                rf"\b(?:in|into|to) (?:\w{{1,15}} )?(?:{_LANGUAGES})\s?[:：?？]"
                rf"|\b(?:say|express|write) (?:this|it|that) (?:in|using|with) (?:{_LANGUAGES})\b",
                re.MULTILINE,
            ),
            ("in ", "into ", "to ", "using ", "with "),
            in_ask=True,
        ),
        Mark(
            "said in a language",
            4,
            re.compile(
                rf"\b(?:say|said|called|means?|word for|phrase for|equivalent of|expressed?"
                rf"|writ(?:e|ten)|pronounced)\b.{{0,120}}?\bin (?:\w{{1,15}} )?(?:{_LANGUAGES})\b"
                rf"|\bwhat(?:'s| is| does)\b.{{1,60}}?\bin (?:{_LANGUAGES})\b"
                r"(?! (?:history|culture|class))",
            ),
            ("in ",),
            in_ask=True,
        ),
        Mark(
            "the word of a language for something",
            4,
            re.compile(
                rf"\b(?:{_LANGUAGES}) (?:word|phrase|term|expression|equivalent|translation"
                rf"|version|name) (?:for|of)\b"
                rf"|\b(?:{_LANGUAGES}) for (?:the )?(?:\w{{1,15}} )?[\"'“‘「]"
            ),
            ("for", "of"),
            in_ask=True,
        ),
        Mark(
            "into a language, in Chinese",
            4,
            re.compile(rf"[译翻改换转写变说](?:成|为|作|到)\s?(?:\w{{0,4}}的)?(?:{_TONGUES})"),
            ("成", "为", "作", "到"),
            in_ask=True,
        ),
        Mark(
            "how it is said, in Chinese",
            4,
            re.compile(
                rf"(?:{_TONGUES})(?:是什么|怎么[说写讲念]|如何[说写表]|叫什么|单词是|翻)"
                rf"|(?:{_TONGUES})[转到译](?:{_TONGUES})|用(?:{_TONGUES})(?:怎么|如何|表达|说)"
            ),
            ("语", "文", "话"),
            in_ask=True,
        ),
        Mark(
            "foreign words and their meaning",
            3,
            re.compile(
                r"[A-Za-zÀ-ÿ\u3040-\u30ff\uac00-\ud7af][”\"'」』》.!?]{0,3}\s?"
                r"(?:用中文|在中文里)?(?:是什么意思|什么意思|是啥意思|的中文(?:意思)?)"
            ),
            ("意思", "的中文"),
        ),
        Mark(
            "other languages",
            4,
            re.compile(
                r"\b(?:übersetze?n?|traduis|traduisez|traduire|traduce|traducir|traduci|tradurre|traduza"
                r"|traduzir|переведи(?:те)?)\b|翻訳|번역"
            ),
            ("bersetz", "radui", "raduc", "radur", "raduz", "ереведи", "翻訳", "번역"),
            in_ask=True,
        ),
    ),
)
