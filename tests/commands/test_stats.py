"""`butler stats`: what calls came to, in words and figures."""

from butler.commands.console import moment
from tests.commands.conftest import Run, beside
from tests.e2e.house import House
from tests.fakes import Answer, Upstream


async def test_what_was_asked_is_counted(house: House, up: Upstream, butler: Run) -> None:
    await house.add(up)
    up.script(Answer(text="yes"), Answer(text="no"))
    await house.ask("acme/alpha")
    await house.ask("acme/beta")
    await house.rows(2)
    shown = (await beside(butler, "stats", "--by", "model", "--bucket", "day")).out
    figures = dict(line.rsplit("  ", 1) for line in shown.split("\n\n")[0].splitlines())
    assert {name.strip(): text for name, text in figures.items()}["Requests"] == "2"
    groups = shown.split("\n\n")[2].splitlines()
    assert groups[0].split()[:2] == ["MODEL", "REQUESTS"]
    assert sorted(line.split()[0] for line in groups[1:]) == ["acme/alpha", "acme/beta"]
    assert len(shown.split("\n\n")[3].splitlines()) == 3
    found = (await beside(butler, "stats", "--model", "acme/beta", "--json")).json
    assert (found["totals"]["requests"], found["group_by"]) == (1, None)


async def test_of_rules_it_is_told_when_they_hit_last(
    house: House, up: Upstream, butler: Run
) -> None:
    await house.add(up)
    await house.rule("acme/alpha")
    await house.ask()
    await house.rows(1)
    shown = (await beside(butler, "stats", "--by", "rule")).out
    titles, line = shown.split("\n\n")[2].splitlines()
    assert titles.endswith("LAST HIT")
    assert line.startswith("everything")
    assert line.endswith(moment((await house.row())["started_at"]))


def test_nothing_was_asked(butler: Run) -> None:
    done = butler("stats")
    assert (done.status, "Requests" in done.out) == (0, True)
    assert butler("stats", "--lang", "zh", "--by", "rule").status == 0


def test_what_does_not_fit(butler: Run) -> None:
    assert butler("stats", "--by", "weather").status == 2
    assert butler("stats", "--from", "soon").status == 1
