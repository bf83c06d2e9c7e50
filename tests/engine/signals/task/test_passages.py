"""A prompt is cut into sentences that weigh by their place, without code and quotations."""

from butler.engine.signals.task.passages import read_prompt


def weights(text: str) -> dict[str, float]:
    return {one.text: one.weight for one in read_prompt(text).sentences}


def test_the_ends_weigh_more_than_the_middle() -> None:
    filler = "".join(f"Filler sentence number {number} says nothing much. " for number in range(30))
    found = weights(f"First the ask. {filler}Last the ask.")
    assert found["first the ask."] == found["last the ask."] == 1.0
    assert "filler sentence number 15 says nothing much." not in found
    assert found["filler sentence number 0 says nothing much."] < 1.0


def test_code_and_long_quotations_are_left_out_of_the_sentences_only() -> None:
    text = 'Explain this ```print("hi")``` and “a rather long quotation that stands here”, please.'
    prompt = read_prompt(text)
    assert [one.text.split() for one in prompt.sentences] == [
        ["explain", "this"],
        ["and", ",", "please."],
    ]
    assert "print" in prompt.seen


def test_a_fence_that_never_closes_hides_the_rest() -> None:
    assert list(weights("Fix this:\n```\nfor x in y:\n  write a story")) == ["fix this:"]


def test_a_prompt_that_is_one_quotation_is_still_read() -> None:
    assert read_prompt("“a rather long quotation that stands alone”").sentences


def test_what_an_order_announces_weighs_less() -> None:
    found = weights("Translate this into French: thank you so much")
    assert found["translate this into french:"] == 1.0
    assert found["thank you so much"] < 1.0
    assert weights("Title: thank you so much")["thank you so much"] == 1.0


def test_a_point_inside_a_number_ends_no_sentence() -> None:
    assert list(weights("Add 3.5 and 4.25 now. Then stop.")) == [
        "add 3.5 and 4.25 now.",
        "then stop.",
    ]


def test_traditional_characters_are_read_as_simplified_ones() -> None:
    assert list(weights("請幫我寫詩")) == ["请帮我写诗"]


def test_lines_of_signs_are_no_sentences() -> None:
    assert list(weights("why does it fail\nif (a[i] == b[j]) { c(); }")) == ["why does it fail"]


def test_only_the_beginning_and_the_end_of_a_long_text_are_seen() -> None:
    prompt = read_prompt("begin " + "middle " * 20_000 + "end")
    assert prompt.seen.startswith("begin")
    assert prompt.seen.endswith("end")
    assert len(prompt.seen) < 2_000
    assert prompt.length > 100_000


def test_the_ask_is_what_stands_near_the_ends() -> None:
    assert read_prompt("Good morning. What time is it?").ask() == "good morning.\nwhat time is it?"
