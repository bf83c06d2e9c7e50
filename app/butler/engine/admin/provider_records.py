"""Providers between their two shapes: as they travel and as they are stored, their key sealed."""

import dataclasses
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import SecretStr

from butler.contract.problems import ProblemCode
from butler.contract.resources import Provider, ProviderIn, ProviderPatch
from butler.engine.admin.exchange import nothing_called
from butler.engine.admin.kinds import Kinds
from butler.engine.admin.model_records import model_row, models_of
from butler.engine.admin.provider_options import check_options
from butler.engine.errors import ConfigError, problem
from butler.engine.store.providers import ProviderRecord
from butler.engine.store.snapshot import Snapshot
from butler.engine.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class ProviderForms:
    """Reads and writes providers; what does not fit raises ConfigError."""

    kinds: Kinds
    vault: Vault

    def record(self, wanted: ProviderIn, id_: str, position: int) -> ProviderRecord:
        """Return a new provider to store."""
        now = datetime.now(UTC)
        kind = wanted.kind or ""
        return ProviderRecord(
            id=id_,
            name=wanted.name,
            kind=kind,
            base_url=self.kinds.base_url(kind, wanted.base_url),
            key_envelope=self.sealed(id_, wanted.api_key),
            options=wanted.options,
            enabled=wanted.enabled,
            position=position,
            created_at=now,
            updated_at=now,
        )

    def patched(self, record: ProviderRecord, patch: ProviderPatch) -> ProviderRecord:
        """Return a stored provider with what the patch names changed."""
        changed = dataclasses.replace(
            record,
            name=patch.name or record.name,
            base_url=patch.base_url or record.base_url,
            enabled=record.enabled if patch.enabled is None else patch.enabled,
            options=record.options if patch.options is None else patch.options,
            updated_at=datetime.now(UTC),
        )
        if "api_key" in patch.model_fields_set:
            envelope = self.sealed(record.id, patch.api_key)
            changed = dataclasses.replace(changed, key_envelope=envelope)
        return changed

    async def check(self, record: ProviderRecord, own_ports: Collection[int]) -> None:
        """Refuse an address that may not be called, and options that could not work."""
        fields = self.kinds.fields(record.kind)
        await check_options(record.base_url, record.options, own_ports, fields)

    def sealed(self, provider_id: str, key: SecretStr | None) -> bytes | None:
        """Return a key as it is stored; None where there is none."""
        text = key.get_secret_value().strip() if key else ""
        if not text:
            return None
        if not text.isascii() or not text.isprintable():
            raise ConfigError(
                problem(
                    ProblemCode.INVALID,
                    "The API key holds characters that no key has.",
                    "Copy it once more.",
                    "api_key",
                )
            )
        return self.vault.seal(self.kinds.key_record(provider_id), text.encode())

    def key(self, record: ProviderRecord) -> str | None:
        """Return a stored key in the clear; raises VaultError when it does not open."""
        if record.key_envelope is None:
            return None
        return self.vault.open(self.kinds.key_record(record.id), record.key_envelope).decode()

    def row(self, snapshot: Snapshot, record: ProviderRecord) -> Provider:
        """Return a stored provider as it travels."""
        return Provider(
            id=record.id,
            name=record.name,
            kind=record.kind,
            title=self.kinds.title(record.kind),
            base_url=record.base_url,
            has_key=record.key_envelope is not None,
            enabled=record.enabled,
            built_in=False,
            options=dict(record.options),
            models=[model_row(model, record.name) for model in models_of(snapshot, record.id)],
        )


def find_provider(snapshot: Snapshot, name: str) -> ProviderRecord:
    """Return the provider of this id, else of this name; raises NotFound."""
    for record in snapshot.providers:
        if name in (record.id, record.name):
            return record
    raise nothing_called("provider", name)


def check_name(snapshot: Snapshot, name: str, id_: str) -> None:
    """Refuse a name that another provider has; raises ConfigError."""
    if any(other.name == name and other.id != id_ for other in snapshot.providers):
        raise ConfigError(
            problem(
                ProblemCode.CONFLICT,
                f"There is a provider {name!r} already.",
                "Choose another name, or edit that one.",
                "name",
            )
        )
