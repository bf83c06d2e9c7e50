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
                refactor, dockerize, containerize, unit test, reverse engineer
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
        Cues(
            2.5,
            """
                output the contents, print the, implement, debug, deploy
            """,
        ),
    ),
    says=(
        Cues(
            3,
            """
                fortran, cobol, bash script, redis, html5, css3, react native, react hook, vue,
                node js, next js, nextjs, expressjs, angularjs, laravel, spring boot, springboot,
                jquery, keras, scikit learn, sklearn, matplotlib, k8s, graphql, verilog, vhdl,
                vba, dockerfile, makefile, cmake, stackoverflow, stack overflow, rust code,
                rust program, go code, in go lang, swift code, in swift, in r, r code, in c,
                c program, c code, in matlab, matlab code, assembly language, assembly code,
                visual basic, visual studio, vs code, vscode, intellij, webpack, eslint,
                tailwind, tailwindcss, jupyter notebook, pip install, npm install,
                github actions, pull request, git commit, git rebase, git merge, merge conflict,
                stacktrace, segfault, segmentation fault, null pointer, nullpointerexception,
                syntax error, compile error, compiler error, runtime error, valueerror, keyerror,
                indexerror, attributeerror, importerror, syntaxerror, regexp, hash table,
                hashmap, time complexity, space complexity, linear complexity, constant space,
                big o, dynamic programming, bubble sort, merge sort, quick sort, quicksort,
                depth first search, breadth first search, code base, code review, code snippet,
                pseudocode, pseudo code, test case, rest api, restful api, api endpoint, api key,
                web scraper, web scraping, chrome extension, discord bot, telegram bot,
                smart contract, for loop, while loop, nested loop, object oriented,
                garbage collector, race condition, deadlock, multithreading, asyncio,
                stored procedure, foreign key, select statement, inner join, left join,
                command line, shell command, ssh, docker compose, lambda function,
                callback function, base class, abstract class, java class, python class,
                class method, static method, css class, type hint, typescript type,
                excel formula, excel macro, google sheets formula, apps script, latex code,
                sorted array, sorted list, given array, given string, given list, input string,
                list of integers, array of integers, list of strings, list of lists,
                list of tuples, array of strings, integer array, given an array, given a string,
                given two strings, the function should, the program should, your function,
                function signature, return true, return false, returns true, returns false,
                arduino sketch, js, ts, nodejs, operating system, mutex, git, github, backend,
                frontend, vue3, vue2, numpy array, react hooks, cors, express js, nginx,
                kernel module, linux, ubuntu, recursion, programming, coding,
                programming language, memory leak, json, yaml, middleware, web app, parse json,
                unhandled exception, big o notation, complexity analysis, design pattern,
                microservices, message queue, load balancer, system design, schema design, orm,
                grep, sed, chmod, crontab, systemd, makefile target, gcc, clang, llvm, junit,
                pytest, beautifulsoup, scrapy, streamlit, gradio, langchain, huggingface, cuda,
                opengl, vulkan, webgl, wasm, webassembly, protobuf, grpc, openapi, jenkins,
                gitlab ci, prometheus, grafana, s3 bucket, ec2, dynamodb, bigquery, dbt, vlookup,
                xlookup, index match, conditional formatting, celery task, celery worker,
                mongoose schema, gatsby js, godot engine, cypress test, jest test, curl command,
                helm chart, playwright test, snowflake table, kafka topic, kafka consumer,
                airflow dag, selenium webdriver, maven project, dart code, flutter widget,
                cron job, cron expression, bash command, in bash, hibernate entity, closure in,
                null value in, sql server, bash, hash passwords, compiler, div, props, compiling,
                database, kubectl, crashloopbackoff, commits, git push, git pull, git clone,
                git stash, git reset, merge conflicts, cherry pick, pull requests, excel column,
                excel, spreadsheet formula, command line arguments, sorting algorithm,
                search algorithm, tcp handshake, http headers, crud app, crud, express server,
                mongodb database, jwt authentication, type hints, memory leaks, stack memory,
                heap memory, css selector, css animation, this function, this class in,
                my function, my app crashes, my query, my api, my server, my database,
                my component, webhook, cloud function, serverless, terraform, ansible,
                cloudformation, load a csv, node version, build error, build fails, compile time,
                run time error, log output, breakpoint, debugger, profiler, benchmark the code,
                race conditions, thread pool, connection pool, prepared statement,
                transaction isolation, full text search, nosql, key value store, graph database,
                vector database, embedding model, rag pipeline, llm api, openai api,
                prompt template, tokenizer, pytorch model, train a model, training script, rnn,
                lstm, transformer model, reinforcement learning agent, hyperparameter,
                overfitting, loss function
            """,
        ),
        Cues(
            2,
            """
                gitlab, npm, yarn, debian, perl, matlab, lua, rubyonrails, ruby on rails,
                ruby code, back end, front end, full stack, web application, boolean, recursive,
                runtime, async, thread safe, coroutine, iframe, dom, ajax, http request,
                https request, status code, oauth, jwt, microservice, ci cd, software engineer,
                programmer, arduino, raspberry pi, unity3d, unreal engine, android studio, xcode,
                android app, ios app, mobile app, subclass, superclass, enum, tuple,
                string concatenation, substring, palindrome, fibonacci, nth, kth, anagram,
                error message, stdin, stdout, cli tool, env variable, environment variable,
                import statement, import error, go routine, goroutine, neural network in,
                elasticsearch, rabbitmq, hadoop, apache spark, pyspark, firebase, aws lambda,
                azure, gcp, wordpress, shopify, three js, d3, emacs, tmux, javascript library,
                google sheets, express, process and a thread, concurrency, parallel processing,
                socket, udp, dns, firewall, vpn, router config, command prompt, plugin, codec,
                encryption algorithm, software development, app development,
                machine learning code, training loop, backpropagation, gradient descent, gpu,
                cache, sharding, api, server side, webpage, website, open source, localhost,
                snippet of, password hashing, hashing, encryption, array, script, code, nan,
                heap, callback, xor, unicode, pip, cmd, struct, mocking, generics, prisma, conda,
                react, terminal, compile, compiled, redux, firmware, sdk, cli, gui, latency,
                throughput, query, webapp, typeerror, ide, repo, repository, deploy, deploying,
                refactor, algorithm, debugging, rebase, lambda, following class, this script,
                my script, exit code, tcp, indexing, cnn
            """,
        ),
        Cues(
            1,
            """
                function, class diagram, web page, csv, xml, integer, library, package, module,
                exception, error, aws, android, ios, node, angular, rust, ruby, julia, swift,
                algorithmic, argument, docs, deployment, virtual machine, vm, windows 10,
                windows 11, macos, parser, software, pointer, parameter, string, variable, loop,
                thread, undefined, embedded, implement, bug, widget, component, reverse order,
                puppeteer, selenium, swagger, postman, kafka, airflow, bootstrap, kernel, scala,
                flask, branch, branches, commit, app, server, neural network, deep learning
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
                java island, island of java, coffee bean, medical error, film script,
                play script, package tour, care package, package deal, chess algorithm, pivot to,
                pivoted, sea shell, egg shell, eggshell, shell company, big shell, express train,
                express my, express your, american express, express yourself,
                vaccine development, sed rate, clang together, python snake, python eat, snake,
                ball pythons, pythons, java coffee, java sea, puppeteer show, thread count,
                thread the needle, sewing thread, html entity, birthday bash, array of options,
                wide array, vast array, broad array, array of colors, diverse array, franz kafka,
                kafka's, popcorn kernel, tv programming, television programming, school closure,
                store closure, emotional closure, get closure, lymph node, national unity,
                branch of the, branches of, bank branch, tree branch, olive branch,
                executive branch, legislative branch, judicial branch, commit a, commit to,
                commit suicide, commit crimes, app store, dating app, movie script, excel at,
                excel in
            """,
        ),
        Cues(
            3,
            """
                二叉搜索树, 调试, 源码, 测试用例, 时间复杂度, 空间复杂度, 面向对象, 多线程, 协程,
                语法错误, 命令行, 伪代码, 程序设计, 编译器, 编译, 递归函数, 递归算法, 排序算法,
                冒泡排序, 快速排序, 归并排序, 二分查找, 动态规划, 后端, 前端, 空指针, 内存泄漏,
                类的继承, 构造函数, 回调函数, 匿名函数, 装饰器, 迭代器, 循环语句, 条件语句,
                查询语句, 数据库表, 抛出异常, 运行时错误, 整型, 布尔值, 脚本语言, 代码块, 代码段,
                以下代码, 程序员面试, 接口文档, 复杂度, 表达式匹配, 网络爬虫, 版本控制, 虚拟环境,
                设计模式, 函数式, 宏定义, 死锁, 线程池, 进程间, 字节码, 序列化, 反序列化, 跨域,
                中间件, 容器化, 字符串, 端口, 宿主机, 镜像, 控制台, 存储过程, 索引优化, 慢查询,
                事务隔离, 分布式, 缓存, 消息队列, 负载均衡, 微服务, 垃圾回收, 闭包, 异步,
                同步阻塞, 回调, 钩子函数, 生命周期钩子, 虚拟机, 操作系统, 系统调用, 环境变量,
                配置文件, 日志文件, 请求头, 状态码, 跨域问题, 登录接口, 单例模式, 工厂模式,
                观察者模式, 红黑树, 哈希表, 堆排序, 回溯, 贪心算法, 深度优先, 广度优先, 拓扑排序,
                最短路径, 子序列, 子数组, 子串, 回文, 斐波那契, 素数判断, 汉诺塔, 编译报错,
                运行报错, 抛异常, 语法糖, 反射机制, 泛型, 多态, 接口测试, 自动化测试, 前端页面,
                后台管理系统, 数据库设计, 表结构, 主键, 外键, 左连接, 联表, 建表, 宏代码,
                图像处理库, 神经网络模型, 训练集, 损失函数, 反向传播, 梯度下降, 过拟合, 程序运行,
                运行程序, 运行结果, 查询性能, 性能优化, 前序遍历, 中序遍历, 后序遍历, 层序遍历,
                遍历, 并发, 高性能, 连接数据库, 小程序开发, 获取用户, 重命名文件, 批量重命名,
                端口占用, 权限不足, 命令行参数, 源码分析, 底层原理, 实现原理, 数据同步, 集群,
                网关, 防火墙, 加密算法, 哈希函数, 签名验证, 接口报错, 请求失败, 跑不通, 跑起来,
                编译不过, 运行不了, 怎么调用, 怎么部署, 怎么配置, 大模型微调, 微调模型, 训练模型
            """,
        ),
        Cues(
            2,
            """
                递归, 指针, 线程, 接口, 部署, 变量名, 函数名, 方法名, 网页, 客户端, 开发环境,
                终端, 框架, 开源, 软件包, 依赖包, 模块化, 软件工程, 输入输出, 输出结果, 整数数组,
                列表中, 浏览器, 应用程序, 开发工具, 云服务, 运维, 网站开发, 软件开发, 游戏开发,
                模型训练, 机器学习模型, 数据清洗, 读取文件, 哈希, 学习率, 压缩包, 云服务器, 域名,
                数据包, 缓冲区, 内存, 显卡驱动, 蓝屏, 软件测试, 需求文档, 架构, 网络协议, 参数,
                返回值, 输入参数, 卷积, 模型部署
            """,
        ),
        Cues(
            1,
            """
                函数, 网站, 软件, 系统开发, 异常处理, 循环, 变量, 配置, 安装, 排序, 文件夹, 插件
            """,
        ),
        Cues(
            0,
            """
                程序员, 诉讼程序, 法律程序, 司法程序, 审批程序, 电影脚本, 短视频脚本, 视频脚本,
                广告脚本, 代码作者, 邮政编码, 区号, 三角函数, 二次函数, 一次函数, 反比例函数,
                指数函数, 对数函数, 幂函数, 生物数组, 情绪崩溃, 心态崩溃, 崩溃了, 时间节点,
                家用路由器, 路由器
            """,
        ),
        Cues(
            4,
            """
                python, python3, javascript, typescript, java, c++, c#, golang, kotlin, php,
                haskell, shell script, sql, mysql, postgresql, postgres, sqlite, mongodb, html,
                css, reactjs, vuejs, django, fastapi, numpy, pytorch, tensorflow, regex,
                regular expression, leetcode, source code, codebase, this code, my code,
                following code, code below, code above, your code, the code, linked list,
                binary tree, binary search tree, data structure, traceback, stack trace,
                react component, docker, kubernetes, unit test, in rust, sql query
            """,
        ),
        Cues(
            4,
            """
                代码, 编程, 数组, 链表, 二叉树, 正则表达式, 报错, 爬虫, 这段代码, 语言实现,
                语言编写, 数据结构, 源代码, 单元测试, 油猴脚本, 反向代理, 传值, 父组件, 子组件,
                组件通信, 双向绑定, 虚拟dom, 路由守卫, 状态管理, 选择器, 弹性布局, 响应式布局,
                事件监听, 防抖, 原型链, 作用域, 变量提升, 箭头函数, 类型转换, 强制转换, 线程安全,
                锁机制, 乐观锁, 悲观锁, 主从复制, 分库分表, 读写分离, 连接池, 依赖注入, 控制反转,
                面向切面, 拦截器, 动态代理, 类加载, 垃圾收集, 堆内存, 栈内存, 野指针, 析构函数,
                虚函数, 模板类, 智能指针, 引用传递, 值传递, 结构体, 头文件, 链接错误, 编译错误,
                自动发邮件, 开源库, 第三方库, 调用接口, 接口调用, 鉴权, 权限管理系统, 增删改查,
                单步调试, 断点
            """,
        ),
        Cues(
            2.5,
            """
                funktion, programm, implementiere, quellcode, fonction, implémentez, implémente,
                algorithme, función, programa, código, implementa, função, implemente, funzione,
                codice, функцию, функция, программу, программа, код, скрипт, реализуйте,
                реализуй, алгоритм
            """,
        ),
        Cues(
            2.5,
            """
                関数, プログラム, 実装, コード, アルゴリズム, 配列, データ構造, 함수, 프로그램,
                코드, 구현, 알고리즘, 배열, 日志, 命令, 居中, 布局, 样式, 重载, 反射, 注解,
                生命周期, 批处理, 过滤器, 定时任务, 代码实现, 阶乘, 编程语言, 服务器, 数据库,
                脚本, 程序, 算法
            """,
        ),
        Cues(
            3.5,
            """
                pandas, snippet, database schema, distributed system, distributed cache,
                memcached, event loop, hash function, unit testing, primary key, web server,
                web development, backend developer, frontend developer, flutter app,
                merge two branches, code to, code that, bug in my, print statement,
                command line tool, endpoint, dataframe, polymorphism, encapsulation,
                object oriented programming, oop, react app, react application, child component,
                parent component, typeorm, nestjs, sequelize, jpa, entity framework, asp net,
                dotnet, blazor, winforms, wpf, unity script, roblox, roblox lua, lua script,
                ffmpeg, imagemagick, nginx reverse proxy, reverse proxy, foreign keys,
                data types in, type error, reference error, cannot find symbol, undefined is not,
                is not defined, nullptr, null reference, off by one, infinite loop,
                stack overflow error, call stack, promise all, async await, hash map, hashset,
                arraylist, list comprehension, dictionary comprehension, generator function,
                context manager, metaclass, dataclass, pydantic, sqlalchemy, alembic,
                redis cache, rest endpoint, web socket, websocket, http server, api call,
                api request, post request, get request, json object, json file, xml file,
                csv file in python, config file, log file, text file in, read a file,
                write to a file, file system, directory structure, environment variables,
                version control, feature branch, ci pipeline, github action, docker container,
                docker image, virtualenv, npm package, node module, package json, webpack config,
                vite, tsconfig, linter, sass, scss, flexbox, css grid, media query, dom element,
                event listener, onclick, useeffect, usestate, vuex, pinia, nuxt,
                wordpress plugin, shopify liquid, zsh, powershell, regex pattern, sed command,
                awk, xargs, ssh key, ssl certificate, subnet, load testing, unit tests,
                integration test, code coverage, clean code, solid principles, factory pattern,
                observer pattern, dependency injection, microservice architecture, event driven,
                message broker, pub sub, sql injection, xss, csrf, jwt token, oauth2,
                rate limiter, rate limiting, consistent hashing, binary search, two pointers,
                sliding window, topological sort, dijkstra, backtracking, memoization, heap sort,
                priority queue, bit manipulation, bitwise, ascii code, utf 8, base64, md5,
                sha256, opencl, simd, compiler design, lexer, abstract syntax tree, bytecode,
                jvm, clr, garbage collection, reference counting, smart pointer, raii,
                template metaprogramming, std vector, iostream, cin, cout, scanf, printf, malloc,
                typedef, enum class, borrow checker, goroutines, jupyter, colab, scikit, xgboost,
                lightgbm, transformers library, fine tune a model, opencv, arduino code, esp32,
                stm32, fpga, plc, ladder logic, tkinter, pygame, kivy, tauri, swiftui, uikit,
                jetpack compose, react native app, gdscript, blender python, gcode, openscad,
                latex table, tikz, r studio, rstudio, ggplot, dplyr, tidyverse, stata,
                spss syntax, sas code, matlab function, simulink, excel vba, dax, power query,
                tableau calculated field
            """,
        ),
        Cues(
            3.5,
            """
                列表推导, 高并发, 秒杀系统, 两个分支, 分支合并, 合并分支, 列表去重, 批量删除文件,
                读取excel, 读取csv, 面向对象编程, 服务端, 登录页面, 启动时报, 命名空间, 前后端
            """,
        ),
        Cues(
            1.5,
            """
                dart, svelte, flutter, maven, developer, closure, unity, knapsack, vim, solidity,
                singleton, gradle
            """,
        ),
        Cues(
            1.5,
            """
                闪退, 崩溃, 节点, 路由, 索引, 超时, 重启
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
                game, tool, software, system, simulator, chatbot, module, model
            """,
        ),
        Cues(
            4.5,
            """
                代码, 程序, 函数, 脚本, 算法, 接口, 网页, 网站, 爬虫, 正则表达式, 正则, 查询语句,
                语句, 应用程序, 小程序, 插件, 组件, 单元测试, 测试用例, 数据库, 计算器, 服务器,
                生成器, 解释器, 编译器, 命令, 伪代码, 宏, 装饰器, 数据结构, 链表, 队列, 数据表,
                页面, 前端, 后端, 浏览器游戏, 贪吃蛇, 登录页, 公式, 栈结构, 手机应用, 手机app,
                应用软件, web应用, 排序函数, 排序算法, 排序程序, shell脚本, 自动化脚本, sql语句,
                查询, 界面, 网站首页, 管理系统, 爬虫程序, 聊天程序
            """,
        ),
        Cues(
            2.5,
            """
                游戏, 模块, 工具, 软件, 机器人
            """,
        ),
        Cues(
            0,
            """
                公务员, 方法论, 类似, 类别, 类型, 程序员, 机器人的, 电影脚本, 视频脚本, 广告脚本,
                脚本大纲, 宏伟, 宏观, 命令式, 语句通顺, 查询系统的作文, 接口人
            """,
        ),
        Cues(
            3,
            """
                test, code example, working example
            """,
        ),
        Cues(
            1.5,
            """
                系统
            """,
        ),
    ),
    marks=(
        Mark(
            "stack trace",
            5,
            re.compile(
                r"Traceback \(most recent call last\)|^[ \t]{0,8}at [\w$.<>/]{1,120} ?\([^)\n]{0,120}:\d+\)"
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
                r"^[ \t]{0,40}(?:def \w{1,40}\(|class \w{1,40}(?:\([\w., ]{0,80}\))?:|from [\w.]{1,60} import "
                r"|import [\w.]{1,60}(?: as \w{1,20})?;?$|package [\w.]{1,60};$|using [\w.]{1,60};"
                r"|func \w{1,40}\(|fn \w{1,40}\(|return [\w.(\[][^\n]{0,80};$|\}\s{0,4}else\b)",
                re.MULTILINE,
            ),
            ("def ", "class ", "import ", "package ", "using ", "func ", "fn ", "return ", "else"),
        ),
        Mark(
            "code",
            4,
            re.compile(
                r"#include ?<|using namespace |public (?:static |class |void |int |String )|<\?php|<!DOCTYPE"
                r"|\bfunction \w{0,40}\(|\b(?:const|let|var) \w{1,40} ?= ?\S|\bfor ?\((?:\w{1,20} ){1,2}\w{0,20} ?="
                r"|\bif ?\([^\n)]{1,60}\) ?\{|console\.log\(|System\.out\.|\bprintf? ?\(|std::|=> ?[{(]"
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
                r"(?i)\bselect\b[^\n]{1,120}\bfrom \w|\bcreate table \w|\binsert into \w|\balter table \w"
                r"|\bgroup by \w{1,40}|\bleft join\b"
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
                r"^\W{0,4}(?:[Ii]nput|[Oo]utput|Sample [Ii]nput|Sample [Oo]utput|Constraints|Example \d"
                r"|输入|输出|输入描述|输出描述|样例输入|样例输出|输入格式|输出格式|数据范围)\s{0,2}[:：]",
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
                r"|\b(?:pip3?|npm|npx|yarn|apt|brew|docker|git|curl|chmod) -{0,2}[a-z]{2,20} [\w./-]",
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
