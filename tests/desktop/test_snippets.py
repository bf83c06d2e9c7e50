"""The line to try is understood by a real shell."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from butler.desktop.snippets import curl_line

_QUESTION = 'Why "blue"? 天空'


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_a_shell_hands_curl_what_we_meant(tmp_path: Path) -> None:
    curl = tmp_path / "curl"
    curl.write_text(
        f"#!{sys.executable}\nimport json, sys\nprint(json.dumps(sys.argv[1:]))\n", encoding="utf-8"
    )
    curl.chmod(0o755)
    line = curl_line("http://localhost:8080/v1", "secret", _QUESTION, "linux")

    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    seen = json.loads(subprocess.check_output(["sh", "-c", line], env={"PATH": path}))

    assert seen[0] == "http://localhost:8080/v1/chat/completions"
    assert "Authorization: Bearer secret" in seen
    body = json.loads(seen[seen.index("-d") + 1])
    assert body == {"model": "auto", "messages": [{"role": "user", "content": _QUESTION}]}


def test_windows_gets_one_line_without_single_quotes() -> None:
    line = curl_line("http://localhost:8080/v1", "secret", "Why?", "win32")
    assert "\n" not in line
    assert "'" not in line
    assert '\\"role\\": \\"user\\"' in line
