"""Proposed rules at a terminal: each with who answers, why, and an example."""

from collections.abc import Iterator, Mapping
from typing import Any

from butler.commands.console import say, shorten, wrap
from butler.contract.texts import Texts

_COLUMNS = 92
_INDENT = "    "
_SAMPLE_COLUMNS = 76


def show_draft(draft: Mapping[str, Any], texts: Texts) -> None:
    """Write a draft, rule by rule."""
    for place, each in enumerate(draft["rules"], 1):
        rule = each["rule"]
        targets = " → ".join([rule["target"], *rule["fallbacks"]])
        say(f"{place}. {rule['name']} → {targets}")
        told = [each["why"], *_told(each, texts), *_examples(each, texts)]
        for line in (line for text in told if text for line in wrap(text, _COLUMNS)):
            say(_INDENT + line)
        say()
    if draft["default_target"]:
        say(texts("draft.default", target=draft["default_target"]))


def to_apply(draft: Mapping[str, Any], *, keep: bool) -> Mapping[str, Any]:
    """Return what stores a draft."""
    return {
        "rules": [each["rule"] for each in draft["rules"]],
        "keep": keep,
        "default_target": draft["default_target"],
    }


def _told(each: Mapping[str, Any], texts: Texts) -> Iterator[str]:
    """Yield what was replaced or left out, and the examples that came out otherwise."""
    for warning in each["warnings"]:
        yield f"! {warning['detail']} {warning['hint'] or ''}".rstrip()
    for sample in each["samples"]:
        if sample["holds"] is not None and sample["holds"] is not sample["expected"]:
            key = "draft.wrongly_holds" if sample["holds"] else "draft.wrongly_passes"
            yield "✗ " + texts(key, prompt=shorten(sample["text"], _SAMPLE_COLUMNS))


def _examples(each: Mapping[str, Any], texts: Texts) -> list[str]:
    """Return the first prompt that the rule is for."""
    own = [sample["text"] for sample in each["samples"] if sample["expected"]]
    return [texts("draft.like", prompt=shorten(text, _SAMPLE_COLUMNS)) for text in own[:1]]
