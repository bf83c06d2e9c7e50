"""How things look and read, in one value that every widget is given."""

from dataclasses import dataclass

from butler.contract.texts import Texts
from butler.desktop.formats import Formats
from butler.desktop.icons import Icons
from butler.desktop.theme import Theme
from butler.desktop.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Look:
    """The theme, the words, how values are written, and the icons."""

    theme: Theme
    texts: Texts
    formats: Formats
    icons: Icons

    @property
    def tokens(self) -> Tokens:
        """The colours in force now; read them when painting, not before."""
        return self.theme.tokens
