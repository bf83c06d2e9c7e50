"""The JSON schema of an answer with rules, made from the kinds of conditions there are.

Kept to what servers that hold a model to a schema understand (draft 2020-12's `type`, `enum`,
`anyOf`, `items`, `required`): no references, so groups nest two deep and no deeper.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from butler.contract.tasks import Task
from butler.engine.providers.base import Field
from butler.engine.routing.conditions.base import ConditionKind

Schema = dict[str, Any]

_MOST_RULES = 20


def _text(most: int) -> Schema:
    return {"type": "string", "maxLength": most}


def _texts(most: int, chars: int) -> Schema:
    return {"type": "array", "items": _text(chars), "minItems": 1, "maxItems": most}


_WORDS = _texts(12, 60)
_PROMPTS = _texts(3, 160)


def answer_schema(
    kinds: Iterable[ConditionKind], targets: Sequence[str], most_rules: int = _MOST_RULES
) -> Schema:
    """Return the schema of a whole answer; rules may name these targets only."""
    target = {"type": "string", "enum": list(targets)}
    conditions = [_condition(kind, target) for kind in kinds]
    inner = {"anyOf": [*conditions, *_groups({"anyOf": conditions})]}
    rule = _object(
        {
            "name_en": _text(60),
            "name_zh": _text(40),
            "description_en": _text(200),
            "description_zh": _text(120),
            "priority": {"type": "integer", "minimum": 0, "maximum": 1000},
            "when": {"anyOf": _groups(inner)},
            "target": target,
            "fallbacks": {"type": "array", "items": target, "maxItems": 3},
            "thinking": {"type": "string", "enum": ["auto", "enabled", "disabled"]},
            "confidence": {"type": "number", "minimum": 0, "maximum": 1},
            "matches": _PROMPTS,
            "misses": _PROMPTS,
        }
    )
    return _object(
        {
            "rules": {"type": "array", "items": rule, "maxItems": most_rules},
            "default_target": {"type": "string", "enum": ["", *targets]},
            "not_understood": {"type": "array", "items": _text(200), "maxItems": 8},
        }
    )


def field_schema(field: Field, target: Schema) -> Schema:
    """Return the schema of one field of a condition, by the field's type."""
    form, _, choices = field.type.partition(":")
    match form:
        case "tasks":
            return {"type": "array", "items": {"type": "string", "enum": list(Task)}, "minItems": 1}
        case "words" | "names":
            return _WORDS
        case "choices":
            named = {"type": "string", "enum": choices.split(",")}
            return {"type": "array", "items": named, "minItems": 1}
        case "choice":
            return {"type": "string", "enum": choices.split(",")}
        case "number":
            return {"type": "number"}
        case "bool":
            return {"type": "boolean"}
        case "target":
            return target
    return _text(200)


def _condition(kind: ConditionKind, target: Schema) -> Schema:
    fields = {field.name: field_schema(field, target) for field in kind.fields}
    needed = [field.name for field in kind.fields if field.required]
    return {
        "type": "object",
        "properties": {"kind": {"type": "string", "enum": [kind.kind]}, **fields},
        "required": ["kind", *needed],
        "additionalProperties": False,
    }


def _groups(member: Schema) -> list[Schema]:
    members = {"type": "array", "items": member, "minItems": 1, "maxItems": 8}
    return [_object({name: members}) for name in ("all", "any", "none")]


def _object(properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
