"""Google's schemas and JSON Schema, in both directions."""

from butler.engine.dialects.gemini_schema import for_answers, for_arguments, json_schema_of


def test_a_schema_of_googles_own_kind() -> None:
    schema = {
        "type": "OBJECT",
        "properties": {
            "type": {"type": "STRING", "nullable": True, "example": "a"},
            "many": {"type": "ARRAY", "items": {"type": "INTEGER"}, "min_items": "1"},
            "one": {"any_of": [{"type": "NUMBER"}, {"type": "STRING", "format": "enum"}]},
        },
        "required": ["type"],
        "propertyOrdering": ["type", "many"],
    }
    assert json_schema_of(schema) == {
        "type": "object",
        "properties": {
            "type": {"type": ["string", "null"], "examples": ["a"]},
            "many": {"type": "array", "items": {"type": "integer"}, "minItems": 1},
            "one": {"anyOf": [{"type": "number"}, {"type": "string"}]},
        },
        "required": ["type"],
    }
    assert json_schema_of({"type": "TYPE_UNSPECIFIED"}) == {}


def test_arguments_are_an_object_in_no_particular_draft() -> None:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "pattern": "a"}
    assert for_arguments(schema) == {"type": "object", "pattern": "a"}


def test_answers_are_told_in_words_that_are_known() -> None:
    schema = {
        "type": "object",
        "definitions": {"Kind": {"const": "a", "minLength": 1}},
        "properties": {
            "pattern": {"$ref": "#/definitions/Kind"},
            "whole": {"allOf": [{"type": "a"}]},
        },
        "additionalProperties": False,
        "$schema": "x",
    }
    assert for_answers(schema) == {
        "type": "object",
        "$defs": {"Kind": {"enum": ["a"]}},
        "properties": {"pattern": {"$ref": "#/$defs/Kind"}, "whole": {"type": "a"}},
        "additionalProperties": False,
    }
