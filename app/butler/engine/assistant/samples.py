"""Example prompts of proposed rules, run against their rules: each holds or it does not."""

from collections.abc import Sequence

import orjson
from multidict import CIMultiDict

from butler.contract.drafts import Draft, DraftRule, Sample
from butler.engine.assistant.past.judging import Unknown, judge
from butler.engine.assistant.past.view import PastView
from butler.engine.call import Call, Request, RuntimeView, Target
from butler.engine.errors import ConfigError
from butler.engine.routing.conditions.base import Condition, Match
from butler.engine.routing.groups import GroupReader
from butler.engine.signals.features import Features


def tried(draft: Draft, runtime: RuntimeView, reader: GroupReader) -> Draft:
    """Return the draft with what each example prompt comes to; conditions are asked as they are.

    What only a running call can know, such as how a target is doing, leaves an example open.
    """
    view = PastView(runtime)
    rules = [
        rule.model_copy(update={"samples": _tried(rule, view, reader)}) for rule in draft.rules
    ]
    return draft.model_copy(update={"rules": rules})


def _tried(rule: DraftRule, view: PastView, reader: GroupReader) -> Sequence[Sample]:
    try:
        condition = reader.about(Target.parse(rule.rule.target)).read(rule.rule.when)
    except ConfigError:
        return rule.samples
    return [_judged(sample, condition, view) for sample in rule.samples]


def _judged(sample: Sample, condition: Condition, view: PastView) -> Sample:
    judged = judge(condition, _call(sample.text, view))
    if isinstance(judged, Unknown):
        return sample
    reason = judged.reason if isinstance(judged, Match) else ""
    return sample.model_copy(update={"holds": judged is not None, "reason": reason})


def _call(text: str, view: PastView) -> Call:
    """Return a call as a plain client would make it with this prompt."""
    data = {"model": "auto", "messages": [{"role": "user", "content": text}]}
    call = Call("sample", "sample", view, CIMultiDict())
    call.known = Features(call)
    call.request = Request(orjson.dumps(data), data, "auto", stream=False, wants_usage=False)
    return call
