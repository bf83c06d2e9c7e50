"""What speaks for creative work: things people have written for them, and the mending of text."""

import re

from butler.contract.tasks import Task
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
                pretend to be, pretend you are, pretend that you, imagine you are,
                imagine that you, you are a storyteller, rewrite the story, act as a,
                describe a day in the life, describe a sunset, describe a world,
                describe a fictional, tell me a funny, tell me a scary, tell a joke,
                fix the grammar and, turn this news, turn this story, make this paragraph,
                make this more, change the tone, stay in character, correct the spelling,
                correct this sentence, correct the following, role play, roleplay,
                help me brainstorm names, give this paragraph, help me name
            """,
        ),
        Cues(
            2,
            """
                write, draft, imagine, craft, pretend, brainstorm, come up with, pen, devise,
                describe a scene, describe a character, describe a vivid, narrate, propose,
                picture, act like, embody, depict, draw, paint, sketch, illustrate, envision,
                dream up, think up, conceive
            """,
        ),
        Cues(
            1,
            """
                design, create, generate, make up, suggest a name, suggest names, think of, edit,
                continue, develop, pitch
            """,
        ),
        Cues(
            1.5,
            """
                make it more, turn this into a
            """,
        ),
    ),
    says=(
        Cues(
            3,
            """
                poem, haiku, sonnet, lyrics, fairy tale, screenplay, fan fiction, fanfiction,
                fanfic, rap song, love letter, cover letter, blog post, slogan, tagline,
                villanelle, monologue, soliloquy, bedtime story, flash fiction, novella,
                character description, backstory, plot twist, science fiction story,
                horror story, love story, ghost story, wedding speech, wedding vows, toast,
                eulogy, product description, press release, instagram caption, tweet about,
                tiktok script, ad copy, sales copy, copywriting, in the style of, as if you were,
                from the perspective of, first person narrative, rhyming, rhymes, rhyme,
                iambic pentameter, free verse, acrostic, dungeons and dragons, d d campaign,
                write an essay, persuasive essay, opening paragraph, opening line, vivid imagery,
                creative writing, creative language, funny names, name ideas, catchy, whimsical,
                more professional, more formal, more concise, sound more, grammatical errors,
                grammar errors, geschichte, kurzgeschichte, gedicht, schreiben sie, überschrift,
                märchen, histoire, poème, rédigez, rédige, fictive, cuento, poema, redacta,
                ensayo, crônica, racconto, poesia, рассказ, стихотворение, сказку, блоге, эссе,
                out of office, tongue twister, more engaging, more persuasive, more polite,
                more casual, more friendly, sound better, sound professional, passive voice,
                active voice, grammar and spelling, as a pirate, in character, stay in character,
                rpg, text adventure, limerick, tragic past, seo friendly, youtube video titles,
                good name for, name for my, names for my, names for a, name for a, metaphor,
                simile, pick up line, dating profile, bad puns, puns, add two more sentences,
                continue writing, using the words, using the following words, include the words,
                introduce yourself, less robotic, sound less, more dramatic, twist ending,
                scary story, funny review, in the voice, dramatic tone, role play, verfasse,
                entwerfe, erfinde, blogbeitrag, reiseblog, fesselnde, fesselnden, lebendige,
                drehbuch, rédiger, composez, imaginez, article de blog, courriel, paragraphe,
                scénario, captivant, captivante, intrigant, personnage, составьте, сочините,
                придумайте, письмо, увлекательный, увлекательную, персонажа, заголовок, сценарий,
                рецензию, блога, статью, escribir, compón, imagina, correo electrónico, párrafo,
                guion, personaje, cautivador, redija, componha, componi, scrivere, immagina,
                brief schreiben, eine geschichte
            """,
        ),
        Cues(
            2,
            """
                story, stories, song, fictional, letter to, email to, script for, narrative,
                protagonist, villain, joke, riddle, parody, satire, satirical, humorous,
                imaginative, captivating, heartfelt, imagine, imaginary, post about, caption,
                headline, title ideas, names for, brand name, rap, ballad, fable, diary entry,
                journal entry, memoir, outline for, article about, article on, essay on,
                essay about, paragraph about, words or less, word essay, essay,
                conversation between, dialogue between, marketing campaign, ad campaign,
                storyboard, mascot, brand story, brand identity, catchphrase, motto, artwork,
                cartoon, superhero, dragon, enchanted, magical, haunted, time travel, dystopian,
                utopian, post apocalyptic, cyberpunk, steampunk, parallel universe, écris,
                écrivez, schreibe, escribe, scrivi, escreva, напиши, напишите
            """,
        ),
        Cues(
            1,
            """
                creative, write, character, style, blog, words, paragraphs, letter, email,
                template, fun, funny, witty, romantic, invitation, announcement, newsletter,
                linkedin, myth, speech, campaign, chapter, podcast, compelling, fantasy, fiction,
                legend, comic, pirate, detective, wizard, vampire, zombie, princess, poster,
                dramatic
            """,
        ),
        Cues(
            0,
            """
                short stories by, story of my life, side story, two story, three story,
                novel coronavirus, novel approach, song by, the song, poem by, who wrote,
                cover story, main character in, special character, chinese character,
                non alphanumeric character, characters in the string, email server, email regex,
                letter of the alphabet, letters in, key characters, plot a, plot the,
                scatter plot, bar plot, box plot, style sheet, code style, email address,
                email account, my email, spam email, historical novel by, published the novel,
                free speech, freedom of speech, part of speech, parts of speech, speech therapy,
                speech recognition, speech to text, figure of speech, muscle tone, skin tone,
                dial tone, crime scene, greek myth, common myth, campaign finance,
                election campaign, political campaign, military campaign
            """,
        ),
        Cues(
            3,
            """
                一首诗, 作诗, 剧本, 寓言, 短篇, 歌词, 宣传语, 标语, 口号, 演讲稿, 发言稿, 主持词,
                祝福语, 贺词, 求职信, 推荐信, 感谢信, 道歉信, 邀请函, 改写, 取个名, 起个名,
                取一个名字, 想一个名字, 段子, 影评, 读后感, 观后感, 日记, 新闻稿, 软文, 推文,
                朋友圈, 短视频脚本, 视频脚本, 广告脚本, 角色扮演, 假如你是, 假设你是, 设想你,
                想象你, 想象一下, 想象自己, 五言, 七言, 绝句, 律诗, 宋词, 藏头诗, 打油诗, 说唱,
                独白, 人物设定, 世界观设定, 议论文, 记叙文, 应用文, 检讨书, 自我介绍, 辞职信,
                请假条, 倡议书, 申请书, 个人陈述, 工作总结, 年终总结, 述职报告, 心得体会,
                活动方案, 策划案, 策划书, 商业计划书, 开场白, 广告词, 产品描述, 产品介绍,
                产品文案, 写一段, 写一则, 写篇, 写首, 写封, 重写, 语法错误, 纠正语法, 修改病句,
                改正病句, 更通顺, 更流畅, 更正式, 更生动, 造句, 写一个故事, 讲个故事, 讲一个故事,
                写一句, 写几句, 撰写, 创作, 写作, 拟一个, 起草, 脑洞, 绕口令, 谜语, 歇后语, 物語,
                詩を, 短編, ブログ, 描写, 書き出し, 小説を書, 作文を, 이야기, 시를, 소설, 에세이,
                委婉, 文采, 悬疑, 气氛, 造一个句子, 造句子, 改写成, 世界观, 奇幻, 武侠, 修仙,
                言情, 可爱的名字, 想个名字, 风格写, 反问句, 陈述句, 拟人句, 比喻句, 排比句,
                仿照例句, 仿照, 仿句, 扩句, 缩句, 有创意, 祝福短信, 生日祝福, 想象, 口吻, 脱口秀,
                吐槽, 竞选稿, 致辞, 语言更优美, 更优美, 谜底, 发朋友圈, 有特色的名字,
                修改这篇作文, 重新组织, 重新表述, 换一种说法, 换个说法, 更具吸引力, 更有说服力,
                更具说服力, 更有吸引力, 更吸引人, 描绘, 构思, 虚构一个, 写一份, 写一条, 写一张,
                拟一份, 拟一篇, 编一首, 接龙, 小剧场, 情景剧, 情景对话, 生成一段对话, 创作一个,
                创作一首, 创作一篇, 有感染力, 富有感染力, 抒情, 叙事, 第一人称, 第三人称,
                主人公是, 续集, 开头段, 开头句, 结尾段, 扣人心弦, 身临其境, 書いてください, 執筆,
                キャッチーな, 短編小説, 脚本, 旅行記, 旅行ブログ, 見出し, 想像力, 써주세요,
                작성해, 블로그, 편지, 묘사
            """,
        ),
        Cues(
            2,
            """
                虚构, 主人公, 主角, 幽默, 生动, 感人, 有趣的, 引人入胜, 富有创意, 以第一人称,
                为主题, 为题, 风格, 语气, 写出, 书信, 写信, 评论文章, 编写, 稿件, 编一个, 编一段,
                创造, 设计一, 诗歌, 散文, 童话, 未来世界, 童话故事, 神话故事, 主题曲, 吉祥物,
                品牌故事, 宣传片, 短视频, 微电影, 创意点子, 魔法, 精灵, 外星人, 末日, 使其更,
                使之更, 更简洁, 更礼貌, 补全句子, 完成句子, 生成一篇, 生成一段, 生成一条,
                生成一句, 文风, 文笔, 创意, 情景, 短剧, 演讲, 引起共鸣, 魅力的な, 説得力, メール,
                段落, 想像
            """,
        ),
        Cues(
            1,
            """
                设计, 主题, 字左右, 不少于, 字以内, 字数, 一段话, 修改, 改成, 修辞, 比喻, 文章
            """,
        ),
        Cues(
            0,
            """
                诗人, 描写代码, 写作业, 听写, 默写, 读写, 小说家, 写字, 的作者, 谁写, 故事的中心,
                写了, 写错, 写对, 写于, 标题栏, 写入, 读写文件, 写文件, 编写程序, 编写代码,
                小说本, 科幻小说, 用户评论, 写成, 创造性, 创造力, 写代码, 写程序, 重写方法,
                写一个函数, 写一个程序, 写一段代码, 写一段程序, 写出代码, 写段代码, 写个程序,
                写个函数, 写个脚本, 写一个脚本, 写出化学方程式, 写出方程, 写出公式, 写出表达式,
                写过, 写着, 写了多少, 写完, 编写一个函数, 编写一个程序, 编写一段代码, 编写一个,
                写一个python, 编写函数, 写个sql, 写sql, 狂人日记, 安妮日记, 的小说家, 科幻电影,
                小说推荐, 推荐小说, 推荐几本小说, 小说有哪些, 故事书, 垃圾邮件, 邮件服务器,
                邮件发送失败, 小说改编
            """,
        ),
        Cues(
            3.5,
            """
                润色, 续写, 扩写, 仿写, 起名, 取名, 起个名字, 取个名字, 写诗, 写一首, 写一封,
                写一篇, 笑话, 对联, 春联, 情书, 文案, 广告语, 作文, 扮演, 小红书
            """,
        ),
        Cues(
            2.5,
            """
                from the point of view of, point of view of a, short story, once upon a time,
                bedtime, stand up comedian, in the voice of, as though you were, tell it like,
                wedding, melody, song about, poem about, story about, joke about, sci fi, whimsy,
                worldbuilding, world building, magic system, main character named, screenwriter,
                comedian, storyteller, poet, novelist, copywriter, fictional character,
                dark fantasy, happy ending, surprise ending, plot hook
            """,
        ),
        Cues(
            1.5,
            """
                写, 标题, 报道, 说明文, 想象力, 浪漫, 氛围, 场景, 构思一个, 动画, 视频, 品牌,
                话题, 营销, 名字, 科幻, 诗, 小说, 歌曲, 邮件, 宣传, 海报, 台词, 反转
            """,
        ),
        Cues(
            1.5,
            """
                novel, plot, scene, grammar, tone, engaging, an email, poetry, verse,
                advertisement, shakespeare, hemingway, dr seuss
            """,
        ),
        Cues(
            2.5,
            """
                故事, 情节, 博客, 公众号
            """,
        ),
        Cues(
            0.7,
            """
                article
            """,
        ),
        Cues(
            1.2,
            """
                描述
            """,
        ),
    ),
    makes=(
        Cues(
            5,
            """
                poem, haiku, sonnet, limerick, song, lyrics, rap, ballad, ode, verse, story,
                short story, tale, fairy tale, novel, novella, chapter, scene, script,
                screenplay, play, skit, sketch, dialogue, dialog, conversation, essay, article,
                blog post, blog, post, tweet, thread, caption, slogan, tagline, jingle,
                advertisement, ad, ad copy, letter, cover letter, email, e mail, text message,
                speech, toast, vow, invitation, announcement, press release, newsletter,
                biography, backstory, character, villain, superhero, world, plot, plot twist,
                joke, pun, riddle, parody, satire, fable, myth, legend, diary entry,
                journal entry, memoir, narrative, monolog, talking point, paragraph,
                opening paragraph, product description, description, job description, resume,
                review, movie review, book review, concert review, testimonial, complaint,
                apology, thank you note, birthday card, greeting, quote, brand name, domain name,
                username, pitch, elevator pitch, business plan, white paper, op ed, obituary,
                prayer, poetry, prose, fanfic, campaign, storyline, music, melody, music score,
                podcast, episode, video script, youtube script, podcast script, tv script,
                game story, chatbot persona, linkedin post, tribute, statement,
                personal statement, short film, cartoon, comic, quest, adventure, text adventure,
                persona, affirmation, tongue twister, out of office message, birthday message,
                card message, heist movie, opening scene, d&d character, video title,
                youtube video title, motivational speech, logo concept, concept art, metaphor,
                simile, pick up line, dating profile, good name, hashtag, song parody, advert,
                voiceover, meme, tall tale, origin story, elegy, couplet, quatrain, poster,
                flyer, brochure, illustration, mural, animation, short video, documentary,
                marketing campaign, advertising campaign, ad campaign, mascot, board game,
                game concept, character design, manifesto, storyboard, trailer, commercial,
                musical, opera, comic strip, art installation, sculpture, thesis statement,
                vision statement, mission statement, open letter, fan letter, thank you letter,
                complaint letter, recommendation letter, letter of recommendation,
                condolence message, wedding vow, best man speech, acceptance speech, ted talk,
                sermon, eulogy, hymn, nursery rhyme, lullaby, anthem, chant, horoscope,
                fortune cookie, prophecy, thriller, romance, detective story, horror story,
                ghost story, love story, science fiction story, children's book, picture book,
                choose your own adventure, campaign setting, mythology, creation myth, folk tale,
                urban legend, editorial, opinion piece, magazine article, news article,
                news story, feature article, product review, travel blog, food blog, guest post,
                facebook post, instagram post, instagram caption, reddit post, forum post,
                video description, podcast intro, radio ad, tv ad, billboard, catchphrase, motto,
                company name, band name, team name, character name, book title, blog title,
                chapter title, call to action, sales pitch, sales email, cold email,
                follow up email, apology email, marketing email, welcome email,
                landing page copy, press statement, toast speech, stand up routine,
                comedy sketch, monologue, imaginary conversation, logo
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
                诗, 诗歌, 故事, 小说, 剧本, 散文, 童话, 寓言, 作文, 对联, 广告, 广告语, 宣传语,
                标语, 口号, 文案, 演讲, 演讲稿, 发言稿, 主持词, 祝福, 贺词, 推荐信, 求职信,
                感谢信, 邮件, 电子邮件, 书信, 文章, 博客, 博文, 推文, 影评, 书评, 评论, 乐评,
                读后感, 日记, 新闻稿, 新闻报道, 报道, 软文, 笑话, 台词, 对话, 独白, 情节, 开头,
                开场白, 结尾, 议论文, 记叙文, 说明文, 论文, 散文诗, 段落, 名字, 计划书, 策划书,
                公告, 通知, 邀请函, 请假条, 申请书, 辞职信, 检讨书, 脚本大纲, 视频脚本, 电影脚本,
                短视频脚本, 广告脚本, 广告词, 谜语, 绕口令, 角色, 人物, 场景, 音乐, 说唱,
                自我介绍, 一段话, 诗句, 游记, 攻略, 产品描述, 宣传文案, 宣传册, 传单, 短剧, 话剧,
                相声, 小品, 赋, 祭文, 微博, 朋友圈, 帖子, 总结报告, 年终总结, 工作总结, 述职报告,
                心得体会, 简历, 履历, 提纲, 大纲, 信件, 情书, 一首歌, 歌曲, 歌谣, 儿歌, 词牌,
                宋词, 名称, 标题党, 视频, 动画, 品牌形象, 春联, 贺卡, 横幅, 朗诵稿, 解说词,
                颁奖词, 欢迎词, 致辞, 悼词, 家书, 检讨, 保证书, 承诺书, 推荐语, 评语, 寄语, 签名,
                昵称, 网名, 店名, 品牌名, 公司名, 笔名, 小作文, 周记, 范文, 小故事, 短篇故事,
                短篇小说, 微小说, 侦探小说, 言情小说, 章节, 续集, 结局, 番外, 同人文, 五言绝句,
                七言绝句, 现代诗, 古诗, 打油诗, 藏头诗, 三行诗, 脱口秀, 词曲, 旋律, 提案, 邀请信,
                商务信函, 辞呈, 申请信, 倡议书, 世界观, 主持人开场白, 营销文案, 产品文案,
                请假邮件, 朋友圈文案, 客服对话, 口播稿, 公众号文章, 祝词, 毕业致辞, 宣言, 海报,
                插画, 漫画, 动画片, 短片, 短视频, 纪录片, 营销方案, 宣传方案, 创意方案, 吉祥物,
                标志, 舞台剧, 音乐剧, 专栏, 社论, 评述, 观后感, 游戏剧情, 宣传片, 广告片, 微电影,
                画作, 一幅画, 神话, 传说, 民间故事, 成语故事, 儿童故事, 爱情故事, 恐怖故事,
                科幻故事, 角色设定, 人设, 设定集, 宣誓词, 誓词, 校歌, 班歌, 口播, 直播话术, 话术,
                销售话术, 采访稿, 访谈稿, 主持稿, 串词, 旁白, 导游词, 欢迎辞, 悼念词, 墓志铭,
                挽联, 寿联, 贺信, 公开信, 投诉信, 商务邮件, 道歉邮件, 跟进邮件, 营销邮件, 问候语,
                座右铭, 名言, 金句, 签名档, 简历自我评价, 自我评价, 工作汇报, 周报, 月报, 日报,
                调研报告, 实践报告, 论文开头, 毕业论文, 开题报告, 读书笔记, 招聘启事, 寻人启事,
                通告, 声明, 合同, 协议, 剧情简介, 演示文稿, 宣传语句, 评价, 产品评价, 用户评价,
                反馈邮件, 回复邮件, 回信, 客户邮件, 新闻标题, 故事情节, 故事大纲, 故事梗概,
                小说大纲, 文章大纲, 演讲大纲, 角色对话, 人物对话, 情景对话, 歌词, 短文, 随笔,
                杂文, 书面陈述, 道歉声明, 新年祝福, 祝福语, 表白信, 产品名称, 活动名称, 主题歌
            """,
        ),
        Cues(
            3,
            """
                sentence, message, piece, note, card, movie, film, presentation, concept,
                picture, drawing, painting, video, brand, interview, report, proposal, costume,
                theme, vision, playlist, roast, keynote, infographic
            """,
        ),
        Cues(
            0,
            """
                信息, 信号, 信任, 信用, 信念, 信封, 词汇, 单词, 主题词, 关键词, 名字的人,
                短信验证码, 介绍信息, 描述性统计, 计划表, 名称列表, 报告生成器
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
            3.5,
            """
                标题, 句子, 电影, 新闻, 想法, 点子, 创意, 概念, 形象, 剧情, 品牌, 产品介绍,
                景点介绍, 公司介绍, 个人介绍
            """,
        ),
        Cues(
            2,
            """
                描述, 介绍, 报告, 方案
            """,
        ),
        Cues(
            2.5,
            """
                看法, 观点, 反馈, 问卷, 情景, 片段, 段子, 规章制度
            """,
        ),
        Cues(
            2.5,
            """
                ppt
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
