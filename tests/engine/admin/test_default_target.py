"""The default target: the first model, through every rename, never replaced by a guess."""

from tests.e2e.house import House
from tests.fakes import Upstream


async def _default(house: House) -> str | None:
    found: str | None = (await house.status())["default_target"]
    return found


async def test_the_first_enabled_model_is_chosen(house: House, up: Upstream) -> None:
    await house.add(up, models=[{"name": "off", "enabled": False}])
    assert await _default(house) is None
    await house.admin("PATCH", "providers/acme", {"models": [{"name": "off"}, {"name": "beta"}]})
    assert await _default(house) == "acme/beta"


async def test_it_follows_renames_even_of_a_provider_without_the_model(
    house: House, up: Upstream
) -> None:
    await house.add(up)
    await house.admin("PATCH", "providers/acme", {"models": [{"name": "beta"}]})
    assert await _default(house) is None
    await house.admin("PATCH", "providers/acme", {"name": "zeta"})
    settings = {
        row["key"]: row["value"] for row in (await house.admin("GET", "settings")).json["items"]
    }
    assert settings["routing.default_target"] == "zeta/alpha"


async def test_an_explicit_choice_is_kept_when_models_come(house: House, up: Upstream) -> None:
    await house.add(up)
    await house.set(routing__default_target="acme/beta")
    await house.admin("POST", "models", {"provider": "acme", "name": "gamma"})
    assert await _default(house) == "acme/beta"


async def test_the_default_for_images_follows_too(house: House, up: Upstream) -> None:
    await house.add(up)
    await house.set(routing__default_image_target="acme/beta")
    await house.admin("PATCH", "providers/acme", {"name": "zeta"})
    rows = (await house.admin("GET", "settings")).json["items"]
    settings = {row["key"]: row["value"] for row in rows}
    assert settings["routing.default_image_target"] == "zeta/beta"
