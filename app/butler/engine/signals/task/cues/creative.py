"""What speaks for creative work: things people have written for them, and the mending of text."""

import re

from butler.contract.tasks import Task
from butler.engine.signals.task.cues.creative_words import SAYS
from butler.engine.signals.task.sheet import Cues, Mark, Sheet

SHEET = Sheet(
    task=Task.CREATIVE,
    opens=(
        Cues(
            3.5,
            """
            rewrite, rephrase, reword, paraphrase, proofread, copyedit, polish, ghostwrite,
            brainstorm names, invent, compose, storyboard, once upon a time, tell me a story,
            tell a story, tell me a joke, continue the story, finish the story,
            continue this story, complete the story, make this sound, make it sound,
            correct the grammar, fix the grammar, fix my grammar, check my grammar,
            improve this paragraph, improve my, improve the writing, edit the following,
            edit this, come up with a name, come up with names, come up with a story, act as,
            pretend to be, pretend you are, pretend that you, imagine you are, imagine that you,
            you are a storyteller, rewrite the story, act as a, describe a day in the life,
            describe a sunset, describe a world, describe a fictional, tell me a funny,
            tell me a scary, tell a joke, fix the grammar and, turn this news, turn this story,
            make this paragraph, make this more, change the tone, stay in character,
            correct the spelling, correct this sentence, correct the following, role play,
            roleplay, help me brainstorm names, give this paragraph, help me name
            """,
        ),
        Cues(
            2,
            """
            write, draft, imagine, craft, pretend, brainstorm, come up with, pen, devise,
            describe a scene, describe a character, describe a vivid, narrate, propose, picture,
            act like, embody, depict, draw, paint, sketch, illustrate, envision, dream up,
            think up, conceive
            """,
        ),
        Cues(
            1.5,
            """
            make it more, turn this into a
            """,
        ),
        Cues(
            1,
            """
            design, create, generate, make up, suggest a name, suggest names, think of, edit,
            continue, develop, pitch
            """,
        ),
    ),
    says=SAYS,
    makes=(
        Cues(
            5,
            """
            poem, haiku, sonnet, limerick, song, lyrics, rap, ballad, ode, verse, story,
            short story, tale, fairy tale, novel, novella, chapter, scene, script, screenplay,
            play, skit, sketch, dialogue, dialog, conversation, essay, article, blog post, blog,
            post, tweet, thread, caption, slogan, tagline, jingle, advertisement, ad, ad copy,
            letter, cover letter, email, e mail, text message, speech, toast, vow, invitation,
            announcement, press release, newsletter, biography, backstory, character, villain,
            superhero, world, plot, plot twist, joke, pun, riddle, parody, satire, fable, myth,
            legend, diary entry, journal entry, memoir, narrative, monolog, talking point,
            paragraph, opening paragraph, product description, description, job description,
            resume, movie review, book review, testimonial, complaint, apology, thank you note,
            birthday card, greeting, quote, brand name, domain name, username, pitch,
            elevator pitch, business plan, white paper, op ed, obituary, prayer, poetry, prose,
            fanfic, campaign, storyline, music, melody, music score, podcast, episode,
            video script, youtube script, podcast script, tv script, game story, chatbot persona,
            linkedin post, tribute, statement, personal statement, short film, cartoon, comic,
            quest, adventure, text adventure, persona, affirmation, tongue twister,
            out of office message, birthday message, card message, heist movie, opening scene,
            d&d character, video title, youtube video title, motivational speech, logo concept,
            concept art, metaphor, simile, pick up line, dating profile, good name, hashtag,
            song parody, advert, voiceover, meme, tall tale, origin story, elegy, couplet,
            quatrain, poster, flyer, brochure, illustration, mural, animation, short video,
            documentary, marketing campaign, advertising campaign, ad campaign, mascot,
            board game, game concept, character design, manifesto, storyboard, trailer,
            commercial, musical, opera, comic strip, art installation, sculpture,
            thesis statement, vision statement, mission statement, open letter, fan letter,
            thank you letter, complaint letter, recommendation letter, letter of recommendation,
            condolence message, wedding vow, best man speech, acceptance speech, ted talk,
            sermon, eulogy, hymn, nursery rhyme, lullaby, anthem, chant, horoscope,
            fortune cookie, prophecy, thriller, romance, detective story, horror story,
            ghost story, love story, science fiction story, children's book, picture book,
            choose your own adventure, campaign setting, mythology, creation myth, folk tale,
            urban legend, editorial, opinion piece, magazine article, news article, news story,
            feature article, product review, travel blog, food blog, guest post, facebook post,
            instagram post, instagram caption, reddit post, forum post, video description,
            podcast intro, radio ad, tv ad, billboard, catchphrase, motto, company name,
            band name, team name, character name, book title, blog title, chapter title,
            call to action, sales pitch, sales email, cold email, follow up email, apology email,
            marketing email, welcome email, landing page copy, press statement, toast speech,
            stand up routine, comedy sketch, monologue, imaginary conversation, logo, review
            """,
        ),
        Cues(
            3.5,
            """
            title, headline, bio, analogy, list of names, name, introduction, conclusion,
            opening, closing, name idea, ending
            """,
        ),
        Cues(
            3,
            """
            sentence, message, piece, note, card, movie, film, presentation, concept, picture,
            drawing, painting, video, brand, interview, report, proposal, costume, theme, vision,
            playlist, roast, keynote, infographic
            """,
        ),
        Cues(
            2.5,
            """
            ppt
            """,
        ),
        Cues(
            1.5,
            """
            paragraph explaining, outline, paper, design, scenario, prompt
            """,
        ),
        Cues(
            5,
            """
            诗, 诗歌, 故事, 小说, 剧本, 散文, 童话, 寓言, 作文, 对联, 广告, 广告语, 宣传语, 标语,
            口号, 文案, 演讲, 演讲稿, 发言稿, 主持词, 祝福, 贺词, 推荐信, 求职信, 感谢信, 邮件,
            电子邮件, 书信, 文章, 博客, 博文, 推文, 影评, 书评, 评论, 乐评, 读后感, 日记, 新闻稿,
            新闻报道, 报道, 软文, 笑话, 台词, 对话, 独白, 情节, 开头, 开场白, 结尾, 议论文,
            记叙文, 说明文, 论文, 散文诗, 段落, 名字, 计划书, 策划书, 公告, 通知, 邀请函, 请假条,
            申请书, 辞职信, 检讨书, 脚本大纲, 视频脚本, 电影脚本, 短视频脚本, 广告脚本, 广告词,
            谜语, 绕口令, 角色, 人物, 场景, 音乐, 说唱, 自我介绍, 一段话, 诗句, 游记, 攻略,
            产品描述, 宣传文案, 宣传册, 传单, 短剧, 话剧, 相声, 小品, 赋, 祭文, 微博, 朋友圈,
            帖子, 总结报告, 年终总结, 工作总结, 述职报告, 心得体会, 简历, 履历, 提纲, 大纲, 信件,
            情书, 一首歌, 歌曲, 歌谣, 儿歌, 词牌, 宋词, 名称, 标题党, 视频, 动画, 品牌形象, 春联,
            贺卡, 横幅, 朗诵稿, 解说词, 颁奖词, 欢迎词, 致辞, 悼词, 家书, 检讨, 保证书, 承诺书,
            推荐语, 评语, 寄语, 签名, 昵称, 网名, 店名, 品牌名, 公司名, 笔名, 小作文, 周记, 范文,
            小故事, 短篇故事, 短篇小说, 微小说, 侦探小说, 言情小说, 章节, 续集, 结局, 番外,
            同人文, 五言绝句, 七言绝句, 现代诗, 古诗, 打油诗, 藏头诗, 三行诗, 脱口秀, 词曲, 旋律,
            提案, 邀请信, 商务信函, 辞呈, 申请信, 倡议书, 世界观, 主持人开场白, 营销文案,
            产品文案, 请假邮件, 朋友圈文案, 客服对话, 口播稿, 公众号文章, 祝词, 毕业致辞, 宣言,
            海报, 插画, 漫画, 动画片, 短片, 短视频, 纪录片, 营销方案, 宣传方案, 创意方案, 吉祥物,
            标志, 舞台剧, 音乐剧, 专栏, 社论, 评述, 观后感, 游戏剧情, 宣传片, 广告片, 微电影,
            画作, 一幅画, 神话, 传说, 民间故事, 成语故事, 儿童故事, 爱情故事, 恐怖故事, 科幻故事,
            角色设定, 人设, 设定集, 宣誓词, 誓词, 校歌, 班歌, 口播, 直播话术, 话术, 销售话术,
            采访稿, 访谈稿, 主持稿, 串词, 旁白, 导游词, 欢迎辞, 悼念词, 墓志铭, 挽联, 寿联, 贺信,
            公开信, 投诉信, 商务邮件, 道歉邮件, 跟进邮件, 营销邮件, 问候语, 座右铭, 名言, 金句,
            签名档, 简历自我评价, 自我评价, 工作汇报, 周报, 月报, 日报, 调研报告, 实践报告,
            论文开头, 毕业论文, 开题报告, 读书笔记, 招聘启事, 寻人启事, 通告, 声明, 合同, 协议,
            剧情简介, 演示文稿, 宣传语句, 评价, 产品评价, 用户评价, 反馈邮件, 回复邮件, 回信,
            客户邮件, 新闻标题, 故事情节, 故事大纲, 故事梗概, 小说大纲, 文章大纲, 演讲大纲,
            角色对话, 人物对话, 情景对话, 歌词, 短文, 随笔, 杂文, 书面陈述, 道歉声明, 新年祝福,
            祝福语, 表白信, 产品名称, 活动名称, 主题歌
            """,
        ),
        Cues(
            3.5,
            """
            标题, 句子, 电影, 新闻, 想法, 点子, 创意, 概念, 形象, 剧情, 品牌, 产品介绍, 景点介绍,
            公司介绍, 个人介绍
            """,
        ),
        Cues(
            2.5,
            """
            看法, 观点, 反馈, 问卷, 情景, 片段, 段子, 规章制度
            """,
        ),
        Cues(
            2,
            """
            描述, 介绍, 报告, 方案
            """,
        ),
        Cues(
            0,
            """
            信息, 信号, 信任, 信用, 信念, 信封, 词汇, 单词, 主题词, 关键词, 名字的人, 短信验证码,
            介绍信息, 描述性统计, 计划表, 名称列表, 报告生成器
            """,
        ),
    ),
    marks=(
        Mark(
            "sentences to be changed",
            3,
            re.compile(
                r"(?:句子?|段落?|话|文字|内容|文本|文章)[^。\n]{0,8}"
                r"(?:改为|改成|改得|改写|变成|转换为|转换成|换成|换一种)(?!.{0,8}[文语])|造[^。\n]{0,4}句"
            ),
            ("改", "变成", "换", "造"),
            in_ask=True,
        ),
        Mark("a writing prompt", 4, re.compile(r"^\W*(?:wp|ew|tt|sp|cw)\]"), ("]",), in_ask=True),
        Mark(
            "so many words",
            1.5,
            re.compile(r"\b\d{2,4}[- ]words?\b|\d{2,4}\s?个?字"),
            ("word", "字"),
            in_ask=True,
        ),
        Mark(
            "measure words for writing",
            2.5,
            re.compile(
                r"(?:写|作|来|创作|编|撰写|生成|拟|给我|起草)[出上成]?[一两三几\d]?(?:篇|首|封|则|阕|副|幕|句)"
            ),
            ("篇", "首", "封", "则", "阕", "副", "幕", "句"),
            in_ask=True,
        ),
    ),
)
