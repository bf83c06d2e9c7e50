"""How each vendor is told to think, or not to: one table, and who may say so.

A rule outranks the request, the request the model's default. `auto` says nothing and leaves it
to the next. Sources: the vendors' published references on reasoning and thinking.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from butler.engine.call import Call, ModelFacts, Thinking, ThinkingMode
from butler.engine.dialects.unheard import THINKING
from butler.engine.providers.families import Family

Object = Mapping[str, Any]
KEYS = THINKING
"""All the members with which clients ask for thinking, in one vendor's way or another's."""
_BUDGETS = {"minimal": 1_024, "low": 2_048, "medium": 8_192, "high": 16_384, "xhigh": 32_768}
_BUDGETS |= {"max": 32_768}
_DEFAULT_BUDGET = 4_096
_LEAST_BUDGET = 1_024
_LEAST_OF_GEMINI = 128


@dataclass(frozen=True, slots=True)
class Way:
    """One way of being told: what turns thinking on, given a budget, and what turns it off.

    `keys` are the members that the vendor understands.
    """

    keys: frozenset[str]
    on: Callable[[int | None], Object]
    off: Object

    def members(self, wanted: Thinking) -> Object:
        """Return what to write into a request; nothing where it is left to the model."""
        if wanted.mode is ThinkingMode.ENABLED:
            return self.on(wanted.budget_tokens)
        return self.off if wanted.mode is ThinkingMode.DISABLED else {}


@dataclass(frozen=True, slots=True)
class Change:
    """What to do to a request: members to put in, and members of its own to take out."""

    put: Object = field(default_factory=dict)
    drop: frozenset[str] = frozenset()


UNCHANGED = Change()


def _level(budget: int | None) -> str:
    if budget is None:
        return "medium"
    return "low" if budget <= 2_048 else "medium" if budget <= 8_192 else "high"


def _effort(budget: int | None) -> Object:
    return {"reasoning_effort": _level(budget)}


def _deepseek(budget: int | None) -> Object:
    return {"thinking": {"type": "enabled"}, **({} if budget is None else _effort(budget))}


def _dashscope(budget: int | None) -> Object:
    more = {} if budget is None else {"thinking_budget": budget}
    return {"enable_thinking": True, **more}


def _reasoning(budget: int | None) -> Object:
    return {"reasoning": {"enabled": True, **({} if budget is None else {"max_tokens": budget})}}


def _claude(budget: int | None) -> Object:
    tokens = max(budget or _DEFAULT_BUDGET, _LEAST_BUDGET)
    return {"thinking": {"type": "enabled", "budget_tokens": tokens}}


def _adaptive(budget: int | None) -> Object:
    effort = {} if budget is None else {"output_config": {"effort": _level(budget)}}
    return {"thinking": {"type": "adaptive", "display": "summarized"}, **effort}


def _summed_up(budget: int | None) -> Object:
    return {"reasoning": {"effort": _level(budget), "summary": "auto"}}


def _budgeted(budget: int | None) -> Object:
    return _shown(thinkingBudget=-1 if budget is None else budget)


def _levelled(budget: int | None) -> Object:
    return _shown(thinkingLevel=_level(budget).upper())


def _shown(**thinking: Any) -> Object:
    return {"thinkingConfig": {**thinking, "includeThoughts": True}}


def _constant(members: Object) -> Callable[[int | None], Object]:
    return lambda _budget: members


def _efforts(off: str) -> Way:
    return Way(frozenset({"reasoning_effort"}), _effort, {"reasoning_effort": off})


def _types(off: Object) -> Way:
    return Way(frozenset({"thinking"}), _constant({"thinking": {"type": "enabled"}}), off)


def _responses(off: str) -> Way:
    return Way(frozenset({"reasoning"}), _summed_up, {"reasoning": {"effort": off}})


def _claudes(on: Callable[[int | None], Object], off: Object) -> Way:
    return Way(frozenset({"thinking", "output_config"}), on, off)


def _geminis(on: Callable[[int | None], Object], **off: Any) -> Way:
    # Requests of this dialect say it in `reasoning`, too, for who reads them.
    return Way(frozenset({"reasoning", "thinkingConfig"}), on, {"thinkingConfig": off})


def _templates(flag: bool) -> Object:
    # Templates of model families differ in the name; they ignore the one they do not know.
    return {"chat_template_kwargs": {"enable_thinking": flag, "thinking": flag}}


_EFFORT = frozenset({"reasoning_effort"})
_THINK = frozenset({"think"})
_OFF: Object = {"thinking": {"type": "disabled"}}
_LOW: Object = {"output_config": {"effort": "low"}}

WAYS: Mapping[str, Way] = {
    "any": Way(KEYS, _effort, {"reasoning_effort": "none"}),
    "effort": _efforts("none"),
    "effort/low": _efforts("low"),
    "effort/always": Way(_EFFORT, _constant({}), {}),
    "openai": _efforts("none"),
    "openai/minimal": _efforts("minimal"),
    "openai/low": _efforts("low"),
    "responses": _responses("none"),
    "responses/minimal": _responses("minimal"),
    "responses/low": _responses("low"),
    "gemini": _efforts("none"),
    "gemini/minimal": _efforts("minimal"),
    "gemini/low": _efforts("low"),
    "gemini_budget": _geminis(_budgeted, thinkingBudget=0),
    "gemini_budget/low": _geminis(_budgeted, thinkingBudget=_LEAST_OF_GEMINI),
    "gemini_level": _geminis(_levelled, thinkingLevel="MINIMAL"),
    "gemini_level/low": _geminis(_levelled, thinkingLevel="LOW"),
    "mistral": Way(_EFFORT, _constant({"reasoning_effort": "high"}), {"reasoning_effort": "none"}),
    "mistral/always": Way(_EFFORT, _constant({}), {}),
    "deepseek": Way(frozenset({"thinking", "reasoning_effort"}), _deepseek, _OFF),
    "type": _types(_OFF),
    "type/always": _types({}),
    "dashscope": Way(
        frozenset({"enable_thinking", "thinking_budget"}), _dashscope, {"enable_thinking": False}
    ),
    "ollama": Way(_THINK, _constant({"think": True}), {"think": False}),
    "ollama/low": Way(_THINK, lambda budget: {"think": _level(budget)}, {"think": "low"}),
    "reasoning": Way(
        frozenset({"reasoning", "reasoning_effort"}), _reasoning, {"reasoning": {"enabled": False}}
    ),
    "together": Way(
        frozenset({"reasoning", "reasoning_effort"}),
        _constant({"reasoning": {"enabled": True}}),
        {"reasoning": {"enabled": False}},
    ),
    "template": Way(
        frozenset({"chat_template_kwargs"}), _constant(_templates(True)), _templates(False)
    ),
    "anthropic": _claudes(_claude, _OFF),
    "anthropic/adaptive": _claudes(_adaptive, _OFF),
    "anthropic/between_tools": _claudes(_adaptive, {"thinking": {"type": "between_tools"}}),
    "anthropic/always": _claudes(_adaptive, _LOW),
}
"""The ways by a preset's thinking dialect; after a slash, by a variant that a family of models
has of it: models that can not stop thinking, or know other words for it."""


def way_of(dialect: str, variant: str) -> Way:
    """Return the way of a vendor's dialect for a model of such a variant."""
    return WAYS.get(f"{dialect}/{variant}") or WAYS[dialect]


def change_for(
    call: Call, facts: ModelFacts, family: Family, dialect: str, *, translated: bool = False
) -> Change:
    """Return what to do to a request so that the model thinks as it is to.

    `dialect` is the thinking dialect of the model's vendor. What a `translated` request says of
    it in another dialect's words is not in its body any more, and is said anew.
    """
    data = call.asked.data
    given = KEYS & data.keys()
    rule = call.verdict.thinking if call.verdict is not None else None
    wanted = rule if rule is not None and rule.mode is not ThinkingMode.AUTO else None
    if not (given or wanted or facts.default_thinking):
        return UNCHANGED
    if not thinks(facts, family):
        # A guess is not enough to take away what somebody asks of a model by its name.
        is_guess = facts.thinking is None or "thinking" in facts.guessed
        keeps = is_guess and call.explicit is not None
        return UNCHANGED if keeps else Change(drop=given)
    way = way_of(dialect, family.variant)
    if wanted is not None:
        return Change(_merged(way.members(wanted), data), given)
    if given:
        return _translated(data, given, way, given if translated else given - way.keys)
    default = facts.default_thinking
    return UNCHANGED if default is None else Change(way.members(default))


def thinks(facts: ModelFacts, family: Family) -> bool:
    """Say whether a model may be told to think: one that nobody knows may."""
    known = facts.thinking if facts.thinking is not None else family.thinking
    return known is not False


def _translated(data: Object, given: frozenset[str], way: Way, foreign: frozenset[str]) -> Change:
    """Say in the vendor's way what a request says in another's; what it knows stays as it is."""
    asked = asked_for(data) if foreign else None
    if asked is None:
        return UNCHANGED
    return Change({} if given - foreign else way.members(asked), foreign)


def _merged(members: Object, data: Object) -> Object:
    """Keep what else a request tells a chat template."""
    own = data.get("chat_template_kwargs")
    if "chat_template_kwargs" not in members or not isinstance(own, dict):
        return members
    return {**members, "chat_template_kwargs": {**own, **members["chat_template_kwargs"]}}


def asked_for(data: Object) -> Thinking | None:
    """Return how a request wants its model to think, in whosoever's words it says so."""
    for key, read in _READERS.items():
        if data.get(key) is not None and (found := read(data[key], data)) is not None:
            return found
    return None


def _switch(on: Any, budget: Any = None) -> Thinking | None:
    if not isinstance(on, bool):
        return None
    tokens = budget if isinstance(budget, int) and budget > 0 else None
    return Thinking(ThinkingMode.ENABLED if on else ThinkingMode.DISABLED, tokens if on else None)


def _by_effort(effort: Any, _data: Object) -> Thinking | None:
    if effort == "none":
        return Thinking(ThinkingMode.DISABLED)
    budget = _BUDGETS.get(effort) if isinstance(effort, str) else None
    return None if budget is None else Thinking(ThinkingMode.ENABLED, budget)


def _by_thinking(thinking: Any, data: Object) -> Thinking | None:
    if not isinstance(thinking, dict):
        return _switch(thinking)
    output = data.get("output_config")
    if thinking.get("type") == "adaptive" and isinstance(output, dict) and output.get("effort"):
        return _by_effort(output["effort"], data) or _switch(True)
    kinds = {"enabled": True, "adaptive": True, "disabled": False}
    on = kinds.get(str(thinking.get("type")), thinking.get("enabled"))
    return _switch(on, thinking.get("budget_tokens"))


def _by_reasoning(reasoning: Any, data: Object) -> Thinking | None:
    if not isinstance(reasoning, dict):
        return _switch(reasoning)
    if reasoning.get("effort") is not None:
        return _by_effort(reasoning["effort"], data)
    budget = reasoning.get("max_tokens")
    return _switch(reasoning.get("enabled", True if budget else None), budget)


def _by_think(think: Any, data: Object) -> Thinking | None:
    return _by_effort(think, data) if isinstance(think, str) else _switch(think)


def _by_template(arguments: Any, _data: Object) -> Thinking | None:
    if not isinstance(arguments, dict):
        return None
    return _switch(arguments.get("enable_thinking", arguments.get("thinking")))


_READERS: Mapping[str, Callable[[Any, Object], Thinking | None]] = {
    "reasoning_effort": _by_effort,
    "thinking": _by_thinking,
    "reasoning": _by_reasoning,
    "enable_thinking": lambda on, data: _switch(on, data.get("thinking_budget")),
    "think": _by_think,
    "chat_template_kwargs": _by_template,
}
