"""One window per data directory: a second start brings the first one's window forward."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_ANSWER_MS = 500
_RAISE = b"raise\n"


def instance_name(directory: Path) -> str:
    """Return the name under which the desktop of a data directory can be called."""
    digest = hashlib.sha256(str(directory.resolve()).encode()).hexdigest()
    return f"smart-routing-butler-{digest[:16]}"


class SingleInstance(QObject):
    """Call `claim` once, before anything is shown."""

    called = Signal()
    """Somebody started us a second time."""

    def __init__(self, directory: Path) -> None:
        super().__init__()
        self._name = instance_name(directory)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def claim(self) -> bool:
        """Become the one instance; False when another is, which then comes forward."""
        if self._call_other():
            return False
        if not self._server.listen(self._name):
            # What is left of one that crashed: nobody answered there.
            QLocalServer.removeServer(self._name)
            self._server.listen(self._name)
        return True

    def release(self) -> None:
        """Stop being called."""
        self._server.close()

    def _call_other(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_ANSWER_MS):
            return False
        socket.write(_RAISE)
        socket.waitForBytesWritten(_ANSWER_MS)
        socket.disconnectFromServer()
        return True

    def _answer(self) -> None:
        while self._server.hasPendingConnections():
            connection = self._server.nextPendingConnection()
            connection.disconnected.connect(connection.deleteLater)
            self.called.emit()
