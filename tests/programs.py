"""Programs of the system that some tests start: found, or said what to install."""

import os
import shutil
from typing import NoReturn

import pytest


def program(name: str, package: str) -> str:
    """The path of a program; without it the test fails or is skipped."""
    found = shutil.which(name)
    return found or missing(name, package)


def missing(name: str, package: str) -> NoReturn:
    """Fail where the program should be there (it may be installed here, or this is CI), or skip."""
    why = (
        f"{name} is not installed. `sh packaging/bootstrap/system.sh test` installs it, or says "
        f"what to run; the package is called {package}."
    )
    may_install = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")
    if may_install or os.environ.get("CI"):
        pytest.fail(why, pytrace=False)
    pytest.skip(why)
