"""`x-butler-*`: how a reply came about, in characters that a header may hold."""

from butler.engine.call import Attempt, Call, Target, UseTargets
from butler.engine.server.headers import reply_headers
from tests.e2e.house import House
from tests.engine.calls import new_call
from tests.fakes import Upstream


def test_before_anything_was_decided() -> None:
    headers = reply_headers(new_call())
    assert {name for name in headers if name.startswith("x-")} == {"x-butler-request-id"}


def decided(rule: str | None = None) -> Call:
    call = new_call()
    target = Target("acme", "org/模型")
    call.verdict = UseTargets((target,), "rules", "because", rule_id="rule_1", rule=rule)
    call.attempts = [Attempt(Target("down", "x")), Attempt(target)]
    call.target = target
    call.overhead_ms = 1.234
    return call


def test_after_a_fallback() -> None:
    headers = reply_headers(decided("Code & Mathe,\r\nX-Evil: 1"))
    assert headers["x-butler-layer"] == "rules"
    assert headers["x-butler-target"] == "acme/org/%E6%A8%A1%E5%9E%8B"
    assert headers["x-butler-rule"] == "Code %26 Mathe,%0D%0AX-Evil: 1"
    assert headers["x-butler-attempts"] == "2"
    assert headers["x-butler-cache"] == "miss"
    assert headers["x-butler-overhead-ms"] == "1.23"


def test_what_was_left_out_was_not_tried() -> None:
    call = decided()
    call.attempts.insert(0, Attempt(Target("sick", "x"), outcome="skipped"))
    assert reply_headers(call)["x-butler-attempts"] == "2"


def test_when_all_failed_the_last_tried_is_named() -> None:
    call = decided()
    call.target = None
    headers = reply_headers(call)
    assert headers["x-butler-target"].startswith("acme/")
    assert "x-butler-rule" not in headers


async def test_a_rule_with_any_name_answers(house: House, up: Upstream) -> None:
    await house.add(up)
    await house.rule("acme/beta", name="代码 → 强模型 “x”\u2028")
    got = await house.ask()
    assert got.status == 200
    assert got.headers["x-butler-rule"].startswith("%E4%BB%A3%E7%A0%81 ")
