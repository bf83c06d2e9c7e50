"""The length of texts as Qt counts it."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from butler.desktop.models.text_units import units


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])))
def test_it_is_what_qt_counts(text: str) -> None:
    # A document ends in a character of its own.
    assert units(text) == QTextDocument(text).characterCount() - 1
