"""What speaks for general questions: facts, explanations, advice, lists, plans."""

import re

from butler.contract.tasks import Task
from butler.engine.signals.task.sheet import Cues, Mark, Sheet

SHEET = Sheet(
    task=Task.GENERAL,
    opens=(
        Cues(
            2.5,
            """
            what is the difference, what are the differences, what are the benefits,
            what are some, what are the best, what are the main, what are the most,
            what are good, what is a good, what should i, how do i, how can i, how to,
            how should i, how does, how do, how did, how is, how are the, how can one,
            how can we, why do, why does, why is, why are, why did, why was, who is, who was,
            who were, who invented, who won, when did, when was, when is, where is, where can i,
            where was, where did, which country, which city, tell me about, explain, define,
            recommend, give me tips, give me advice, give me ideas, give me a list,
            give some examples, give me some, list some, name some, name three, name five,
            teach me, is there, are there, is it possible, is it safe, is it true, is it legal,
            is it bad, does the, what would be, what causes, what happens, what does, what were,
            what was, what kind of, what type of, explain the, describe the, can i, should i,
            do i need, walk me through, help me plan, brainstorm a list, brainstorm some,
            name a famous, give three, give two, give five, give an example, provide a list,
            provide some, list three, list five, list the
            """,
        ),
        Cues(
            2,
            """
            what's a good, tell me a fun fact, tell me a fact, recommend me
            """,
        ),
        Cues(
            1.5,
            """
            what, what's, who, who's, when, where, why, how, which, whose, list, name, describe,
            discuss, suggest, outline the, provide, give, tell me, plan, advise, state,
            elaborate, is, are, does, did, was, were, do, can, should, could, would, has, have,
            if i
            """,
        ),
        Cues(
            0,
            """
            how are you, how about you, what about you, do you, are you, have you, did you,
            were you, would you, what do you, where are you, who are you, what are you,
            what is your, what's your, what's up, how's it going, how old are you, why do you,
            why are you, how do you feel, what's new, where do you, when do you, how was your,
            can you, could you, is there anything, who do you, what did you, how many, how much
            """,
        ),
    ),
    says=(
        Cues(
            2,
            """
            capital of, history of, meaning of, benefits of, tips for, tips on, advice on,
            best way to, ways to, examples of, steps to, recipe for, itinerary, meal plan,
            workout plan, study plan, travel plan, side effects, treatment for, causes of,
            explain how, explain why, explain the, explain what, how does, how do they, what is,
            what are, who invented, population of, founded in, recommend, recommendation,
            pros and cons of, difference between, what's the difference, guide to,
            beginner's guide, step by step, to do list, packing list, checklist,
            interview questions, ideas for, gift ideas, date ideas, things to do,
            places to visit, how can i, how do i, how should i, should i, what should, good for,
            healthy, diet, vitamins, according to science, in simple terms, like i'm five,
            to a child, why is, why are, why do, why does, where can, advice, what would happen,
            is it possible, critical thinking, ways in which, key components, key factors,
            the role of, the importance of, in detail
            """,
        ),
        Cues(
            1.5,
            """
            is it safe, solar system, time zone, vitamin, symptoms, insurance, loan, mortgage,
            visa, passport, tax, symptoms of, recipe, fun fact, substitute for, health benefits,
            itinerary for, team building, newborn, groceries, bank account, networking, protocol,
            popular, most popular, differences between
            """,
        ),
        Cues(
            1,
            """
            explain, describe, suggest, tips, guide, list, examples, reasons, steps, ways,
            benefits, causes, meaning, best, famous, country, president, king, century, war,
            planet, disease, health, weather, restaurant, travel, trip, job, career, exercise,
            cook, government, law, science, history, energy, process, in general, famous for,
            known for
            """,
        ),
        Cues(
            2.5,
            """
            什么是, 是什么, 为什么, 为何, 如何, 怎么办, 怎样, 怎么做, 怎么才能, 怎么, 请介绍,
            介绍一下, 请解释, 解释一下, 请列举, 列举, 列出, 请说明, 请简述, 简述, 谈谈, 请提供,
            给我一些, 给出一些, 提出建议, 建议, 有哪些, 哪些, 哪个国家, 哪一年, 哪里, 什么时候,
            何时, 谁是, 是谁, 推荐, 方法, 步骤, 技巧, 攻略, 注意事项, 原理, 定义, 含义, 意思,
            作用, 用途, 特点, 历史, 起源, 区别, 好处, 优点和缺点, 能不能, 可不可以, 是否, 要不要,
            该不该, 清单, 食谱, 菜谱, 行程, 治疗, 症状, 预防, 适合, 请问, 举例, 举几个, 什么原因,
            原因是, 请回答, 回答以下问题, 回答下列问题
            """,
        ),
        Cues(
            2,
            """
            说出, 反义词, 近义词, 同义词, 成语, 沸点, 首都, 总统, 四大发明, 饮食上, 好玩的地方,
            拖欠工资, 维权, 赔偿
            """,
        ),
        Cues(
            1.5,
            """
            民族, 习俗, 节日, 合同, 驾照, 考研, 截图, 哪个更, 值得, 多久, 维生素, 社保, 公积金,
            牌子, 好吃的, 缓解, 合适, 做梦, 阅读习惯, 乐器
            """,
        ),
        Cues(
            1,
            """
            解释, 描述, 介绍, 说明, 哪个, 什么, 几种, 应该, 可以, 有没有, 知识, 科学, 国家, 健康,
            旅游, 减肥, 饮食, 学习, 提供, 给出, 例子, 主要
            """,
        ),
        Cues(
            0,
            """
            你是什么, 你是谁, 你叫什么, 怎么了, 什么事, 没什么, 为什么你, 你为什么, 你怎么,
            你可以, 你喜欢什么, 你在干什么, 你在做什么, 多少, 你最喜欢, 推荐系统, 推荐算法
            """,
        ),
    ),
    makes=(
        Cues(
            4,
            """
            list, guide, plan, meal plan, workout plan, study plan, lesson plan, schedule,
            itinerary, recipe, checklist, explanation, overview, tutorial, faq, question, quiz,
            interview question, timeline, agenda, strategy, routine, curriculum, syllabus,
            to do list, definition, example, workflow, idea, date idea, tip
            """,
        ),
        Cues(
            4,
            """
            清单, 计划, 学习计划, 食谱, 菜谱, 行程, 指南, 教程, 步骤, 列表, 建议, 旅行计划,
            健身计划, 日程, 时间表, 问题, 例子, 流程, 规划, 答案
            """,
        ),
    ),
    marks=(
        Mark("a question", 0.8, re.compile(r"[?？]\s*$", re.MULTILINE), ("?", "？"), in_ask=True),
        Mark(
            "a question in another language",
            1.5,
            re.compile(
                r"\b(?:erkläre?n?|beschreibe?n?|expliquez|explique|décri[sv]\w*|explicar?|explica|describ[ea]"
                r"|warum|pourquoi|por qué|perché|почему|объясни\w*|опиши\w*)\b"
                r"|説明して|教えて|なぜ|とは何|설명|무엇|概説|どのよう"
            ),
            in_ask=True,
        ),
    ),
)
