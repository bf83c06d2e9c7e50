"""`butler provider test|models|presets|discover`: providers answer for themselves."""

from tests.commands.conftest import Run, beside
from tests.e2e.house import House
from tests.fakes import Upstream


async def test_a_provider_is_tried(house: House, up: Upstream, butler: Run) -> None:
    await house.add(up)
    done = await beside(butler, "provider", "test", "acme")
    assert (done.status, done.out.startswith("It lists 2 models. (")) == (0, True)
    done = await beside(butler, "provider", "test", "acme", "--model", "beta", "--json")
    assert (done.status, done.json["model"]) == (0, "beta")
    await house.admin("PATCH", "providers/acme", {"api_key": "sk-wrong"})
    done = await beside(butler, "provider", "test", "acme")
    assert (done.status, done.out) == (1, "")
    assert "Enter the API key once more" in done.err
    assert (await beside(butler, "provider", "test", "nobody")).status == 1


async def test_what_it_offers(house: House, up: Upstream, butler: Run) -> None:
    await house.add(up, models=[{"name": "beta"}])
    titles, alpha, beta = (await beside(butler, "provider", "models", "acme")).out.splitlines()
    assert titles.split() == ["MODEL", "IN", "USE", "CONTEXT", "KNOWN", "TO", "DO"]
    assert (alpha.split()[:2], beta.split()[:2]) == (["alpha", "no"], ["beta", "yes"])
    listed = (await beside(butler, "provider", "models", "acme", "--json")).json
    assert [model["name"] for model in listed] == ["alpha", "beta"]


def test_presets_and_this_machine(butler: Run) -> None:
    shown = butler("provider", "presets").out
    assert "ANTHROPIC_API_KEY" in shown
    assert "ollama" in [row["id"] for row in butler("provider", "presets", "--json").json]
    kinds = butler("provider", "kinds", "--json").json
    assert {kind["id"] for kind in kinds} >= {"openai_compatible", "anthropic_compatible"}
    assert butler("provider", "kinds").out.splitlines()[0].split()[:3] == [
        "KIND",
        "TITLE",
        "SPEAKS",
    ]
    assert butler("provider", "discover").status == 0
    assert isinstance(butler("provider", "discover", "--json").json, list)


def test_a_preset_needs_no_more(butler: Run) -> None:
    added = butler("provider", "add", "claude", "--preset", "anthropic", "--json").json
    assert (added["kind"], bool(added["models"])) == ("anthropic_compatible", True)
    named = butler("provider", "add", "gpt", "--preset", "openai", "--model", "x", "--json").json
    assert [model["name"] for model in named["models"]] == ["x"]
    unheard = butler("provider", "add", "y", "--preset", "openai", "--alias", "m=short")
    assert (unheard.status, "--alias names 'm'" in unheard.err) == (2, True)
    assert butler("provider", "add", "x", "--preset", "nobody").status == 1
    assert butler("provider", "add", "x").status == 1
