"""What a provider may be set up with: presets fill in what is left out, misfits are refused."""

import asyncio
import ssl
from collections.abc import Collection, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import JsonValue

from butler.contract.problems import Problem, ProblemCode
from butler.contract.resources import ModelDetails, ModelIn, ProviderIn
from butler.engine.errors import ConfigError, problem
from butler.engine.providers.addresses import judge
from butler.engine.providers.families import with_guesses
from butler.engine.providers.presets import Preset, presets

_DIRECT = "direct"
_FLAGS = ("local", "ask_usage", "completions")
_TEXTS = ("preset", "proxy", "ca_file", "api_version")
_MOST_AT_ONCE = 1_000


def preset_named(id_: str) -> Preset:
    """Return a preset; raises ConfigError when there is none of this id."""
    found = presets().get(id_)
    if found is None:
        raise ConfigError(
            problem(
                ProblemCode.NOT_FOUND,
                f"There is no preset {id_[:80]!r}.",
                "The presets are " + ", ".join(presets()) + ".",
                "preset",
            )
        )
    return found


def completed(wanted: ProviderIn) -> ProviderIn:
    """Return a provider with what its preset knows: kind, address, first models."""
    if wanted.preset is None:
        if wanted.kind is None:
            detail = "A provider needs a preset or a kind."
            hint = "The presets are " + ", ".join(presets()) + "."
            raise ConfigError(problem(ProblemCode.MISSING, detail, hint, "kind"))
        return wanted
    preset = preset_named(wanted.preset)
    if wanted.kind not in (None, preset.kind):
        detail = f"The preset {preset.id!r} is of kind {preset.kind!r}, not {wanted.kind!r}."
        raise ConfigError(problem(ProblemCode.INVALID, detail, "Leave the kind out.", "kind"))
    models = wanted.models
    if "models" not in wanted.model_fields_set:
        models = [guessed_model(name) for name in preset.models]
    return wanted.model_copy(
        update={
            "kind": preset.kind,
            "base_url": wanted.base_url or preset.base_url,
            "options": {**wanted.options, "preset": preset.id},
            "models": models,
        }
    )


def guessed_model(name: str) -> ModelIn:
    """Return a model with what its name tells of it, marked as guessed."""
    return ModelIn(name=name, **dict(with_guesses(name, ModelDetails())))


async def check_options(
    base_url: str,
    options: Mapping[str, JsonValue],
    own_ports: Collection[int],
    fields: Collection[str] = (),
) -> None:
    """Refuse options that could not work, and addresses that may not be called.

    `fields` are those of the kind's own form. Raises ConfigError with a problem for each misfit.
    Names are not resolved here: where they lead to is looked at when something is sent.
    """
    found = [*_misfits(options, fields), *_address(base_url, options, own_ports)]
    ca_file = options.get("ca_file")
    if isinstance(ca_file, str):
        found += await asyncio.to_thread(_authorities, ca_file)
    if found:
        raise ConfigError(*found)


def _misfits(options: Mapping[str, JsonValue], fields: Collection[str]) -> list[Problem]:
    known = list(dict.fromkeys((*_FLAGS, *_TEXTS, "max_concurrent", *fields)))
    found = [
        _bad(key, f"There is no option {key[:80]!r}.", "The options are " + ", ".join(known) + ".")
        for key in options
        if key not in known
    ]
    for key in _FLAGS:
        if not isinstance(options.get(key, True), bool):
            found.append(_bad(key, f"{key} is true or false.", None))
    for key in _TEXTS:
        if not isinstance(options.get(key, ""), str):
            found.append(_bad(key, f"{key} is a text.", None))
    most = options.get("max_concurrent", 1)
    if not isinstance(most, int) or isinstance(most, bool) or not 1 <= most <= _MOST_AT_ONCE:
        detail = f"max_concurrent is a whole number from 1 to {_MOST_AT_ONCE}."
        found.append(_bad("max_concurrent", detail, "Leave it out for any number."))
    preset = options.get("preset")
    if isinstance(preset, str) and preset not in presets():
        found.append(_bad("preset", f"There is no preset {preset[:80]!r}.", None))
    proxy = options.get("proxy")
    if isinstance(proxy, str) and proxy != _DIRECT and not _is_proxy(proxy):
        hint = "Write it like http://proxy.example.com:3128, or `direct` for none."
        # Not quoted: it may hold a password.
        found.append(_bad("proxy", "The proxy is not an http:// or https:// address.", hint))
    elif isinstance(proxy, str) and "@" in proxy:
        # Options lie open, in the database and in every copy of the configuration.
        detail = "The proxy's address holds a name or password, which would be kept in the clear."
        hint = "Leave `proxy` out, and set HTTPS_PROXY for the engine: it is read from there."
        found.append(_bad("proxy", detail, hint))
    return found


def _address(
    base_url: str, options: Mapping[str, JsonValue], own_ports: Collection[int]
) -> tuple[Problem, ...]:
    try:
        return judge(base_url, options, own_ports=own_ports)
    except ValueError:
        # No URL at all: the provider itself says so.
        return ()


def _is_proxy(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _authorities(name: str) -> list[Problem]:
    hint = "It is a file of certificates in PEM form, named with its whole path."
    path = Path(name)
    try:
        if not path.is_absolute() or not path.is_file():
            return [_bad("ca_file", f"There is no file {name[:200]}.", hint)]
        ssl.create_default_context(cafile=name)
    except (OSError, ValueError):
        return [_bad("ca_file", f"The file {name} holds no certificates that can be read.", hint)]
    return []


def _bad(option: str, detail: str, hint: str | None) -> Problem:
    return problem(ProblemCode.INVALID, detail, hint, f"options.{option}")
