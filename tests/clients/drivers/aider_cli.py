"""`aider`, asked one thing in a folder of its own."""

import json
from pathlib import Path

from driving import Errand, Got, serve
from programs import program, run_program

_FLAGS = """--no-check-update --analytics-disable --no-show-model-warnings --no-gitignore --no-git
    --yes-always --no-pretty --no-show-release-notes --no-auto-commits --chat-mode ask""".split()


def run(errand: Errand) -> Got:
    """Run one message; a picture is a file of the chat."""
    folder = Path(errand.folder)
    model = f"openai/{errand.model}"
    known = {"supports_vision": True, "litellm_provider": "openai", "mode": "chat"}
    limits = {"max_input_tokens": 128_000, "max_output_tokens": 8192}
    metadata = folder / "models.json"
    metadata.write_text(json.dumps({model: {**known, **limits}}))
    command = [program("aider"), "--model", model, *_FLAGS]
    command += ["--model-metadata-file", str(metadata)]
    command += [] if errand.is_streamed else ["--no-stream"]
    command += ["--message", errand.ask, *([errand.image] if errand.image else [])]
    environment = {
        "OPENAI_API_BASE": errand.v1,
        "OPENAI_API_KEY": errand.key,
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    }
    printed = run_program(command, environment, folder)
    return Got(printed.out, printed.pieces)


if __name__ == "__main__":
    serve(run)
