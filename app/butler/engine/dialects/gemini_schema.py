"""Schemas of Google's own kind, as JSON Schema, and JSON Schema as Google takes it.

Google's `Schema` is what OpenAPI 3.0 makes of JSON Schema: types in capitals, `nullable`, counts
that may be written as text. Its API also takes JSON Schema itself, though not every word of it.

Source: Gemini API reference, "Schema", "FunctionDeclaration", "GenerationConfig"
(`responseJsonSchema`); Protocol Buffers, "ProtoJSON format".
"""

from collections.abc import Mapping
from typing import Any

from butler.engine.dialects.gemini_body import snake

Object = Mapping[str, Any]
_NAMES = (
    *("anyOf", "minItems", "maxItems", "minLength", "maxLength", "minProperties"),
    *("maxProperties", "additionalProperties", "propertyOrdering"),
)
_CAMEL = {snake(name): name for name in _NAMES}
_COUNTS = frozenset(name for name in _NAMES if name.startswith(("min", "max")))
_ONLY_HERE = frozenset({"propertyOrdering", "nullable", "example"})
_INSIDE = ("items", "additionalProperties", "not")
_LISTS = ("anyOf", "oneOf", "allOf", "prefixItems")
_MAPS = ("properties", "$defs", "defs", "definitions", "patternProperties")
_ANSWERS = frozenset(
    {
        *("$id", "$defs", "$ref", "$anchor", "type", "format", "title", "description", "enum"),
        *("items", "prefixItems", "minItems", "maxItems", "minimum", "maximum", "anyOf", "oneOf"),
        *("properties", "additionalProperties", "required", "propertyOrdering"),
    }
)
"""The words of JSON Schema that a schema for answers may hold."""


def json_schema_of(schema: Object) -> dict[str, Any]:
    """Return a schema of Google's own kind as JSON Schema."""
    named = {_CAMEL.get(key, key): value for key, value in schema.items()}
    plain = _inside(
        {key: value for key, value in named.items() if key not in _ONLY_HERE}, json_schema_of
    )
    kind = plain.get("type")
    if isinstance(kind, str):
        plain["type"] = kind.lower()
        if kind.lower() == "type_unspecified":
            del plain["type"]
        elif named.get("nullable") is True:
            plain["type"] = [kind.lower(), "null"]
    if plain.get("format") == "enum":
        del plain["format"]
    for name in _COUNTS & plain.keys():
        if isinstance(plain[name], str) and plain[name].isdigit():
            plain[name] = int(plain[name])
    if "example" in named:
        plain["examples"] = [named["example"]]
    return plain


def for_arguments(schema: Object) -> dict[str, Any]:
    """Return a JSON schema for a function's arguments, without the dialect that it is written in.

    What remains is taken; whatever the vendor does not know of it, it passes over.
    """
    return {"type": "object", **{key: it for key, it in schema.items() if key != "$schema"}}


def for_answers(schema: Object) -> dict[str, Any]:
    """Return a JSON schema for answers, in those words that the vendor knows there."""
    known = {key: value for key, value in schema.items() if key in _ANSWERS}
    if "const" in schema:
        known.setdefault("enum", [schema["const"]])
    whole = schema.get("allOf")
    if isinstance(whole, list) and len(whole) == 1 and isinstance(whole[0], dict):
        known = {**for_answers(whole[0]), **known}
    if "definitions" in schema:
        known["$defs"] = {**schema["definitions"], **known.get("$defs", {})}
    reference = known.get("$ref")
    if isinstance(reference, str):
        known["$ref"] = reference.replace("#/definitions/", "#/$defs/")
    return _inside(known, for_answers)


def _inside(schema: Object, change: Any) -> dict[str, Any]:
    """Return a schema with all that lie in it changed; names of members are nobody's words."""
    changed = dict(schema)
    for key, value in schema.items():
        if key in _INSIDE and isinstance(value, dict):
            changed[key] = change(value)
        elif key in _LISTS and isinstance(value, list):
            changed[key] = [change(one) if isinstance(one, dict) else one for one in value]
        elif key in _MAPS and isinstance(value, dict):
            changed[key] = {
                name: change(one) if isinstance(one, dict) else one for name, one in value.items()
            }
    return changed
