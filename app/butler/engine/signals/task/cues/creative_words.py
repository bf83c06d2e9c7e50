"""The words that speak for creative, or against it, anywhere in a prompt."""

from typing import Final

from butler.engine.signals.task.sheet import Cues

SAYS: Final = (
    Cues(
        3,
        """
        poem, haiku, sonnet, lyrics, fairy tale, screenplay, fan fiction, fanfiction, fanfic,
        rap song, love letter, cover letter, blog post, slogan, tagline, villanelle,
        monologue, soliloquy, bedtime story, flash fiction, novella, character description,
        backstory, plot twist, science fiction story, horror story, love story, ghost story,
        wedding speech, wedding vows, toast, eulogy, product description, press release,
        instagram caption, tweet about, tiktok script, ad copy, sales copy, copywriting,
        in the style of, as if you were, from the perspective of, first person narrative,
        rhyming, rhymes, rhyme, iambic pentameter, free verse, acrostic,
        dungeons and dragons, d d campaign, write an essay, persuasive essay,
        opening paragraph, opening line, vivid imagery, creative writing, creative language,
        funny names, name ideas, catchy, whimsical, more professional, more formal,
        more concise, sound more, grammatical errors, grammar errors, geschichte,
        kurzgeschichte, gedicht, schreiben sie, überschrift, märchen, histoire, poème,
        rédigez, rédige, fictive, cuento, poema, redacta, ensayo, crônica, racconto, poesia,
        рассказ, стихотворение, сказку, блоге, эссе, out of office, tongue twister,
        more engaging, more persuasive, more polite, more casual, more friendly,
        sound better, sound professional, passive voice, active voice, grammar and spelling,
        as a pirate, in character, stay in character, rpg, text adventure, limerick,
        tragic past, seo friendly, youtube video titles, good name for, name for my,
        names for my, names for a, name for a, metaphor, simile, pick up line,
        dating profile, bad puns, puns, add two more sentences, continue writing,
        using the words, using the following words, include the words, introduce yourself,
        less robotic, sound less, more dramatic, twist ending, scary story, funny review,
        in the voice, dramatic tone, role play, verfasse, entwerfe, erfinde, blogbeitrag,
        reiseblog, fesselnde, fesselnden, lebendige, drehbuch, rédiger, composez, imaginez,
        article de blog, courriel, paragraphe, scénario, captivant, captivante, intrigant,
        personnage, составьте, сочините, придумайте, письмо, увлекательный, увлекательную,
        персонажа, заголовок, сценарий, рецензию, блога, статью, escribir, compón, imagina,
        correo electrónico, párrafo, guion, personaje, cautivador, redija, componha, componi,
        scrivere, immagina, brief schreiben, eine geschichte
        """,
    ),
    Cues(
        2.5,
        """
        from the point of view of, point of view of a, short story, once upon a time,
        bedtime, stand up comedian, in the voice of, as though you were, tell it like,
        wedding, melody, song about, poem about, story about, joke about, sci fi, whimsy,
        worldbuilding, world building, magic system, main character named, screenwriter,
        comedian, storyteller, poet, novelist, copywriter, fictional character, dark fantasy,
        happy ending, surprise ending, plot hook, a world where, a world in which,
        you wake up, tell the story of, tell a story, story in which, story where,
        story of a, tale of, narrated by, ends with the line, begins with the line,
        starts with the sentence, begin with the sentence
        """,
    ),
    Cues(
        2,
        """
        story, stories, song, fictional, letter to, email to, script for, narrative,
        protagonist, villain, joke, riddle, parody, satire, humorous, imaginative,
        captivating, imagine, imaginary, post about, caption, headline, title ideas,
        names for, brand name, rap, ballad, fable, diary entry, journal entry, memoir,
        outline for, article about, article on, essay on, essay about, paragraph about,
        words or less, word essay, essay, conversation between, dialogue between,
        marketing campaign, ad campaign, storyboard, mascot, brand story, brand identity,
        catchphrase, motto, artwork, cartoon, superhero, dragon, enchanted, magical, haunted,
        time travel, dystopian, utopian, post apocalyptic, cyberpunk, steampunk,
        parallel universe, écris, écrivez, schreibe, escribe, scrivi, escreva, напиши,
        напишите, creative, imagery, vivid, persuasive, heartfelt, satirical
        """,
    ),
    Cues(
        1.5,
        """
        novel, plot, scene, grammar, tone, engaging, an email, poetry, verse, advertisement,
        shakespeare, hemingway, dr seuss
        """,
    ),
    Cues(
        1,
        """
        write, character, style, blog, words, paragraphs, letter, email, template, fun,
        funny, witty, romantic, invitation, announcement, newsletter, linkedin, myth, speech,
        campaign, chapter, podcast, compelling, fantasy, fiction, legend, comic, pirate,
        detective, wizard, vampire, zombie, princess, poster, dramatic
        """,
    ),
    Cues(
        0.7,
        """
        article
        """,
    ),
    Cues(
        0,
        """
        short stories by, story of my life, side story, two story, three story,
        novel coronavirus, novel approach, song by, the song, poem by, who wrote,
        cover story, main character in, special character, chinese character,
        non alphanumeric character, characters in the string, email server, email regex,
        letter of the alphabet, letters in, key characters, plot a, plot the, scatter plot,
        bar plot, box plot, style sheet, code style, email address, email account, my email,
        spam email, historical novel by, published the novel, free speech, freedom of speech,
        part of speech, parts of speech, speech therapy, speech recognition, speech to text,
        figure of speech, muscle tone, skin tone, dial tone, crime scene, greek myth,
        common myth, campaign finance, election campaign, political campaign,
        military campaign
        """,
    ),
    Cues(
        3.5,
        """
        润色, 续写, 扩写, 仿写, 起名, 取名, 起个名字, 取个名字, 写诗, 写一首, 写一封, 写一篇,
        笑话, 对联, 春联, 情书, 文案, 广告语, 作文, 扮演, 小红书
        """,
    ),
    Cues(
        3,
        """
        一首诗, 作诗, 剧本, 寓言, 短篇, 歌词, 宣传语, 标语, 口号, 演讲稿, 发言稿, 主持词,
        祝福语, 贺词, 求职信, 推荐信, 感谢信, 道歉信, 邀请函, 改写, 取个名, 起个名,
        取一个名字, 想一个名字, 段子, 影评, 读后感, 观后感, 日记, 新闻稿, 软文, 推文, 朋友圈,
        短视频脚本, 视频脚本, 广告脚本, 角色扮演, 假如你是, 假设你是, 设想你, 想象你,
        想象一下, 想象自己, 五言, 七言, 绝句, 律诗, 宋词, 藏头诗, 打油诗, 说唱, 独白,
        人物设定, 世界观设定, 议论文, 记叙文, 应用文, 检讨书, 自我介绍, 辞职信, 请假条,
        倡议书, 申请书, 个人陈述, 工作总结, 年终总结, 述职报告, 心得体会, 活动方案, 策划案,
        策划书, 商业计划书, 开场白, 广告词, 产品描述, 产品介绍, 产品文案, 写一段, 写一则,
        写篇, 写首, 写封, 重写, 语法错误, 纠正语法, 修改病句, 改正病句, 更通顺, 更流畅,
        更正式, 更生动, 造句, 写一个故事, 讲个故事, 讲一个故事, 写一句, 写几句, 撰写, 创作,
        写作, 拟一个, 起草, 脑洞, 绕口令, 谜语, 歇后语, 物語, 詩を, 短編, ブログ, 描写,
        書き出し, 小説を書, 作文を, 이야기, 시를, 소설, 에세이, 委婉, 文采, 悬疑, 气氛,
        造一个句子, 造句子, 改写成, 世界观, 奇幻, 武侠, 修仙, 言情, 可爱的名字, 想个名字,
        风格写, 反问句, 陈述句, 拟人句, 比喻句, 排比句, 仿照例句, 仿照, 仿句, 扩句, 缩句,
        有创意, 祝福短信, 生日祝福, 想象, 口吻, 脱口秀, 吐槽, 竞选稿, 致辞, 语言更优美,
        更优美, 谜底, 发朋友圈, 有特色的名字, 修改这篇作文, 重新组织, 重新表述, 换一种说法,
        换个说法, 更具吸引力, 更有说服力, 更具说服力, 更有吸引力, 更吸引人, 描绘, 构思,
        虚构一个, 写一份, 写一条, 写一张, 拟一份, 拟一篇, 编一首, 接龙, 小剧场, 情景剧,
        情景对话, 生成一段对话, 创作一个, 创作一首, 创作一篇, 有感染力, 富有感染力, 抒情,
        叙事, 第一人称, 第三人称, 主人公是, 续集, 开头段, 开头句, 结尾段, 扣人心弦, 身临其境,
        書いてください, 執筆, キャッチーな, 短編小説, 脚本, 旅行記, 旅行ブログ, 見出し,
        想像力, 써주세요, 작성해, 블로그, 편지, 묘사
        """,
    ),
    Cues(
        2.5,
        """
        情节, 博客, 公众号
        """,
    ),
    Cues(
        2,
        """
        虚构, 主人公, 主角, 幽默, 生动, 感人, 有趣的, 引人入胜, 富有创意, 以第一人称, 为主题,
        为题, 写信, 评论文章, 编写, 稿件, 编一个, 编一段, 设计一, 诗歌, 散文, 童话, 未来世界,
        童话故事, 神话故事, 主题曲, 吉祥物, 品牌故事, 宣传片, 短视频, 微电影, 创意点子, 魔法,
        精灵, 外星人, 末日, 使其更, 使之更, 更简洁, 更礼貌, 补全句子, 完成句子, 生成一篇,
        生成一段, 生成一条, 生成一句, 文风, 文笔, 创意, 情景, 短剧, 演讲, 引起共鸣, 魅力的な,
        説得力, メール, 段落, 想像, 故事
        """,
    ),
    Cues(
        1.5,
        """
        写, 标题, 报道, 说明文, 想象力, 浪漫, 氛围, 场景, 构思一个, 动画, 视频, 品牌, 话题,
        科幻, 诗, 小说, 歌曲, 宣传, 台词, 反转
        """,
    ),
    Cues(
        1.2,
        """
        描述, 营销, 风格, 语气, 名字, 邮件, 海报, 书信
        """,
    ),
    Cues(
        1,
        """
        设计, 字左右, 不少于, 字以内, 字数, 一段话, 改成, 文章, 写出, 创造, 修改, 修辞, 比喻,
        主题
        """,
    ),
    Cues(
        0,
        """
        诗人, 描写代码, 写作业, 听写, 默写, 读写, 小说家, 写字, 的作者, 谁写, 故事的中心,
        写了, 写错, 写对, 写于, 标题栏, 写入, 读写文件, 写文件, 编写程序, 编写代码, 小说本,
        科幻小说, 用户评论, 写成, 创造性, 创造力, 写代码, 写程序, 重写方法, 写一个函数,
        写一个程序, 写一段代码, 写一段程序, 写出代码, 写段代码, 写个程序, 写个函数, 写个脚本,
        写一个脚本, 写出化学方程式, 写出方程, 写出公式, 写出表达式, 写过, 写着, 写了多少,
        写完, 编写一个函数, 编写一个程序, 编写一段代码, 编写一个, 写一个python, 编写函数,
        写个sql, 写sql, 狂人日记, 安妮日记, 的小说家, 科幻电影, 小说推荐, 推荐小说,
        推荐几本小说, 小说有哪些, 故事书, 垃圾邮件, 邮件服务器, 邮件发送失败, 小说改编,
        创造就业, 风格迥异, 管理风格
        """,
    ),
)
