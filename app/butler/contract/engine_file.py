"""The door plate of a serving engine: a 0600 file that says where its admin API is."""

from datetime import datetime

from pydantic import BaseModel


class EngineFile(BaseModel):
    """The contents of `engine.json`; whoever can read it may steer the engine."""

    pid: int
    version: str
    admin_url: str
    token: str
    base_url: str
    started_at: datetime
