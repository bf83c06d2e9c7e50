"""What speaks for coding: languages, tools, parts of programs, errors, code itself."""

import re

from butler.contract.tasks import Task
from butler.engine.signals.task.cues.coding_words import SAYS
from butler.engine.signals.task.sheet import Cues, Mark, Sheet

SHEET = Sheet(
    task=Task.CODING,
    opens=(
        Cues(
            3,
            """
            refactor, dockerize, containerize, unit test, reverse engineer
            """,
        ),
        Cues(
            2.5,
            """
            output the contents, print the, implement, debug, deploy
            """,
        ),
        Cues(
            2,
            """
            code, program, compile, automate, parse, port
            """,
        ),
        Cues(
            1,
            """
            fix, install, configure, optimize, optimise, develop, build, set up, import
            """,
        ),
        Cues(
            0,
            """
            code of, program of, import duties, import duty, fix me a, fix me up, fix dinner
            """,
        ),
    ),
    says=SAYS,
    makes=(
        Cues(
            4.5,
            """
            function, program, code, algorithm, python script, script, method, api, query,
            sql query, regex, regular expression, library, component, unit test, test case, bot,
            webpage, web page, website, web app, web application, database, schema, server,
            parser, compiler, calculator, scraper, crawler, plugin, extension, macro, makefile,
            dockerfile, loop, data structure, queue, linked list, binary search tree, hash table,
            class, code snippet, snippet, one liner, command, implementation, app, application,
            html, html page, css, script in python, formula, backend, frontend, landing page,
            dashboard, todo list app, cli, microservice, decorator, subclass, struct, interface,
            iterator, chrome extension, login page, docker image, neural network, classifier,
            simulation, login form, pipeline, type definition, migration, wrapper, hook,
            middleware, endpoint, pseudocode, generator, sorting algorithm, search engine,
            pull request, commit message
            """,
        ),
        Cues(
            3,
            """
            test, code example, working example
            """,
        ),
        Cues(
            2.5,
            """
            game, tool, software, system, simulator, chatbot, module, model
            """,
        ),
        Cues(
            4.5,
            """
            代码, 程序, 函数, 脚本, 算法, 接口, 网页, 网站, 爬虫, 正则表达式, 正则, 查询语句,
            语句, 应用程序, 小程序, 插件, 组件, 单元测试, 测试用例, 数据库, 计算器, 服务器,
            生成器, 解释器, 编译器, 命令, 伪代码, 宏, 装饰器, 数据结构, 链表, 队列, 数据表, 页面,
            前端, 后端, 浏览器游戏, 贪吃蛇, 登录页, 公式, 栈结构, 手机应用, 手机app, 应用软件,
            web应用, 排序函数, 排序算法, 排序程序, shell脚本, 自动化脚本, sql语句, 查询, 界面,
            网站首页, 管理系统, 爬虫程序, 聊天程序
            """,
        ),
        Cues(
            2.5,
            """
            游戏, 模块, 工具, 软件, 机器人
            """,
        ),
        Cues(
            1.5,
            """
            系统
            """,
        ),
        Cues(
            0,
            """
            公务员, 方法论, 类似, 类别, 类型, 程序员, 机器人的, 电影脚本, 视频脚本, 广告脚本,
            脚本大纲, 宏伟, 宏观, 命令式, 语句通顺, 查询系统的作文, 接口人
            """,
        ),
    ),
    marks=(
        Mark(
            "stack trace",
            5,
            re.compile(
                r"Traceback \(most recent call last\)"
                r"|^[ \t]{0,8}at [\w$.<>/]{1,120} ?\([^)\n]{0,120}:\d+\)"
                r"|^[ \t]{0,8}File \"[^\"\n]{1,200}\", line \d+|\b\w{0,40}(?:Error|Exception): "
                r"|\bpanic: |goroutine \d+ \[|Segmentation fault|undefined reference to|npm ERR!"
                r"|\b[A-Z]\w{0,40}(?:Error|Exception)\b",
                re.MULTILINE,
            ),
            (
                "Traceback",
                "  at ",
                "at ",
                ", line ",
                "Error",
                "Exception",
                "panic: ",
                "goroutine ",
                "Segmentation fault",
                "undefined reference",
                "npm ERR!",
            ),
        ),
        Mark(
            "diff",
            5,
            re.compile(
                r"^(?:diff --git |@@ -\d+(?:,\d+)? \+\d+|--- a/|\+\+\+ b/|<{7} )", re.MULTILINE
            ),
            ("diff --git", "@@ -", "--- a/", "+++ b/", "<<<<<<< "),
        ),
        Mark(
            "an error of a tool",
            3,
            re.compile(
                r"^(?:error|fatal|warning|exception|错误|报错)(?:\[\w+\])?\s?[:：] ?\S", re.M | re.I
            ),
            ("rror", "atal", "arning", "xception", "ERR", "错"),
        ),
        Mark("code fence", 3, re.compile(r"```(?!\s*(?:text|txt|csv|markdown|md)\b)"), ("```",)),
        Mark("inline code", 1.5, re.compile(r"(?<!`)`[^`\n]{1,60}`(?!`)"), ("`",)),
        Mark(
            "code",
            4,
            re.compile(
                r"^[ \t]{0,40}(?:def \w{1,40}\(|class \w{1,40}(?:\([\w., ]{0,80}\))?:"
                r"|from [\w.]{1,60} import |import [\w.]{1,60}(?: as \w{1,20})?;?$"
                r"|package [\w.]{1,60};$|using [\w.]{1,60};"
                r"|func \w{1,40}\(|fn \w{1,40}\(|return [\w.(\[][^\n]{0,80};$|\}\s{0,4}else\b)",
                re.MULTILINE,
            ),
            ("def ", "class ", "import ", "package ", "using ", "func ", "fn ", "return ", "else"),
        ),
        Mark(
            "code",
            4,
            re.compile(
                r"#include ?<|using namespace |public (?:static |class |void |int |String )|<\?php"
                r"|<!DOCTYPE|\bfunction \w{0,40}\(|\b(?:const|let|var) \w{1,40} ?= ?\S"
                r"|\bfor ?\((?:\w{1,20} ){1,2}\w{0,20} ?=|\bif ?\([^\n)]{1,60}\) ?\{"
                r"|console\.log\(|System\.out\.|\bprintf? ?\(|std::|=> ?[{(]"
                r"|</(?:div|p|a|ul|li|html|body|script|span|table)>|\b\w{1,40}\(\w{0,40}\) ?\{",
            ),
            (
                "#include",
                "namespace ",
                "public ",
                "<?php",
                "<!DOCTYPE",
                "function ",
                "const ",
                "let ",
                "var ",
                "(",
                "std::",
                "=>",
                "</",
            ),
        ),
        Mark(
            "SQL",
            4,
            re.compile(
                r"(?i)\bselect\b[^\n]{1,120}\bfrom \w|\bcreate table \w|\binsert into \w"
                r"|\balter table \w|\bgroup by \w{1,40}|\bleft join\b"
            ),
            (
                "SELECT",
                "select ",
                "TABLE",
                "table ",
                "INSERT",
                "insert ",
                "BY",
                "by ",
                "JOIN",
                "join ",
            ),
        ),
        Mark(
            "names of code",
            2,
            re.compile(
                r"\b[a-z]{1,30}(?:_[a-z0-9]{1,30}){1,6}\(|\b[a-z]\w{0,30}\.[a-z]\w{0,30}\("
                r"|\b[a-z]{1,30}[A-Z]\w{0,30}\(|\b[a-z]\w{0,30}\(\)|\bO\((?:1|n|log|N)|\]\["
            ),
            ("(", "]["),
        ),
        Mark(
            "names of code", 2, re.compile(r"[=!]=\s|&&|\|\||->\w"), ("==", "!=", "&&", "||", "->")
        ),
        Mark(
            "a programming exercise",
            3,
            re.compile(
                r"^\W{0,4}(?:[Ii]nput|[Oo]utput|Sample [Ii]nput|Sample [Oo]utput|Constraints"
                r"|Example \d|输入|输出|(?:输入|输出)(?:描述|格式)|样例(?:输入|输出)|数据范围)"
                r"\s{0,2}[:：]",
                re.MULTILINE,
            ),
            ("nput", "utput", "Constraints", "Example ", "输入", "输出", "数据范围"),
        ),
        Mark(
            "a programming exercise",
            3,
            re.compile(
                r"\bgiven (?:an?|two|the) (?:\w{1,20}[ -]){0,4}?"
                r"(?:array|string|list|linked list|matrix|grid|tree|graph)s?\b"
                r"|\b(?:takes?|accepts?) (?:an?|two|the) [^.\n]{1,60}\band returns?\b|\bassert \w"
            ),
            ("given ", "take", "accept", "assert "),
            in_ask=True,
        ),
        Mark(
            "file of code",
            2,
            re.compile(
                r"\w\.(?:py|js|jsx|tsx?|java|cpp|cc|hpp|cs|go|rs|rb|php|sh|sql|ya?ml|toml|json|ipynb"
                r"|vue|html?|css|kt|swift|lua|exe|dll|env|gradle|xml)\b(?!\.)"
            ),
            (".",),
        ),
        Mark(
            "shell",
            2,
            re.compile(
                r"^\s{0,4}\$ \w|\bsudo \w"
                r"|\b(?:pip3?|npm|npx|yarn|apt|brew|docker|git|curl|chmod)"
                r" -{0,2}[a-z]{2,20} [\w./-]",
                re.MULTILINE,
            ),
            (
                "$ ",
                "sudo ",
                "pip",
                "npm ",
                "npx ",
                "yarn ",
                "apt ",
                "brew ",
                "docker ",
                "git ",
                "curl ",
                "chmod ",
            ),
        ),
        Mark(
            "a language of one letter",
            3,
            re.compile(
                r"(?<![a-z])(?:[cr]|go|rust|swift)(?:语言|\s?代码)"
                r"|用\s?(?:[cr]|go|rust|swift)\s?(?:写|实现|编写|语言)"
            ),
            ("语言", "代码", "用"),
            in_ask=True,
        ),
    ),
)
