"""What a person can ask for, once for tray, window and keyboard; results come back as events."""

from PySide6.QtCore import QObject, Signal

from butler.contract.texts import Texts
from butler.desktop.background import Background
from butler.desktop.clipboard import Clipboard
from butler.desktop.engine import Engine
from butler.desktop.engine_client import EngineClient
from butler.desktop.session import Session
from butler.desktop.snippets import TOKEN_PLACEHOLDER, curl_line
from butler.desktop.state import DesktopState


class Actions(QObject):
    """Carries out what was asked; `failed` tells what did not work, in words for people."""

    failed = Signal(str)
    told = Signal(str)
    """Something that was asked for is done, in words."""
    copied = Signal(str)
    """What was copied: `base_url`, `token`, `example` or `secret`."""
    window_asked = Signal()
    page_asked = Signal(str)
    """The object name of the page to show."""
    call_asked = Signal(str)
    """The id of the call to explain."""
    rule_asked = Signal(object)
    """The body of a rule that is to be looked over before it is stored."""
    trial_asked = Signal(str)
    """The id of a call to try in the playground."""
    guide_asked = Signal()
    quit_asked = Signal()

    def __init__(
        self,
        session: Session,
        state: DesktopState,
        texts: Texts,
        background: Background,
        clipboard: Clipboard,
    ) -> None:
        super().__init__()
        self._session = session
        self._state = state
        self._texts = texts
        self._clipboard = clipboard
        self.engine = Engine(session, background, texts, self.failed.emit)

    def set_routing(self, on: bool) -> None:
        """Turn routing on or off; the state follows with the engine's event."""
        self._set("routing.enabled", on)

    def set_paused(self, on: bool) -> None:
        """Stop answering new calls, or answer them again."""
        self._set("server.paused", on)

    def set_local_only(self, on: bool) -> None:
        """Let calls go to models on this machine alone, or to all again."""
        self._set("privacy.local_only", on)

    def copy_base_url(self) -> None:
        """Copy the address that tools are given."""
        if self._state.status:
            self._clipboard.copy(self._state.status.base_url)
            self.copied.emit("base_url")

    def copy_token(self) -> None:
        """Copy the default client token, fetched for this one use."""
        self.engine.run("copy-token", self._copy_token)

    def copy_secret(self, text: str) -> None:
        """Copy a secret that is at hand, marked as one."""
        self._clipboard.copy(text, secret=True)
        self.copied.emit("secret")

    def copy_example(self) -> None:
        """Copy a curl command that works as it is, token and all."""
        self.engine.run("copy-example", self._copy_example)

    def open_page(self, name: str) -> None:
        """Show a page of the window."""
        self.page_asked.emit(name)

    def retry(self) -> None:
        """Try to start the engine again."""
        self._session.retry()

    def _set(self, key: str, on: bool) -> None:
        self.engine.run(f"set {key}", lambda client: client.change_setting(key, on))

    async def _copy_token(self, client: EngineClient) -> None:
        status = self._state.status
        if status and status.default_token:
            self._clipboard.copy(
                (await client.token_secret(status.default_token)).token, secret=True
            )
            self.copied.emit("token")

    async def _copy_example(self, client: EngineClient) -> None:
        status = self._state.status
        if status is None:
            return
        name = status.default_token
        token = (await client.token_secret(name)).token if name else TOKEN_PLACEHOLDER
        line = curl_line(status.base_url, token, self._texts("example.question"))
        self._clipboard.copy(line, secret=name is not None)
        self.copied.emit("example")
