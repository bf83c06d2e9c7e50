"""What a model is told when it is to write rules.

The owner's words stand as JSON data at the end, apart from what is asked of the model: a text that
somebody pasted can not pose as an instruction, and what comes of it is checked and shown first.
"""

from collections.abc import Iterable, Sequence

import orjson

from butler.contract.drafts import GenerateIn
from butler.contract.problems import Problem
from butler.contract.tasks import Task
from butler.engine.assistant.menu import Dish, Menu
from butler.engine.providers.base import Field
from butler.engine.routing.conditions.base import ConditionKind

Message = dict[str, str]

_ROLE = """\
You turn a person's wishes into routing rules of a proxy for language models. Answer with one JSON \
object and nothing else:
{"rules": [RULE, ...], "default_target": "provider/model" or "", "not_understood": ["words", ...]}

RULE = {"name_en", "name_zh": short names in English and in Simplified Chinese,
"description_en", "description_zh": one sentence each,
"priority": whole number 0 to 1000 (privacy rules 950, health and narrow ones 850 to 900, long \
documents 800, tasks 500 to 700, broad ones 300); the highest that holds decides, no two alike,
"when": a group {"all": [...]}, {"any": [...]} or {"none": [...]} of CONDITIONs or further groups, \
never empty,
"target": a model of the list, letter by letter,
"fallbacks": up to 3 others of the list, in order, only where the person asks for them,
"thinking": "auto" unless the person asks for thinking ("enabled") or against it ("disabled"),
"confidence": 0 to 1, how sure you are that this is meant; lower it where the words are vague,
"matches": two or three example prompts for which the rule must hold,
"misses": two or three example prompts for which it must not hold}

What everything else is to be answered by goes into default_target, not into a rule. One rule for \
each wish. What you can not express goes into not_understood, in the person's words."""


def messages(wanted: GenerateIn, menu: Menu, kinds: Iterable[ConditionKind]) -> list[Message]:
    """Return the conversation that asks for rules."""
    dishes = "\n".join(f"- {_dish(dish)}" for dish in menu)
    catalogue = "\n".join(f"- {_kind(kind)}" for kind in kinds)
    system = (
        f"{_ROLE}\n\nThe models, with what is known of them:\n{dishes}\n\n"
        f"CONDITION is one of these, with its fields (* must be there):\n{catalogue}\n\n"
        f"Tasks are: {', '.join(Task)}.\n\nAn example of an answer:\n{_example(menu)}"
    )
    wishes = {
        "wishes": wanted.text,
        "for_each_task": [{"task": line.task, "target": line.target} for line in wanted.lines],
    }
    asked = f"The person's wishes, as data:\n{orjson.dumps(wishes).decode()}"
    return [{"role": "system", "content": system}, {"role": "user", "content": asked}]


def again(said: str, problems: Sequence[Problem]) -> list[Message]:
    """Return what is added to ask once more, with what was wrong with the first answer."""
    listed = "\n".join(
        f"- {problem.field + ': ' if problem.field else ''}{problem.detail} {problem.hint or ''}"
        for problem in problems
    )
    return [
        {"role": "assistant", "content": said[:20_000]},
        {
            "role": "user",
            "content": f"That can not be used:\n{listed}\nAnswer again with the whole JSON object, "
            "mended, and nothing else.",
        },
    ]


def _dish(dish: Dish) -> str:
    facts, price = dish.facts, dish.facts.price
    told = [str(dish.target)]
    if dish.alias:
        told.append(f"also called {dish.alias}")
    if facts.local:
        told.append("runs on this machine")
    if facts.context_tokens:
        told.append(f"{facts.context_tokens:,} tokens")
    if price and price.input_usd is not None and price.output_usd is not None:
        told.append(f"${price.input_usd:f} in, ${price.output_usd:f} out per million tokens")
    return ", ".join(told)


def _kind(kind: ConditionKind) -> str:
    fields = "; ".join(_field(field) for field in kind.fields)
    bound = ". A rule with it keeps the request at its own models" if kind.private else ""
    return f'{{"kind": "{kind.kind}"}} {kind.title}{": " + fields if fields else ""}{bound}'


def _field(field: Field) -> str:
    form, _, choices = field.type.partition(":")
    shapes = {"choices": f"some of [{choices}]", "choice": f"one of [{choices}]"}
    shape = shapes.get(form, form)
    return f'"{field.name}"{"*" if field.required else ""} ({field.title}: {shape})'


def _example(menu: Menu) -> str:
    rule = {
        "name_en": "Long documents",
        "name_zh": "长文档",
        "description_en": "Requests over 10,000 tokens.",
        "description_zh": "超过一万 token 的请求。",
        "priority": 800,
        "when": {"all": [{"kind": "tokens", "min": 10000}]},
        "target": next((str(dish.target) for dish in menu), ""),
        "fallbacks": [],
        "thinking": "auto",
        "confidence": 0.95,
        "matches": ["Summarise this report: [40 pages follow]"],
        "misses": ["What is the capital of France?"],
    }
    return orjson.dumps({"rules": [rule], "default_target": "", "not_understood": []}).decode()
