"""The hub's types: a whole answer is gathered from pieces."""

from butler.engine.dialects.canonical import (
    Called,
    Reasoned,
    Reply,
    Said,
    Thought,
    ToolCall,
    blocks_of,
    fold,
)


def test_nothing_is_an_empty_answer() -> None:
    assert fold([]) == Reply("", (), ())


def test_pieces_of_each_kind_are_joined() -> None:
    reply = fold(
        [
            Said("Hel"),
            Called(7, "b", "second", '{"x"'),
            Said("lo"),
            Called(3, "a", "first"),
            Called(7, arguments=":1}"),
        ]
    )
    assert reply.text == "Hello"
    assert reply.calls == (ToolCall("b", "second", '{"x":1}'), ToolCall("a", "first", "{}"))


def test_a_signature_ends_a_thought() -> None:
    reply = fold(
        [
            Reasoned("one "),
            Reasoned("and"),
            Reasoned(signature="s1"),
            Reasoned("two"),
            Reasoned(sealed="x"),
            Reasoned("three"),
        ]
    )
    assert reply.thoughts == (
        Thought("one and", "s1"),
        Thought("two"),
        Thought("", None, "x"),
        Thought("three"),
    )


def test_blocks_keep_the_order_in_which_they_begin() -> None:
    first, second = Called(0, "a", "f", "{"), Called(1, "b", "g", "{}")
    rest, thought = Called(0, arguments="}"), Reasoned("hm")
    said = [Said("a"), thought, Reasoned(signature="s"), Reasoned("ha"), first, second, Said("b")]
    blocks = blocks_of([*said, rest, Said("c"), Reasoned(signature="s"), Said("d")])
    assert [[*block] for block in blocks] == [
        [Said("a")],
        [thought, Reasoned(signature="s")],
        [Reasoned("ha")],
        [first, rest],
        [second],
        [Said("b"), Said("c"), Said("d")],
    ]
