"""What the wizard asks, for the models that are there."""

from collections.abc import Iterable

from butler.contract.drafts import Language
from butler.contract.wizard import Aim, Choice, Question, Spending, UseCase, WizardForm, WizardStep
from butler.engine.assistant.menu import Menu
from butler.engine.assistant.wizard.known import read
from butler.engine.assistant.wizard.reasons import detail
from butler.engine.assistant.wizard.words import wizard_words

_ORDER = (Aim.QUALITY, Aim.COST, Aim.LATENCY)
_YES, _NO = "true", "false"


def form(menu: Menu, language: Language = "en") -> WizardForm:
    """Return the five steps; what each model costs and can do is said in `language`.

    `private` is asked only where a model runs on this machine.
    """
    texts = wizard_words(language)
    known = read(menu)
    models = [Choice(value=str(each.target), detail=detail(each, texts)) for each in known]
    by_provider = sorted(models, key=lambda it: _providers(models).index(_provider(it)))
    which = [_many("models", by_provider)]
    if any(each.local for each in known):
        which.append(_one("private", (_YES, _NO), _YES))
    return WizardForm(
        steps=[
            WizardStep(id="use_cases", questions=[_many("use_cases", _choices(UseCase))]),
            WizardStep(id="models", questions=which),
            WizardStep(id="spending", questions=[_one("spending", Spending, Spending.BALANCED)]),
            WizardStep(id="aims", questions=[_order("aims", _ORDER)]),
            WizardStep(id="review", questions=[]),
        ]
    )


def _providers(models: Iterable[Choice]) -> list[str]:
    """Return the providers in the order in which their first models stand."""
    return list(dict.fromkeys(map(_provider, models)))


def _provider(choice: Choice) -> str:
    return choice.value.partition("/")[0]


def _choices(values: Iterable[str]) -> list[Choice]:
    return [Choice(value=str(value)) for value in values]


def _many(field: str, choices: list[Choice]) -> Question:
    default = [choice.value for choice in choices]
    return Question(field=field, type="many", choices=choices, default=default)


def _one(field: str, values: Iterable[str], default: str) -> Question:
    return Question(field=field, type="one", choices=_choices(values), default=[str(default)])


def _order(field: str, values: Iterable[str]) -> Question:
    choices = _choices(values)
    default = [choice.value for choice in choices]
    return Question(field=field, type="order", choices=choices, default=default)
