"""Records to store, complete but for what a test wants to say about them."""

from datetime import UTC, datetime
from typing import Any

from butler.engine.store.categories import CategoryRecord
from butler.engine.store.models import ModelRecord
from butler.engine.store.providers import ProviderRecord
from butler.engine.store.requests import RequestRecord
from butler.engine.store.rules import RuleRecord
from butler.engine.store.tokens import TokenRecord

NOON = datetime(2026, 3, 1, 12, 0, 0, 123_456, tzinfo=UTC)


def provider(id_: str = "prov_1", **said: Any) -> ProviderRecord:
    usual: dict[str, Any] = {
        "name": id_,
        "kind": "openai_compatible",
        "base_url": "http://localhost:9/v1",
        "key_envelope": None,
        "options": {},
        "enabled": True,
        "position": 0,
        "created_at": NOON,
        "updated_at": NOON,
    }
    return ProviderRecord(id=id_, **{**usual, **said})


def model(id_: str = "model_1", **said: Any) -> ModelRecord:
    usual: dict[str, Any] = {
        "provider_id": "prov_1",
        "name": id_,
        "alias": None,
        "enabled": True,
        "position": 0,
    }
    return ModelRecord(id=id_, **{**usual, **said})


def rule(id_: str = "rule_1", **said: Any) -> RuleRecord:
    usual: dict[str, Any] = {
        "name": id_,
        "description": "",
        "priority": 500,
        "enabled": True,
        "conditions": {"all": []},
        "targets": (),
        "created_at": NOON,
        "updated_at": NOON,
    }
    return RuleRecord(id=id_, **{**usual, **said})


def category(id_: str = "cat_1", **said: Any) -> CategoryRecord:
    usual: dict[str, Any] = {
        "name": id_,
        "description": "",
        "enabled": True,
        "position": 0,
        "utterances": (),
        "targets": (),
        "created_at": NOON,
        "updated_at": NOON,
    }
    return CategoryRecord(id=id_, **{**usual, **said})


def token(id_: str = "token_1", **said: Any) -> TokenRecord:
    usual: dict[str, Any] = {
        "name": id_,
        "hash": id_.encode().ljust(32, b"#"),
        "copy_envelope": None,
        "created_at": NOON,
    }
    return TokenRecord(id=id_, **{**usual, **said})


def request(id_: str = "req_1", **said: Any) -> RequestRecord:
    usual: dict[str, Any] = {
        "started_at": NOON,
        "token_id": None,
        "token_name": None,
        "client": None,
        "call_kind": None,
        "conversation": None,
        "endpoint": "chat_completions",
        "requested_model": "auto",
        "modalities": ("text",),
        "thinking": None,
        "streaming": False,
        "layer": None,
        "rule_id": None,
        "rule_name": None,
        "target": None,
        "attempts": [],
        "ttft_ms": None,
        "duration_ms": 1.5,
        "overhead_ms": None,
        "input_tokens": None,
        "output_tokens": None,
        "cached_tokens": None,
        "reasoning_tokens": None,
        "usage_source": "unknown",
        "cost_usd": None,
        "cost_source": "unknown",
        "status": 200,
        "error": None,
        "task": None,
        "task_confidence": None,
        "trace": [],
    }
    return RequestRecord(id=id_, **{**usual, **said})
