"""What a rule asks, in one line: conditions and groups in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import JsonValue

from butler.contract.texts import Texts

_GROUPS = ("all", "any", "none")
_MOST_WORDS = 4


def words_of(texts: Texts, when: Mapping[str, JsonValue]) -> str:
    """Return a rule's `when` as one line."""
    return _spec(texts, when, outermost=True)


def value_words(texts: Texts, value: Any) -> str:
    """Return one value of a condition as people say it."""
    if isinstance(value, bool):
        return texts("word.yes" if value else "word.no")
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, str):
        return texts.named("condition.value", value)
    return str(value)


def condition_words(texts: Texts, spec: Mapping[str, Any]) -> str:
    """Return one condition as a few words."""
    kind = str(spec.get("kind"))
    if kind == "task" and spec.get("min_confidence"):
        sure = f"{spec['min_confidence']:.2f}"
        return texts("condition.says.task_sure", values=_values(texts, spec), sure=sure)
    if kind == "tokens":
        return _size(texts, spec)
    if kind == "time":
        return _time(texts, spec)
    if kind in ("has_tools", "thinking"):
        form = "yes" if spec.get("value", True) else "no"
        return texts(f"condition.says.{kind}.{form}")
    title, values = texts.named("condition", kind), _values(texts, spec)
    if not values:
        return texts.named("condition.says", f"{kind}_any", title)
    return texts.named("condition.says", kind, "{title}: {values}").format(
        title=title, values=values
    )


def _spec(texts: Texts, spec: Any, *, outermost: bool = False) -> str:
    if not isinstance(spec, Mapping):
        return "?"
    group = next((name for name in _GROUPS if name in spec), None)
    if group is None:
        return condition_words(texts, spec)
    members = spec[group] if isinstance(spec[group], list) else []
    told = [_spec(texts, member) for member in members]
    if group == "none":
        joined = texts("condition.or").join(told)
        return texts("condition.not", what=joined)
    joined = texts("condition.and" if group == "all" else "condition.or").join(told)
    return joined if outermost or len(told) < 2 else texts("condition.inside", what=joined)


def _values(texts: Texts, spec: Mapping[str, Any]) -> str:
    """Return what a condition compares with: lists by their first few members."""
    told: list[str] = []
    for name, value in spec.items():
        if name in ("kind", "match", "min_confidence", "ignore_case", "percentile", "unknown"):
            continue
        told += _listed(texts, value)
    return texts("condition.comma").join(told)


def _listed(texts: Texts, value: Any) -> Sequence[str]:
    if not isinstance(value, list):
        return [] if value is None else [value_words(texts, value)]
    shown = [value_words(texts, each) for each in value[:_MOST_WORDS]]
    if len(value) > _MOST_WORDS:
        shown.append(f"+{len(value) - _MOST_WORDS}")
    return shown


def _size(texts: Texts, spec: Mapping[str, Any]) -> str:
    low, high = spec.get("min"), spec.get("max")
    if low is not None and high is not None:
        return texts("condition.says.tokens.between", low=_count(low), high=_count(high))
    if high is not None:
        return texts("condition.says.tokens.most", high=_count(high))
    return texts("condition.says.tokens.least", low=_count(low))


def _count(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _time(texts: Texts, spec: Mapping[str, Any]) -> str:
    told = texts(
        "condition.says.time", begin=spec.get("from", "00:00"), end=spec.get("to", "24:00")
    )
    days = spec.get("days")
    return f"{told} ({', '.join(_listed(texts, days))})" if days else told
