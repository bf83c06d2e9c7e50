"""Presets as data: complete, sound, and found by what a provider's owner has typed."""

from urllib.parse import urlsplit

import orjson
import pytest

from butler.contract.places import resource
from butler.engine.builtin import PROVIDER_KINDS
from butler.engine.providers.base import Connection
from butler.engine.providers.families import NOT_CHAT, family_of
from butler.engine.providers.presets import Auth, Preset, preset_of, presets
from butler.engine.providers.thinking import WAYS
from butler.engine.providers.urls import base_of

WANTED = (
    "openai openai_responses anthropic gemini gemini_native mistral deepseek dashscope moonshot "
    "zhipu groq together fireworks openrouter xai azure ollama ollama_openai lmstudio llamacpp "
    "vllm openai_compatible anthropic_compatible"
).split()
ENTRY = {
    "id": "acme", "title": "Acme", "kind": "openai_compatible", "base_url": None,
    "auth": "bearer", "thinking": "effort", "models": [], "docs_url": "https://a.example",
    "key_env": None,
}  # fmt: skip


def found(base_url: str, kind: str = "openai_compatible", **options: object) -> str:
    return preset_of(Connection("acme", kind, base_url, None, options)).id


def test_everybody_is_there() -> None:
    assert list(presets()) == WANTED


@pytest.mark.parametrize("preset", presets().values(), ids=lambda it: it.id)
def test_every_preset_is_sound(preset: Preset) -> None:
    assert preset.kind in PROVIDER_KINDS
    assert preset.thinking in WAYS
    assert preset.docs_url.startswith("https://")
    for url in filter(None, (preset.base_url, preset.example_url)):
        assert base_of(url, "/nothing")
    assert preset.base_url or preset.example_url
    assert (preset.auth is Auth.NONE) == preset.local
    assert preset.local or preset.id.endswith("compatible") or preset.key_env
    if preset.base_url and not preset.local:
        assert urlsplit(preset.base_url).scheme == "https"
    if preset.base_url:
        options = {"preset": preset.id}
        made = PROVIDER_KINDS[preset.kind].create(
            Connection("acme", preset.kind, preset.base_url, "k", options)
        )
        assert made.models_request().url.startswith(preset.base_url.removesuffix("/v1"))
    # A first model of which nothing is known would be a poor one.
    for model in preset.models:
        family = family_of(model)
        assert family.context_tokens, model
        assert NOT_CHAT not in family.traits


@pytest.mark.parametrize(
    ("url", "id_"),
    [
        ("https://api.openai.com/v1", "openai"),
        ("https://API.openai.com", "openai"),
        ("https://dashscope.aliyuncs.com/compatible-mode/v1", "dashscope"),
        ("https://api.z.ai/api/paas/v4", "zhipu"),
        ("https://mine.openai.azure.com/openai/v1", "azure"),
        ("https://openai.azure.com.evil.example/v1", "openai_compatible"),
        ("https://notapi.openai.com.example", "openai_compatible"),
        ("http://localhost:11434/v1", "ollama_openai"),
        ("http://127.0.0.1:1234/v1", "lmstudio"),
        ("http://[::1]:8000", "vllm"),
        ("http://localhost:9999/v1", "openai_compatible"),
        ("http://192.168.1.5:11434/v1", "openai_compatible"),
        ("nonsense", "openai_compatible"),
        ("http://[::1", "openai_compatible"),
    ],
)
def test_a_vendor_is_known_by_its_host(url: str, id_: str) -> None:
    assert found(url) == id_


def test_the_owner_may_say() -> None:
    assert found("http://10.0.0.9:8000/v1", preset="vllm") == "vllm"
    assert found("http://10.0.0.9:8000/v1", preset="unheard") == "openai_compatible"
    # What was of another kind when it was chosen is still found.
    assert found("http://10.0.0.9:11434/v1", preset="ollama") == "ollama_openai"
    assert found("http://10.0.0.9:11434", "ollama") == "ollama"
    # A preset of another kind can not be meant.
    assert found("http://10.0.0.9:8000/v1", preset="anthropic") == "openai_compatible"
    assert found("https://api.anthropic.com", "anthropic_compatible") == "anthropic"
    assert found("https://api.deepseek.com/anthropic", "anthropic_compatible") == (
        "anthropic_compatible"
    )
    assert found("http://localhost:1/v1", "demo") == "openai_compatible"


@pytest.mark.parametrize(
    ("auth", "headers"),
    [
        ("bearer", {"authorization": "Bearer k"}),
        ("x-api-key", {"x-api-key": "k"}),
        ("api-key", {"api-key": "k"}),
        ("both", {"x-api-key": "k", "authorization": "Bearer k"}),
        # Somebody has put a door before a server that needs none.
        ("none", {"authorization": "Bearer k"}),
    ],
)
def test_how_keys_are_sent(auth: str, headers: dict[str, str]) -> None:
    assert Auth(auth).headers("k") == headers
    assert Auth(auth).headers(None) == {}


@pytest.mark.parametrize(
    "more",
    [
        {"auth": "shout"},
        {"title": 7},
        {"models": [1]},
        {"base_url": 1},
        {"local": "yes"},
        {"unheard": 1},
    ],
)
def test_wrong_data_are_told(more: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        Preset.read({**ENTRY, **more})
    assert Preset.read(ENTRY).id == "acme"


def test_the_file_is_plain_json() -> None:
    assert isinstance(orjson.loads(resource("presets", "providers.json").read_bytes()), list)
