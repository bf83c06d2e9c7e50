"""Options of providers: what could not work is refused before it is stored."""

import ssl
from pathlib import Path

import pytest

from butler.contract.resources import ModelIn, ProviderIn
from butler.engine.admin.provider_options import check_options, completed, guessed_model
from butler.engine.errors import ConfigError

URL = "https://api.example.com/v1"


async def test_what_may_be_set() -> None:
    options = {
        "local": True, "ask_usage": False, "proxy": "http://proxy.example:3128",
        "max_concurrent": 4, "preset": "azure", "api_version": "2026-01-01",
    }  # fmt: skip
    await check_options(URL, options, ())
    await check_options(URL, {"proxy": "direct"}, ())


async def test_every_misfit_is_told_at_once() -> None:
    with pytest.raises(ConfigError) as refused:
        await check_options(
            "http://10.0.0.1/v1", {"local": 1, "max_concurrent": True, "proxy": "ftp://s3cret"}, ()
        )
    fields = [found.field for found in refused.value.problems]
    assert fields == ["options.local", "options.max_concurrent", "options.proxy", "base_url"]
    assert not any("s3cret" in found.detail for found in refused.value.problems)


async def test_a_password_in_a_proxys_address_is_not_kept() -> None:
    with pytest.raises(ConfigError, match="in the clear") as refused:
        await check_options(URL, {"proxy": "http://me:s3cret@proxy.example:3128"}, ())
    assert "HTTPS_PROXY" in (refused.value.problems[0].hint or "")
    assert "s3cret" not in str(refused.value)


async def test_a_file_of_authorities_is_read(tmp_path: Path) -> None:
    authorities = ssl.get_default_verify_paths().cafile
    if authorities:
        await check_options(URL, {"ca_file": authorities}, ())
    empty = tmp_path / "empty.pem"
    empty.write_text("nothing")
    wrong = (
        (str(empty), "holds no certificates"),
        ("relative.pem", "no file"),
        ("/" + "x" * 5_000, "can be read"),
    )
    for name, said in wrong:
        with pytest.raises(ConfigError, match=said):
            await check_options(URL, {"ca_file": name}, ())


def test_a_preset_leaves_what_was_said() -> None:
    said = ProviderIn(
        name="x", preset="ollama", base_url="http://localhost:9/v1", models=[ModelIn(name="m")]
    )
    found = completed(said)
    assert (found.kind, found.base_url) == ("ollama", "http://localhost:9/v1")
    assert [model.name for model in found.models] == ["m"]
    plain = ProviderIn(name="x", kind="openai_compatible")
    assert completed(plain) == plain


def test_a_guess_is_marked_as_one() -> None:
    model = guessed_model("claude-opus-5-5")
    assert (model.name, bool(model.guessed)) == ("claude-opus-5-5", True)


async def test_a_kinds_own_fields_are_options_too() -> None:
    await check_options(URL, {"region": "north"}, (), ["region"])
    with pytest.raises(ConfigError, match="no option 'region'"):
        await check_options(URL, {"region": "north"}, ())
