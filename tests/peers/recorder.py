"""A server that keeps what a peer sends, and answers with what it is told to."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Recorder:
    """What arrived below the path of each job, and what each is answered."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.bodies: dict[str, Any] = {}
        self.replies: dict[str, bytes] = {}

    def url(self, job: str) -> str:
        """Return the base URL that belongs to a job."""
        return f"http://127.0.0.1:{self._port}/{job}"


@contextmanager
def recording() -> Iterator[Recorder]:
    """Serve on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    recorder = Recorder(server.server_port)
    server.recorder = recorder  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield recorder
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        recorder: Recorder = self.server.recorder  # type: ignore[attr-defined]
        job = self.path.split("/")[1]
        body = self.rfile.read(int(self.headers["Content-Length"]))
        recorder.bodies.setdefault(job, json.loads(body))
        reply = recorder.replies.get(job)
        self.send_response(400 if reply is None else 200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(reply or b'{"error": {"message": "only recorded"}}')

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""
