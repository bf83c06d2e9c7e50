"""`butler config`: what is written to a file comes back from it, in both forms."""

import stat
from pathlib import Path

import orjson
import pytest

from tests.commands.conftest import Run

KEY = "sk-a-key-of-usual-length"


@pytest.fixture
def configured(butler: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("ACME_KEY", KEY)
    where = ("--base-url", "http://127.0.0.1:9", "--key-env", "ACME_KEY")
    butler("provider", "add", "acme", *where, "--model", "alpha", "--alias", "alpha=快")
    rule = {"name": "yes", "when": {"all": [{"kind": "keywords", "words": ["no", "1.0", "# x"]}]}}
    body = orjson.dumps({**rule, "target": "acme/alpha", "description": "a: b\n- c"})
    assert butler("rule", "add", "--json", "-", stdin=body).status == 0
    return butler


@pytest.mark.parametrize("name", ["all.yaml", "all.json"])
def test_out_and_in(configured: Run, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    assert configured("config", "export", str(file)).out == ""
    text = file.read_text(encoding="utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert ("快" in text, KEY in text, text.startswith("{")) == (True, False, name == "all.json")
    before = configured("config", "export", "-", "--json").out
    configured("provider", "edit", "acme", "--rename", "zeta")
    configured("rule", "remove", "yes")
    done = configured("config", "import", str(file))
    assert (done.status, done.out) == (0, "Stored. Providers: 1, rules: 1, settings: 1.\n")
    after = orjson.loads(configured("config", "export", "-", "--json").out)
    wanted = orjson.loads(before)
    # The rule was removed and came back: as another record.
    assert after["rules"][0].pop("id") != wanted["rules"][0].pop("id")
    assert after == wanted
    assert configured("provider", "list", "--json").json[0]["has_key"]


def test_secrets_only_when_asked_for(configured: Run) -> None:
    assert KEY in configured("config", "export", "-", "--secrets").out
    assert KEY not in configured("config", "export", "-").out


def test_what_is_broken_is_told(configured: Run) -> None:
    document = orjson.loads(configured("config", "export", "-", "--json").out)
    document["rules"][0]["target"] = "acme/gone"
    done = configured("config", "import", "-", stdin=orjson.dumps(document))
    assert (done.status, "acme/gone" in done.err) == (0, True)


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"a: b: c", b"\xff"])
def test_what_is_no_configuration_is_misuse(butler: Run, text: bytes) -> None:
    done = butler("config", "import", "-", stdin=text)
    assert (done.status, "holds no configuration" in done.err) == (2, True)


def test_what_does_not_fit_is_refused(butler: Run, tmp_path: Path) -> None:
    assert butler("config", "import", "-", stdin=b"version: 7").status == 1
    done = butler("config", "export", str(tmp_path / "no" / "such" / "place.yaml"))
    assert (done.status, "can not be written" in done.err) == (2, True)
