"""Providers between their two shapes: the key is sealed on the way in and opens for us only."""

import pytest
from pydantic import SecretStr

from butler.contract.resources import ProviderIn, ProviderPatch
from butler.engine.admin.kinds import Kinds
from butler.engine.admin.provider_records import ProviderForms, check_name
from butler.engine.builtin import PROVIDER_KINDS
from butler.engine.errors import ConfigError, VaultError
from butler.engine.store.snapshot import Snapshot
from butler.engine.vault.vault import Vault

WANTED = ProviderIn(
    name="acme", kind="openai_compatible", base_url="http://x/v1", api_key=SecretStr(" sk-key ")
)


@pytest.fixture
def forms() -> ProviderForms:
    return ProviderForms(Kinds(PROVIDER_KINDS), Vault(bytes(32)))


def test_a_key_goes_in_sealed_and_comes_out_for_its_own_record(forms: ProviderForms) -> None:
    record = forms.record(WANTED, "prov_1", 3)
    assert record.position == 3
    assert record.key_envelope is not None
    assert b"sk-key" not in record.key_envelope
    assert forms.key(record) == "sk-key"
    stolen = forms.record(WANTED.model_copy(update={"api_key": None}), "prov_2", 0)
    assert forms.key(stolen) is None
    with pytest.raises(VaultError):
        forms.vault.open(forms.kinds.key_record("prov_2"), record.key_envelope)


def test_a_patch_changes_what_it_names(forms: ProviderForms) -> None:
    record = forms.record(WANTED, "prov_1", 0)
    assert forms.patched(record, ProviderPatch()).key_envelope == record.key_envelope
    assert forms.patched(record, ProviderPatch(api_key=None)).key_envelope is None
    renamed = forms.patched(record, ProviderPatch(name="zeta", enabled=False, options={"x": 1}))
    assert (renamed.name, renamed.enabled, renamed.options) == ("zeta", False, {"x": 1})
    assert renamed.base_url == record.base_url


def test_what_is_no_key_is_refused(forms: ProviderForms) -> None:
    for text in ("sk-\u2026", "sk\nX: y"):
        with pytest.raises(ConfigError, match="no key has"):
            forms.sealed("prov_1", SecretStr(text))
    assert forms.sealed("prov_1", SecretStr("  ")) is None


def test_names_are_taken_once(forms: ProviderForms) -> None:
    record = forms.record(WANTED, "prov_1", 0)
    snapshot = Snapshot(
        revision=1, settings={}, providers=(record,), models=(), rules=(), tokens=()
    )
    check_name(snapshot, "acme", "prov_1")
    with pytest.raises(ConfigError, match="'acme' already"):
        check_name(snapshot, "acme", "prov_2")
