"""What speaks for summarising: the verbs, the names of short forms, and what they are made of."""

import re

from butler.contract.tasks import Task
from butler.engine.signals.task.sheet import Cues, Mark, Sheet

SHEET = Sheet(
    task=Task.SUMMARIZATION,
    opens=(
        Cues(
            5,
            """
            sum up, abridge, tldr, boil down, distill, distil, give a summary, give me a summary,
            provide a summary, briefly summarize, briefly summarise, summarize, summarise,
            condense, recap, reduce this, compress, give me the key, give the main,
            pull out the main, tl dr
            """,
        ),
        Cues(
            4,
            """
            extract the key points, extract the main points, extract the main ideas,
            list the key points, list the main points, identify the main points,
            identify the main idea
            """,
        ),
        Cues(
            3,
            """
            shorten, what are the main points, what are the key points, what is the main idea,
            what's the main idea, what are the main ideas, what are the key takeaways,
            what is this article about, what is the article about, what is the passage about,
            what is the text about, sum the following, sum this
            """,
        ),
        Cues(
            2,
            """
            outline, generate a title, generate a headline, generate a short
            """,
        ),
    ),
    says=(
        Cues(
            4.5,
            """
            a summary, summary of, concise summary, more concise summary, into a summary,
            into a short summary, short summary, title for this article, title for the article,
            headline for this article, headline for the article, what's the gist,
            give me the gist, main points of, key points of, summarise the, summarize the,
            summarize this, summarise this, summarize it, main takeaways, key findings of,
            too long to read, cliff notes, cliffsnotes, sparknotes, one paragraph summary,
            book summary, plot summary, brief recap, short recap, quick recap, quick summary,
            key points, main points, key points from, key takeaways from, main points from,
            main arguments, main arguments of, highlights of, highlights of the,
            sentence summary, as a summary, what's the tldr, no time to read,
            don't have time to read
            """,
        ),
        Cues(
            4,
            """
            summarize, summarise, summarization, summarisation, summarizes, summarized, tldr,
            tl dr, key takeaway, main takeaway, main point, main idea, central idea, the gist,
            synopsis, executive summary, one sentence summary, sum up, in a nutshell,
            short abstract, brief summary, what is the article about, what is this article about,
            what is the passage about, what is this text about, what is the dialogue about,
            highlights of this, meeting minutes, meeting notes, condensed version,
            shorter version, briefly describe the article, briefly sum, zusammenfassung, fasse,
            zusammenfassen, résume, résumez, resumen, resumir, resumo, riassumi, riassunto,
            кратко изложи, резюме, изложите, перескажи, concise overview, brief overview,
            overview of the text, sum this up, sum it up, key decisions, passage in one sentence,
            article in one sentence, text in one sentence, transcript follows,
            give me the short version, main events of, summary, the passage in one sentence,
            the text in one sentence, in one or two sentences
            """,
        ),
        Cues(
            3,
            """
            in a few words, condensed, shortened, trim this down, cut this down, cut it down,
            words or fewer, bulleted list, bullet points, bulleted, main ideas,
            main argument of the, what does the text say, what does the article say,
            what does the author, essentials, in short, what did they decide, action items
            """,
        ),
        Cues(
            2.5,
            """
            title for this, title for the, for this article, for the article,
            for the following article, of this article, of the article, for the news,
            for this news, news below, article below, text below, passage below, this letter,
            this report, this email thread, email thread, chat log, in two or three sentences,
            two sentence, three sentence, 2 sentence, 3 sentence, what does it say, takeaway,
            main arguments in
            """,
        ),
        Cues(
            2,
            """
            condense, recap, overview of the article, in one sentence, in a few sentences,
            in two sentences, in three sentences, in 3 sentences, in a sentence,
            in a single sentence, bullet point, in brief, shorten, one line, headline for this,
            headline for the, subject line, in a few points, important points
            """,
        ),
        Cues(
            1.5,
            """
            an abstract, abstract
            """,
        ),
        Cues(
            0.7,
            """
            highlights, briefly, concise, brief, above article, following article,
            following text, the article, this article, this text, this passage,
            following passage, following document, this document, following dialogue,
            this conversation, news article, headline, title, transcript, outline
            """,
        ),
        Cues(
            0,
            """
            summary statistics, summary table, in summary, abstract class, abstract method,
            abstract art, abstract algebra, book title, job title, brief history
            """,
        ),
        Cues(
            5,
            """
            总结, 概括, 摘要, 总结一下, 概括一下, 一句话总结, 一句话概括, 中心思想, 概括下,
            总结下, 缩写到, 缩减到, 缩写为, 精简到, 精简成, 太长不看, 整理成要点, 列出要点,
            提炼要点, 文章大意
            """,
        ),
        Cues(
            4.5,
            """
            导语, 纪要, 会议纪要, 会议记录, 概述下面, 概述以下, 要点, 核心观点, 几个要点,
            三个要点, 压缩成, 生成标题, 新闻标题, 长话短说, 简要概述, 梳理要点, 主要意思, 段意,
            内容简介, 内容提要, 聊天记录总结, 总结成, 概括成, 归纳成, 归纳出, 概括出, 精简为,
            缩减为, 浓缩为, 浓缩成, 主要讲了什么, 讲的是什么, 说的是什么, 大致内容, 重点是什么,
            提炼出, 核心要点, 要点总结, 提取要点, 简要说明这篇, 短摘要, 简短摘要
            """,
        ),
        Cues(
            4,
            """
            归纳, 主旨, 大意, 梗概, 提炼, 简要概括, 总结出, 主要观点, 段落大意, 缩写成, 浓缩,
            核心思想, 主题思想, 归纳总结, 总结要点, 要約, まとめて, 요약, 主要情节, 故事梗概,
            总结重点, 主要信息, 重点总结, 中心论点, 关键内容
            """,
        ),
        Cues(
            2.5,
            """
            主要内容, 讲了什么, 说了什么, 核心内容, 缩写, 精简, 主题, 关键信息, 重点内容, 拟标题,
            起标题, 小结, 梳理, 这篇文章, 这篇报道, 下面的新闻, 这段新闻, 访谈记录, 这篇论文,
            这份报告, 一段新闻, 主要讲, 主要说
            """,
        ),
        Cues(
            2,
            """
            标题
            """,
        ),
        Cues(
            1.5,
            """
            概述
            """,
        ),
        Cues(
            0.7,
            """
            简要, 简短, 简洁, 一句话, 这段, 上文, 全文, 以下文章, 下面这篇, 文中
            """,
        ),
        Cues(
            0,
            """
            工作总结, 年终总结, 总结报告, 学习总结, 个人总结, 活动总结, 总结陈词, 标题栏, 为主题,
            主题是, 主题为, 以主题
            """,
        ),
    ),
    makes=(
        Cues(
            5,
            """
            summary, abstract, synopsis, recap, tldr, digest, meeting minutes, minutes,
            bullet point summary, summarization, executive summary, short summary, gist, tl dr,
            3 sentence summary, three sentence summary, one sentence summary,
            two sentence summary, one paragraph summary, takeaway, main argument, main point,
            key point, key takeaway, bullet point
            """,
        ),
        Cues(
            2.5,
            """
            title, headline, highlight, outline
            """,
        ),
        Cues(
            5,
            """
            摘要, 总结, 概括, 概要, 梗概, 会议纪要, 纪要, 提要, 简报, 小结, 内容简介
            """,
        ),
        Cues(
            2.5,
            """
            标题, 简介
            """,
        ),
    ),
    marks=(
        Mark(
            "a label that waits for a summary",
            3,
            re.compile(
                r"(?:summary|tldr|title|headline|highlights|摘要|总结|标题|主题|概括)\s?[:：]\s*$"
            ),
            (":", "："),
            in_ask=True,
        ),
        Mark(
            "material under a heading",
            1,
            re.compile(
                r"^\W{0,4}(?:article|document|passage|transcript|dialogue|正文|原文|文章|新闻|文本|材料)\s?[:：]",
                re.MULTILINE,
            ),
            (":", "："),
            in_ask=True,
        ),
    ),
)
