"""The words of calls: kept where the owner turned that on, read, forgotten."""

from tests.e2e.house import House, until
from tests.fakes import Upstream

WORDS = {"role": "user", "content": "Where is my osmium kettle?"}


async def test_nothing_is_kept_by_itself(house: House) -> None:
    await house.ask()
    row = await house.row()
    got = await house.admin("GET", f"requests/{row['id']}/body")
    assert (got.status, got.problem["code"]) == (404, "not_found")
    assert "log.bodies" in got.problem["hint"]
    assert (await house.admin("GET", "requests/%00/body")).status == 404
    assert (await house.admin("DELETE", "requests/%00/body")).status == 404


async def test_words_are_sealed_read_and_forgotten(house: House, up: Upstream) -> None:
    await house.add(up)
    await house.set(log__bodies="full")
    answers = {}
    for stream in (True, False):
        got = await house.ask(stream=stream, messages=[WORDS])
        said = got.text if stream else got.json["choices"][0]["message"]["content"]
        answers[got.headers["x-butler-request-id"]] = said

    async def kept(id_: str) -> bool:
        return (await house.admin("GET", f"requests/{id_}/body")).status == 200

    for id_, said in answers.items():
        await until(lambda id_=id_: kept(id_))
        words = (await house.admin("GET", f"requests/{id_}/body")).json
        assert words["answer"] == said
        assert "osmium kettle" in words["request"]
    stored = b"".join(file.read_bytes() for file in house.data_dir.glob("butler.db*"))
    assert b"osmium kettle" not in stored
    first, second = answers
    assert (await house.admin("DELETE", f"requests/{first}/body")).json == {"forgotten": 1}
    assert not await kept(first)
    assert (await house.admin("DELETE", f"requests/{first}/body")).status == 404
    assert (await house.admin("DELETE", "bodies")).json == {"forgotten": 1}
    assert not await kept(second)
    assert len(await house.rows(2)) == 2, "the calls themselves stay"


async def test_prompts_alone(house: House, up: Upstream) -> None:
    await house.add(up)
    await house.set(log__bodies="prompts")
    await house.ask()
    row = await house.row()

    async def kept() -> bool:
        return (await house.admin("GET", f"requests/{row['id']}/body")).status == 200

    await until(kept)
    assert (await house.admin("GET", f"requests/{row['id']}/body")).json["answer"] is None
