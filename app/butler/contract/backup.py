"""Backups, as they travel."""

from pydantic import BaseModel

BACKUP_NOTE = (
    "Provider keys and copies of tokens stay sealed in the file: without the master key nobody "
    "can read them, and neither can you. Keep the master key, apart from the file. Everything "
    "else in it, the request log too, can be read by whoever has it."
)
"""What the owner of a backup has to know, wherever one is made."""


class Restored(BaseModel):
    """The revision in force after a restore, and the file that holds what was there before."""

    revision: int
    kept: str
