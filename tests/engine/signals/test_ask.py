"""The user's own words are found among what the tools of the day send around them."""

import time

import pytest

from butler.engine.signals.ask import Ask, find_ask, is_follow_up, own_words

CONTEXT = "<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>\nchannel: cli\n<<<END_OPENCLAW_INTERNAL_CONTEXT>>>"


def user(content: object) -> dict[str, object]:
    return {"role": "user", "content": content}


def text_part(text: str) -> dict[str, object]:
    return {"type": "text", "text": text}


def test_the_last_user_message_is_the_ask() -> None:
    found = find_ask([user("first thing I want to know about bees"), user("why do bees dance?")])
    assert found == Ask("why do bees dance?", (), False)


def test_system_messages_are_ignored_wherever_they_stand() -> None:
    messages: list[object] = [
        {"role": "system", "content": "You are helpful."},
        user("explain monads to me in plain words"),
        {"role": "system", "content": "# Environment\nOS: Linux"},
        {"role": "developer", "content": "be brief"},
    ]
    assert find_ask(messages).text == "explain monads to me in plain words"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ("<system-reminder>\nplan mode\n</system-reminder>\nfix the build", "fix the build"),
        ("<environment_context><cwd>/a</cwd></environment_context>fix it all", "fix it all"),
        ("fix it\n<environment_details>\n# Time\n12:00\n</environment_details>", "fix it"),
        ("<session_context>date</session_context>\n\nsay hi", "say hi"),
        ("<current_datetime>2026-11-23T06:24Z</current_datetime>\n\nsay hi", "say hi"),
        ("<task>\nrename the class\n</task>", "rename the class"),
        ("[Mon 2026-11-23 06:24 UTC] say hi\n\nRuntime: agent=main | host=box", "say hi"),
        (f"{CONTEXT}\nsay hi", "say hi"),
        ("what does <system-reminder> mean?", "what does <system-reminder> mean?"),
        ("<b>bold</b> is a tag", "<b>bold</b> is a tag"),
        ("列出文件<system-reminder>x</system-reminder>", "列出文件"),
        ("<system-reminder>a</system-reminder>x<system-reminder>b</system-reminder>y", "xy"),
    ],
)
def test_what_tools_inject_is_dropped(sent: str, words: str) -> None:
    assert own_words(sent) == words
    assert find_ask([user(sent)]).text == words


def test_content_in_parts_is_joined_without_reminders_and_pictures() -> None:
    parts = [
        text_part("<system-reminder>tools</system-reminder>"),
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}},
        text_part("what is in this picture of the harbour?"),
    ]
    assert find_ask([user(parts)]).text == "what is in this picture of the harbour?"


def test_a_message_of_reminders_alone_is_no_turn() -> None:
    messages: list[object] = [
        user("translate the readme into French, please"),
        {"role": "assistant", "content": None, "tool_calls": []},
        {"role": "tool", "tool_call_id": "1", "content": "# Readme"},
        user(CONTEXT),
    ]
    assert find_ask(messages) == Ask("translate the readme into French, please", (), True)


@pytest.mark.parametrize(
    ("tail", "continues"),
    [
        ([{"role": "tool", "tool_call_id": "1", "content": "ok"}], True),
        ([{"role": "function", "name": "f", "content": "ok"}], True),
        ([{"role": "tool", "content": [text_part("ok")]}, user(CONTEXT)], True),
        ([{"role": "tool", "content": "ok"}, {"role": "system", "content": "env"}], True),
        ([user([{"type": "tool_result", "content": "ok"}])], True),
        ([user([{"type": "tool_result"}, text_part("no, stop that at once")])], False),
        ([user("Observation:\n42 files")], True),
        ([user([text_part("Observation:\n42 files")])], True),
        ([{"role": "assistant", "content": "done"}], False),
        ([user("and now write the tests for it")], False),
        ([user([{"type": "image_url", "image_url": {"url": "data:,"}}])], False),
    ],
)
def test_a_tool_result_at_the_tail_is_a_continuation(tail: list[object], continues: bool) -> None:
    messages = [user("count the files in this folder for me"), *tail]
    assert find_ask(messages).continuation is continues


def test_an_observation_is_not_the_users_ask() -> None:
    found = find_ask([user("how many files are there in here?"), user("Observation:\n42")])
    assert found.text == "how many files are there in here?"


@pytest.mark.parametrize(
    "text",
    [
        "and in French?",
        "继续",
        "make it shorter",
        "why?",
        "ok, now in Rust",
        "in Python please",
        "再详细一点",
        "用英文呢？",
        "what about the second one",
        "thanks",
        "那第二个呢",
        "go on",
        "换成Python",
        "",
    ],
)
def test_short_follow_ups_lean_on_what_came_before(text: str) -> None:
    assert is_follow_up(text)


@pytest.mark.parametrize(
    "text",
    [
        "translate the following sentence to German",
        "What is the capital of Australia?",
        "写一首关于秋天的诗歌",
        "中国的首都在哪里",
        "why do bees dance?",
        "用Python写一个快速排序",
        "and " * 60,
    ],
)
def test_an_ask_that_stands_alone_is_no_follow_up(text: str) -> None:
    assert not is_follow_up(text)


def test_up_to_two_earlier_turns_come_with_a_follow_up_newest_first() -> None:
    messages: list[object] = []
    for turn in ("one ", "two ", "three "):
        messages += [user(turn * 9), {"role": "assistant", "content": "…"}]
    found = find_ask([*messages, user("and in French?")])
    assert found.earlier == (("three " * 9).strip(), ("two " * 9).strip())
    assert find_ask([*messages, user("What is the capital of Australia?")]).earlier == ()


def test_a_picture_without_words_leans_on_the_turn_before() -> None:
    picture = user([{"type": "image_url", "image_url": {"url": "data:,"}}])
    found = find_ask([user("describe every picture that I send you"), picture])
    assert found == Ask("", ("describe every picture that I send you",), False)


@pytest.mark.parametrize(
    "messages",
    [
        [],
        [None, 3, "user", []],
        [{}],
        [{"role": ["user"], "content": "x"}],
        [{"role": "user"}],
        [{"role": "user", "content": None}],
        [{"role": "user", "content": 7}],
        [{"role": "user", "content": {"text": "x"}}],
        [{"role": "user", "content": [None, 4, {"type": ["text"]}, {"type": "text", "text": 9}]}],
        [{"role": "assistant", "content": "hello"}],
    ],
)
def test_malformed_messages_give_no_words_and_never_raise(messages: list[object]) -> None:
    assert find_ask(messages) == Ask("", (), False)


def test_loose_parts_are_still_read() -> None:
    assert find_ask([user(["plain ", {"text": "no type"}, text_part("typed")])]).text == (
        "plain \nno type\ntyped"
    )


def test_a_large_request_costs_no_more_than_its_tail() -> None:
    messages: list[object] = [{"role": "system", "content": "x" * 200_000}]
    for turn in range(200):
        messages += [
            user(f"question number {turn} about the weather in some far city"),
            {"role": "assistant", "content": "y" * 1_000},
        ]
    messages.append(user("and in French?"))
    spent = []
    for _ in range(20):
        start = time.perf_counter()
        assert len(find_ask(messages).earlier) == 2
        spent.append(time.perf_counter() - start)
    assert min(spent) < 0.001
