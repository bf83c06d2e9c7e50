"""Linux desktops: a file in the autostart folder (freedesktop.org's Autostart specification)."""

from collections.abc import Sequence
from pathlib import Path

_NAME = "smart-routing-butler.desktop"
_RESERVED = frozenset(" \t\n\"'\\><~|&;$*?#()`")


class XdgAutostart:
    """`config_home` is where the owner's configuration lies, usually `~/.config`."""

    def __init__(self, config_home: Path) -> None:
        self._file = config_home / "autostart" / _NAME

    def is_on(self) -> bool:
        """Return whether the file is there."""
        return self._file.exists()

    def turn_on(self, command: Sequence[str]) -> None:
        """Write the file."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        lines = [
            "[Desktop Entry]",
            "Type=Application",
            "Name=Smart Routing Butler",
            f"Exec={' '.join(_quoted(word) for word in command)}",
            "Terminal=false",
            "X-GNOME-Autostart-enabled=true",
        ]
        self._file.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def turn_off(self) -> None:
        """Remove the file."""
        self._file.unlink(missing_ok=True)


def _quoted(word: str) -> str:
    """Return an argument as the Exec key of the Desktop Entry specification wants it."""
    word = word.replace("%", "%%")
    if not _RESERVED & set(word):
        return word
    inside = "".join(f"\\{letter}" if letter in '"`$\\' else letter for letter in word)
    # The value of the key is a string in which backslashes are escaped once more.
    return f'"{inside}"'.replace("\\", "\\\\")
