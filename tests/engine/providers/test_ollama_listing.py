"""What Ollama tells of a model, and what is guessed where it tells nothing."""

import json
from typing import Any

import pytest

from butler.engine.providers.listing import ListedModel
from butler.engine.providers.ollama_listing import described


def told(id_: str = "mine:8b", **said: Any) -> ListedModel:
    return described(ListedModel(id_), json.dumps(said).encode())


def test_what_it_can_do_and_how_long_its_context_is() -> None:
    found = told(
        capabilities=["completion", "tools", "vision"],
        model_info={"general.architecture": "x", "x.context_length": 40_960, "x.heads": 8},
    )
    details = found.details
    assert (details.context_tokens, details.tools, details.thinking) == (40_960, True, False)
    assert (details.modalities, details.guessed, found.is_chat) == (["text", "image"], [], True)


def test_a_list_of_abilities_outweighs_a_guess() -> None:
    details = told("gemma3:4b", capabilities=["completion"]).details
    assert details.modalities == ["text"]
    assert not {"modalities", "tools"} & set(details.guessed)


def test_what_makes_vectors_holds_no_conversation() -> None:
    assert not told(capabilities=["embedding"]).is_chat


def test_an_old_server_tells_nothing() -> None:
    assert told() == ListedModel("mine:8b")
    with pytest.raises(ValueError, match="describes no model"):
        described(ListedModel("mine:8b"), b"[]")
