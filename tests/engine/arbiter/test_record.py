"""One slip is none, three in a row are a habit."""

from butler.engine.arbiter.answer import Answer, Misfit
from butler.engine.arbiter.inquiries import Asked
from butler.engine.arbiter.record import Record
from butler.engine.arbiter.servers import ServerError, Trouble
from butler.engine.arbiter.standing import Phase

GOOD, LATE = Asked(10, Answer("a", None)), Asked(500, Answer("a", None))
WRONG = Asked(10, error=Misfit("prose"))


def phases(*heard: Asked) -> list[Phase]:
    record = Record()
    return [record.verdict(asked, 140)[0] for asked in heard]


def test_three_late_answers_in_a_row() -> None:
    assert phases(LATE, LATE, GOOD, LATE, LATE, LATE)[-2:] == [Phase.READY, Phase.SLOW]


def test_three_misfits_in_a_row() -> None:
    assert phases(WRONG, WRONG, GOOD, WRONG, WRONG, WRONG)[-2:] == [Phase.READY, Phase.FAILING]


def test_a_server_that_is_gone_is_believed_at_once() -> None:
    gone = Asked(1, error=ServerError(Trouble.ABSENT, "nobody"))
    assert phases(gone) == [Phase.ABSENT]
