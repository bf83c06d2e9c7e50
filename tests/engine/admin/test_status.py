"""`/api/v1/status`; asking for the end is tested with the engine."""

from datetime import UTC, datetime, timedelta

from butler.contract.resources import Status
from tests.e2e.house import House


async def test_it_is_what_the_contract_says(house: House) -> None:
    got = await house.admin("GET", "status")
    status = Status.model_validate_json(got.raw)
    assert got.headers["ETag"] == f'"{status.revision}"'
    assert datetime.now(UTC) - status.started_at < timedelta(minutes=1)
    assert status.started_at.tzinfo is not None
