"""One POST of JSON, for setting up and checking; the load comes from elsewhere."""

import urllib.request
from collections.abc import Mapping

_ANSWER_S = 10.0


def post(url: str, body: bytes, token: str) -> Mapping[str, str]:
    """Return the headers of a good answer; raises URLError (an OSError) for any other."""
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    request = urllib.request.Request(url, body, headers)  # noqa: S310 - our own http address
    with urllib.request.urlopen(request, timeout=_ANSWER_S) as reply:  # noqa: S310 - as above
        reply.read()
        return dict(reply.headers.items())
