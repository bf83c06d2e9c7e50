"""The HTTP library's lines keep no bytes of a client's."""

import logging

import pytest

from butler.engine.http_log import http_logger


def test_a_traceback_and_what_it_quotes_stay_out(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        try:
            raise ValueError("Bearer sk-secret")
        except ValueError:
            http_logger().exception("Error handling request from %s", "127.0.0.1")
    assert "127.0.0.1" in caplog.text
    assert "sk-secret" not in caplog.text
    assert [record.levelname for record in caplog.records] == ["INFO"]


def test_it_is_one_logger() -> None:
    assert http_logger() is http_logger()
    assert len(http_logger().filters) == 1
