"""The admin API's door: its token, its guard, and refusals as problems."""

import asyncio
import sqlite3

import pytest

from tests.e2e.house import House

ROUTES = [
    ("GET", "status"), ("POST", "shutdown"), ("GET", "events"), ("GET", "doctor"),
    ("POST", "explain"), ("GET", "requests"), ("GET", "requests/x"),
    ("GET", "settings"), ("PATCH", "settings"),
    ("GET", "providers"), ("POST", "providers"), ("GET", "providers/x"),
    ("PATCH", "providers/x"), ("DELETE", "providers/x"),
    ("GET", "rules"), ("POST", "rules"), ("POST", "rules:check"), ("GET", "rules/x"),
    ("PATCH", "rules/x"), ("DELETE", "rules/x"),
    ("GET", "tokens"), ("POST", "tokens"), ("GET", "tokens/x/secret"),
    ("PATCH", "tokens/x"), ("DELETE", "tokens/x"),
]  # fmt: skip


async def test_no_route_answers_without_the_admin_token(
    house: House, subtests: pytest.Subtests
) -> None:
    wrong = ["", "Bearer", "Bearer ", "Bearer wrong", house.engine.admin_token]
    wrong += [f"Bearer {house.token}", f"bearer {house.engine.admin_token}", "Bearer é"]
    for method, path in ROUTES:
        with subtests.test(method=method, path=path):
            for given in wrong if path == "status" else wrong[:2]:
                got = await house.admin(method, path, headers={"Authorization": given})
                assert (got.status, got.problem["code"]) == (401, "unauthorized")
    assert not (await house.status())["in_flight"]


async def test_no_foreign_page_gets_in_even_with_the_token(house: House) -> None:
    for headers, code in (
        ({"Host": "evil.example"}, "forbidden_host"),
        ({"Origin": "https://evil.example"}, "forbidden_origin"),
        ({"Origin": "null"}, "forbidden_origin"),
    ):
        got = await house.admin("GET", "status", headers=headers)
        assert (got.status, got.problem["code"]) == (403, code)
        assert "Access-Control-Allow-Origin" not in got.headers


async def test_other_addresses(house: House, subtests: pytest.Subtests) -> None:
    for method, path, status in (
        ("GET", "nothing", 404),
        ("GET", "", 404),
        ("DELETE", "status", 405),
        ("PUT", "providers/x", 405),
        ("GET", "%ff%00", 404),
    ):
        with subtests.test(method=method, path=path):
            got = await house.admin(method, path)
            assert got.status == status
            assert method in got.problem["detail"]


BAD_BODIES = [b"", b"{", b"[]", b"null", b'"x"', b"\xff", b"[" * 100_000, b'{"nonsense": 1}']


async def test_a_bad_body_is_a_problem_of_the_body(house: House, subtests: pytest.Subtests) -> None:
    for method, path in ROUTES:
        if method not in ("POST", "PATCH") or path in ("shutdown", "rules:check"):
            continue
        for body in BAD_BODIES:
            with subtests.test(method=method, path=path, body=body[:20]):
                got = await house.admin(method, path, body)
                # A patch that says nothing reaches for its record, which is not there.
                assert got.status in ((422, 404) if path.endswith("/x") else (422, 200))
                if got.status == 200:
                    assert (path, body) in (("settings", b"{}"), ("settings", b""))
                else:
                    assert got.problem["detail"]


@pytest.mark.allow_logs("old entries of the log could not be deleted")
@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
async def test_a_database_that_is_away_is_a_503_that_says_so(house: House) -> None:
    database = sqlite3.connect(house.data_dir / "butler.db")
    database.execute("ALTER TABLE requests RENAME TO elsewhere")
    got = await house.admin("GET", "requests")
    assert (got.status, got.problem["code"]) == (503, "database_unreadable")
    assert got.problem["hint"]
    checks = {row["name"]: row for row in (await house.admin("GET", "doctor")).json["items"]}
    assert (checks["database"]["ok"], checks["database"]["detail"]) == (False, "unreachable")
    assert checks["rules"]["ok"]
    database.execute("ALTER TABLE elsewhere RENAME TO requests")
    database.close()
    assert (await house.admin("GET", "requests")).status == 200


@pytest.mark.allow_logs("an admin request failed")
async def test_a_bug_of_ours_is_a_problem_without_its_details(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("a key that the bug had in hand")

    with monkeypatch.context() as patch:
        patch.setattr("butler.engine.admin.control.Control.status", broken)
        got = await house.admin("GET", "status")
    assert (got.status, got.problem["code"]) == (500, "internal")
    assert b"in hand" not in got.raw
    assert (await house.admin("GET", "status")).status == 200


async def test_replies_are_not_to_be_stored_and_carry_the_revision(house: House) -> None:
    before = (await house.status())["revision"]
    await house.set(routing__enabled=False)
    got = await house.admin("GET", "settings")
    assert got.headers["ETag"] == f'"{before + 1}"'
    assert got.headers["Cache-Control"] == "no-store"
    assert (await house.status())["revision"] == before + 1


async def test_edits_at_the_same_time_all_count(house: House) -> None:
    before = (await house.status())["revision"]
    got = await asyncio.gather(
        *(house.admin("POST", "tokens", {"name": f"token {n}"}) for n in range(10))
    )
    assert [reply.status for reply in got] == [201] * 10
    status = await house.status()
    assert status["revision"] == before + 10
    assert len((await house.admin("GET", "tokens")).json["items"]) == 11


async def test_of_two_edits_of_one_revision_one_wins(house: House) -> None:
    match = {"If-Match": f'"{(await house.status())["revision"]}"'}
    got = await asyncio.gather(
        *(house.admin("POST", "tokens", {"name": f"t{n}"}, headers=match) for n in range(5))
    )
    assert sorted(reply.status for reply in got) == [201, 412, 412, 412, 412]
    assert len((await house.admin("GET", "tokens")).json["items"]) == 2
