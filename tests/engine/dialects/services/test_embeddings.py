"""Embeddings write nothing: their output is none, not unknown."""

from butler.engine.dialects.services.embeddings import SERVICE


def test_usage() -> None:
    usage = SERVICE.usage({"usage": {"prompt_tokens": 4, "total_tokens": 4}})
    assert usage is not None
    assert (usage.input_tokens, usage.output_tokens) == (4, 0)
    assert SERVICE.usage({"data": []}) is None
