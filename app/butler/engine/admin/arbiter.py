"""`/api/v1/arbiter`: how the arbiter is, a trial question, and fetching its model."""

from aiohttp import web

from butler.contract.arbiter import Arbiter, ArbiterTest, ArbiterTestIn
from butler.contract.events import ArbiterChanged, EventName
from butler.contract.problems import ProblemCode
from butler.engine.admin.arbiter_findings import arbiter_row
from butler.engine.admin.control import Control
from butler.engine.admin.exchange import read, reply
from butler.engine.admin.routes import Route
from butler.engine.arbiter.choice import Choice
from butler.engine.arbiter.inquiries import Asked
from butler.engine.arbiter.looking import SAMPLE
from butler.engine.arbiter.question import Question, can_be_named, question_of
from butler.engine.arbiter.servers import ServerError, Trouble
from butler.engine.errors import ConfigError, problem

_PROMPT = "My loop never ends: while i < 10: print(i). What is wrong with it?"


class ArbiterResource:
    """The arbiter."""

    def __init__(self, control: Control) -> None:
        self._control = control
        control.arbiter.listen(self._tell)

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", "arbiter", self._get, "How the arbiter is.", Arbiter),
            Route(
                "POST",
                "arbiter:test",
                self._test,
                "Ask the arbiter a trial question, with all the time it takes.",
                ArbiterTest,
                body=ArbiterTestIn,
            ),
            Route(
                "POST",
                "arbiter:pull",
                self._pull,
                "Begin to fetch the model; `arbiter` events tell how far it is.",
                Arbiter,
                status=202,
                refusals=(422,),
            ),
        ]

    @property
    def _choice(self) -> Choice:
        return Choice.of(self._control.changes.runtime.settings)

    async def _get(self, request: web.Request) -> web.Response:
        standing = await self._control.arbiter.glance(self._choice)
        return reply(arbiter_row(self._control, standing), self._revision)

    async def _test(self, request: web.Request) -> web.Response:
        wanted = await read(request, ArbiterTestIn)
        question, is_sample = self._question(wanted.prompt or _PROMPT)
        try:
            asked = await self._control.arbiter.test(self._choice, question)
        except ServerError as error:
            asked = Asked(0.0, error=error)
        return reply(self._tested(asked, question, is_sample), self._revision)

    async def _pull(self, request: web.Request) -> web.Response:
        choice = self._choice
        if choice.kind != "ollama":
            raise ConfigError(
                problem(
                    ProblemCode.INVALID,
                    "Only an Ollama can be told to fetch a model.",
                    "Load the model at the server itself.",
                    "arbiter.kind",
                )
            )
        try:
            await self._control.arbiter.pull(choice)
        except ServerError as error:
            raise ConfigError(
                problem(ProblemCode.ARBITER_FAILED, f"The arbiter: {error}.", field="arbiter.url")
            ) from None
        row = arbiter_row(self._control, self._control.arbiter.standing)
        return reply(row, self._revision, 202)

    @property
    def _revision(self) -> int:
        return self._control.changes.runtime.revision

    def _question(self, prompt: str) -> tuple[Question, bool]:
        categories = self._control.changes.runtime.categories
        mapped = [one for one in categories if one.targets and can_be_named(one)]
        if mapped:
            return question_of(mapped, prompt), False
        return Question(SAMPLE, question_of((), prompt).words), True

    def _tested(self, asked: Asked, question: Question, is_sample: bool) -> ArbiterTest:
        choice, answer = self._choice, asked.answer
        sure = answer.confidence if answer else None
        return ArbiterTest(
            route=answer.route if answer else None,
            confidence=None if sure is None else round(sure, 4),
            error=_words(asked.error),
            ms=round(asked.ms, 1),
            within_budget=asked.ms <= choice.budget_ms,
            sure_enough=sure is None or sure >= choice.least,
            routes=[name for name, _ in question.routes],
            sample=is_sample,
        )

    def _tell(self) -> None:
        if self._control.bus.has_listeners:
            row = arbiter_row(self._control, self._control.arbiter.standing)
            self._control.bus.publish(EventName.ARBITER, ArbiterChanged(arbiter=row))


def _words(error: Exception | None) -> str | None:
    if isinstance(error, ServerError) and error.trouble is Trouble.NO_MODEL:
        return f"{error}; `butler arbiter pull` fetches it"
    return None if error is None else str(error)
