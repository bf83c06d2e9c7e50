"""Why a model was taken, in plain words: what was asked for, what is known, what is a guess."""

from collections.abc import Iterator

from butler.contract.texts import Texts
from butler.engine.assistant.wizard.choosing import Chosen
from butler.engine.assistant.wizard.known import Known, Measure
from butler.engine.assistant.wizard.ranking import Part
from butler.engine.assistant.wizard.words import dollars, size


def detail(known: Known, texts: Texts) -> str:
    """Return what is known of a model in a line: context, price, where it runs."""
    price = known.dish.facts.price
    parts = [size(known.context_tokens)] if known.context_tokens else []
    if known.local and not known.price_usd:
        parts.append(texts("fact.free"))
    elif price is not None and price.input_usd is not None and price.output_usd is not None:
        given, made = dollars(price.input_usd), dollars(price.output_usd)
        parts.append(texts("fact.price", given=given, made=made))
    else:
        parts.append(texts("fact.unpriced"))
    if known.local:
        parts.append(texts("fact.local"))
    return " · ".join(parts)


def why(chosen: Chosen, subject: str, texts: Texts) -> str:
    """Return why this model does it, and what follows when it fails.

    `subject` is the first sentence: what the rule is for.
    """
    sentences = (subject, *_asked(chosen, texts), *_for_it(chosen, texts), *_then(chosen, texts))
    return texts("join.sentences").join(sentences)


def stand_ins(chosen: Chosen, texts: Texts) -> str:
    """Return what happens when the model fails, as a sentence."""
    if not chosen.fallbacks:
        return texts("then.nothing_as_cheap" if chosen.capped and chosen.over else "then.nothing")
    names = texts("join.names").join(_named(each, chosen, texts) for each in chosen.fallbacks)
    return texts("then.capped" if chosen.capped else "then.others", names=names)


def _named(other: Known, chosen: Chosen, texts: Texts) -> str:
    """Return a stand-in's name, and that it is dearer where it is."""
    own, others = chosen.known.price_usd, other.price_usd
    dearer = own is not None and others is not None and others > own
    return texts("fact.dearer", name=other.target) if dearer else str(other.target)


def _asked(chosen: Chosen, texts: Texts) -> Iterator[str]:
    taste = chosen.taste
    first = texts(f"first.{taste.first}")
    yield texts(f"asked.{taste.spending}", first=first)


def _for_it(chosen: Chosen, texts: Texts) -> Iterator[str]:
    """Yield what speaks for the model, and what is not known of it."""
    known = chosen.known
    yield texts(
        f"best.{_reason(chosen)}",
        target=known.target,
        detail=detail(known, texts),
        over=chosen.over.target if chosen.over else "",
    )
    if known.price_usd is None:
        yield texts("unknown.price")


def _reason(chosen: Chosen) -> str:
    """Return the text's key for what spoke most for the model, and for how it was told."""
    known, over = chosen.known, chosen.over
    if over is None:
        return "only"
    match chosen.by:
        case None:
            return "first"
        case Part.COST:
            return _told(known.thrift, over.thrift, "cost")
        case Part.QUALITY:
            sign = known.strength.sign if known.strength else ""
            return _told(known.strength, over.strength, f"quality.{sign}")
        case Part.LATENCY:
            sign = known.speed.sign if known.speed else ""
            return _told(known.speed, over.speed, f"latency.{sign}")
        case Part.MADE_FOR if known.made_for is None:
            return "made_for_others"
        case other:
            return other.value


def _told(own: Measure | None, others: Measure | None, key: str) -> str:
    """Return the key, but where one of the two is not known."""
    if own is None:
        return "unknown"
    return key if others is not None else "against_unknown"


def _then(chosen: Chosen, texts: Texts) -> Iterator[str]:
    yield stand_ins(chosen, texts)
