"""A look gives the colours of this moment."""

from butler.desktop.look import Look
from butler.desktop.theme import Scheme
from butler.desktop.tokens import DARK, LIGHT


def test_colours_are_read_when_they_are_needed(look: Look) -> None:
    assert look.tokens is LIGHT
    look.theme.use(Scheme.DARK)
    assert look.tokens is DARK
