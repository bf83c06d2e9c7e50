"""What a model's id tells: guesses, marked as such."""

import pytest

from butler.contract.resources import ModelDetails
from butler.engine.providers.families import Family, families, family_of, with_guesses
from butler.engine.providers.thinking import WAYS


@pytest.mark.parametrize(
    ("model", "context", "thinks"),
    [
        ("gpt-4o-mini", 128_000, False),
        ("openai/gpt-4.1", 1_047_576, False),
        ("gpt-5-mini", 400_000, True),
        ("gpt-5.4-mini", 400_000, True),
        ("gpt-6.1-sol", 1_050_000, True),
        ("o3-mini-2025-01-31", 200_000, True),
        ("claude-sonnet-4-5-20250929", 200_000, True),
        ("anthropic/claude-opus-4.7", 1_000_000, True),
        ("claude-3-5-haiku-latest", 200_000, False),
        ("models/gemini-2.5-flash", 1_048_576, True),
        ("qwen3:8b", 131_072, True),
        ("qwen3.8-max", 262_144, True),
        ("qwen2.5-coder:7b-instruct-q4_K_M", 32_768, False),
        ("llama3.2:3b", 131_072, False),
        ("accounts/fireworks/models/llama-v3p1-8b-instruct", 131_072, False),
        ("deepseek-reasoner", 128_000, True),
        ("DeepSeek-V4.1-Flash", 1_000_000, True),
        ("kimi-k2.5", 262_144, True),
        ("GLM-4.6", 200_000, True),
        ("grok-4-fast-non-reasoning", 2_000_000, False),
        ("mistral-small-latest", 262_144, True),
        ("openai/gpt-oss-120b", 131_072, True),
    ],
)
def test_well_known_models(model: str, context: int, thinks: bool) -> None:
    family = family_of(model)
    assert (family.context_tokens, family.thinking) == (context, thinks)


@pytest.mark.parametrize("model", ["alpha", "my-own-model", "", "x/y/z"])
def test_nothing_is_known_of_a_stranger(model: str) -> None:
    assert family_of(model).context_tokens is None
    assert with_guesses(model, ModelDetails()) == ModelDetails()


@pytest.mark.parametrize(
    "model",
    ["text-embedding-3-small", "whisper-1", "tts-1-hd", "nomic-embed-text", "omni-moderation"],
)
def test_what_holds_no_conversation(model: str) -> None:
    assert "not_chat" in family_of(model).traits


@pytest.mark.parametrize(
    ("model", "made"),
    [
        ("text-embedding-3-small", "embedding"),
        ("baai/bge-m3", "embedding"),
        ("nomic-embed-text:latest", "embedding"),
        ("all-minilm:l6-v2", "embedding"),
        ("gpt-image-1.5", "image"),
        ("dall-e-3", "image"),
        ("black-forest-labs/FLUX.1-schnell", "image"),
        ("grok-2-image-1212", "image"),
        ("whisper-large-v3-turbo", "transcription"),
        ("gpt-4o-mini-transcribe", "transcription"),
        ("gpt-4o-mini-tts", "speech"),
        ("tts-1-hd", "speech"),
        ("omni-moderation-latest", "moderation"),
        ("gpt-3.5-turbo-instruct", "completion"),
        ("gpt-4o", "chat"),
        ("claude-sonnet-4-5", "chat"),
    ],
)
def test_what_a_model_makes(model: str, made: str) -> None:
    assert family_of(model).makes == (made,)


@pytest.mark.parametrize("model", ["bge-reranker-v2-m3", "llama3.2:3b", "llama-guard-4", "alpha"])
def test_what_is_not_known_to_make_anything_is_not_judged(model: str) -> None:
    assert family_of(model).makes is None


def test_what_is_said_is_not_guessed_over() -> None:
    told = ModelDetails(context_tokens=8_000, tools=False)
    known = with_guesses("gpt-4o", told)
    assert (known.context_tokens, known.tools, known.output_tokens) == (8_000, False, 16_384)
    assert known.guessed == ["json_mode", "makes", "modalities", "output_tokens", "thinking"]
    assert known.modalities == ["text", "image", "file"]
    assert told.guessed == []


def test_every_variant_is_a_way_of_thinking() -> None:
    variants = {name.partition("/")[2] for name in WAYS}
    assert {family.variant for family in families()} <= variants


@pytest.mark.parametrize(
    "entry",
    [
        {"family": "x", "pattern": "("},
        {"family": "x", "pattern": "x", "traits": ["loud"]},
        {"family": "x", "pattern": "x", "context_tokens": -1},
        {"family": "x", "pattern": "x", "unheard": 1},
    ],
)
def test_wrong_data_are_told(entry: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        Family.read(entry)
