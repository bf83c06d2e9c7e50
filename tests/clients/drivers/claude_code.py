"""Claude Code, asked one thing; its binary lies in the folder of packages named first."""

import json
import sys
from pathlib import Path
from typing import Any

from driving import Errand, Got, serve
from programs import run_program

_QUIET = {
    "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
    "DISABLE_TELEMETRY": "1",
    "DISABLE_AUTOUPDATER": "1",
    "DISABLE_ERROR_REPORTING": "1",
    "IS_SANDBOX": "1",
}
_FLAGS = "--output-format stream-json --include-partial-messages --verbose".split()


def run(errand: Errand) -> Got:
    """Run one prompt; whatever tool the model calls is allowed."""
    got = Got()
    packages = Path(sys.argv[1], "node_modules")
    (binary,) = packages.glob("@anthropic-ai/claude-code-*/claude*")
    binary.chmod(0o755)
    models = ("ANTHROPIC_MODEL", "ANTHROPIC_SMALL_FAST_MODEL", "ANTHROPIC_DEFAULT_HAIKU_MODEL")
    environment = {
        **_QUIET,
        "ANTHROPIC_BASE_URL": errand.root,
        "ANTHROPIC_AUTH_TOKEN": errand.key,
        **dict.fromkeys(models, errand.model),
    }
    command = [str(binary), "--print", *_FLAGS, "--dangerously-skip-permissions", errand.ask]
    printed = run_program(command, environment, Path(errand.folder))
    for line in printed.out.splitlines():
        told: dict[str, Any] = json.loads(line)
        if told["type"] == "result":
            got.text = told["result"]
            got.count(told["usage"]["input_tokens"], told["usage"]["output_tokens"])
        delta = told.get("event", {}).get("delta", {})
        got.pieces += delta.get("type") == "text_delta"
    return got


if __name__ == "__main__":
    serve(run)
