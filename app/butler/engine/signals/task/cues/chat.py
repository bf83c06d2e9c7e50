"""What speaks for small talk: greetings, feelings, thanks, questions about the one spoken to."""

import re

from butler.contract.tasks import Task
from butler.engine.signals.task.sheet import Cues, Mark, Sheet

SHEET = Sheet(
    task=Task.CHAT,
    opens=(
        Cues(
            4,
            """
            how are you, how's it going, how is it going, how are things, how have you been,
            how do you do, how are you doing, what's up, whats up, sup, wassup, how was your,
            how is your day, how's your day, what's new, nice to meet you, pleased to meet you,
            good morning, good evening, good night, good afternoon, goodnight, good bye, goodbye,
            bye, see you, see ya, take care, thank you, thanks, thx, you're welcome,
            you are welcome, happy birthday, merry christmas, happy new year, congratulations,
            congrats, who are you, what are you, what is your name, what's your name,
            what is your age, how old are you, where are you, where do you live, are you a robot,
            are you human, are you real, are you a bot, are you an ai, do you like, do you love,
            do you feel, do you hate, do you enjoy, do you believe in, do you have feelings,
            do you have any, do you have a, do you dream, do you sleep, do you eat, do you drink,
            do you get, do you want, do you ever, do you remember, do you miss, are you happy,
            are you sad, are you lonely, are you bored, are you afraid, are you married,
            are you single, are you ok, are you okay, are you there, are you busy, i love you,
            i like you, i hate you, i miss you, what is your favorite, what's your favorite,
            what is your favourite, what's your favourite, what do you like, what do you do for,
            what do you do, where are you from, have you ever, guess what,
            tell me about yourself, talk to you, let's go to the beach, let's go get,
            let's get some, want to hang out, wanna hang out, wanna play, wanna go,
            what kind of music do you, what kind of food do you, do you have any hobbies,
            do you have any pets, do you have any siblings, do you have any kids,
            tell me about your, what are your hobbies, what are your interests, what do you hate,
            what do you love, what is your, what's your, who is your, who's your, who are your,
            where is your, how is your, how's your, how are your, how about that
            """,
        ),
        Cues(
            3.5,
            """
            what a lovely, what a nice, what a beautiful, what a day, what a shame, what a pity,
            what a coincidence, let's grab some, let's get, let's have, let's go for,
            let's watch, can i buy you, long time no, do you mind if i, are you coming,
            are you going, are you free, how have you, how long have you been, where are you off,
            i'm afraid i, you look, hope you
            """,
        ),
        Cues(
            3,
            """
            greetings, haha, lol, lmao, wow, oh, ah, yay, ugh, hmm, aww, nah, yeah, yep, yup,
            nope, cool, awesome, same here, me too, me neither, really, oh no, oh my god, omg,
            sounds good, no way, that's great, that's awesome, that's cool, that's nice,
            that sounds, that is great, i'm sorry to hear, sorry to hear, of course, no problem,
            no worries, never mind, shut up, go away, let's go, let us go, let's hang out,
            let's grab, let's meet, let's talk, let's chat, let's play, i'm bored, i am bored,
            i'm sad, i am sad, i'm so, i am so, i feel, i'm feeling, i am feeling, i'm tired,
            i'm happy, do you think you, do you know me, are you, do you, did you, have you,
            would you rather, what makes you, why do you, why are you, why can't you,
            why don't you, can you feel, can you think, can you hear, can you see, can you sing,
            can you dance, can you cook, can you swim, can you drive, can you keep a secret,
            what are your, how do you feel, who do you, when do you, when is your birthday,
            you are, you're, you seem, you sound, you should, you don't, you can't, you never,
            excuse me, sorry i'm late, you must be kidding, you must be joking, guess who,
            guess where, it was nice, it's nice, i can't believe, good luck,
            would you like to have, would you like to go, would you like some, want some,
            miss me, what's cooking, what's happening, what's going on, i work in a, i work as,
            sounds great, sounds like fun, we should catch up, we should hang, i'm heading,
            did you miss
            """,
        ),
        Cues(
            2.5,
            """
            do not worry, don't worry, don't be, calm down, relax, stop it, leave me alone,
            be quiet, come on, hurry up, wait a minute, hold on, trust me, believe me,
            forgive me, i promise, i swear, can i ask you, may i ask you,
            tell me something about you, tell me a secret
            """,
        ),
        Cues(
            1.5,
            """
            well, what do you think, do you know, what did you, i just, i got, i went, i was,
            i've been, i'm, i am, i have, i had, i think, i love, i like, i hate, i wish, i hope,
            i can't, i don't, my, we, it's, it was, he, she, she's, he's, that's, what about you,
            how about you, and you
            """,
        ),
        Cues(
            0,
            """
            i am writing, i am a beginner, i am trying, i'm trying, i have a problem,
            i have a question, i am working, i'm working, i have a list, i have a table,
            i have a function, my code, my program, my function, it was written, he was born,
            she was born, i am looking, i'm looking, i am planning, i'm planning,
            are you familiar, you are given, you are an expert, you are a helpful,
            you are an assistant, you are an ai, you are tasked, you are to, you have been,
            you will be, do you know how, do you know what, do you know why,
            do you have any suggestions, do you have any recommendations, do you have any tips,
            do you have any advice, do you have any ideas, what is your opinion on,
            what's your opinion on, what is your recommendation, do you have any experience,
            what's your take on, what is your take on, let's go over, let's go through,
            let's talk about the, let's play a game where, what is your understanding of,
            thank you for submitting
            """,
        ),
    ),
    says=(
        Cues(
            4,
            """
            hola, cómo estás, qué tal, bonjour, salut, ça va, merci, danke, hallo, wie geht's,
            wie geht es dir, guten morgen, guten tag, gracias, buenos días, buenas noches, ciao,
            grazie, olá, obrigado, obrigada, tudo bem, привет, спасибо, как дела, здравствуйте
            """,
        ),
        Cues(
            3,
            """
            your favorite, your favourite, your name, your birthday, your hobby, your hobbies,
            your day, your family, your friends, your boyfriend, your girlfriend, your weekend,
            your feelings, your age, your mom, your dad, your job, your creator, your maker,
            who made you, who created you, i love you, i miss you, talk to me, chat with me,
            my day was, how about you, what about you, and you, nice talking to you,
            good to see you, long time no see, lol, haha, hahaha, lmao, just kidding, miss you,
            feeling lonely, feel lonely, keep me company, had a bad day, had a great day,
            have a nice day, have a good day, so bored, kind of bored, what kind of music do you,
            are you a real, real person, broke up, so tired, so cute, so funny, long day,
            rough day, good for you, lucky you, congrats, i had no idea, never been to,
            what about yourself, i'm good, i'm fine, doing well, doing good, i'm doing,
            just watching, just chilling, not much, can't wait, i bet, nice meeting you,
            great weekend, entertain me, kidding me, nobody understands me, run into you
            """,
        ),
        Cues(
            1.5,
            """
            my boyfriend, my girlfriend, my mom, my dad, my cat, my dog, my kids, my wife,
            my husband, my friend, my brother, my sister, tonight, yesterday, last night,
            this weekend, this morning, awesome, really, wow, yeah, bored, lonely, tired,
            excited, gonna, wanna, gotta, love it, so much, too bad, hang out, feel like, kinda,
            hope you, glad to, sounds like, guess so, i guess, maybe, introduce yourself
            """,
        ),
        Cues(
            4,
            """
            你好, 您好, 嗨, 哈喽, 早上好, 下午好, 晚上好, 早安, 再见, 拜拜, 谢谢, 多谢, 不客气,
            很高兴认识你, 好久不见, 你是谁, 你叫什么, 你几岁, 你多大, 你是机器人, 你是人吗,
            你喜欢, 你爱我, 我爱你, 我喜欢你, 我想你, 你想我, 你在干嘛, 你在干什么, 你在做什么,
            你在吗, 在吗, 吃了吗, 你吃饭, 你还好吗, 你好吗, 最近怎么样, 你开心吗, 你会不会,
            你累吗, 你无聊, 聊天, 聊聊天, 聊一聊, 陪我, 生日快乐, 新年快乐, 节日快乐, 你最喜欢,
            你的爱好, 你的名字, 你的生日, 你的心情, 你的家, 你住在, 你来自, 你讨厌, 你恨, 你害怕,
            你孤独, 你会孤单, 你结婚, 你有男朋友, 你有女朋友, 你有兄弟, 你有朋友, 你有感情, 你真,
            你太, 你好可爱, 你好笨, 你这个, 你是不是, 哈哈, 嘿嘿, 呵呵, 嘻嘻, 么么哒, 加油,
            好无聊, 好累, 好烦, 好难过, 心情不好, 心情不错, 讨厌你, 闭嘴, 滚, 笨蛋, 傻瓜, 真的吗,
            是吗, 没关系, 没事, 不用谢, 对不起, 抱歉, 恭喜, 祝你, こんにちは, こんばんは,
            ありがとう, おはよう, 元気ですか, 안녕, 고마워, 감사합니다
            """,
        ),
        Cues(
            2.5,
            """
            吵架, 好美, 哎呀, 慢慢来, 好想, 感人, 老地方, 最近忙, 好久没, 表白, 暗恋, 喜欢的人,
            可不是, 带上我, 你猜
            """,
        ),
        Cues(
            2,
            """
            哎, 唉, 嗯, 哦, 噢, 哇, 呀, 啦, 嘛, 咯, 啊, 吧, 呢, 我觉得, 我感觉, 我今天, 我昨天,
            我刚, 我也, 我是, 我有, 我在, 我不, 我很, 我好, 我的, 咱们, 你觉得, 你会, 你有,
            你能感觉, 你不能, 你不, 你知道我, 你在, 你要, 你想, 你怎么, 你为什么, 你的, 今天天气,
            伤心, 真的, 太棒了, 一起去, 一起吃, 睡不着, 想吃, 别提了, 太帅了, 好紧张, 那就这么定,
            早啊, 好吃, 好看, 好听, 过得怎么样, 厉害, 分手, 失恋, 单身, 加班, 下班, 上班, 放假,
            逛街, 有没有人, 打游戏, 一起打, 一起玩, 头疼, 心里难受, 太可惜, 没睡好, 晚安, 好开心,
            好难受, 想你, 想哭, 不想动, 累死, 热死, 冷死, 饿死, 困死, 气死我, 烦死, 无语, 绝了,
            厉害了, 羡慕了, 恭喜你, 辛苦了, 不好意思, 打扰了, 慢走, 回头见, 约吗, 走吧
            """,
        ),
        Cues(
            1.5,
            """
            逼死, 笑死, 气死, 吓死, 好吧, 是的, 对啊, 对呀, 没错, 行吧, 随便, 算了, 不会吧,
            怎么了, 咋了, 干嘛, 干啥, 啥时候, 求带, 羡慕, 一样一样, 同感, 心疼, 抱抱, 摸摸, 亲亲,
            求关注, 互粉
            """,
        ),
        Cues(
            1.2,
            """
            我妈, 我爸, 老公, 老婆, 男朋友, 女朋友
            """,
        ),
        Cues(
            1,
            """
            可爱, 今天, 晚上, 周末, 无聊, 喜欢, 讨厌, 开心, 难过, 生气, 不错
            """,
        ),
        Cues(
            0.7,
            """
            我们, 他, 她
            """,
        ),
        Cues(
            0,
            """
            你能帮我, 你能写, 你能给我, 你可以帮, 你知道怎么, 你会写, 你能不能帮, 你能解释,
            你能告诉我, 你的任务, 你的目标, 我的代码, 我的程序, 我有一个问题, 我有一个数组,
            我有一个列表, 我们的产品, 我们的公司, 我们的客户, 我们的新, 你是一个, 你是一名,
            你是一位, 其他, 他们, 她们, 他的, 她的, 他人, 吉他, 他国, 在今天, 今天的,
            你有什么建议, 你有哪些建议, 帮我, 啊？, 上班族, 加班费, 单身汉
            """,
        ),
    ),
    marks=(
        Mark(
            "smileys",
            2,
            re.compile(
                r"[\U0001F600-\U0001F64F\U0001F910-\U0001F97A❤♥☺]|(?:^|\s)[:;=][-']?[)(dpo3/](?:\s|$)"
                r"|\^_\^|<3(?:\s|$)|[～~]{1,3}\s*$"
            ),
            in_ask=True,
        ),
    ),
)
