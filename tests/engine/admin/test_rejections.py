"""`/api/v1/requests/{id}/hit` and `/reject`: only hits of the semantic cache can be judged."""

from tests.e2e.house import House


async def test_who_was_not_answered_from_the_cache_can_not_be_judged(house: House) -> None:
    for method, path in (("GET", "requests/req_1/hit"), ("POST", "requests/req_1/reject")):
        got = await house.admin(method, path)
        assert got.status == 404
        assert "semantic cache" in got.problem["detail"]
