"""OpenCode, asked one thing; its binary lies in the folder of packages named first."""

import json
import sys
from pathlib import Path
from typing import Any

from driving import Errand, Got, serve
from programs import run_program

_PACKAGES = {
    "chat": "@ai-sdk/openai-compatible",
    "responses": "@ai-sdk/openai",
    "messages": "@ai-sdk/anthropic",
}
_QUIET = {
    "OPENCODE_DISABLE_AUTOUPDATE": "1",
    "OPENCODE_DISABLE_MODELS_FETCH": "1",
    "OPENCODE_DISABLE_LSP_DOWNLOAD": "1",
    "OPENCODE_DISABLE_DEFAULT_PLUGINS": "1",
}


def config_of(errand: Errand) -> dict[str, Any]:
    """Return what OpenCode is told about the butler."""
    limit = {"context": 128_000, "output": 8192}
    seen = {"input": ["text", "image"], "output": ["text"]}
    model = {"name": "auto", "limit": limit, "attachment": True, "modalities": seen}
    options = {"baseURL": errand.v1, "apiKey": errand.key}
    provider = {"npm": _PACKAGES[errand.protocol], "name": "Butler", "options": options}
    return {
        "autoupdate": False,
        "share": "disabled",
        "model": f"butler/{errand.model}",
        "small_model": f"butler/{errand.model}",
        "permission": {"*": "allow"},
        "provider": {"butler": {**provider, "models": {errand.model: model}}},
    }


def run(errand: Errand) -> Got:
    """Run one prompt; whatever tool the model calls is allowed."""
    got = Got()
    folder = Path(errand.folder)
    home = folder / ".config" / "opencode"
    home.mkdir(parents=True, exist_ok=True)
    (home / "opencode.json").write_text(json.dumps(config_of(errand)), encoding="utf-8")
    (binary,) = Path(sys.argv[1], "node_modules").glob("opencode-*-x64/bin/opencode*")
    binary.chmod(0o755)
    # A title in the command: else it asks for one at the same time, and takes our answers for it.
    command = [str(binary), "run", "--format", "json", "--title", "errand", errand.ask]
    command += ["--file", errand.image] if errand.image else []
    printed = run_program(command, _QUIET, folder)
    for line in printed.out.splitlines():
        told: dict[str, Any] = json.loads(line)
        part = told.get("part", {})
        if told["type"] == "text":
            got.text = part["text"]
        if told["type"] == "step_finish":
            got.count(part["tokens"]["input"], part["tokens"]["output"])
    return got


if __name__ == "__main__":
    serve(run)
