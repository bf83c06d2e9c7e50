"""A model hub on this machine: what fastembed asks of one, over a real socket."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@contextmanager
def hub(folder: Path, repository: str) -> Iterator[tuple[str, list[str]]]:
    """Serve a folder's files as a repository; gives the address and the paths asked for."""
    asked: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(folder, repository, asked))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(folder: Path, repository: str, asked: list[str]) -> type[BaseHTTPRequestHandler]:
    files = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    about = {"id": repository, "sha": COMMIT, "siblings": [{"rfilename": name} for name in files]}
    tree = [
        {"type": "file", "path": name, "size": len(content), "oid": _digest(content)}
        for name, content in files.items()
    ]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            asked.append(path)
            api = f"/api/models/{repository}"
            if path.startswith(f"/{repository}/resolve/{COMMIT}/"):
                self._answer(files.get(path.rpartition("/")[2]))
            elif path.startswith(f"{api}/tree/"):
                self._answer(json.dumps(tree).encode(), "application/json")
            elif path == api or path.startswith(f"{api}/revision/"):
                self._answer(json.dumps(about).encode(), "application/json")
            else:
                self._answer(None)

        do_HEAD = do_GET

        def _answer(self, content: bytes | None, kind: str = "application/octet-stream") -> None:
            self.send_response(404 if content is None else 200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content or b"")))
            self.send_header("ETag", f'"{_digest(content or b"")}"')
            self.send_header("X-Repo-Commit", COMMIT)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(content or b"")

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    return Handler


def _digest(content: bytes) -> str:
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()
