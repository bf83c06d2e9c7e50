"""What speaks for analysis: working on given data or text, comparing, classifying, judging."""

import re

from butler.contract.tasks import Task
from butler.engine.signals.task.cues.analysis_words import SAYS
from butler.engine.signals.task.sheet import Cues, Mark, Sheet

SHEET = Sheet(
    task=Task.ANALYSIS,
    opens=(
        Cues(
            4,
            """
            classify, categorize, categorise, analyze, analyse, extract, perform an analysis,
            conduct an analysis, cluster, tabulate, cross reference, classify the following,
            identify the named, do these two, does the premise, given the premise,
            find the odd one, which is a species, which of the following is,
            is the following statement, is the following review, is this review,
            is this sentence, is this tweet, are these sentences, are these two sentences,
            what is the sentiment, what's the sentiment, what are the strengths and weaknesses,
            what trends, what is the tone, what conclusions, what can be inferred,
            what can we infer, what patterns, do a swot, do an analysis, perform a swot,
            draw conclusions, read the passage, read the following, read the text,
            here is a passage, using the table, using the data
            """,
        ),
        Cues(
            3.5,
            """
            arrange the following, arrange these, put these in order, order the following,
            order these, tell me whether, look at the, look at this, what biases,
            are the following, do the following, pick out, pull out, list the names, list every,
            how many times does, how many times is, count the, from the following,
            what does the data, what does the table, what does the graph, what does the chart,
            evaluate the claim, evaluate the argument, assess the, discuss the causes,
            which word does not, which word doesn't, which one does not, which one doesn't,
            which does not belong, find all the adjectives, find all the verbs,
            find all the nouns, find the errors in, find the mistakes, how does the author,
            how does the narrator, how does the poet, why does the author, what does the author,
            group the, group these, compare the, here's my resume, from the table, from the list,
            from the data, given a paragraph, given a passage, given this paragraph,
            given these paragraphs, given a text, given a sentence, break down, review my,
            review this, review the, critique my, critique this, point out, weigh the,
            work out which, figure out which, does this text, does this sentence,
            does this review, does this email, does this statement, does this paragraph,
            does the following, does the text, does the author, is there a contradiction,
            are these two, how similar are, how does this compare, what themes,
            what is the theme, what are the themes, what does this suggest, what do these,
            what does this tell, what can you infer, what can you tell from,
            what is wrong with this argument, what is the author,
            what is the significance of the, what does the poem, what does the poet,
            what does the narrator, what message, to what extent, deconstruct, unpack, dissect,
            scrutinize, appraise, grade this, grade my, audit, verify, map out the relationship,
            quantify, explain the author's, explain the significance, interpret the, tag the,
            detect whether, spot the, find inconsistencies, find contradictions,
            find the main argument, compare my, help me decide between, help me choose between,
            help me analyze, help me evaluate, which category, what category, what type of news,
            is the sentiment, what is the topic of, what's the topic of,
            choose the correct category, which sentiment, does it follow, can we conclude,
            is it true that the passage, using the passage, using the context, given the context,
            given the reference, given the information, given the text, with the information,
            answer the question using, answer the question based, answer based on,
            answer the following question based, from the reference, from the provided,
            in the passage
            """,
        ),
        Cues(
            3,
            """
            compare, contrast, evaluate, assess, critique, critically, identify, interpret,
            infer, determine whether, determine if, detect, examine, diagnose, rank, segment,
            label, assign, tag, sort these, sort the following, forecast, benchmark, cross check,
            fact check, investigate, find the sentiment, given the following, given the table,
            given the data, given a reference, given this, separate, split these, which of these,
            which of the following, which one of these, spot, score, rate, match, check whether,
            check if, decide whether, decide if, tell me if, tell me which, say whether, say if,
            mark, visualize, visualise, plot, apply, is this statement, which one is, predict,
            estimate the impact, tell which, choose which, pick which, weigh, summarize the data,
            calculate the mean, calculate the median, calculate the standard deviation,
            compute the correlation
            """,
        ),
        Cues(
            2,
            """
            given these
            """,
        ),
        Cues(
            1.5,
            """
            count, calculate the correlation, order, sort, find out, load, is the following,
            from the, based on, according to, read the, create a new column,
            create a new feature, create a table, make a table, put together a table, explore,
            given, report, check, test, which is, which are, is this, is it, select the,
            choose the, pick the, which is better, which is bigger, choose, select, list all the,
            from this, using this, judge, flag, check this, read this, trace the
            """,
        ),
        Cues(
            0,
            """
            compare prices, mark my words, is it possible, is it safe, is it ok, is it okay,
            is it legal, is it true, is it bad, is it good, is it normal, is it worth,
            is this normal
            """,
        ),
    ),
    says=SAYS,
    makes=(
        Cues(
            4,
            """
            analysis, swot analysis, comparison, comparison table, classification, evaluation,
            assessment, critique, chart, table, graph, histogram, scatter plot, new column,
            new feature, forecast, breakdown, spreadsheet, decision matrix, risk assessment,
            plot, correlation matrix, data visualization, visualization, bar plot, bar chart,
            line chart, pie chart, line graph, pivot table, scatterplot, heatmap
            """,
        ),
        Cues(
            4,
            """
            分析, 分析报告, 对比, 比较, 评估, 图表, 表格, 分类, 可视化, 数据报告, 评估报告,
            对比表
            """,
        ),
    ),
    marks=(
        Mark(
            "rows of data",
            3,
            re.compile(
                r"(?:^[^\n,|\t，]{1,40}(?:[,|\t，][^\n,|\t，]{0,40}){2,12}\n){3}", re.MULTILINE
            ),
            ("\n",),
        ),
        Mark(
            "a table",
            3,
            re.compile(r"^\s{0,4}\|[^\n]{1,200}\|\s{0,4}\n\s{0,4}\|[-: |]{1,120}\|", re.MULTILINE),
            ("|-", "| -", "|:"),
        ),
        Mark(
            "a column by name",
            2,
            re.compile(r"['\"“][\w .%-]{2,40}['\"”] (?:column|feature|variable|field)"),
            ("column", "feature", "variable", "field"),
        ),
        Mark(
            "this or that",
            2.5,
            re.compile(
                r"\b(?:is|are|was|were|identify|decide|determine|classify|tell me|which)\b"
                r"[^.\n]{0,80}?\b\w{1,20} or (?:not |an? )?\w{1,20}\s?[:：]"
            ),
            (" or ",),
            in_ask=True,
        ),
        Mark(
            "one compared with another",
            3,
            re.compile(
                r"比较(?:一下|下|[^，。的\n]{1,24}(?:和|与|跟|及|、|同))"
                r"|(?:和|与|跟)[^，。\n]{1,16}(?:的比较|的对比|进行比较)"
            ),
            ("比较", "对比"),
            in_ask=True,
        ),
        Mark(
            "sorted into kinds",
            3,
            re.compile(
                r"(?:分成|分为|归为|划分为|归入|标记为|描述为)[^。？\n]{1,16}(?:类|组|种|或|还是)"
                r"|将[^。\n]{1,30}(?:归类|分类|分组)|属于[^。？\n]{1,20}(?:还是|或)"
                r"|哪一?[个项种类][^。？\n]{0,12}(?:不同|不属于|不是|属于)"
            ),
            ("分", "归", "标记", "描述", "属于", "不"),
            in_ask=True,
        ),
        Mark(
            "feelings to be told",
            3,
            re.compile(
                r"(?:识别|判断|分析|检测|推测)[^。\n]{0,16}(?:情绪|情感|态度|立场|意图|语气|倾向)"
            ),
            ("情", "态度", "立场", "意图", "语气", "倾向"),
            in_ask=True,
        ),
        Mark(
            "put in order",
            2.5,
            re.compile(r"按照?[^。，\n]{1,16}(?:排序|排列|分组|归类|分类)"),
            ("按",),
            in_ask=True,
        ),
        Mark(
            "whether it is so",
            3,
            re.compile(r"是(?:否|不是)[^。？\n]{1,20}(?:[:：]|同义|正确|一致|相同|矛盾)"),
            ("是否", "是不是"),
            in_ask=True,
        ),
        Mark(
            "a question about given text",
            3,
            re.compile(
                r"(?:根据|基于|结合|通过|依据|从)[^。\n]{0,8}"
                r"(?:对话|内容|文章|材料|文本|资料|信息|数据|表格|描述|报道|段落|短文|上文|下文)"
                r"[^。\n]{0,12}(?:回答|请问|分析|判断|找出|提取|推断|列出|指出|说明|问)"
            ),
            ("根据", "基于", "结合", "通过", "依据", "从"),
            in_ask=True,
        ),
    ),
)
