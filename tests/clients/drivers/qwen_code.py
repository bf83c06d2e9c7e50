"""Qwen Code, asked one thing; its program lies in the folder of packages first, Node second."""

import json
import sys
from pathlib import Path
from typing import Any

from driving import Errand, Got, serve
from programs import run_program

_KINDS = {"chat": "openai", "responses": "openai-responses", "messages": "anthropic"}


def run(errand: Errand) -> Got:
    """Run one prompt; whatever tool the model calls is allowed."""
    got = Got()
    folder = Path(errand.folder)
    kind = _KINDS[errand.protocol]
    settings: dict[str, Any] = {
        "telemetry": {"enabled": False},
        "privacy": {"usageStatisticsEnabled": False},
        "general": {"enableAutoUpdate": False, "disableAutoUpdate": True},
        "security": {"auth": {"selectedType": kind}},
        "model": {"generationConfig": {"modalities": {"image": True}}},
        # What a command says through a terminal of its own comes too late at times.
        "tools": {"shell": {"enableInteractiveShell": False}},
        # Its memory is a request of its own after each answer.
        "memory": {"enableManagedAutoMemory": False, "enableManagedAutoDream": False},
    }
    (folder / ".qwen").mkdir(exist_ok=True)
    (folder / ".qwen" / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    program = Path(sys.argv[1], "node_modules", "@qwen-code", "qwen-code", "cli-entry.js")
    environment = {
        "OPENAI_API_KEY": errand.key,
        "OPENAI_BASE_URL": errand.v1,
        "OPENAI_MODEL": errand.model,
        "ANTHROPIC_API_KEY": errand.key,
        "ANTHROPIC_BASE_URL": errand.root,
        "ANTHROPIC_MODEL": errand.model,
        "QWEN_TELEMETRY_ENABLED": "false",
    }
    command = [sys.argv[2], str(program), "--auth-type", kind, "-m", errand.model, "--yolo"]
    printed = run_program([*command, "-o", "stream-json", "-p", errand.ask], environment, folder)
    for line in printed.out.splitlines():
        told: dict[str, Any] = json.loads(line)
        if told["type"] == "result":
            got.text = told["result"]
            got.count(told["usage"]["input_tokens"], told["usage"]["output_tokens"])
    return got


if __name__ == "__main__":
    serve(run)
