"""Command lines to try, ready to paste into this system's shell."""

import json
import sys

TOKEN_PLACEHOLDER = "YOUR_TOKEN"  # noqa: S105 - stands in for one


def curl_line(base_url: str, token: str, question: str, platform: str = sys.platform) -> str:
    """Return the curl command that sends `question` to `auto`."""
    message = json.dumps({"role": "user", "content": question}, ensure_ascii=False)
    gap = "" if platform == "win32" else "\n    "
    body = '{"model": "auto", "messages": [' + gap + message + "]}"
    return request_line(f"{base_url}/chat/completions", token, body, platform)


def request_line(url: str, token: str, body: str, platform: str = sys.platform) -> str:
    """Return the curl command that sends `body`, JSON, to `url`."""
    # cmd.exe knows neither single quotes nor a command that goes on in the next line.
    windows = platform == "win32"
    quoted = body.replace("'", "'\\''")
    data = '"' + body.replace('"', '\\"') + '"' if windows else f"'{quoted}'"
    parts = [
        f"curl {url}",
        f'-H "Authorization: Bearer {token}"',
        '-H "Content-Type: application/json"',
        f"-d {data}",
    ]
    return " ".join(parts) if windows else " \\\n  ".join(parts)
