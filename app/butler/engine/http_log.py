"""What the HTTP library may write to our log: that something failed, never what was sent.

Its own lines quote the bytes that it could not read, and those may be a token or a prompt.
"""

import logging


class _Reticent(logging.Filter):
    """Takes the traceback, and with it every quotation, off a record, and calls it a note."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the record pass, made harmless: bad bytes from a client are no error of ours."""
        record.exc_info = None
        record.exc_text = None
        record.levelno, record.levelname = logging.INFO, "INFO"
        return True


def http_logger() -> logging.Logger:
    """Return the logger for aiohttp's servers; handlers log their own bugs themselves."""
    logger = logging.getLogger("butler.engine.http")
    if not any(isinstance(each, _Reticent) for each in logger.filters):
        logger.addFilter(_Reticent())
    return logger
