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
from tests.peers.answers import AnswerJob, answer_jobs, differences
from tests.peers.recorder import Recorder, recording
from tests.peers.translations import Job, disagreements, jobs

_HERE = Path(__file__).parent
_MUCH_CHARS = 300

Found = Mapping[str, tuple[Any, Any]]


def main() -> int:
    """Compare, print the tables; 1 where something differs without a reason."""
    requests, answers = list(jobs()), list(answer_jobs())
    with recording() as recorder:
        recorder.replies |= {job.id: job.said for job in answers}
        told = _ask([*requests, *answers], recorder)
        found = {
            f"{job.name}/{facet}": pair
            for job in requests
            for facet, pair in disagreements(job, recorder.bodies.get(job.id)).items()
        }
        found |= {
            f"{job.name}/{facet}": pair
            for job in answers
            for facet, pair in differences(job, told[job.id].get("reply")).items()
        }
    reasons = yaml.safe_load((_HERE / "explained.yaml").read_text(encoding="utf-8"))
    unexplained = {name: pair for name, pair in found.items() if not _is_explained(name, reasons)}
    stale = [pattern for pattern in reasons if not any(fnmatchcase(it, pattern) for it in found)]
    _print_table([job.name for job in (*requests, *answers)], found, unexplained)
    errors = {job.name: told[job.id].get("error", "") for job in (*requests, *answers)}
    for name, (own, theirs) in unexplained.items():
        print(f"\n{name}\n  ours:   {_short(own)}\n  theirs: {_short(theirs)}")
        if name.endswith(("/sent", "/answer")):
            print(f"  {errors[name.rpartition('/')[0]]}")
    for pattern in stale:
        print(f"\nexplained, but nothing differs: {pattern}")
    return 1 if unexplained or stale else 0


def _ask(todo: Sequence[Job | AnswerJob], recorder: Recorder) -> Mapping[str, Mapping[str, Any]]:
    """Let LiteLLM make every call; return what came of each: `reply`, or `error`."""
    lines = [json.dumps(job.told(recorder.url(job.id))) for job in todo]
    python = str(Environments().python("litellm"))
    done = subprocess.run(
        [python, str(_HERE / "litellm_driver.py")],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": os.environ["PATH"], "HOME": os.environ["HOME"]},
    )
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"id"')]
    return {one["id"]: one for one in told}


def _is_explained(name: str, reasons: Mapping[str, str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in reasons)


def _print_table(names: Sequence[str], found: Found, unexplained: Found) -> None:
    """Print a line for each pair of dialects; answers are told from requests by their arrow."""
    counts = Counter(map(_pair, names))
    differ, open_ = (
        Counter(pair for pair, _ in {(_pair(it), it.split("/")[0]) for it in names_})
        for names_ in (found, unexplained)
    )
    print(f"{'pair':44} {'cases':>6} {'differ':>7} {'unexplained':>12}")
    for pair, count in sorted(counts.items()):
        print(f"{pair:44} {count:6} {differ[pair]:7} {open_[pair]:12}")


def _pair(name: str) -> str:
    case, first, second, *_ = name.split("/")
    return f"{second} ← {first}" if case.startswith("answer:") else f"{first} → {second}"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _MUCH_CHARS else text[:_MUCH_CHARS] + "…"


if __name__ == "__main__":
    sys.exit(main())
