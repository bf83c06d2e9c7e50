"""What can not be said in a provider's dialect is a failure of that target alone."""

import pytest

from butler.engine.call import Call, Target
from butler.engine.errors import ClientError, FailureKind, UpstreamError
from butler.engine.providers.translating import translated
from tests.engine.calls import HELLO, new_call

TARGET = Target("acme", "alpha")


def refusing(_call: Call, _target: Target) -> bytes:
    raise ClientError(400, "unsupported_content", "No audio.")


def test_it_moves_on() -> None:
    assert translated(new_call(HELLO), TARGET, lambda *_: b"{}") == b"{}"
    with pytest.raises(UpstreamError) as failed:
        translated(new_call(HELLO), TARGET, refusing)
    assert (failed.value.kind, failed.value.status) == (FailureKind.UNSUPPORTED, 400)
    assert str(failed.value) == "acme/alpha can not be asked this. No audio."
    assert "audio" not in failed.value.for_log
