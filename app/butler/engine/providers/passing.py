"""Services pass through to whoever speaks OpenAI's API at an address, whatever else it speaks."""

from butler.engine.call import Call, Target
from butler.engine.dialects.services.base import Service
from butler.engine.providers.base import Outgoing
from butler.engine.providers.credentials import Credentials
from butler.engine.providers.headers import passed_on


def passed(call: Call, target: Target, base: str, credentials: Credentials) -> Outgoing | None:
    """Return what is no conversation as it came, for below a base URL; None for conversations."""
    service = call.asked.dialect
    if not isinstance(service, Service):
        return None
    type_ = call.headers.get("Content-Type", "application/json")
    headers = {**passed_on(call.headers), "content-type": type_, **credentials.headers}
    body = service.write_request(call.asked, target.model, type_)
    return Outgoing(base + service.path, headers, body, credentials.secret, dialect=service)
