"""Continue's `cn`, asked one thing; its program lies in the folder of packages, Node second."""

import json
import sys
from pathlib import Path

from driving import Errand, Got, serve
from programs import run_program

_QUIET = {
    "CONTINUE_TELEMETRY_ENABLED": "0",
    "CONTINUE_CLI_ENABLE_TELEMETRY": "0",
    "CONTINUE_METRICS_ENABLED": "0",
    "CONTINUE_CLI_DISABLE_COMMIT_SIGNATURE": "1",
}


def run(errand: Errand) -> Got:
    """Run one prompt; whatever tool the model calls is allowed."""
    folder = Path(errand.folder)
    is_messages = errand.protocol == "messages"
    model = {
        "name": "Butler",
        "provider": "anthropic" if is_messages else "openai",
        "model": errand.model,
        "apiBase": f"{errand.v1}/" if is_messages else errand.v1,
        "apiKey": errand.key,
        "roles": ["chat", "edit", "apply"],
    }
    config = folder / "continue.yaml"
    told = {"name": "butler", "version": "0.0.1", "schema": "v1", "models": [model]}
    # Every JSON text is YAML.
    config.write_text(json.dumps(told), encoding="utf-8")
    program = Path(sys.argv[1], "node_modules", "@continuedev", "cli", "dist", "cn.js")
    command = [sys.argv[2], str(program), "--config", str(config), "--auto", "-p", errand.ask]
    printed = run_program(command, _QUIET, folder)
    return Got(printed.out, printed.pieces)


if __name__ == "__main__":
    serve(run)
