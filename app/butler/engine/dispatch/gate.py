"""The gate before every attempt: which targets may be tried for a call, and which can serve it.

Policy comes first and fails closed: local-only, privacy rules, the token's models. What a target
can do comes second, and what is not known of it never speaks against it.
"""

import math
from collections.abc import Callable, Sequence

from butler.engine.call import TALK, Call, Makes, ModelFacts, Price, Target, Verdict
from butler.engine.errors import ClientError
from butler.engine.permission import allows
from butler.engine.plan import Plan, Refused, Why

_ESTIMATE_MARGIN = 1.1
"""An estimate may be off; what fits only by a hair is taken as too large."""

Check = Callable[[Call, Target, ModelFacts], Refused | None]


def plan(call: Call, targets: Sequence[Target], verdict: Verdict | None = None) -> Plan:
    """Say which targets to try; deterministic, so that routing and dispatch see the same.

    The router asks while it decides, and writes refusals and the warning into the trace; the
    dispatcher takes `targets`, and raises `error` where that is set.
    """
    weighed = verdict or call.verdict
    first = weighed.targets[0] if weighed is not None and weighed.cap_price else None
    fit: list[Target] = []
    able: list[Target] = []
    refused: list[Refused] = []
    for target in targets:
        refusal = _refusal(call, target, first)
        if refusal is None:
            fit.append(target)
            continue
        refused.append(refusal)
        if not refusal.why.is_final:
            able.append(target)
    if fit:
        return Plan(tuple(fit), tuple(refused))
    if able:
        return _best_attempt(call, able, refused)
    return Plan((), tuple(refused), error=_policy_error(refused) if refused else None)


def _refusal(call: Call, target: Target, cap: Target | None) -> Refused | None:
    facts = call.runtime.facts(target)
    for check in _CHECKS if call.asked.makes in TALK else _POLICY:
        refusal = check(call, target, facts)
        if refusal is not None:
            return refusal
    if cap is None or target == cap:
        return None
    return _costlier(target, facts.price, call.runtime.facts(cap).price, cap)


def _local_only(call: Call, target: Target, facts: ModelFacts) -> Refused | None:
    if facts.local or not call.runtime.local_only:
        return None
    return Refused(target, Why.LOCAL_ONLY, "does not run on this machine, and local-only is on")


def _privacy_rule(call: Call, target: Target, _facts: ModelFacts) -> Refused | None:
    if call.permitted is None or target in call.permitted:
        return None
    return Refused(target, Why.PRIVACY_RULE, f"is not a target of {call.permitted_by}")


def _token(call: Call, target: Target, _facts: ModelFacts) -> Refused | None:
    if allows(call.caller, target):
        return None
    name = call.caller.name if call.caller else ""
    return Refused(target, Why.TOKEN, f"is not among the models of the token “{name}”")


def _context(call: Call, target: Target, facts: ModelFacts) -> Refused | None:
    limit = facts.context_tokens
    if limit is None or _surely_fits(call, limit):
        return None
    needed = math.ceil(call.known.input_tokens * _ESTIMATE_MARGIN) + (call.known.output_limit or 0)
    if needed <= limit:
        return None
    reason = f"takes {limit:,} tokens, and this needs about {needed:,}"
    return Refused(target, Why.CONTEXT, reason)


def _surely_fits(call: Call, limit: int) -> bool:
    """Spare most calls the estimate: no text has more tokens than bytes."""
    raw = call.asked.raw
    if not raw or len(raw) + (call.known.output_limit or 0) > limit:
        return False
    return call.known.modalities == ("text",)


def _modality(call: Call, target: Target, facts: ModelFacts) -> Refused | None:
    if facts.modalities is None:
        return None
    missing = [
        kind for kind in call.known.modalities if kind != "text" and kind not in facts.modalities
    ]
    if not missing:
        return None
    return Refused(target, Why.MODALITY, f"can not read {' or '.join(missing)}")


def _tools(call: Call, target: Target, facts: ModelFacts) -> Refused | None:
    if facts.tools is not False or not call.known.has_tools:
        return None
    return Refused(target, Why.TOOLS, "can not use tools")


def _json_mode(call: Call, target: Target, facts: ModelFacts) -> Refused | None:
    if facts.json_mode is not False or not call.known.wants_json:
        return None
    return Refused(target, Why.JSON_MODE, "can not be held to JSON")


def _output(call: Call, target: Target, facts: ModelFacts) -> Refused | None:
    limit = facts.output_tokens
    wanted = None if limit is None else call.known.output_limit
    if limit is None or wanted is None or wanted <= limit:
        return None
    return Refused(target, Why.OUTPUT, f"writes at most {limit:,} tokens, and {wanted:,} are asked")


def _makes(call: Call, target: Target, facts: ModelFacts) -> Refused | None:
    made = facts.makes
    if made is None or call.asked.makes in made or Makes.CHAT in made:
        return None
    if call.explicit == target and "makes" in facts.guessed:
        # Who names a model may know it better than its name tells.
        return None
    return Refused(target, Why.MAKES, "is not made for conversations")


_POLICY: tuple[Check, ...] = (_local_only, _privacy_rule, _token)
"""All that is asked for services: what they take differs too much to be told beforehand."""

_CHECKS: tuple[Check, ...] = (
    *_POLICY,
    _makes,
    _modality,
    _tools,
    _json_mode,
    _output,
    _context,
)
"""Policy first, then by cost."""


def _costlier(
    target: Target, price: Price | None, capped: Price | None, first: Target
) -> Refused | None:
    if price is None or capped is None:
        return None
    pairs = ((price.input_usd, capped.input_usd), (price.output_usd, capped.output_usd))
    if not any(own is not None and cap is not None and own > cap for own, cap in pairs):
        return None
    return Refused(target, Why.PRICE, f"costs more than {first}")


def _best_attempt(call: Call, able: Sequence[Target], refused: Sequence[Refused]) -> Plan:
    """Try the one that comes nearest: an estimate may be wrong, and a refusal tells more."""
    best = able[0]
    if all(refusal.why is Why.CONTEXT for refusal in refused if refusal.target in able):
        best = max(able, key=lambda target: call.runtime.facts(target).context_tokens or 0)
    others = tuple(refusal for refusal in refused if refusal.target != best)
    reason = next(str(refusal) for refusal in refused if refusal.target == best)
    return Plan((best,), others, f"no model fits this call, {best} is tried all the same: {reason}")


def _policy_error(refused: Sequence[Refused]) -> ClientError:
    """Put the first refusal into words; 400, since clients send every other status again."""
    first = next((refusal for refusal in refused if refusal.why.is_policy), refused[0])
    hint = _WAYS_OUT.get(first.why, "")
    return ClientError(400, f"refused_by_{first.why}", f"{first}. {hint}".strip(), param="model")


_WAYS_OUT = {
    Why.LOCAL_ONLY: "Ask for a local model, or switch `privacy.local_only` off.",
    Why.PRIVACY_RULE: "Ask for `auto`, leave the private words out, or change the rule.",
    Why.MAKES: "Ask for a model that chats, or correct what it makes with `butler model edit`.",
    Why.TOKEN: "Ask for another model, or let the token use this one.",
}
