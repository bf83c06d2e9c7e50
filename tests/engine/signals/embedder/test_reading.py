"""What a model gets of a text, and which texts it is spared."""

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from butler.engine.signals.embedder.model import NoEmbedding, Why
from butler.engine.signals.embedder.reading import Reader, Reading
from tests.engine.signals.embedder.tiny import make_tokenizer


def reader(max_tokens: int = 32) -> Reader:
    tokenizer = make_tokenizer()
    tokenizer.enable_truncation(64)
    tokenizer.enable_padding()
    return Reader(tokenizer, max_tokens)


def read(text: str, max_tokens: int = 32) -> Reading:
    found = reader(max_tokens).read(text)
    assert isinstance(found, Reading)
    return found


def test_a_short_text_is_read_as_it_is() -> None:
    assert read("Fix   my\ncode, please!") == Reading("Fix   my\ncode, please!", 0.0)


def test_a_model_with_less_room_of_its_own_sets_the_bound() -> None:
    assert reader(32).max_tokens == 32
    assert reader(256).max_tokens == 64


@pytest.mark.parametrize("words", [20, 40, 60, 200, 3_000, 100_000])
def test_a_long_text_is_read_by_its_head_and_its_tail(words: int) -> None:
    tokenizer = make_tokenizer()
    middle = "mi " * words
    found = read(f"head of it {middle} its tail")
    assert found.text.startswith("head of it")
    assert found.text.endswith("its tail")
    assert 24 <= len(tokenizer.encode(found.text).ids) <= 32


def test_a_long_text_of_few_pieces_is_read_by_both_ends_too() -> None:
    found = read("head" + " " * 5_000 + "tail")
    assert found.text.startswith("head")
    assert found.text.endswith("tail")


@pytest.mark.parametrize("text", ["", " ", "\n\t \u3000"])
def test_nothing_is_no_text(text: str) -> None:
    found = reader().read(text)
    assert isinstance(found, NoEmbedding)
    assert found.why is Why.EMPTY


@pytest.mark.parametrize(
    "text",
    [
        "请帮我写一首关于秋天的诗",
        "Привет, как дела?",
        "안녕하세요",
        "こんにちは",
        "สวัสดีครับวันนี้อากาศดี",
        "explain 闭包 to me 谢谢",
    ],
)
def test_writing_that_the_model_was_not_taught_is_refused(text: str) -> None:
    found = reader().read(text)
    assert isinstance(found, NoEmbedding)
    assert found.why is Why.UNREADABLE
    assert "%" in found.detail
    assert not any(word in found.detail for word in text.split())


@pytest.mark.parametrize(
    "text",
    ["thanks 👍👍👍", "let α + β be 5", "is 3 ≤ 4 ∧ 5 → 6 true?", "the café says 你 often, yes"],
)
def test_signs_and_single_letters_do_not_make_a_text_unreadable(text: str) -> None:
    assert isinstance(reader().read(text), Reading)


def test_a_sentence_that_can_not_be_read_spoils_a_long_text_too() -> None:
    roomy = Reader(make_tokenizer())
    words = "plain words " * 20
    quoted = roomy.read(f"{words} 你好")
    assert isinstance(quoted, Reading)
    assert quoted.text == f"{words} 你好"
    found = roomy.read(f"{words} 请把上面的话译成中文")
    assert isinstance(found, NoEmbedding)
    assert found.why is Why.UNREADABLE
    assert found.detail == "the model can not read 8% of the text"


def test_a_model_that_knows_chinese_reads_it() -> None:
    signs = [chr(point) for point in range(0x4E00, 0xA000)]
    pieces = {piece: number for number, piece in enumerate(["[UNK]", *signs])}
    tokenizer = Tokenizer(WordPiece(pieces, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer()
    tokenizer.pre_tokenizer = BertPreTokenizer()
    chinese = Reader(tokenizer)
    assert chinese.read("请帮我写一首关于秋天的诗") == Reading("请帮我写一首关于秋天的诗", 0.0)
    assert isinstance(chinese.read("write a poem"), NoEmbedding)
