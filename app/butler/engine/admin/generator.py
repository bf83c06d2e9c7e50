"""`/api/v1/rules:generate`: rules proposed from words; nothing is stored."""

import asyncio

from aiohttp import web

from butler.contract.drafts import Draft, GenerateIn
from butler.contract.problems import Problem, ProblemCode
from butler.engine.admin.control import Control
from butler.engine.admin.exchange import read, reply
from butler.engine.admin.menu import menu_of
from butler.engine.admin.routes import Route
from butler.engine.assistant.generator.generator import Generator, Writer
from butler.engine.assistant.samples import tried
from butler.engine.assistant.wording.proposing import propose
from butler.engine.errors import ClientError, ConfigError, UpstreamError, problem
from butler.engine.routing.conditions.base import Compiling
from butler.engine.routing.groups import GroupReader


class GeneratorResource:
    """Proposals from words: by a model where one is there, else by the phrases we know."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route(
                "POST",
                "rules:generate",
                self._generate,
                "Propose rules for what is described; nothing is stored.",
                Draft,
                GenerateIn,
            )
        ]

    async def _generate(self, request: web.Request) -> web.Response:
        wanted = await read(request, GenerateIn)
        if not wanted.text and not wanted.lines:
            raise ConfigError(
                problem(
                    ProblemCode.MISSING,
                    "There is nothing to make rules of.",
                    "Describe in a sentence what is to go where.",
                    "text",
                )
            )
        draft = await self._draft(wanted)
        runtime = self._control.changes.runtime
        draft = await asyncio.to_thread(tried, draft, runtime, self._conditions())
        return reply(self._with_replaced(draft), runtime.revision)

    async def _draft(self, wanted: GenerateIn) -> Draft:
        """Return what a model proposes, and what the phrases do where it can not be asked."""
        menu = menu_of(self._control.changes.runtime)
        writer, asking = self._writer(), self._control.asking
        told: list[Problem] = []
        if wanted.by != "phrases" and writer is not None and asking is not None and menu:
            kinds = self._control.conditions
            generator = Generator(asking, kinds, self._conditions())
            try:
                draft = await generator.draft(wanted, menu, writer)
            except (ClientError, UpstreamError) as error:
                draft = Draft(by="model", model=str(writer.target), rules=[])
                told.append(_not_asked(writer, error.message))
            if draft.rules or draft.default_target or wanted.by == "model":
                return draft.model_copy(update={"notes": [*told, *draft.notes]})
            told += draft.notes
        elif wanted.by == "model":
            raise ConfigError(
                problem(
                    ProblemCode.MISSING,
                    "No model is there to write rules.",
                    "Add a provider, or let the known phrases be read: by = phrases.",
                    "by",
                )
            )
        draft = await asyncio.to_thread(propose, wanted.text, wanted.lines, menu, wanted.language)
        return draft.model_copy(update={"notes": [*told, *draft.notes]})

    def _writer(self) -> Writer | None:
        """Return the model that the owner has chosen for this, else the default target."""
        runtime = self._control.changes.runtime
        chosen = runtime.settings.text("assistant.model")
        target = runtime.names.names.get(chosen) if chosen else runtime.default_target
        if target is None or runtime.demo:
            return None
        temperature = runtime.settings.number("assistant.temperature_percent") / 100
        return Writer(target, temperature)

    def _conditions(self) -> GroupReader:
        return GroupReader({kind.kind: kind for kind in self._control.conditions}, Compiling())

    def _with_replaced(self, draft: Draft) -> Draft:
        """Return the draft with a warning for each rule whose name a stored one has."""
        names = {rule.name for rule in self._control.changes.runtime.snapshot.rules}
        rules = []
        for rule in draft.rules:
            name = rule.rule.name
            warnings = list(rule.warnings)
            if name in names:
                detail = f"The rule “{name}” that is there is replaced."
                warnings.append(problem(ProblemCode.REPLACED, detail, field="name"))
            rules.append(rule.model_copy(update={"warnings": warnings}))
        return draft.model_copy(update={"rules": rules})


def _not_asked(writer: Writer, why: str) -> Problem:
    detail = f"{writer.target} could not be asked: {why[:300]}"
    return problem(ProblemCode.PROVIDER_FAILED, detail)
