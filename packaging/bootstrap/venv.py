"""Create the virtual environment `.venv`, install the locked packages, build the model.

    python packaging/bootstrap/venv.py [run|dev]

`run` is what the app needs, `dev` adds what tests and lint need. Works on every system with
nothing but the standard library, and does nothing when all is in place already.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = ENVIRONMENT / "installed"
LOCKS = {"run": "requirements/run.txt", "dev": "requirements/lock.txt"}
OLDEST = (3, 11)


def main(arguments: list[str]) -> int:
    """Bring `.venv` up to date; returns the exit code."""
    purpose = arguments[0] if arguments else "run"
    if purpose not in LOCKS:
        print(f"venv.py: {purpose!r} is not one of {', '.join(LOCKS)}.", file=sys.stderr)
        return 2
    if sys.version_info < OLDEST:
        print(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 1
    try:
        if not is_current(purpose):
            install(purpose)
        subprocess.run([str(PYTHON), "packaging/models/build.py"], cwd=ROOT, check=True)
    except subprocess.CalledProcessError as error:
        print(
            "The locked packages or the embedding model could not be installed; the reason stands "
            "above.\n"
            "Check the network connection, then run the same command again.",
            file=sys.stderr,
        )
        return error.returncode
    except KeyboardInterrupt:
        print("Interrupted; the next run starts over.", file=sys.stderr)
        return 130
    return 0


def is_current(purpose: str) -> bool:
    """Whether the environment holds what the lock says; `dev` holds all that `run` needs."""
    if not STAMP.is_file() or not PYTHON.exists():
        return False
    written = STAMP.read_text(encoding="utf-8")
    return written in {fingerprint(purpose), fingerprint("dev")}


def fingerprint(purpose: str) -> str:
    """What an installed environment depends on: lock, project file, place and interpreter."""
    digest = hashlib.sha256()
    for name in ("requirements/build.txt", LOCKS[purpose], "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    version = ".".join(map(str, sys.version_info[:2]))
    return f"{purpose}\n{digest.hexdigest()}\n{ENVIRONMENT}\n{version}\n"


def install(purpose: str) -> None:
    """Install build tools, then the locked packages, then this project itself."""
    print(
        f"Installing into {ENVIRONMENT}: the first time, about 180 MB come over the network.",
        flush=True,
    )
    if not is_usable():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], check=True)
    STAMP.unlink(missing_ok=True)
    locked = ["--require-hashes", "--no-deps", "--no-build-isolation", "--use-pep517"]
    pip(*locked, "-r", "requirements/build.txt")
    pip(*locked, "-r", LOCKS[purpose])
    pip("--no-deps", "--no-build-isolation", "--editable", ".")
    STAMP.write_text(fingerprint(purpose), encoding="utf-8")


def is_usable() -> bool:
    """Whether an environment is there; another interpreter's, or a moved one, is of no use."""
    if not STAMP.is_file() or not PYTHON.exists():
        return False
    written = STAMP.read_text(encoding="utf-8").splitlines()
    return written[2:] == fingerprint("dev").splitlines()[2:]


def pip(*arguments: str) -> None:
    """Run the environment's own pip; raises CalledProcessError when it fails."""
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*command, *arguments], cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
