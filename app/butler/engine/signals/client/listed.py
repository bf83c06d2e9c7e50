"""The ONE list of the tools that are known, in the order in which they are tried.

Tools stand before the libraries that they are built on. A new one is a file and a line here:
rules, the log, the pin, the exact cache and the search for the user's words all read this list.
"""

from butler.engine.signals.client.tool import Tool
from butler.engine.signals.client.tools.aider import AIDER
from butler.engine.signals.client.tools.claude_code import CLAUDE_CODE
from butler.engine.signals.client.tools.cline import CLINE
from butler.engine.signals.client.tools.codex import CODEX
from butler.engine.signals.client.tools.continue_cli import CONTINUE
from butler.engine.signals.client.tools.copilot import COPILOT
from butler.engine.signals.client.tools.cursor import CURSOR
from butler.engine.signals.client.tools.frameworks import FRAMEWORKS
from butler.engine.signals.client.tools.gemini_cli import GEMINI_CLI
from butler.engine.signals.client.tools.hermes import HERMES
from butler.engine.signals.client.tools.kilo import KILO
from butler.engine.signals.client.tools.libraries import LIBRARIES
from butler.engine.signals.client.tools.open_interpreter import OPEN_INTERPRETER
from butler.engine.signals.client.tools.openclaw import OPENCLAW
from butler.engine.signals.client.tools.opencode import OPENCODE
from butler.engine.signals.client.tools.pi import PI
from butler.engine.signals.client.tools.qwen_code import QWEN_CODE
from butler.engine.signals.client.tools.smolagents import SMOLAGENTS

TOOLS: tuple[Tool, ...] = (
    # Before the one whose User-Agent it borrows for Anthropic's protocol.
    QWEN_CODE,
    CLAUDE_CODE,
    CODEX,
    OPENCODE,
    KILO,
    GEMINI_CLI,
    COPILOT,
    OPENCLAW,
    CLINE,
    CURSOR,
    PI,
    HERMES,
    AIDER,
    OPEN_INTERPRETER,
    SMOLAGENTS,
    CONTINUE,
    *FRAMEWORKS,
    *LIBRARIES,
)
