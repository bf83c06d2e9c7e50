"""`make test-peers`: LiteLLM translates the golden cases; where it differs, a file says why.

LiteLLM lives in an environment of its own and is no part of the product. What both send is read
back into the hub's types and compared facet by facet. `explained.yaml` says of each disagreement
why we do as we do; what is not explained there fails, and so does an explanation of what does not
differ any more.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

from tests.clients.environments import Environments
from tests.peers.recorder import Recorder, recording
from tests.peers.translations import Job, disagreements, jobs

_HERE = Path(__file__).parent
_MUCH_CHARS = 300

Found = Mapping[str, tuple[Any, Any]]


def main() -> int:
    """Compare, print the table; 1 where something differs without a reason."""
    all_jobs = list(jobs())
    with recording() as recorder:
        errors = _ask(all_jobs, recorder)
        found = {
            f"{job.name}/{facet}": pair
            for job in all_jobs
            for facet, pair in disagreements(job, recorder.bodies.get(job.id)).items()
        }
    reasons = yaml.safe_load((_HERE / "explained.yaml").read_text(encoding="utf-8")) or {}
    unexplained = {name: pair for name, pair in found.items() if not _is_explained(name, reasons)}
    stale = [pattern for pattern in reasons if not any(fnmatchcase(it, pattern) for it in found)]
    _print(all_jobs, found, unexplained)
    for name, (own, theirs) in unexplained.items():
        print(f"\n{name}\n  ours:   {_short(own)}\n  theirs: {_short(theirs)}")
        if name.endswith("/sent"):
            print(f"  {errors.get(name.removesuffix('/sent'), '')}")
    for pattern in stale:
        print(f"\nexplained, but nothing differs: {pattern}")
    return 1 if unexplained or stale else 0


def _ask(all_jobs: Sequence[Job], recorder: Recorder) -> Mapping[str, str]:
    """Let LiteLLM make every call; return what it says of those that it could not even make."""
    lines = [json.dumps(job.told(recorder.url(job.id))) for job in all_jobs]
    python = str(Environments().python("litellm"))
    done = subprocess.run(
        [python, str(_HERE / "litellm_driver.py")],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": os.environ["PATH"], "HOME": os.environ["HOME"]},
    )
    names = {job.id: job.name for job in all_jobs}
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"id"')]
    return {names[one["id"]]: one["error"] for one in told if "error" in one}


def _is_explained(name: str, reasons: Mapping[str, str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in reasons)


def _print(all_jobs: Sequence[Job], found: Found, unexplained: Found) -> None:
    pairs = Counter((job.asked_in, job.sent_in) for job in all_jobs)
    print(f"{'asked in':20} {'sent in':20} {'cases':>6} {'differ':>7} {'unexplained':>12}")
    for (asked_in, sent_in), count in sorted(pairs.items()):
        where = f"/{asked_in}/{sent_in}/"
        differ = len({name.split("/")[0] for name in found if where in name})
        open_ = len({name.split("/")[0] for name in unexplained if where in name})
        print(f"{asked_in:20} {sent_in:20} {count:6} {differ:7} {open_:12}")


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _MUCH_CHARS else text[:_MUCH_CHARS] + "…"


if __name__ == "__main__":
    sys.exit(main())
