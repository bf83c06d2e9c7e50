"""Lists of models in every vendor's words."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from butler.engine.providers.listing import ListedModel, read_models


def one(entry: Any, key: str = "data") -> ListedModel:
    (model,) = read_models(json.dumps({key: [entry]}).encode())
    return model


def test_openrouter() -> None:
    model = one(
        {
            "id": "acme/unheard-of",
            "name": "Acme: Unheard Of",
            "context_length": 131072,
            "architecture": {"input_modalities": ["text", "image", "file"]},
            "pricing": {
                "prompt": "0.0000003",
                "completion": "0.0000012",
                "input_cache_read": "0.00000003",
                "image": "0.002",
                "request": "0",
            },
            "top_provider": {"context_length": 65536, "max_completion_tokens": 8192},
            "supported_parameters": ["tools", "temperature", "reasoning", "structured_outputs"],
        }
    )
    details = model.details
    assert (model.id, model.title, model.is_chat) == ("acme/unheard-of", "Acme: Unheard Of", True)
    assert (details.context_tokens, details.output_tokens) == (131072, 8192)
    assert details.modalities == ["text", "image", "file"]
    assert (details.tools, details.thinking, details.json_mode) == (True, True, True)
    assert details.prices is not None
    assert details.prices.input_usd == Decimal("0.3")
    assert details.prices.output_usd == Decimal("1.2")
    assert details.prices.cached_usd == Decimal("0.03")
    assert details.prices.image_usd == Decimal("0.002")
    assert details.guessed == []


def test_a_list_of_abilities_is_a_whole_one() -> None:
    details = one({"id": "x", "supported_parameters": ["temperature"]}).details
    assert (details.tools, details.thinking, details.json_mode) == (False, False, False)


def test_prices_that_depend_are_none() -> None:
    pricing = {"prompt": "-1", "completion": "-1"}
    assert one({"id": "openrouter/auto", "pricing": pricing}).details.prices is None


def test_together() -> None:
    (model, other) = read_models(
        json.dumps(
            [
                {
                    "id": "acme/x",
                    "type": "chat",
                    "display_name": "X",
                    "context_length": 40960,
                    "pricing": {"input": 0.2, "output": 0.6, "hourly": 0},
                },
                {"id": "acme/y", "type": "embedding"},
            ]
        ).encode()
    )
    assert (model.title, model.details.context_tokens) == ("X", 40960)
    assert model.details.prices is not None
    assert model.details.prices.output_usd == Decimal("0.6")
    assert (model.is_chat, other.is_chat) == (True, False)


def test_groq() -> None:
    details = one({"id": "x", "context_window": 8192, "max_completion_tokens": 4096}).details
    assert (details.context_tokens, details.output_tokens) == (8192, 4096)


def test_mistral() -> None:
    can = {"completion_chat": True, "function_calling": True, "vision": False}
    model = one({"id": "x", "max_context_length": 32768, "capabilities": can})
    assert (model.details.context_tokens, model.details.tools) == (32768, True)
    assert model.details.modalities == ["text"]
    assert not one({"id": "x", "capabilities": {**can, "completion_chat": False}}).is_chat


def test_vllm_llama_cpp_and_lm_studio() -> None:
    assert one({"id": "x", "max_model_len": 16384}).details.context_tokens == 16384
    meta = {"n_ctx_train": 131072}
    assert one({"id": "x.gguf", "meta": meta}).details.context_tokens == 131072
    studio = one(
        {
            "id": "x",
            "type": "vlm",
            "max_context_length": 32768,
            "loaded_context_length": 4096,
            "capabilities": ["tool_use"],
        }
    ).details
    assert (studio.context_tokens, studio.tools) == (4096, True)
    assert studio.modalities == ["text", "image"]
    assert not one({"id": "x", "type": "embeddings"}).is_chat


def test_ollama() -> None:
    entry = {
        "name": "stranger:8b",
        "model": "stranger:8b",
        "details": {"family": "stranger", "parameter_size": "8B"},
        "capabilities": ["completion", "thinking"],
    }
    model = one(entry, "models")
    assert (model.id, model.details.thinking, model.details.tools) == ("stranger:8b", True, False)


def test_gemini() -> None:
    model = one({"id": "models/gemini-2.5-flash", "display_name": "Gemini 2.5 Flash"})
    assert (model.id, model.title) == ("gemini-2.5-flash", "Gemini 2.5 Flash")
    assert model.details.context_tokens == 1_048_576
    assert "context_tokens" in model.details.guessed


def test_anthropic() -> None:
    yes, no = {"supported": True}, {"supported": False}
    model = one(
        {
            "type": "model",
            "id": "claude-x",
            "display_name": "Claude X",
            "max_input_tokens": 200000,
            "max_tokens": 64000,
            "capabilities": {
                "image_input": yes,
                "pdf_input": yes,
                "structured_outputs": no,
                "thinking": {**yes, "types": {}},
            },
        }
    )
    details = model.details
    assert (details.context_tokens, details.output_tokens) == (200000, 64000)
    assert details.modalities == ["text", "image", "file"]
    assert (details.thinking, details.json_mode, details.tools) == (True, False, None)


def test_openai_says_next_to_nothing() -> None:
    model = one({"id": "gpt-4o", "object": "model", "created": 1, "owned_by": "openai"})
    assert model.details.context_tokens == 128_000
    assert "tools" in model.details.guessed
    assert not one({"id": "text-embedding-3-small", "object": "model"}).is_chat


def test_nobody_is_listed_twice_and_strangers_are_skipped() -> None:
    body = json.dumps({"data": [{"id": "a"}, None, 7, {}, {"id": "a"}, "b", {"id": ""}]}).encode()
    assert [model.id for model in read_models(body)] == ["a", "b"]


@pytest.mark.parametrize("body", [b"", b"{}", b'{"data":{}}', b"7", b"<html>"])
def test_what_is_no_list(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_models(body)


WORDS = st.sampled_from(
    "id context_length max_tokens type pricing prompt input output capabilities thinking vision "
    "supported architecture input_modalities top_provider meta n_ctx supported_parameters".split()
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("0.1"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(WORDS, JSON, max_size=6))
def test_no_entry_breaks_the_reader(entry: Any) -> None:
    read_models(json.dumps({"data": [entry | {"id": "x"}]}).encode())
