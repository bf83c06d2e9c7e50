"""What names in a configuration lead to, and what is said of those that lead nowhere."""

from butler.engine.call import Target
from butler.engine.facts import Makes, ModelFacts
from butler.engine.leading import Problems, categories_of, defaults_of, led_somewhere
from butler.engine.routing.names import KnownModel, NameBook
from butler.engine.settings import Settings
from butler.engine.store.snapshot import Snapshot
from butler.engine.store.targets import StoredTarget
from tests.engine.store.records import category

ALPHA, EYES = Target("acme", "alpha"), Target("acme", "eyes")
NAMES = NameBook([KnownModel(ALPHA), KnownModel(EYES)])


def test_the_first_model_is_the_default_where_nobody_chose() -> None:
    problems: Problems = {}
    assert defaults_of(Settings(), NAMES, problems, {}).usual == ALPHA
    paints = {ALPHA: ModelFacts(makes=frozenset({Makes.IMAGE}))}
    assert defaults_of(Settings(), NAMES, problems, paints).usual == EYES
    assert defaults_of(Settings(), NameBook([]), problems, {}).usual is None
    assert problems == {}


def test_choices_that_are_gone_are_told_and_not_replaced() -> None:
    problems: Problems = {}
    chosen = {"routing.default_target": "acme/x", "routing.default_audio_target": "acme/y"}
    found = defaults_of(Settings(chosen), NAMES, problems, {})
    assert (found.usual, found.image, found.audio) == (None, None, None)
    assert set(problems) == set(chosen)


def test_a_category_of_ours_leads_somewhere_in_the_demo() -> None:
    stored = (
        category("cat_coding", name="coding"),
        category("cat_1", name="law"),
        category("cat_maths", name="maths", targets=(StoredTarget(None, "acme/gone"),)),
    )
    snapshot = Snapshot(
        revision=1, settings={}, providers=(), models=(), rules=(), tokens=(), categories=stored
    )
    problems: Problems = {}
    coding, law, maths = map(led_somewhere, categories_of(snapshot, NAMES, problems))
    assert [str(target) for target in coding.targets] == ["demo/strong", "demo/cheap"]
    assert law.targets == maths.targets == ()
    assert list(problems) == ["cat_maths"]
