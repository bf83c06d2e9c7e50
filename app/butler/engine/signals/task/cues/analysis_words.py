"""The words that speak for analysis, or against it, anywhere in a prompt."""

from typing import Final

from butler.engine.signals.task.sheet import Cues

SAYS: Final = (
    Cues(
        3,
        """
        data set, sentiment, sentiment analysis, missing values, null values, outlier,
        correlation coefficient, pearson correlation, regression analysis,
        linear relationship, t test, chi square, anova, confidence interval, p value,
        scatter plot, histogram, box plot, bar chart, pie chart, pivot table, time series,
        z score, feature engineering, interquartile range, iqr, train test split, clustering,
        named entities, named entity, swot, swot analysis, pestel, root cause,
        root cause analysis, cost benefit analysis, risk assessment, market analysis,
        competitive analysis, competitor analysis, data analysis, gap analysis, case study,
        comparative analysis, critical analysis, literary analysis, rhetorical analysis,
        financial statements, balance sheet, income statement, cash flow statement,
        quarterly results, positive negative or neutral, spam or not, fact or opinion,
        string or percussion, dead or alive, alive or extinct, following categories,
        following classes, following labels, following reviews, customer reviews,
        following review, following tweet, given text, given passage, given article,
        given data, given table, given the following, reference text, based on the passage,
        based on the text, based on the paragraph, based on the article,
        based on the information, based on the data, based on the table,
        based on the context, based on the above, from the passage, from the text,
        from the paragraph, from the article, from this paragraph, from this text,
        from this passage, according to the passage, according to the text,
        according to the article, according to the table, according to the paragraph,
        in the passage, in the paragraph, in the table, the column, this column,
        in the dataset, in the data, mentioned in, csv file, spreadsheet, survey results,
        survey responses, data points, summary statistics, descriptive statistics,
        key metrics, conversion rate, churn rate, retention rate, evidence for and against,
        argument above, logical fallacy, logical fallacies, which are, whether each,
        each of the following as, species of, premise, entail, entailment, hypothesis test,
        same meaning, mean the same thing, same or different, paraphrases of each other,
        true or false, sales figures, monthly sales, trends, the author's, odd one out,
        symbolism, themes in, themes of, provided text, according to this, based on this,
        in the text, given paragraph, from the following text, from the following passage,
        from the following paragraph, in the following text, in the following sentence,
        in the following paragraph, following sentence as, following text as, following as,
        each of these as, as positive, as negative, positive or negative, real or fake,
        machine learning model, regression model, linear regression, logistic regression,
        random forest, predictive model, mean squared error, root mean square error, rmse,
        accuracy score, r squared, predict the, normally distributed,
        statistically significant, significant difference, spearman, kaggle, cohort, ab test,
        funnel, attribution model, feature importance, decision tree model,
        principal component, market share, year over year, quarter over quarter, kpis,
        growth rate, analysiere, analysieren, vergleiche, klassifiziere, extrahiere,
        analysez, comparez, classez, extrayez, analiza, compara, clasifica, extrae, analise,
        analizza, confronta, проанализируйте, проанализируй, сравните, сравни, классифицируй,
        sales data, customer complaint, the claim that, counterarguments, counterargument,
        a b test, statistically, survey question, rhetorical device, literary device,
        the author gives, the author argue, author's main, smallest to largest,
        largest to smallest, in alphabetical order, alphabetical order, alphabetically,
        chronological order, value for money, cause and effect, thematic, underperforming,
        the same event, part of speech, parts of speech, grammatical role,
        is this an example of, nouns and verbs, does not belong,
        relationship between the following, imagery, figurative language, narrator,
        this passage, the passage, following argument, according to the list,
        in this sentence, in the sentence, these sentences, two sentences, following items,
        following animals, noun verb or adjective, noun or verb, active or passive,
        passive or active, fake or real, formal or informal, toxic or not, happy or sad,
        given the list, following list of, common theme, which requirements,
        competitive landscape, weak spots, hate speech, spam or not spam, answer yes or no,
        yes or no, as a json array, json array, author's purpose, author's tone,
        author's argument, tone of this, contract clause, prioritise, plausible, hypotheses,
        control group, sample size, p values, confounding, causal, causation,
        correlation between, segmentation, anomaly, anomalies, sensitivity analysis,
        scenario analysis, break even, valuation, dcf, porter's five forces, value chain,
        business case, post mortem, root causes, lessons learned, bottleneck, inefficiencies,
        inconsistencies, contradictions, fact check, sources cited, propaganda, framing,
        connotation, allegory, foreshadowing, symbolize, symbolizes, motif, context below,
        given context, based on the given, provided context, provided passage,
        provided information, based on the provided, using only the, reference paragraph,
        premise and hypothesis, entails, contradicts, category does, which category,
        sentiment of, relevant or not, duplicate questions, same question,
        paraphrase of each, grammatically correct or, stance, sarcasm,
        named entity recognition
        """,
    ),
    Cues(
        2.5,
        """
        keywords
        """,
    ),
    Cues(
        2,
        """
        classify, categorize, categorise, analyze, analyse, analysis, extract, comparison,
        compare and contrast, assess, assessment, interpret, column, correlation,
        standard deviation, distribution, variance, statistical, skewness, kurtosis,
        mean value, average value, normalize, data frame, data, chart, table, kpi, metrics,
        pros and cons, advantages and disadvantages, strengths and weaknesses, implications,
        cause of the, bias, fallacy, comma separated, as a list, json format, in json,
        as json, entities, key words, categories, classification, categorise these,
        label each, identify which, is a type of, whether the, reviews, feedback, passage,
        excerpt, review, paragraph, given a list, separate them, k means, dataset, median,
        features, evaluate, evaluating, trend, the argument, identify, bias in,
        perspective of, evidence, comparing, analyzing, analysing, assessing, evaluation,
        interpretation, arguments for and against, strongest argument, tradeoffs, trade offs,
        risks of, case for, feasibility, viability, target audience, user feedback,
        customer feedback, complaints, tickets, transcripts, job description,
        following words, security risks, from a perspective, socioeconomic, geopolitical,
        long term effects, stakeholder, economic impact, environmental impact, social impact,
        following sentence, tone of the, experiment, survey, clause, business model,
        strengths of, weaknesses of, compare to, compared with, compares to, irony,
        obligations, the claim, roi, historical significance, themes, pros and cons of,
        in this text, this text, this sentence, this argument, this review, the data,
        adjectives, topic of the, intent of, based on the following
        """,
    ),
    Cues(
        1.5,
        """
        given these, the author, credibility
        """,
    ),
    Cues(
        1,
        """
        difference between, differences between, differ, versus, vs, better than,
        compared to, hypothesis, impact of, effect of, consequences of, factors,
        significance, relationship between, contrast, similarities, forecast, revenue,
        insights, investors, article, document, following text, text below, context,
        dialogue, conversation, ethical, ethical implications
        """,
    ),
    Cues(
        0,
        """
        data structure, data type, database, data plan, mobile data, evidence based,
        personal data, meta data, table tennis, dinner table, dining table, coffee table,
        table for two, kitchen table, billboard chart, periodic table, column inches,
        spinal column, passage of time, dna evidence, paragraph about, paragraph on,
        write a paragraph, movie reviews of, keywords for seo, linear algebra
        """,
    ),
    Cues(
        -1.5,
        """
        function, algorithm, python function, python program, javascript, html
        """,
    ),
    Cues(
        4,
        """
        分类, 归类, 情感分析, 数据分析, 命名实体, 实体识别, 提取关键词, 抽取, 提取出,
        进行分析, 进行比较, 进行对比, 做个对比, 对比分析, 比较分析, 优劣势, 数据集, 分析一下,
        分析下, 分析以下, 分析这, 阅读材料, 阅读理解, 属于哪一类, 属于哪个类别, 属于哪种,
        是正面还是负面, 积极还是消极, 正面或负面, 正面还是负面, 积极或消极, 判断以下,
        判断下列, 判断这, 判断该, 判断句子, 判断两个, 判断给定, 从下文中, 从中提取, 从中找出,
        找出所有, 找出文, 用户评论, 下列选项, 以下选项, 财务报表, 情感倾向, 情感分类,
        意思相同, 意思是否相同, 是否相同, 是否相似, 是否一致, 同义, 近义句, 不同类, 打标签,
        打上标签, 贴标签, 标签分类, 销售趋势, 意象, 阅读下面的材料, 阅读下面的, 分析原因,
        分析影响, 分析其, 分析该, 试分析, 请分析, 请比较, 请对比, 请评价, 请评估, 请判断,
        逻辑漏洞, 做一个分析, 做个分析, 深度分析, 数据透视, 用户画像, 竞品分析, 可行性分析,
        因果关系, 蕴含, 矛盾还是, 相互矛盾
        """,
    ),
    Cues(
        3,
        """
        客户反馈, 用户反馈, 这两句话, 两个句子, 句子1, 句子2, 哪一个更, 留存, 转化率, 环比,
        增长率, 销售额, 数据表, 下表, 数据如下, 以下数据, 这组数据, 抽取关键词, 归为一类,
        分为两类, 关键信息, 提取关键信息, 提取信息, 实体, 三元组, 格式输出, 输出json,
        json格式, 分析して, 比較して, 分類して, 抽出, 분석, 비교, 분류, 추출, 修辞手法,
        表达方式, 描写手法, 阅读下文, 谬误, 有什么异常, 财务状况, 竞争优势, 潜在风险,
        词性标注, 句子成分, 主谓宾, 根据文章内容, 文章内容, 短文内容, 判断情感, 判断对错,
        判断正误, 对还是错, 从文中, 材料中, 文本中, 句子中, 段落中, 下文中, 正负面, 褒义,
        贬义, 写作手法, 文学价值, 艺术特色, 人物形象, 思想感情, 利与弊, 利大于弊, 表现最好,
        哪个季度, 阅读短文, 按词性, 词性分类, 错别字, 找出错误, 句子中的错误, 病句,
        相同的意思, 是否表达, 整理成表格, 深入分析, 上涨的原因, 辩证, 说明了什么道理,
        什么道理, 寓意, 论据, 论点, 好评还是差评, 好评或差评, 是好评, 是差评, 从多到少,
        从少到多, 从大到小, 从高到低, 从低到高, 抽取下面, 人物性格, 说话人, 效果差异,
        营销策略, 主要论据, 人物关系, 归类到, 所属类别, 文本相似, 语义相似, 是否属于,
        是否包含, 是否符合, 合同条款, 瓶颈, 复盘, 深层原因, 根本原因, 利益相关, 商业模式,
        盈利模式, 护城河, 财务分析, 投资价值, 行业分析, 供需关系, 政策影响, 社会影响,
        历史意义, 现实意义, 作者想表达, 作者的意图, 作者的观点, 作者认为, 表达了作者,
        表达了什么, 隐喻, 伏笔, 反讽, 叙事手法, 人物塑造, 主题分析, 关于哪方面, 哪个类别,
        哪一类别, 以下哪一类, 下面哪一类, 哪一种类别, 属于什么类别, 什么类别, 前提和假设,
        蕴含关系, 自然语言推理, 情感极性, 积极或者消极, 褒贬, 摘录出, 抽取出, 标注出,
        找出文中, 文中提到, 文章提到, 阅读文章, 阅读理解题, 阅读并回答, 参考文本, 给定上下文,
        根据上下文, 根据内容回答, 参考以下, 信息抽取, 事件抽取, 关系抽取, 提取实体, 分别提取,
        提取其中, 提取以下, 提取下面, 提取这, 提取所有, 从中选出
        """,
    ),
    Cues(
        2.5,
        """
        分析, 对比, 标注, 聚类, 相关性, 异常值, 缺失值, 标准差, 方差, 表格, 图表, 可视化,
        鉴别, 辨析, 剖析, 研判, 归因, 原因分析, 论证, 批判性, 市场分析, 竞品, 财报, 报表,
        找出, 排序, 词性, 选出, 关键词提取
        """,
    ),
    Cues(
        2,
        """
        回答问题, 文中, 形容词, 如何看待, 原因和影响, 回答下列问题, 判断, 统计, 推理, 筛选,
        趋势, 利弊, 异同, 根据上文, 根据文章, 根据短文, 根据材料, 根据文本, 根据段落,
        根据表格, 根据以下文章, 根据以下文本, 根据以下段落, 根据以下表格, 根据以下数据,
        根据以下对话, 根据上述, 根据下面的, 根据下列, 根据资料, 基于以上, 基于以下, 基于上述,
        给定的文本, 给定文本, 给定的文章, 给定的段落, 从文本中, 从文章中, 从以下, 从下面,
        以上对话, 以下对话, 上述对话, 阅读以下, 阅读下面, 阅读下列, 提取, 评价, 评估, 解读,
        上下文, 参考资料
        """,
    ),
    Cues(
        1.5,
        """
        条款, 漏洞, 短板, 象征, 从小到大, 宏观经济, 哪个更好, 估值, 这段话的, 这句话的,
        是否存在
        """,
    ),
    Cues(
        1.2,
        """
        比较, 识别, 数据, 情感, 情绪, 评论, 关键词, 排名, 语句, 前景, 现状, 诊断, 段落, 文本,
        观点, 语义, 类别, 指出, 推断, 以下句子, 下列句子, 下面句子, 倾向, 影响, 意义, 优缺点
        """,
    ),
    Cues(
        1,
        """
        因素, 区别, 差异, 关系, 相似, 不同点, 合理, 可行性, 风险, 文章, 短文, 对话
        """,
    ),
    Cues(
        0,
        """
        分析师, 分析仪, 数据线, 数据类型, 写文章, 关系数据库, 判断力, 表达情感, 情感问题,
        情绪低落, 准备材料, 数据结构, 数据包, 大数据, 数据库, 评价体系, 比较好, 比较大,
        比较多, 比较小, 比较高, 比较喜欢, 类别名, 文本框, 文本文件, 排序算法, 排序函数,
        冒泡排序, 快速排序, 数组排序, 统计学, 分析化学, 评论区, 观点鲜明, 情感丰富, 情绪价值,
        情绪管理, 情感故事, 趋势图代码, 情感困惑, 怎么判断, 如何判断, 怎样判断, 怎么提取,
        如何提取, 如何识别, 怎么识别, 推理小说, 趋势是什么意思, 数据恢复, 数据流量, 流量数据,
        排名第一, 世界排名, 大学排名
        """,
    ),
    Cues(
        -1.5,
        """
        函数, 算法
        """,
    ),
)
