"""What speaks for coding: languages, tools, parts of programs, errors, code itself."""

import re

from butler.contract.tasks import Task
from butler.engine.signals.task.sheet import Cues, Mark, Sheet

SHEET = Sheet(
    task=Task.CODING,
    opens=(
        Cues(
            3,
            """
                debug, refactor, dockerize, containerize, unit test, reverse engineer
            """,
        ),
        Cues(
            2,
            """
                implement, code, program, compile, deploy, automate, parse, port
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
    says=(
        Cues(
            3,
            """
                python, python3, javascript, typescript, java, c++, c#, golang, kotlin, php,
                haskell, fortran, cobol, bash, powershell, shell script, bash script, sql, mysql,
                postgresql, postgres, sqlite, mongodb, redis, html, css, html5, css3, reactjs,
                react native, react component, react hook, vuejs, vue, nodejs, node js, next js,
                nextjs, express js, expressjs, angularjs, django, fastapi, laravel, spring boot,
                springboot, jquery, numpy, pytorch, tensorflow, keras, scikit learn, sklearn,
                opencv, matplotlib, kubernetes, k8s, terraform, graphql, solidity, verilog, vhdl,
                swiftui, vba, dockerfile, makefile, cmake, leetcode, stackoverflow,
                stack overflow, rust code, in rust, rust program, go code, in go lang,
                swift code, in swift, in r, r code, in c, c program, c code, in matlab,
                matlab code, assembly language, assembly code, visual basic, visual studio,
                vs code, vscode, intellij, webpack, eslint, tailwind, tailwindcss, svelte,
                flutter, dart, jupyter notebook, pip install, npm install, github actions,
                pull request, git commit, git rebase, git merge, merge conflict, stack trace,
                stacktrace, traceback, segfault, segmentation fault, null pointer,
                nullpointerexception, syntax error, compile error, compiler error, runtime error,
                typeerror, valueerror, keyerror, indexerror, attributeerror, importerror,
                syntaxerror, regex, regexp, regular expression, linked list, binary tree,
                binary search tree, binary search, hash table, hash map, hashmap, data structure,
                time complexity, space complexity, linear complexity, constant space, big o,
                dynamic programming, bubble sort, merge sort, quick sort, quicksort,
                depth first search, breadth first search, source code, codebase, code base,
                code review, code snippet, pseudocode, pseudo code, unit test, test case,
                the code, this code, my code, following code, code below, code above, your code,
                rest api, restful api, api endpoint, api key, web scraper, web scraping,
                chrome extension, discord bot, telegram bot, smart contract, for loop,
                while loop, nested loop, object oriented, garbage collector, race condition,
                deadlock, multithreading, asyncio, stored procedure, foreign key, primary key,
                sql query, select statement, inner join, left join, command line, shell command,
                cron job, ssh, localhost, docker, docker compose, lambda function,
                callback function, base class, abstract class, java class, python class,
                class method, static method, css class, type hint, typescript type, dataframe,
                excel formula, excel macro, google sheets formula, apps script, latex code,
                sorted array, sorted list, given array, given string, given list, input string,
                list of integers, array of integers, list of strings, list of lists,
                list of tuples, array of strings, integer array, given an array, given a string,
                given two strings, the function should, the program should, your function,
                function signature, return true, return false, returns true, returns false,
                arduino sketch
            """,
        ),
        Cues(
            2,
            """
                git, github, gitlab, npm, yarn, linux, ubuntu, debian, nginx, flask, pandas,
                selenium, perl, scala, matlab, lua, rubyonrails, ruby on rails, ruby code, json,
                yaml, api, sdk, backend, back end, frontend, front end, full stack, web app,
                webapp, web application, database schema, algorithm, array, boolean, recursion,
                recursive, compiler, runtime, middleware, async, mutex, thread safe, coroutine,
                dataframe, div, iframe, dom, ajax, http request, https request, status code, orm,
                crud, oauth, jwt, cors, websocket, microservice, ci cd, software engineer,
                programming language, programming, coding, programmer, developer, arduino,
                raspberry pi, unity3d, unreal engine, android studio, xcode, android app,
                ios app, mobile app, bug, debugger, subclass, superclass, enum, tuple,
                string concatenation, substring, palindrome, fibonacci, nth, kth, anagram,
                memory leak, error message, stdin, stdout, cli tool, env variable,
                environment variable, import statement, import error, go routine, goroutine,
                neural network in, elasticsearch, kafka, rabbitmq, hadoop, apache spark, pyspark,
                airflow, firebase, aws lambda, azure, gcp, wordpress, shopify, bootstrap,
                three js, d3, vim, emacs, tmux, kernel, driver
            """,
        ),
        Cues(
            1,
            """
                code, function, class diagram, script, query, database, server, website, webpage,
                web page, endpoint, csv, xml, string, integer, pointer, library, package, module,
                dependency, exception, loop, error, aws, android, ios, node, react, angular,
                excel, rust, ruby, julia, swift, algorithmic, parameter, argument, variable,
                docs, deployment, javascript library, virtual machine, vm, windows 10,
                windows 11, macos, terminal, parser
            """,
        ),
        Cues(
            0,
            """
                let us go, let's go, go to, go on, go for, go out, first class, second class,
                world class, middle class, working class, yoga class, class action, dress code,
                zip code, area code, building code, penal code, code of conduct, promo code,
                morse code, rust belt, margin of error, trial and error, string quartet,
                string theory, g string, guitar string, taylor swift, jonathan swift,
                monty python, ball python, burmese python, public library, local library,
                school library, bed bug, bug bite, stomach bug, function of the, brain function,
                kidney function, liver function, social function, body function, bodily function,
                loyalty program, exercise program, training program, tv program,
                television program, weight loss program, government program, space program,
                java island, island of java, coffee bean, medical error, movie script,
                film script, play script, package tour, care package, package deal,
                chess algorithm
            """,
        ),
        Cues(
            3,
            """
                代码, 编程, 数据结构, 数组, 链表, 二叉树, 二叉搜索树, 字符串, 正则表达式, 报错,
                调试, 源码, 源代码, 爬虫, 单元测试, 测试用例, 时间复杂度, 空间复杂度, 面向对象,
                多线程, 协程, 语法错误, 命令行, 伪代码, 存储过程, 程序设计, 编译器, 编译,
                递归函数, 递归算法, 排序算法, 冒泡排序, 快速排序, 归并排序, 二分查找, 动态规划,
                哈希表, 后端, 前端, 语言实现, 语言编写, 空指针, 内存泄漏, 类的继承, 构造函数,
                回调函数, 匿名函数, 装饰器, 迭代器, 循环语句, 条件语句, 查询语句, 数据库表,
                抛出异常, 运行时错误, 整型, 布尔值, 脚本语言, 代码块, 代码段, 这段代码, 以下代码,
                程序员面试, 小程序开发, 接口文档, 复杂度, 表达式匹配, 网络爬虫, 版本控制,
                虚拟环境, 设计模式, 函数式, 宏定义, 头文件, 死锁, 线程池, 进程间, 字节码, 序列化,
                反序列化, 跨域, 中间件, 微服务, 容器化
            """,
        ),
        Cues(
            2,
            """
                程序, 算法, 脚本, 数据库, 递归, 遍历, 指针, 线程, 接口, 服务器, 部署, 变量名,
                函数名, 方法名, 网页, 客户端, 开发环境, 终端, 框架, 开源, 软件包, 依赖包, 模块化,
                运行结果, 软件工程, 输入输出, 输出结果, 整数数组, 列表中, 索引, 浏览器, 应用程序,
                开发工具, 云服务, 运维, 网站开发, 软件开发, 游戏开发, 模型训练, 机器学习模型,
                数据清洗, 读取文件, 哈希
            """,
        ),
        Cues(
            1,
            """
                函数, 网站, 软件, 系统开发, 异常处理, 循环, 变量, 配置, 安装, 排序, 文件夹, 插件,
                学习率
            """,
        ),
        Cues(
            0,
            """
                程序员, 诉讼程序, 法律程序, 司法程序, 审批程序, 电影脚本, 短视频脚本, 视频脚本,
                广告脚本, 代码作者, 邮政编码, 区号, 三角函数, 二次函数, 一次函数, 反比例函数,
                指数函数, 对数函数, 幂函数, 生物数组
            """,
        ),
    ),
    makes=(
        Cues(
            4.5,
            """
                function, program, code, algorithm, python script, script, method, api, query,
                sql query, regex, regular expression, library, component, unit test, test case,
                bot, webpage, web page, website, web app, web application, database, schema,
                server, parser, compiler, calculator, scraper, crawler, plugin, extension, macro,
                makefile, dockerfile, loop, data structure, queue, linked list,
                binary search tree, hash table, class, code snippet, snippet, one liner, command,
                implementation, app, application, html, html page, css, script in python,
                formula, backend, frontend, landing page, dashboard, todo list app, cli,
                microservice, decorator, subclass, struct, interface, iterator, chrome extension,
                login page, docker image, neural network, classifier, simulation, login form,
                pipeline, type definition, migration, wrapper, hook, middleware, endpoint,
                pseudocode, generator, sorting algorithm, search engine, pull request,
                commit message
            """,
        ),
        Cues(
            2.5,
            """
                game, tool, software, system, interface design, simulator, chatbot, module,
                model
            """,
        ),
        Cues(
            4.5,
            """
                代码, 程序, 函数, 脚本, 算法, 接口, 网页, 网站, 爬虫, 正则表达式, 正则, 查询语句,
                语句, 应用程序, 小程序, 插件, 组件, 单元测试, 测试用例, 数据库, 计算器, 服务器,
                生成器, 解释器, 编译器, 命令, 伪代码, 宏, 类, 装饰器, 数据结构, 链表, 队列, 栈,
                排序, 数据表, 页面, 前端, 后端, 应用, 方法, 浏览器游戏, 贪吃蛇, 登录页, 公式
            """,
        ),
        Cues(
            2.5,
            """
                游戏, 模块, 系统, 工具, 软件, 机器人
            """,
        ),
        Cues(
            0,
            """
                公务员, 方法论, 类似, 类别, 类型, 程序员, 机器人的, 电影脚本, 视频脚本, 广告脚本
            """,
        ),
    ),
    marks=(
        Mark(
            "stack trace",
            5,
            re.compile(
                r"Traceback \(most recent call last\)|^\s*at [\w$.<>/]+ ?\([^)\n]*:\d+\)"
                r"|^\s*File \"[^\"\n]+\", line \d+|\b\w+(?:Error|Exception): |panic: |goroutine \d+ \["
                r"|Segmentation fault|\bE\d{4}\b.*\n\s*-->|undefined reference to|npm ERR!",
                re.MULTILINE,
            ),
            (
                "Traceback",
                ".java:",
                "line ",
                "Error: ",
                "Exception: ",
                "panic: ",
                "goroutine ",
                "Segmentation",
                "-->",
                "undefined reference",
                "npm ERR",
                "at ",
            ),
        ),
        Mark(
            "diff",
            5,
            re.compile(r"^(?:diff --git |@@ -\d+(?:,\d+)? \+\d+|--- a/|\+\+\+ b/|<<<<<<< )", re.M),
            ("diff --git", "@@ -", "--- a/", "+++ b/", "<<<<<<< "),
        ),
        Mark("code fence", 3, re.compile(r"```(?!\s*(?:text|txt|csv|markdown|md)\b)"), ("```",)),
        Mark("inline code", 1.5, re.compile(r"(?<!`)`[^`\n]{1,60}`(?!`)"), ("`",)),
        Mark(
            "code",
            4,
            re.compile(
                r"^\s*(?:def \w+\(|class \w+(?:\([\w., ]*\))?:|from [\w.]+ import |import [\w.]+(?: as \w+)?;?$"
                r"|#include ?<|using namespace |using [A-Z][\w.]+;|public (?:static |class |void |int )"
                r"|private \w+ |function \w*\(|(?:const|let|var) \w+ ?=|<\?php|<!DOCTYPE|package \w+;?$"
                r"|func \w+\(|fn \w+\(|for ?\(\w+ \w+ ?=|if ?\(.*\) ?\{|return [\w.(\[]+.*;$|\}\s*else)"
                r"|console\.log\(|System\.out\.|\bprintf ?\(|\bprint ?\(|std::|</(?:div|p|a|html|body|script|span)>"
                r"|=> ?\{|\w+\(\w*\) ?\{|\bSELECT\b.+\bFROM\b|\bCREATE TABLE\b|\bINSERT INTO\b",
                re.MULTILINE,
            ),
        ),
        Mark(
            "names of code",
            2,
            re.compile(
                r"\b[a-z]+(?:_[a-z0-9]+)+\(|\b[a-z]+[A-Z]\w*\(|\b\w+\.\w+\(\)|\b[a-z]\w*\(\)|[=!]=\s|&&"
                r"|\|\||->\w|\w+\[\w+\]\[|\bO\((?:1|n|log|N)",
            ),
        ),
        Mark(
            "file of code",
            2,
            re.compile(
                r"\b[\w-]+\.(?:py|js|jsx|tsx?|java|cpp|cc|hpp|cs|go|rs|rb|php|sh|sql|ya?ml|toml|json|ipynb"
                r"|vue|html?|css|kt|swift|lua|exe|dll|env|gradle|xml)\b(?!\.)"
            ),
            (".",),
        ),
        Mark(
            "shell",
            2,
            re.compile(
                r"^\s*\$ \w+|\bsudo \w|\b(?:pip|npm|apt|brew|docker|git|cd|curl|chmod) -?-?[a-z]+ [\w./-]",
                re.M,
            ),
        ),
        Mark(
            "C",
            3,
            re.compile(
                r"(?<![A-Za-z])(?:[CcRr]|[Gg]o|[Rr]ust|[Ss]wift)(?:语言|語言)|用\s?(?:[CR]|[Gg]o|[Rr]ust|[Ss]wift)\s?(?:写|实现|编写|语言)"
            ),
        ),
    ),
)
