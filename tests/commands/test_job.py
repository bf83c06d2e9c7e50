"""A job reports in words, or in JSON where that is asked for."""

import argparse

import aiohttp
import pytest

from butler.commands.admin import Admin
from butler.commands.job import Job
from butler.commands.language import texts_of


async def test_words_or_json(capsys: pytest.CaptureFixture[str]) -> None:
    async with aiohttp.ClientSession() as session:
        admin = Admin(session, "http://127.0.0.1:9", "t", serving=False)
        for json, language in ((False, "en"), (False, "zh_CN"), (True, "zh_CN")):
            job = Job(admin, argparse.Namespace(json=json), texts_of(language))
            assert job.told([1], "done.added", name="x") == 0
            assert job.listed([2], ("name",), [(job.yes_no(value=True),)]) == 0
    written = capsys.readouterr()
    assert written.out == "Added x.\nNAME\nyes\n已添加 x。\n名称\n是\n[1]\n[2]\n"
