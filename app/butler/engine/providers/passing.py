"""Services pass through to whoever speaks OpenAI's API at an address, whatever else it speaks."""

from collections.abc import Callable

from butler.engine.call import Call, Target
from butler.engine.dialects.services.base import Service
from butler.engine.providers.base import Outgoing
from butler.engine.providers.credentials import Credentials
from butler.engine.providers.headers import passed_on


def passed(
    call: Call, target: Target, credentials: Credentials, url_of: Callable[[str], str]
) -> Outgoing | None:
    """Return what is no conversation as it came, `url_of` its path; None for conversations."""
    service = call.asked.dialect
    if not isinstance(service, Service):
        return None
    type_ = call.headers.get("Content-Type", "application/json")
    headers = {**passed_on(call.headers), "content-type": type_, **credentials.headers}
    body = service.write_request(call.asked, target.model, type_)
    return Outgoing(url_of(service.path), headers, body, credentials.secret, dialect=service)
