"""Windows: a value under the Run key of the owner's registry."""

import subprocess
import sys
from collections.abc import Sequence
from typing import Protocol

_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"
_VALUE = "Smart Routing Butler"


class Values(Protocol):
    """The values of one registry key."""

    def read(self, name: str) -> str | None:
        """Return a value, None where there is none."""

    def write(self, name: str, value: str) -> None:
        """Set a value."""

    def delete(self, name: str) -> None:
        """Remove a value, if it is there."""


class RunKey:
    """`values` are those of the Run key."""

    def __init__(self, values: Values) -> None:
        self._values = values

    def is_on(self) -> bool:
        """Return whether our value is there."""
        return self._values.read(_VALUE) is not None

    def turn_on(self, command: Sequence[str]) -> None:
        """Write the value."""
        self._values.write(_VALUE, subprocess.list2cmdline(command))

    def turn_off(self) -> None:
        """Remove the value."""
        self._values.delete(_VALUE)


if sys.platform == "win32":
    import winreg

    class Registry:
        """The Run key of whoever is logged in."""

        def read(self, name: str) -> str | None:
            """Return a value, None where there is none."""
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _KEY) as key:
                    return str(winreg.QueryValueEx(key, name)[0])
            except FileNotFoundError:
                return None

        def write(self, name: str, value: str) -> None:
            """Set a value."""
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _KEY) as key:
                winreg.SetValueEx(key, name, 0, winreg.REG_SZ, value)

        def delete(self, name: str) -> None:
            """Remove a value, if it is there."""
            access = winreg.KEY_SET_VALUE
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _KEY, 0, access) as key:
                    winreg.DeleteValue(key, name)
            except FileNotFoundError:
                return
