"""The master key through the admin API of a living engine."""

from pathlib import Path

import pytest

from tests.e2e.house import House
from tests.fakes import Upstream

NO_KEY = {"BUTLER_MASTER_KEY": ""}


async def test_where_it_lies(house: House) -> None:
    got = (await house.admin("GET", "vault")).json
    assert got == {"source": "environment", "problems": []}


async def test_a_key_of_the_environment_must_be_given_another_place(
    house: House, store: tuple[dict[str, str], str]
) -> None:
    got = await house.admin("POST", "vault:rotate", {"alone": True})
    assert (got.status, got.problem["code"]) == (409, "master_key_missing")
    assert "key_file" in got.problem["hint"]
    revision = (await house.status())["revision"]
    done = await house.admin("POST", "vault:rotate", {"source": "key_file", "alone": True})
    assert (done.status, done.json["source"]) == (200, "key_file")
    assert done.json["revision"] == revision + 1
    assert [problem["code"] for problem in done.json["problems"]] == ["key_file_in_use"]
    assert (await house.status())["master_key_source"] == "key_file"


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
async def test_a_shared_store_asks_whether_others_use_it(house: House) -> None:
    got = await house.admin("POST", "vault:rotate", {"source": "key_file"})
    assert (got.status, got.problem["field"]) == (409, "alone")


async def test_calls_history_and_copies_go_on_under_the_new_key(
    tmp_path: Path, up: Upstream
) -> None:
    async with House(tmp_path, NO_KEY) as house:
        assert (await house.admin("GET", "vault")).json["source"] == "key_file"
        added = await house.add(up)
        await house.admin("PATCH", f"providers/{added['id']}", {"api_key": "sk-wrong"})
        changed = (await house.admin("GET", "history?limit=1")).json["items"][0]["revision"]
        first = (tmp_path / "master.key").read_text()
        done = (await house.admin("POST", "vault:rotate", {})).json
        assert (done["resealed"], done["unreadable"]) == (3, 0)
        assert (await house.ask("acme/alpha")).status != 200
        # The key from before the change comes back out of the history, under the new master key.
        undone = await house.admin("POST", f"history/{changed}:undo")
        assert undone.status == 200
        assert (await house.ask("acme/alpha")).status == 200
        copy = (await house.admin("GET", "tokens/default/secret")).json["token"]
        assert copy == house.token
    (file,) = key_files(tmp_path)
    assert file.read_text() != first
    async with House(tmp_path, NO_KEY) as house:
        house.token = copy
        assert (await house.ask("acme/alpha")).status == 200


def key_files(directory: Path) -> list[Path]:
    return list(directory.glob("*.key"))
