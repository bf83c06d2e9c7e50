"""Gemini CLI, asked one thing; its program lies in the folder of packages first, Node second."""

import json
import sys
from pathlib import Path
from typing import Any

from driving import Errand, Got, serve
from programs import run_program

_SETTINGS: dict[str, Any] = {
    "general": {"disableAutoUpdate": True, "enableAutoUpdate": False, "disableUpdateNag": True},
    "privacy": {"usageStatisticsEnabled": False},
    "telemetry": {"enabled": False},
    "security": {"auth": {"selectedType": "gemini-api-key"}},
    "ide": {"enabled": False},
}


def run(errand: Errand) -> Got:
    """Run one prompt; whatever tool the model calls is allowed."""
    got = Got()
    folder = Path(errand.folder)
    (folder / ".gemini").mkdir(exist_ok=True)
    (folder / ".gemini" / "settings.json").write_text(json.dumps(_SETTINGS), encoding="utf-8")
    program = Path(sys.argv[1], "node_modules", "@google", "gemini-cli", "bundle", "gemini.js")
    environment = {
        "GEMINI_API_KEY": errand.key,
        "GOOGLE_GEMINI_BASE_URL": errand.root,
        "GEMINI_TELEMETRY_ENABLED": "false",
        "GEMINI_CLI_TRUST_WORKSPACE": "true",
    }
    # Its own `auto` would ask a model of its choice which one to ask.
    command = [sys.argv[2], str(program), "-m", "gemini-butler", "--yolo", "-o", "json"]
    printed = run_program([*command, "-p", errand.ask], environment, folder)
    told: dict[str, Any] = json.loads(printed.out)
    got.text = told["response"]
    for model in told["stats"]["models"].values():
        got.count(model["tokens"]["prompt"], model["tokens"]["candidates"])
    return got


if __name__ == "__main__":
    serve(run)
