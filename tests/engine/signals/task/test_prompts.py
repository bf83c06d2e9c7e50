"""Prompts as people write them, in English and Chinese, with the task they ask for.

They were written for this test. The floors leave room for a cue to move; a change that pushes a
label under its floor has broken more than it mended.
"""

from collections import Counter

from butler.contract.tasks import Task
from butler.engine.signals.task import classify

FLOOR = 0.94
LABEL_FLOOR = 0.8

PROMPTS = """
coding | how do i center a div vertically?
coding | why does my react component re-render twice on mount
coding | I'm getting "ModuleNotFoundError: No module named 'requests'" though I installed it
coding | def f(x):⏎    return x + 1⏎⏎what's wrong here
coding | git: undo last commit but keep changes
coding | Write an SQL query that returns the second highest salary
coding | how to reverse a string in rust
coding | Refactor this to use async/await
coding | my css grid overflows on mobile, how do i make the columns wrap
coding | kubectl get pods shows CrashLoopBackOff, what should I check
coding | 这段代码为什么会报空指针
coding | 用python写一个快速排序
coding | mysql 查询很慢怎么优化
coding | 给定一个链表，判断链表中是否有环
coding | 帮我寫一段程式碼讀取csv檔，用Python
translation | translate to french: I would like a table for two
translation | How do you say "where is the train station" in Japanese?
translation | what is "library" in spanish
translation | la vida es bella - english please
translation | Put this into German for me: see you tomorrow at eight
translation | Translate "How do I fix a bug in my Python code?" into Italian.
translation | 把下面这段话翻译成英文：我们的产品质量上乘，价格合理。
translation | "加油"用英语怎么说
translation | 请将以下内容译为日语：会议改到周三下午三点
translation | 帮我翻一下这句话 I couldn't agree with you more
analysis | Classify the sentiment of this review as positive or negative: The battery dies early.
analysis | Extract all the dates and names: John met Mary on 3 May 2019 in Berlin.
analysis | Here are our sales figures: Jan 120, Feb 95, Mar 140. What trends do you see?
analysis | Which is a species of fish? Tope or Rope
analysis | Compare and contrast photosynthesis and cellular respiration
analysis | Review my business model and point out weak spots
analysis | 判断下面评论的情感倾向：这家酒店房间太小了，服务也很差
analysis | 从下面的文本中提取人名和地名：张三昨天从北京飞往上海
analysis | 对比一下新能源汽车和燃油车的优缺点
analysis | 这两句话的意思是否相同？句子1：今天天气真好。句子2：今天的天气不错。
math | What is 17% of 340?
math | solve x^2 - 5x + 6 = 0
math | Let $f(x) = \\frac{1}{1-x}$. Find $f(f(f(2)))$.
math | Tom has twice as many marbles as Jerry. Together they have 36. How many does each have?
math | Prove that the square root of 2 is irrational.
math | 23*47
math | 小明有12个苹果，给了小红5个，又买了8个，现在有几个？
math | 求函数y=x^2-4x+3的最小值
math | 一件衣服原价200元，打八折后再降10元，现价多少？
math | 已知等差数列{an}中，a1=2，d=3，求前10项和
creative | Write a short story about a Python programmer who befriends a whale
creative | Draft an email to my boss asking for two days off next week
creative | Rewrite this sentence to sound more professional: hey can u send me the doc
creative | tell me a joke about programmers
creative | a poem for my mom
creative | I need a catchy instagram caption for a picture of my dog at the beach
creative | 写一首关于秋天的诗
creative | 给我的奶茶店起个名字
creative | 以“我的家乡”为题写一篇作文
creative | 把这句话润色一下：这个东西很好用大家都喜欢
creative | 写一个关于程序员的故事
chat | hi
chat | let's go to the beach
chat | I'm so tired today, work was a nightmare
chat | What do you do in your free time?
chat | i have three dogs and a parrot that swears
chat | thanks, you've been a great help
chat | are you a real person?
chat | 今天好累啊，不想上班
chat | 你喜欢吃火锅吗
chat | 我养了一只猫，特别粘人
chat | 陪我聊聊天吧
summarization | Summarize this article in three bullet points: The city council voted on Monday.
summarization | tl;dr of the following please
summarization | What are the main points of the text below?⏎⏎Renewable capacity grew by half.
summarization | Write a one-paragraph summary of Romeo and Juliet
summarization | can u sum this up for me
summarization | 请用一句话概括下面这段话：近年来，越来越多的人选择在网上购物
summarization | 这篇文章讲了什么？
summarization | 提炼以下段落的中心思想
summarization | 帮我把这份会议记录整理成要点
general | What is the capital of Australia?
general | what class should I take next semester
general | import duties on cars from Japan to the UK
general | fix me a date idea for saturday
general | My back hurts when I sit for too long, what can I do?
general | Give me tips for a job interview
general | how to go about buying a first house
general | Why do cats purr?
general | Explain inflation to a ten year old
general | who invented the zipper
general | 为什么天空是蓝色的
general | 感冒了吃什么药好
general | 简述第二次世界大战的起因
general | 怎么做红烧肉
general | 请推荐几本历史书
general | 如何提高睡眠质量
"""


def rows() -> list[tuple[Task, str]]:
    found = []
    for line in PROMPTS.strip().splitlines():
        label, _, text = line.partition(" | ")
        found.append((Task(label), text.replace("⏎", "\n").replace("\\\\", "\\")))
    return found


def is_chinese(text: str) -> bool:
    return sum("\u4e00" <= sign <= "\u9fff" for sign in text) * 4 > len(text)


def test_prompts_are_told_by_their_task() -> None:
    wrong = [
        f"{label} taken for {guess.task} {guess.cues}: {text}"
        for label, text in rows()
        if (guess := classify(text)).task is not label
    ]
    assert len(wrong) <= len(rows()) * (1 - FLOOR), "\n".join(wrong)


def test_no_label_and_no_language_is_left_behind() -> None:
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for label, text in rows():
        lang = "Chinese" if is_chinese(text) else "English"
        asked.update([label, lang])
        if classify(text).task is label:
            right.update([label, lang])
    low = {name: right[name] / asked[name] for name in asked}
    assert min(low.values()) >= LABEL_FLOOR, low


def test_there_are_enough_prompts_of_every_label_in_both_languages() -> None:
    counts = Counter((label, is_chinese(text)) for label, text in rows())
    assert all(counts[task, chinese] >= 3 for task in Task for chinese in (False, True)), counts
