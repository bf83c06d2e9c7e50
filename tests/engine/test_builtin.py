"""What the product is made of, in its order."""

from butler.contract.tasks import Task
from butler.engine.builtin import CONDITION_KINDS, DIALECTS, PROVIDER_KINDS, Chain, layers
from butler.engine.call import Target
from butler.engine.providers.base import Connection
from butler.engine.routing.defaults import Defaults


def test_the_chain_in_its_order() -> None:
    for default in (None, Target("a", "b")):
        names = [layer.name for layer in layers(Chain(defaults=Defaults(default)))]
        ours = {"direct", "pin", "rules", "semantic", "arbiter", "default"}
        assert [name for name in names if name in ours] == [
            *("direct", "pin", "rules", "semantic", "arbiter", "default")
        ]


def test_everything_is_filed_under_its_own_name() -> None:
    assert {"openai_compatible", "openai_responses", "demo"} < set(PROVIDER_KINDS)
    assert {"task", "keywords", "regex", "tokens", "contains_secrets"} < set(CONDITION_KINDS)
    assert all(name == kind.kind for name, kind in CONDITION_KINDS.items())
    assert {name for name, kind in CONDITION_KINDS.items() if kind.private} == {
        "contains_secrets",
        "private",
    }
    assert all(name == dialect.name for name, dialect in DIALECTS.items())
    for kind in PROVIDER_KINDS.values():
        made = kind.create(Connection("acme", kind.id, "http://localhost:1/v1"))
        assert made.dialect.name == kind.dialect


def test_forms_name_their_fields_once() -> None:
    for kind in (*PROVIDER_KINDS.values(), *CONDITION_KINDS.values()):
        names = [field.name for field in kind.fields]
        assert len(names) == len(set(names))
        assert all(field.title for field in kind.fields)


def test_the_vocabulary_of_tasks() -> None:
    assert [task.value for task in Task] == [
        "coding", "translation", "analysis", "math", "creative", "chat", "summarization", "general",
    ]  # fmt: skip
