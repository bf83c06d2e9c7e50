"""The admin API's application: every resource's routes behind one guard."""

import hmac
import logging
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Middleware

from butler.contract.problems import ProblemCode
from butler.engine.admin.arbiter import ArbiterResource
from butler.engine.admin.backup import BackupResource
from butler.engine.admin.bodies import BodiesResource
from butler.engine.admin.caches import CachesResource
from butler.engine.admin.categories import CategoriesResource
from butler.engine.admin.conditions import ConditionsResource
from butler.engine.admin.configuration import ConfigurationResource
from butler.engine.admin.connections import ConnectionsResource
from butler.engine.admin.control import Control
from butler.engine.admin.doctor import DoctorResource
from butler.engine.admin.events import EventsResource
from butler.engine.admin.exchange import Clash, NotFound, ReadOnly, refuse
from butler.engine.admin.explain import ExplainResource
from butler.engine.admin.generator import GeneratorResource
from butler.engine.admin.health import HealthResource
from butler.engine.admin.history import HistoryResource
from butler.engine.admin.models import ModelsResource
from butler.engine.admin.openapi import with_document
from butler.engine.admin.providers import ProvidersResource
from butler.engine.admin.rejections import RejectionsResource
from butler.engine.admin.replay import ReplayResource
from butler.engine.admin.requests import RequestsResource
from butler.engine.admin.rule_sets import RuleSetsResource
from butler.engine.admin.rules import RulesResource
from butler.engine.admin.settings import SettingsResource
from butler.engine.admin.statistics import StatisticsResource
from butler.engine.admin.status import StatusResource
from butler.engine.admin.tokens import TokensResource
from butler.engine.admin.vault import VaultResource
from butler.engine.admin.wizard import WizardResource
from butler.engine.errors import ButlerError, ClientError, ConfigError, StartError, problem
from butler.engine.server.guard import check_origin
from butler.engine.server.limits import FailedTokens
from butler.engine.store.database import Conflict
from butler.engine.store.meta import StaleRevision

_log = logging.getLogger(__name__)
_MAX_BODY_BYTES = 110 * 1024 * 1024
_FAILURES_PER_MINUTE = 1_000
"""Wrong tokens from one address; windows that outlived their engine may try for a while."""
RESOURCES = (
    StatusResource,
    ProvidersResource,
    ConnectionsResource,
    ModelsResource,
    RulesResource,
    RuleSetsResource,
    WizardResource,
    ConditionsResource,
    GeneratorResource,
    CategoriesResource,
    TokensResource,
    SettingsResource,
    ConfigurationResource,
    RequestsResource,
    RejectionsResource,
    BodiesResource,
    StatisticsResource,
    HistoryResource,
    BackupResource,
    VaultResource,
    ExplainResource,
    ReplayResource,
    HealthResource,
    CachesResource,
    ArbiterResource,
    DoctorResource,
    EventsResource,
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def admin_plane(control: Control, token: str) -> web.Application:
    """Build the application that the owner's tools talk to."""
    app = web.Application(
        client_max_size=_MAX_BODY_BYTES, middlewares=[_problems_as_json, _guard(control, token)]
    )
    routes = [route for resource in RESOURCES for route in resource(control).routes()]
    app.router.add_routes([route.registered() for route in with_document(routes)])
    return app


def _guard(control: Control, token: str) -> Middleware:
    expected = f"Bearer {token}".encode()
    failed = FailedTokens(_FAILURES_PER_MINUTE)

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        check_origin(request.headers, control.changes.runtime.allowed_hosts)
        given = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, expected):
            failed.count(request.remote)
            return refuse(
                401,
                problem(
                    ProblemCode.UNAUTHORIZED,
                    "The admin token is missing or wrong.",
                    "It stands in engine.json in the data directory.",
                ),
            )
        return await handler(request)

    return guard


@web.middleware
async def _problems_as_json(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except ConnectionError:
        raise
    except (ButlerError, web.HTTPException) as error:
        return _refusal(request, error)
    except Exception:  # noqa: BLE001 - the border: a bug must answer too
        _log.exception("an admin request failed")
        return refuse(500, problem(ProblemCode.INTERNAL, "The butler failed; its output says how."))


def _refusal(request: web.Request, error: ButlerError | web.HTTPException) -> web.Response:
    match error:
        case NotFound():
            return refuse(404, *error.problems)
        case ReadOnly() | Clash():
            return refuse(409, *error.problems)
        case ConfigError():
            return refuse(422, *error.problems)
        case StartError():
            return refuse(503, *error.problems)
        case StaleRevision():
            hint = "Read it again, then repeat the change."
            return refuse(412, problem(ProblemCode.STALE_REVISION, str(error), hint, "If-Match"))
        case Conflict():
            return refuse(409, problem(ProblemCode.CONFLICT, str(error), "Choose another name."))
        case ClientError():
            answer = refuse(error.status, problem(_code_of(error), error.message))
            answer.headers.update(error.headers)
            return answer
        case web.HTTPException():
            what = f"{request.method} {request.path[:200]}: {error.reason}."
            return refuse(error.status, problem(ProblemCode.NOT_FOUND, what))
        case _:
            return refuse(500, problem(ProblemCode.INTERNAL, str(error)))


def _code_of(error: ClientError) -> ProblemCode:
    known = {code.value: code for code in ProblemCode}
    return known.get(error.code, ProblemCode.INVALID)
