"""What callers may write of a category."""

import pytest
from pydantic import ValidationError

from butler.contract.categories import CategoryIn, CategoryItem, CategoryPatch


def test_a_name_is_enough() -> None:
    category = CategoryIn.model_validate({"name": " law "})
    assert category == CategoryIn(
        name="law", description="", enabled=True, utterances=[], targets=[]
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "law", "utterances": [""]},
        {"name": "law", "utterances": ["x" * 1_001]},
        {"name": "law", "targets": ["no-slash"]},
        {"name": "law", "targets": ["a/b"] * 5},
        {"name": "law", "colour": "red"},
        {"name": "law", "description": "x" * 501},
    ],
)
def test_what_does_not_fit_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        CategoryIn.model_validate(wrong)


def test_a_patch_tells_what_it_names_from_what_it_leaves_alone() -> None:
    assert CategoryPatch.model_validate({"targets": []}).model_fields_set == {"targets"}
    with pytest.raises(ValidationError):
        CategoryPatch.model_validate({"position": -1})


def test_an_item_of_the_configuration_may_have_an_id() -> None:
    assert CategoryItem(name="law").id is None
    assert CategoryItem(name="law", id="cat_1").id == "cat_1"
