"""What speaks for maths: its verbs, things and notation; word problems are told by their form."""

import re

from butler.contract.tasks import Task
from butler.engine.signals.task.sheet import Cues, Mark, Sheet

SHEET = Sheet(
    task=Task.MATH,
    opens=(
        Cues(
            4,
            """
            what is the derivative, what's the derivative, what is the integral,
            what's the integral, compute the determinant, compute the eigenvalues,
            find the eigenvalues, solve x, solve the following, find the cost price,
            find the average, find the ratio, find the median of, what is the sum of,
            what is the least common, what is the greatest common, how many ways, in how many,
            if the sum, if the ratio, two trains, two pipes, a shopkeeper, a man buys
            """,
        ),
        Cues(
            3.5,
            """
            solve for, solve the equation, solve the system, prove that, show that the,
            find the value, find the area, find the volume, find the sum, find the number of,
            find the probability, find the smallest, find the largest, find the least,
            find the greatest, find the minimum, find the maximum, find the remainder,
            find the equation, find the length, find the perimeter, find the slope,
            find the roots, find the limit, find the angle, find the distance, find all real,
            find all positive, find all integers, find all values, find all functions,
            find all solutions, what is the value of, what is the product of, what is the area,
            what is the probability, what is the remainder, what is the perimeter,
            what is the volume, what is the square root, what is the least, what is the greatest,
            what is the smallest, what is the largest number, how many integers,
            how many positive, how many different, how many numbers, in how many ways,
            calculate the area, calculate the volume, calculate the perimeter, factorize,
            factorise, differentiate, integrate, simplify the expression, evaluate the integral,
            evaluate the expression, evaluate the limit, let x, let f, let a, let n, let the,
            let abc
            """,
        ),
        Cues(
            3,
            """
            calculate the standard deviation of, find the standard deviation of, find the mean,
            find the mode, roll two dice, if log, determine the convergence, find the derivative,
            find the integral, find the determinant, find the inverse, find the distance between,
            find the angle between, find the equation of, find the next number,
            what is the next number, what is log, simplify, graph the inequality,
            prove by induction, how old will, how many does each, how many more, how many fewer
            """,
        ),
        Cues(
            2.5,
            """
            solve, calculate, compute, prove, factor, find x, work out, if x
            """,
        ),
        Cues(
            1,
            """
            find, evaluate, expand, express, convert, show that, suppose, assume, round, divide,
            multiply, subtract, add, what percent, what percentage, what fraction, how many,
            how much, how far, how long, how old, let
            """,
        ),
        Cues(
            0,
            """
            solve world hunger, compute engine, how much does, how long does, how long do,
            how old are you, how long should, how much should, how long can,
            how much water should
            """,
        ),
    ),
    says=(
        Cues(
            3,
            """
            equation, integral, quadratic, polynomial, eigenvalue, eigenvector, logarithm,
            hypotenuse, circumference, perimeter, square root, cube root, divisible, divisor,
            greatest common divisor, least common multiple, lcm, gcd, numerator, denominator,
            geometric sequence, arithmetic sequence, arithmetic progression,
            geometric progression, positive integer, real number, complex number, lemma,
            calculus, algebra, trigonometry, twice as many, times as many, half as many,
            times as much, twice as much, times as old, twice as old, right triangle, isosceles,
            equilateral, quadrilateral, parallelogram, trapezoid, rhombus, polygon, hexagon,
            pentagon, octagon, system of equations, x axis, y axis, standard form,
            probability that, probability of, without replacement, fair coin, fair die,
            sided die, sided dice, word problem, math problem, maths problem, math question,
            compound interest, simple interest, average speed, miles per hour,
            kilometers per hour, km h, square feet, square meters, square centimeters,
            cubic meters, cubic centimeters, how many more, how many total, how many are left,
            how many left, in simplest form, in terms of x, in terms of z, closed interval,
            converges, diverges, prime factorization, inequality, solution set, endpoints,
            line segment, midpoint, eigenvalues, derivative of, marbles, at random, the ratio of,
            the average of, cost price, selling price, work together, solve for,
            find the value of, value of x, value of n, value of k, arithmetic mean, odd numbers,
            even numbers, whole number, divided by, multiplied by, squared, cubed, factor of,
            multiple of, digits, x and y, real roots, common ratio, common difference, nth term,
            units digit, rounded to, normal distribution with, random variable, expected value,
            per annum, percent of, percent more, percent less, miles apart, meters long,
            centimeters, mph, supplementary, congruent, similar triangles, volume of,
            surface area, wahrscheinlichkeit, gleichung, berechne, berechnen, wie viele, combien,
            probabilité, équation, calculez, inégalité, cuántos, cuántas, ecuación, probabilidad,
            calcula, quantos, quantas, equação, quanti, quante, equazione, сколько, вероятность,
            уравнение, вычислите, решите, next number in, next term in, number in the sequence,
            their difference, their sum, depreciates, what are the numbers, two dice, dice,
            in the ratio, ratio of, diagonals, decagon, convergence of, series converges,
            measure of the, standard deviation of, mode of, area of the, volume of the,
            consecutive integers, the sum of two, two numbers, times a number, more than twice,
            less than twice, how many meters, how many miles, how many kilometers,
            how many dollars, how many cents, how many apples, how many pages, how many pounds,
            how many ounces, how many inches, how many feet, how many gallons, how many liters,
            inverse of a, perimeter of, deck of cards, ages will be, years older than,
            years younger than, as old as, sum of their, by induction, how much does each,
            possible remainders, possible values, wie viel, остаток, стоимость, найдите,
            quel est le coût, le reste de, cuánto cuesta, quanto costa, probabilità
            """,
        ),
        Cues(
            2.5,
            """
            log base, percentage decrease, percentage increase, percent increase,
            percent decrease, leap year, infinite series, differential equation, altitude from,
            opened together, working together, sum of the, square cm, cube of,
            raised to the power, to the power of, prime factors, number line, acute angle,
            obtuse angle, right angle, interior angles, base and height, ways can, how many ways,
            minimum value of, maximum value of, three digit, two digit, four digit, digit number,
            even integer, odd integer, integer solutions, real solutions, sequence defined,
            recurrence, expected number of, roots of, zeros of, tangent to, inscribed,
            circumscribed, diagonal, chord, arc length, winning strategy, play optimally,
            plays optimally, expected distance, regular hexagon, uniformly at random
            """,
        ),
        Cues(
            2,
            """
            triangle, rectangle, determinant, radius, diameter, prime number, fraction,
            arithmetic, modulo, theorem, geometry, permutation, factorial, coordinate, vertex,
            vertices, parabola, ellipse, cosine, sine, integer, perpendicular, bisector,
            bijection, altogether, total cost, total number, how much money, how many people,
            math, maths, mathematics, mathematical, sum of, product of, derivative, function f,
            linear equation, consecutive, decimal places, nearest tenth, exponent, probability,
            log, sum is, length of the, width of the, height of the, average of, mean of,
            median of, how many hours, how many days, how many weeks, how many minutes,
            how many cups, what are the odds, discount of, sales tax, matrix, graph the
            """,
        ),
        Cues(
            1.5,
            """
            remainder, tangent
            """,
        ),
        Cues(
            1,
            """
            percent, percentage, ratio, circle, square, angle, slope, twice, half, thrice, dozen,
            remaining, left over, average, vector, sequence, proof, cost, costs, digit, sum,
            ounces, pounds, gallons, miles, feet, inches, liters, kilometers, meters, dollars,
            cents, equal, equally, share, sold, bought, spends, earns, degrees, kg, area of,
            profit, discount, per day, per week, per hour, an hour, each day, each week,
            in total, cube, cylinder, sphere, subset, number, numbers
            """,
        ),
        Cues(
            0.5,
            """
            chance, nearest
            """,
        ),
        Cues(
            0,
            """
            love triangle, bermuda triangle, town square, times square, square enix,
            inner circle, circle of life, differential diagnosis, equation of state,
            the equation changed, a number of, the number of people who, matrix movie,
            the matrix, social equation, log in, log into, log out, log file, log files,
            log message, log on, log cabin, average joe, chance encounter, second chance,
            mean of transport, chemical equation, balanced equation
            """,
        ),
        Cues(
            3,
            """
            方程, 方程组, 不等式, 导数, 微分, 求导, 概率, 三角形, 长方形, 长方体, 正方体, 圆柱,
            圆锥, 球体, 平行四边形, 梯形, 半径, 周长, 边长, 底面积, 表面积, 求证, 求解, 余数,
            整除, 质数, 素数, 公倍数, 公约数, 最大公因数, 数列, 等差, 等比, 通项, 排列组合, 化简,
            因式分解, 几分之几, 百分之几, 列式, 数学题, 应用题, 解方程, 求值, 三角函数, 二次函数,
            一次函数, 反比例函数, 指数函数, 对数函数, 抛物线, 椭圆, 双曲线, 圆心, 切线, 弦长,
            定积分, 不定积分, 级数, 行列式, 特征值, 矩阵, 实数, 自然数, 正整数, 有理数, 无理数,
            虚数, 复数, 集合中, 子集, 充要条件, 充分条件, 平均每, 求出, 相距, 相向而行, 追及,
            工程队, 含盐率, 浓度为, 打折, 利润率, 相当于, 多少平方, 几小时, 几分钟, 还剩, 的面积,
            的体积, 保留两位小数, 平方厘米, 平方分米, 立方米, 的值, 最小值, 最大值, 的取值范围,
            定义域, 值域, 单调性, 奇偶性, 数学归纳法, 鸡兔同笼, 随机变量, 正态分布, 期望值,
            数学期望, 现价, 原价, 相对开出, 行多少, 同时出发, 打八折, 打九折, 连续整数, 奇数,
            偶数, 各几只, 前n项, 前10项, 单位向量, 标准方程, 离心率, 焦距, 切点, 垂直于, 平行于,
            等腰三角形, 直角三角形, 等边三角形, 勾股定理, 正弦, 余弦, 正切, 对称轴, 图像经过,
            值为, 倍数, 约数, 分母, 通分, 约分, 进一法, 四舍五入, 竖式, 脱式, 简便计算, 口算,
            估算, 百分数, 增长了百分之, 共花, 花了多少, 应付, 找回, 每吨, 每分, 每秒, 米每秒,
            方阵, 平均每人, 平均每天, 人均, 各有多少, 共有多少, 还剩多少, 还有多少, 需要多少,
            为多少, 比原来, 余り, 確率, 求めてください, 求めよ, 方程式, 合計, いくら, 何人, 何個,
            나머지, 확률, 구하시오, 방정식, 몇, 24点, 解集, 锐角, 钝角, 各得多少, 末尾有, 阶乘,
            以每分钟, 以每小时, 增产, 减产, 各位数字, 个位, 十位, 百位, 体积公式, 面积公式
            """,
        ),
        Cues(
            2.5,
            """
            合作几天, 单独做, 照这样, 没有重复数字, 三位数, 两位数, 四位数, 选法, 排法,
            不同的方法, 种方法, 等于多少, 得多少, 图像过点, 的长, 的长度, 每千克, 每米, 分给,
            平均分给, 各多少, 分别是多少, 约等于, 小数点, 列方程, 路程, 行驶, 工作效率, 盈亏,
            数轴, 绝对值, 相反数, 根号, 平方根, 立方根, 单项式, 多项式, 完全平方, 配方法, 判别式,
            韦达定理, 握手, 一共握, 两数之和, 两数的和, 和是, 商是, 各是多少, 切线方程, 阶矩阵,
            棱长, 熔铸, 硬币, 骰子, 抛掷, 解不等式, 连续两次, 全书的, 剪去, 用去, 还剩下, 运走,
            占全, 何ドル, 割合, 面積, 個数, 비용, 개수, 길이
            """,
        ),
        Cues(
            2,
            """
            计算, 向量, 正方形, 直径, 平方, 立方, 一共, 总共, 剩下, 原计划, 实际每, 分之, 因数,
            小数, 分数, 算式, 乘积, 除以, 乘以, 相遇, 单价, 每小时, 每分钟, 千米, 厘米, 分米,
            平均分, 已知, 至少需要, 最多可以, 总费用, 总和, 平均数, 中位数, 多少钱, 几何, 代数,
            微积分, 线性代数, 直角, 圆周率, 斜率, 顶点, 函数, 整数, 多少个, 多少人, 多少天,
            多少本, 多少页, 多少只, 多少棵, 多少元, 多少吨, 多少升, 多少千克, 多少千米, 成本价,
            售价, 进价, 利息, 年利率, 本金, 夹角, 公式
            """,
        ),
        Cues(
            1.5,
            """
            是多少, 增加了, 减少了, 利润, 植树, 客车, 货车, 间隔, 取值, 证明, 面积, 体积, 积分,
            极限
            """,
        ),
        Cues(
            1,
            """
            每个, 每人, 每天, 每箱, 每盒, 每行, 千克, 公斤, 买了, 卖出, 卖掉, 运来, 共有, 共用,
            甲, 乙, 求, 小明, 小红, 小华, 小丽, 平均, 几个, 几天, 第一天, 剩, 吃了, 借出, 捐款,
            种了, 栽, 百分比, 倍, 比例, 数学, 坐标, 数字, 有几, 多少, 全长
            """,
        ),
        Cues(
            0,
            """
            身份证明, 证明书, 收入证明, 离职证明, 在职证明, 事实证明, 要求, 需求, 追求, 寻求,
            请求, 求职, 求助, 求婚, 全球, 云计算, 计算机, 计算器, 量子计算, 积分商城, 会员积分,
            甲方, 乙方, 乙醇, 乙烯, 甲醇, 甲烷, 指甲, 甲状腺, 剩余价值, 面积最大的国家, 征求,
            力求, 谋求, 恳求, 求学, 求知, 求生, 三角形的权力, 百分百, 生活期望, 多少钱一,
            是多少年, 是多少岁, 证明自己, 甲乙双方, 平方英里, 极限运动, 证明材料, 怎么证明,
            数学老师, 学好数学, 数学成绩, 数学专业, 化学方程式, 化学方程, 数学家, 面积最大的,
            占地面积
            """,
        ),
    ),
    makes=(
        Cues(
            3,
            """
            proof, equation, math problem
            """,
        ),
        Cues(
            0,
            """
            chemical equation, balanced chemical equation
            """,
        ),
        Cues(
            3,
            """
            方程, 算式, 数学题, 证明过程, 应用题
            """,
        ),
        Cues(
            0,
            """
            化学方程式, 化学方程
            """,
        ),
    ),
    marks=(
        Mark(
            "LaTeX",
            4,
            re.compile(
                r"\\(?:frac|sqrt|sum|int|lim|cdot|times|leq?|geq?|pi|theta|alpha|left|mathbb|infty|log|sin"
                r"|cos|binom|angle|overline|text|pmod|triangle|dfrac|boxed|ldots|equiv)\b"
                r"|\$[^$\n]{0,60}[\^_=+<>\\][^$\n]{0,60}\$|\\\(|\\\[|\\begin\{"
            ),
            ("\\", "$"),
        ),
        Mark(
            "powers",
            3,
            re.compile(r"\b[a-zA-Z0-9)]\^[({]?-?\w|[a-zA-Z)\d][²³]"),
            ("^", "²", "³"),
        ),
        Mark("signs of maths", 3, re.compile(r"[∑∫√∞≤≥≠∈∀∃∂∆∇∠⊥≡≈πθ]|\d ?[×÷] ?\d|ℝ|△")),
        Mark(
            "an equation",
            3,
            re.compile(
                r"(?<![\w.])\d{0,4}\.?\d{0,4}[a-z](?: ?[+*/^-] ?[\da-z(]\w{0,6}){0,5} ?[=＝<>]"
                r" ?-?[\d(a-z][\w.^]{0,8}(?: ?[+*/-] ?[\w(]{1,6}){0,5}(?![\w(\[.'\"])"
            ),
            ("=", "＝", "<", ">"),
        ),
        Mark(
            "sin, cos, log",
            3,
            re.compile(
                r"\b(?:sin|cos|tan|cot|sec|ln|log|lg|arcsin|arccos|arctan)(?:\^?\d)? ?[(x\dθαβ\\∠]"
            ),
        ),
        Mark("f(x)", 2.5, re.compile(r"\b[fgh] ?[(（]-?[xntz\d][)）]"), ("(", "（")),
        Mark(
            "a sum in figures",
            3,
            re.compile(
                r"\d ?[+*/×÷^-] ?\(?\d[\d.,]{0,20}(?: ?[+*/×÷=-]|\s{0,3}[=＝?？]|\s{0,3}$|等于)"
                r"|\d ?(?:%|percent) of [$€£]?\d"
                r"|\d ?(?:plus|minus|times|divided by|multiplied by|mod) \d"
                r"|\d ?(?:加|减|乘以?|除以)上? ?\d",
                re.MULTILINE,
            ),
        ),
        Mark(
            "set and solve",
            2.5,
            re.compile(r"(?:设|令|若|已知|如果)\s?[a-zA-Z\\$(（][^。\n]{0,80}?(?:求|则|证|=|＝)"),
            ("设", "令", "若", "已知", "如果"),
        ),
    ),
)
