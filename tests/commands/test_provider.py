"""`butler provider`: one line configures a machine."""

import orjson
import pytest

from tests.commands.conftest import Run, beside
from tests.e2e.house import House
from tests.fakes import Upstream

ADD = ("provider", "add", "acme", "--base-url", "http://127.0.0.1:9/v1")
KEY = "sk-key-from-the-environment"
NO_DEFAULT = (
    "There is no default target now: `butler setting set routing.default_target PROVIDER/MODEL`.\n"
)


def test_a_life(butler: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACME_KEY", KEY)
    kind = ("--kind", "openai_compatible", "--key-env", "ACME_KEY")
    done = butler(*ADD, *kind, "--model", "alpha", "--model", "org/beta")
    assert (done.status, done.out) == (
        0,
        "Added acme: acme/alpha, acme/org/beta.\nThe default target is acme/alpha now.\n",
    )
    listed = butler("provider", "list")
    assert listed.out == (
        "NAME  KIND               BASE URL               KEY  MODELS\n"
        "acme  openai_compatible  http://127.0.0.1:9/v1  yes  alpha, org/beta\n"
    )
    edited = butler("provider", "edit", "acme", "--rename", "zeta", "--disable", "--json").json
    assert (edited["name"], edited["enabled"], edited["has_key"]) == ("zeta", False, True)
    assert "zeta (off)" in butler("provider", "list").out
    more = ("--enable", "--base-url", "https://api.example.com", "--model", "org/beta")
    edited = butler("provider", "edit", "zeta", *more, "--json").json
    assert [model["name"] for model in edited["models"]] == ["org/beta"]
    assert (edited["enabled"], edited["base_url"]) == (True, "https://api.example.com")
    removed = butler("provider", "remove", "zeta").out
    assert removed == "Removed zeta: zeta/org/beta.\nThe default target is demo/cheap now.\n"
    (demo,) = butler("provider", "list", "--json").json
    assert (demo["name"], demo["built_in"]) == ("demo", True)


def test_the_json_forms(butler: Run) -> None:
    added = butler(*ADD, "--json").json
    assert set(added) == {
        "id", "name", "kind", "title", "base_url", "has_key", "enabled", "built_in", "options",
        "models",
    }  # fmt: skip
    assert butler("provider", "list", "--json").json == [added]
    assert butler("provider", "remove", "acme", "--json").json == added


def test_an_edit_keeps_what_is_known_of_a_model(butler: Run) -> None:
    added = butler(*ADD, "--model", "alpha", "--json").json
    edited = butler("provider", "edit", "acme", "--model", "new", "--model", "alpha", "--json").json
    assert edited["models"][1]["id"] == added["models"][0]["id"]


def models(run: Run, *words: str) -> list[tuple[str, str | None]]:
    """Edit acme; returns its models with their aliases."""
    done = run("provider", "edit", "acme", *words, "--json")
    assert done.status == 0, done.err
    return [(model["name"], model["alias"]) for model in done.json["models"]]


def test_models_come_and_go_one_by_one(butler: Run) -> None:
    assert butler(*ADD, "--model", "alpha", "--model", "a=b", "--alias", "a=b=quick").status == 0
    assert models(butler) == [("alpha", None), ("a=b", "quick")]
    assert "alpha, a=b (alias quick)" in butler("provider", "list").out
    more = ("--add-model", "gamma", "--add-model", "alpha", "--alias", "gamma=wise")
    assert models(butler, *more) == [("alpha", None), ("a=b", "quick"), ("gamma", "wise")]
    assert models(butler, "--remove-model", "a=b") == [("alpha", None), ("gamma", "wise")]
    assert butler("explain", "--model", "wise", "--json", "hi").json["target"] == "acme/gamma"
    assert models(butler, "--alias", "gamma=") == [("alpha", None), ("gamma", None)]
    assert models(butler, "--model", "new", "--alias", "new=n") == [("new", "n")]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--remove-model", "beta"), "--remove-model names 'beta'"),
        (("--alias", "beta=b"), "--alias names 'beta'"),
        (("--alias", "alpha"), "not written MODEL=ALIAS"),
        (("--alias", "=b"), "not written MODEL=ALIAS"),
    ],
)
def test_models_that_are_not_there(butler: Run, words: tuple[str, ...], told: str) -> None:
    assert butler(*ADD, "--model", "alpha").status == 0
    done = butler("provider", "edit", "acme", *words)
    assert (done.status, done.out, told in done.err) == (2, "", True), done.err
    assert models(butler) == [("alpha", None)]


def test_a_default_target_that_moves_is_told(butler: Run) -> None:
    added = butler(*ADD, "--model", "alpha", "--model", "beta")
    assert added.out.endswith("The default target is acme/alpha now.\n")
    assert butler("provider", "edit", "acme", "--add-model", "c").out.count("\n") == 1
    assert butler("provider", "edit", "acme", "--remove-model", "alpha").out.endswith(NO_DEFAULT)
    back = butler("setting", "set", "routing.default_target", "acme/beta")
    assert back.out == "routing.default_target is acme/beta now (stored).\n"
    gone = butler("provider", "edit", "acme", "--remove-model", "beta", "--json")
    assert gone.json["name"] == "acme"


def test_a_key_of_other_bytes(butler: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACME_KEY", "sk-\udcff")
    done = butler(*ADD, "--key-env", "ACME_KEY")
    assert (done.status, "holds no UTF-8 text" in done.err) == (2, True)


def test_without_models(butler: Run) -> None:
    assert butler(*ADD).out == ("Added acme: no models yet.\n" + NO_DEFAULT)


def test_refusals_name_the_field(butler: Run) -> None:
    assert butler(*ADD).status == 0
    again = butler(*ADD)
    assert (again.status, again.out) == (1, "")
    assert "There is a provider 'acme' already" in again.err
    kind = butler("provider", "add", "n", "--base-url", "http://x", "--kind", "magic")
    assert (kind.status, "The kinds are openai_compatible" in kind.err) == (1, True)
    url = butler("provider", "add", "n", "--base-url", "nowhere")
    assert (url.status, "https://api.example.com/v1" in url.err) == (1, True)


@pytest.mark.parametrize("value", [None, ""])
def test_a_key_that_is_not_there(
    butler: Run, monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    if value is not None:
        monkeypatch.setenv("ACME_KEY", value)
    done = butler(*ADD, "--key-env", "ACME_KEY")
    assert (done.status, "ACME_KEY" in done.err) == (2, True)
    assert butler("provider", "list", "--json").json[0]["name"] == "demo"


async def test_two_commands_configure_a_running_engine(
    house: House, up: Upstream, butler: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACME_KEY", up.key)
    add = ("provider", "add", "acme", "--kind", "openai_compatible", "--base-url", up.base_url)
    done = await beside(
        butler, *add, "--key-env", "ACME_KEY", "--model", "beta", "--model", "alpha"
    )
    assert done.status == 0, done.err
    token = orjson.loads((await beside(butler, "token", "add", "tool", "--json")).out)
    assert set(token) == {"id", "name", "token"}
    house.token = token["token"]
    got = await house.ask(stream=True)
    # The first model is the default target.
    assert (got.status, got.headers["x-butler-target"]) == (200, "acme/beta")
    assert up.key not in done.out + done.err


def test_options(butler: Run) -> None:
    options = ("--local", "--proxy", "http://proxy.example:3128", "--max-concurrent", "2")
    added = butler(*ADD, *options, "--json").json
    wanted = {"local": True, "proxy": "http://proxy.example:3128", "max_concurrent": 2}
    assert added["options"] == wanted
    edit = ("provider", "edit", "acme")
    changed = butler(*edit, "--no-local", "--proxy", "", "--max-concurrent", "0", "--json").json
    assert changed["options"] == {"local": False}
    assert butler(*edit, "--no-ask-usage", "--json").json["options"] == {
        "local": False,
        "ask_usage": False,
    }
    refused = butler(*edit, "--ca-file", "/no/such/file")
    assert (refused.status, "options.ca_file" in refused.err) == (1, True)


def test_what_is_known_of_models_survives_an_edit(butler: Run) -> None:
    butler(*ADD, "--model", "alpha")
    butler("model", "edit", "acme/alpha", "--context", "1000")
    edited = butler("provider", "edit", "acme", "--add-model", "beta", "--json").json
    assert [model["context_tokens"] for model in edited["models"]] == [1000, None]


def test_an_ollama_with_its_context(butler: Run) -> None:
    url = ("--base-url", "http://127.0.0.1:9")
    made = ("provider", "add", "home", "--preset", "ollama", *url, "--model", "qwen3:8b", "--json")
    added = butler(*made, "--num-ctx", "32768", "--keep-alive", "24h").json
    assert added["kind"] == "ollama"
    assert added["options"] == {"preset": "ollama", "num_ctx": 32768, "keep_alive": "24h"}
    edited = butler("provider", "edit", "home", "--num-ctx", "0", "--keep-alive", "", "--json").json
    assert edited["options"] == {"preset": "ollama"}
    refused = butler("provider", "edit", "home", "--num-ctx", "9")
    assert refused.status != 0
    assert "num_ctx is a whole number of tokens" in refused.err
