"""What the vendor of contents refuses: unknown names, roles, turns that do not fit, schemas.

Written from the published Gemini API reference; the sentences are ours.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from tests.fakes.checks import Ask
from tests.fakes.errors import bad_request
from tests.fakes.gemini_turns import check_contents

Object = Mapping[str, Any]
_TOP = """contents systemInstruction tools toolConfig generationConfig safetySettings
    cachedContent model serviceTier store"""
_CONFIG = """stopSequences responseMimeType responseSchema responseJsonSchema responseModalities
    candidateCount maxOutputTokens temperature topP topK seed presencePenalty frequencyPenalty
    responseLogprobs logprobs enableEnhancedCivicAnswers speechConfig thinkingConfig imageConfig
    mediaResolution"""
_TOOL = """functionDeclarations googleSearch googleSearchRetrieval codeExecution urlContext
    computerUse fileSearch googleMaps mcpServers"""
_FUNCTION = """name description parameters parametersJsonSchema response responseJsonSchema
    behavior"""
_SCHEMA = """type format title description nullable enum maxItems minItems properties required
    minProperties maxProperties minLength maxLength pattern example anyOf propertyOrdering default
    items minimum maximum"""
_NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_.:-]{0,127}")
_OLDER = ("gemini-1", "gemini-2")
_MODES = ("AUTO", "ANY", "NONE", "VALIDATED", None)
_LEVELS = ("MINIMAL", "LOW", "MEDIUM", "HIGH", None)
_MOST_STOPS = 5
_MOST_TOKENS = 65_536


def read_ask(raw: bytes, model: str) -> Ask:
    """Check a request of a model and return what it asks for, or raise VendorError."""
    try:
        body = json.loads(raw)
    except ValueError as error:
        raise bad_request("Invalid JSON payload received.") from error
    if not isinstance(body, dict):
        raise bad_request("Invalid JSON payload received: not an object.")
    plain = _known(body, _TOP, "")
    if plain.get("model") not in (None, f"models/{model}"):
        raise bad_request("The model of the body is not the one of the address.")
    config = _known(plain.get("generationConfig") or {}, _CONFIG, "generation_config")
    _check_config(config, model)
    _check_tools(plain, config, model)
    system = plain.get("systemInstruction")
    if system is not None and any("text" not in part for part in system["parts"]):
        raise bad_request("System instructions are text only.")
    check_contents(plain.get("contents"), signed=not model.startswith(_OLDER))
    return Ask(model, choices=config.get("candidateCount") or 1, include_usage=True)


def _known(data: Object, names: str, where: str) -> dict[str, Any]:
    """Return members by their names in camelCase, or refuse one that is unknown."""
    known = {}
    for name in names.split():
        known[name] = known[_snake(name)] = name
    for name in data:
        if name not in known:
            place = f' at "{where}"' if where else ""
            raise bad_request(
                f'Invalid JSON payload received. Unknown name "{name}"{place}: Cannot find field.'
            )
    return {known[name]: value for name, value in data.items()}


def _snake(name: str) -> str:
    return re.sub(r"(?=[A-Z])", "_", name).lower()


def _check_config(config: Object, model: str) -> None:
    limits = {"temperature": 2, "topP": 1, "maxOutputTokens": _MOST_TOKENS, "logprobs": 20}
    for name, most in limits.items():
        value = config.get(name)
        if value is not None and (isinstance(value, str) or not 0 <= value <= most):
            raise bad_request(f"{name} must be in the range [0, {most}].")
    if len(config.get("stopSequences") or ()) > _MOST_STOPS:
        raise bad_request("A maximum of 5 stop sequences is allowed.")
    if config.get("logprobs") is not None and not config.get("responseLogprobs"):
        raise bad_request("logprobs is only valid if responseLogprobs is true.")
    shaped = config.get("responseSchema") or config.get("responseJsonSchema")
    if shaped and config.get("responseMimeType") != "application/json":
        raise bad_request("A response schema needs the response mime type application/json.")
    _check_schema(config.get("responseSchema"), "generation_config.response_schema")
    thinking = _known(
        config.get("thinkingConfig") or {},
        "thinkingBudget thinkingLevel includeThoughts",
        "generation_config.thinking_config",
    )
    level, budget = thinking.get("thinkingLevel"), thinking.get("thinkingBudget")
    if level is not None and budget is not None:
        raise bad_request("Only one of thinking_budget and thinking_level can be set.")
    if level not in _LEVELS:
        raise bad_request(f"Invalid value at 'thinking_level': {level}")
    if level is not None and model.startswith(_OLDER):
        raise bad_request("Thinking level is not supported for this model.")


def _check_tools(plain: Object, config: Object, model: str) -> None:
    functions = [
        _known(function, _FUNCTION, "tools.function_declarations")
        for tool in plain.get("tools") or ()
        for function in _known(tool, _TOOL, "tools").get("functionDeclarations") or ()
    ]
    for function in functions:
        if not _NAME.fullmatch(function.get("name") or ""):
            raise bad_request("Invalid function name.")
        if function.get("parameters") and function.get("parametersJsonSchema"):
            raise bad_request("Only one of parameters and parameters_json_schema can be set.")
        _check_schema(function.get("parameters"), "tools.function_declarations.parameters")
    as_json = config.get("responseMimeType") == "application/json"
    if functions and as_json and model.startswith(_OLDER):
        raise bad_request(
            "Function calling with a response mime type: 'application/json' is unsupported"
        )
    _check_calling(plain, {function["name"] for function in functions})


def _check_calling(plain: Object, declared: set[str]) -> None:
    tools = _known(
        plain.get("toolConfig") or {},
        "functionCallingConfig retrievalConfig includeServerSideToolInvocations",
        "tool_config",
    )
    calling = _known(
        tools.get("functionCallingConfig") or {},
        "mode allowedFunctionNames streamFunctionCallArguments",
        "tool_config.function_calling_config",
    )
    if calling.get("mode") not in _MODES:
        raise bad_request(f"Invalid value at 'mode': {calling['mode']}")
    allowed = calling.get("allowedFunctionNames") or ()
    if allowed and calling.get("mode") not in ("ANY", "VALIDATED"):
        raise bad_request("allowed_function_names needs the mode ANY.")
    if not set(allowed) <= declared:
        raise bad_request("allowed_function_names should be a subset of the declared functions.")


def _check_schema(schema: Any, where: str) -> None:
    if schema is None:
        return
    known = _known(schema, _SCHEMA, where)
    if not isinstance(known.get("type", ""), str):
        raise bad_request(f"Proto field is not repeating, cannot start list at '{where}.type'.")
    for name, inner in (known.get("properties") or {}).items():
        _check_schema(inner, f"{where}.properties[{name}]")
    _check_schema(known.get("items"), f"{where}.items")
    for inner in known.get("anyOf") or ():
        _check_schema(inner, f"{where}.any_of")
