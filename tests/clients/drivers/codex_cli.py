"""Codex, asked one thing; its program lies in the folder of packages named first, Node second."""

import json
import sys
from pathlib import Path
from typing import Any

from driving import Errand, Got, serve
from programs import run_program

_CONFIG = """
model = "{model}"
model_provider = "butler"
approval_policy = "never"
sandbox_mode = "danger-full-access"
check_for_update_on_startup = false
[analytics]
enabled = false
[model_providers.butler]
name = "butler"
base_url = "{v1}"
env_key = "BUTLER_TOKEN"
wire_api = "responses"
"""


def run(errand: Errand) -> Got:
    """Run one prompt; whatever tool the model calls is allowed."""
    got = Got()
    folder = Path(errand.folder)
    home = folder / "codex"
    home.mkdir(exist_ok=True)
    config = _CONFIG.format(model=errand.model, v1=errand.v1)
    (home / "config.toml").write_text(config, encoding="utf-8")
    program = Path(sys.argv[1], "node_modules", "@openai", "codex", "bin", "codex.js")
    command = [sys.argv[2], str(program), "exec", "--json", "--skip-git-repo-check"]
    shown = ["--image", errand.image, "--"] if errand.image else []
    environment = {"CODEX_HOME": str(home), "BUTLER_TOKEN": errand.key}
    printed = run_program([*command, *shown, errand.ask], environment, folder)
    for line in printed.out.splitlines():
        told: dict[str, Any] = json.loads(line)
        item = told.get("item", {})
        if told["type"] == "item.completed" and item.get("type") == "agent_message":
            got.text = item["text"]
        if told["type"] == "turn.completed":
            got.count(told["usage"]["input_tokens"], told["usage"]["output_tokens"])
    return got


if __name__ == "__main__":
    serve(run)
