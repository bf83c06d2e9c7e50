"""`llm`: its command line, with a model out of `extra-openai-models.yaml`."""

import json
import re
from pathlib import Path

from driving import TOOL, TOOL_SAYS, Errand, Got, serve
from programs import program, run_program

_FUNCTIONS = '''
def {tool}(city: str) -> str:
    """{says}"""
    return f"{{city}} has the code {secret}."
'''


def run(errand: Errand) -> Got:
    """Run one prompt."""
    got = Got()
    folder = Path(errand.folder)
    model = {
        "model_id": "butler",
        "model_name": errand.model,
        "api_base": errand.v1,
        "api_key_name": "butler",
        "can_stream": True,
        "supports_tools": True,
        "vision": True,
    }
    # Every JSON text is YAML.
    (folder / "extra-openai-models.yaml").write_text(json.dumps([model]))
    command = [program("llm"), "prompt", "--model", "butler", "--key", errand.key, "--usage"]
    command += [] if errand.is_streamed else ["--no-stream"]
    if errand.image:
        command += ["--attachment", errand.image]
    if errand.has_tools:
        functions = _FUNCTIONS.format(tool=TOOL, says=TOOL_SAYS, secret=errand.secret)
        command += ["--functions", functions]
    printed = run_program([*command, errand.ask], {"LLM_USER_PATH": str(folder)}, folder)
    got.text, got.pieces = printed.out, printed.pieces
    for told in re.finditer(r"([\d,]+) input, ([\d,]+) output", printed.err):
        got.count(*(int(number.replace(",", "")) for number in told.groups()))
    return got


if __name__ == "__main__":
    serve(run)
