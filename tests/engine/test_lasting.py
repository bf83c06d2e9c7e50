"""What lasts opens empty, follows a revision's settings, and closes with the engine."""

from contextlib import AsyncExitStack
from pathlib import Path

from butler.engine.lasting import open_lasting
from butler.engine.settings import Settings
from butler.engine.signals.embedder.model import Phase
from butler.engine.vault.vault import Vault


async def test_it_opens_follows_and_closes(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        lasting = await open_lasting(stack, tmp_path, Vault(bytes(32)))
        settings = {"embedding.enabled": False, "cache.max_mb": 1, "arbiter.enabled": False}
        lasting.follow(Settings(settings, {}, {}), ())
        await lasting.similar.settled()
        assert len(lasting.similar) == 0
        assert lasting.exact.entries == 0
        assert lasting.exact.most_bytes == 1024 * 1024
        assert lasting.embedding.state.phase is Phase.ABSENT
    assert (tmp_path / "cache" / "similar").is_dir()
