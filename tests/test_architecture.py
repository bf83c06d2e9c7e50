"""Keeps the house as ARCHITECTURE.md draws it: arrows, budgets, names, tests, quiet imports.

Every test gathers all findings before it fails, so that one run shows the whole list.
"""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "app" / "butler"

GROUND, TOP = 0, 8
HEIGHTS = {
    "call": GROUND,
    "settings": GROUND,
    "setting_table": GROUND,
    "setting": GROUND,
    "dispatch_settings": GROUND,
    "kept": GROUND,
    "errors": GROUND,
    "patience": GROUND,
    "events": GROUND,
    "facts": GROUND,
    "known": GROUND,
    "permission": GROUND,
    "tally": GROUND,
    "plan": GROUND,
    "store": 1,
    "vault": 1,
    "dialects": 2,
    "signals": 2,
    "ledger": 2,
    "arbiter": 3,
    "providers": 3,
    "caches": 3,
    "routing": 4,
    "dispatch": 4,
    "server": 5,
    "assistant": 6,
    "admin": 7,
    "demo": TOP,
    "plugins": TOP,
}
"""How high each room of the engine lies; the files beside `engine.py` lie on top, like it.

A room knows only lower ones, never one beside it. On the ground and on top there are no walls.
"""

PARTS = {
    "contract": {"contract"},
    "clients": {"contract", "clients"},
    "engine": {"contract", "engine"},
    "desktop": {"contract", "clients", "desktop"},
}
"""What each part of the product may know of the others; `cli` and `commands` join them."""

BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}
FILE_LINES, FUNCTION_LINES, PARAMETERS = 400, 60, 6

COVERED_BY = {
    # Small widgets are tested where they work together; the larger ones have tests of their own.
    "desktop/widgets/": "desktop/test_window.py",
    "desktop/wizard/": "desktop/wizard/test_dialog.py",
    "desktop/models/cells.py": "desktop/models/test_rows.py",
    "desktop/autostart/": "desktop/autostart/test_ways.py",
    "desktop/dependants.py": "desktop/pages/test_providers.py",
    # An arbiter's life needs them all.
    "engine/arbiter/inquiries.py": "engine/arbiter/test_arbiter.py",
    "engine/arbiter/looking.py": "engine/arbiter/test_arbiter.py",
    "engine/arbiter/opening.py": "engine/arbiter/test_arbiter.py",
    "engine/arbiter/pulling.py": "engine/arbiter/test_arbiter.py",
    "engine/arbiter/servers.py": "engine/arbiter/test_ollama_server.py",
    "engine/arbiter/standing.py": "engine/arbiter/test_question.py",
    "engine/arbiter/transport.py": "engine/arbiter/test_ollama_server.py",
    "engine/admin/arbiter_findings.py": "engine/admin/test_arbiter.py",
    # Tools are data: each is tested by its recorded shape.
    "engine/signals/client/tools/": "engine/signals/client/test_tools.py",
    "engine/signals/client/listed.py": "engine/signals/client/test_recognition.py",
    "engine/signals/client/sent.py": "engine/signals/client/test_recognition.py",
    "engine/signals/client/tool.py": "engine/signals/client/test_tools.py",
    "engine/server/flights.py": "e2e/test_flights.py",
    "engine/setting.py": "engine/test_settings.py",
    "commands/draft.py": "commands/test_rule_writing.py",
    "engine/assistant/wording/": "engine/assistant/wording/test_proposing.py",
    # Past calls are made by real ones, and judged through the API.
    "engine/assistant/past/": "engine/admin/test_replay.py",
    "engine/admin/conditions.py": "desktop/pages/test_rules.py",
    "engine/admin/drafting.py": "engine/admin/test_replay.py",
    "engine/admin/menu.py": "engine/admin/test_generator.py",
    "engine/admin/past.py": "engine/admin/test_replay.py",
    # What models answer, good and bad, comes over a real socket.
    "engine/assistant/asking.py": "engine/admin/test_generator.py",
    "engine/assistant/generator/": "engine/admin/test_generator.py",
    "engine/assistant/menu.py": "engine/admin/test_generator.py",
    "engine/assistant/naming.py": "engine/admin/test_generator.py",
    "engine/assistant/samples.py": "engine/assistant/wording/test_proposing.py",
    "desktop/models/model_words.py": "desktop/pages/test_rules.py",
    "desktop/models/rule_draft.py": "desktop/pages/test_rules.py",
    "desktop/models/rule_marks.py": "desktop/pages/test_rules.py",
    "desktop/models/rules.py": "desktop/pages/test_rules.py",
    "desktop/models/trial_request.py": "desktop/pages/test_playground.py",
    "engine/warming.py": "engine/test_engine.py",
    "engine/dispatch_settings.py": "engine/test_settings.py",
    "engine/store/migrations/": "engine/store/test_migrate.py",
}
"""Modules (or folders, with a slash) whose behaviour another test than their mirror covers."""

OPENED_LATE = {
    *(f"engine/signals/embedder/{name}.py" for name in ("encoder", "index", "loading")),
    "engine/arbiter/ollama_server.py",
    "engine/signals/task/wording.py",
}
"""Modules over libraries that touch sockets or the environment when they are imported.

Nothing imports them at the top of a module but one another.
"""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """One source file: its path below the package, and what it says."""

    path: str
    text: str
    tree: ast.Module

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self.path.removesuffix(".py").removesuffix("/__init__").split("/"))

    @property
    def dotted(self) -> str:
        return ".".join(("butler", *self.parts)) if self.path != "__init__.py" else "butler"

    def functions(self) -> Iterator[Function]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def imports(self) -> Iterator[str]:
        """Dotted names it imports, wherever the import stands."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def read_modules() -> list[Module]:
    modules = []
    for file in sorted(PACKAGE.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        modules.append(Module(file.relative_to(PACKAGE).as_posix(), text, ast.parse(text)))
    return modules


def report(findings: list[str]) -> None:
    if findings:
        pytest.fail(f"{len(findings)} findings:\n" + "\n".join(findings), pytrace=False)


def test_parts_know_only_what_they_may() -> None:
    findings = []
    for module in read_modules():
        allowed = PARTS.get(module.parts[0])
        for name in module.imports() if allowed else ():
            words = name.split(".")
            if words[0] == "butler" and len(words) > 1 and (PACKAGE / words[1]).is_dir():
                if words[1] not in allowed:
                    findings.append(f"{module.path} imports {name}")
            elif words[0] in {"PySide6", "qasync"} and module.parts[0] != "desktop":
                findings.append(f"{module.path} imports {name}: Qt lives in the desktop")
    report(findings)


def test_arrows_of_the_engine_point_down() -> None:
    findings = []
    for module in read_modules():
        if len(module.parts) < 2 or module.parts[0] != "engine":
            continue
        here = module.parts[1]
        if (PACKAGE / "engine" / here).is_dir() and here not in HEIGHTS:
            findings.append(f"{module.path}: the room '{here}' has no place in HEIGHTS")
        for name in module.imports():
            words = name.split(".")
            if words[:2] == ["butler", "engine"] and len(words) > 2 and not knows(here, words[2]):
                findings.append(f"{module.path} imports {name}, which does not lie lower")
    report(findings)


def knows(here: str, there: str) -> bool:
    """Whether one room of the engine may know the other."""
    low, high = height(there), height(here)
    return low < high or here == there or (low == high and low in {GROUND, TOP})


def height(room: str) -> int:
    return HEIGHTS.get(room, TOP)


def test_only_upstream_opens_sockets_to_providers() -> None:
    findings = []
    for module in read_modules():
        if len(module.parts) < 2 or module.parts[0] != "engine":
            continue
        if module.path == "engine/dispatch/upstream.py":
            continue
        is_low = height(module.parts[1]) < height("server")
        if is_low and any(name.split(".")[0] == "aiohttp" for name in module.imports()):
            findings.append(f"{module.path} imports aiohttp")
        if any(name_of(node) == "ClientSession" for node in ast.walk(module.tree)):
            findings.append(f"{module.path} uses aiohttp's ClientSession")
    report(findings)


def name_of(node: ast.AST) -> str | None:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
            return name
    return None


def test_files_and_functions_stay_small() -> None:
    findings = []
    for module in read_modules():
        lines = module.text.count("\n")
        if lines > FILE_LINES:
            findings.append(f"{module.path}: {lines} lines, at most {FILE_LINES}")
        for function in module.functions():
            where = f"{module.path}:{function.lineno} {function.name}"
            length = (function.end_lineno or function.lineno) - function.lineno + 1
            if length > FUNCTION_LINES:
                findings.append(f"{where}: {length} lines, at most {FUNCTION_LINES}")
            count = count_parameters(function.args)
            if count > PARAMETERS:
                findings.append(f"{where}: {count} parameters, at most {PARAMETERS}")
    report(findings)


def count_parameters(arguments: ast.arguments) -> int:
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return sum(argument.arg not in {"self", "cls"} for argument in every)


def test_every_module_says_what_it_is_and_has_a_telling_name() -> None:
    findings = []
    for module in read_modules():
        if not ast.get_docstring(module.tree):
            findings.append(f"{module.path}: no docstring")
        if BANNED_NAMES & set(module.parts):
            findings.append(f"{module.path}: a name that tells nothing")
    report(findings)


def test_every_module_with_behaviour_has_its_test() -> None:
    modules = {module.path: module for module in read_modules()}
    findings = [
        f"{path}: no {mirror_of(path)}, and COVERED_BY names no other test"
        for path, module in modules.items()
        if has_behaviour(module) and not exists(mirror_of(path)) and not covered_elsewhere(path)
    ]
    for entry, test in COVERED_BY.items():
        if not (PACKAGE / entry).exists():
            findings.append(f"COVERED_BY names {entry}, which is gone")
        if not exists(test):
            findings.append(
                f"COVERED_BY says that {test} covers {entry}, but there is no such test"
            )
        if entry in modules and exists(mirror_of(entry)):
            findings.append(f"COVERED_BY names {entry}, which has its own test by now")
    report(findings)


def mirror_of(path: str) -> str:
    """Where a module's test belongs: `engine/vault/test_envelope.py`, `test_init.py`."""
    source = Path(path)
    return source.with_name(f"test_{source.stem.strip('_')}.py").as_posix()


def exists(test: str) -> bool:
    return (ROOT / "tests" / test).is_file()


def covered_elsewhere(path: str) -> bool:
    return any(
        path == entry or (entry[-1] == "/" and path.startswith(entry)) for entry in COVERED_BY
    )


def has_behaviour(module: Module) -> bool:
    """Whether any function does more than a protocol's ellipsis."""
    return any(not is_stub(function) for function in module.functions())


def is_stub(function: Function) -> bool:
    body = [node for node in function.body if not is_constant(node)]
    return not body or all(isinstance(node, ast.Pass) for node in body)


def is_constant(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


IMPORT_ALL = """
import importlib, json, os, sys

findings = []
quiet = {
    "os.mkdir", "os.rename", "os.remove", "os.rmdir", "subprocess.Popen", "sqlite3.connect",
    "socket.connect", "socket.bind", "socket.getaddrinfo", "os.putenv",
}
writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT

def watch(event, arguments):
    if event in quiet or (event == "open" and arguments[2] and arguments[2] & writing):
        findings.append(f"importing {current} does {event} {arguments!r:.200}")

current = ""
sys.addaudithook(watch)
for current in json.loads(sys.argv[1]):
    try:
        importlib.import_module(current)
    except Exception as error:
        findings.append(f"importing {current} raises {type(error).__name__}: {error}")
sys.stdout.write(json.dumps(findings))
"""


def test_what_opens_late_is_opened_by_nothing_at_import() -> None:
    late = {f"butler.{path.removesuffix('.py').replace('/', '.')}" for path in OPENED_LATE}
    findings = [
        f"{module.path} imports {name} at its top"
        for module in read_modules()
        if module.path not in OPENED_LATE
        for name in top_imports(module)
        if name in late or name.rpartition(".")[0] in late
    ]
    report(findings)


def top_imports(module: Module) -> Iterator[str]:
    """Dotted names that importing the module imports, those for the type checker left out."""
    top = [node for node in module.tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    tree = ast.Module(body=list(top), type_ignores=[])
    return Module(module.path, "", tree).imports()


def test_importing_does_nothing() -> None:
    names = [
        module.dotted
        for module in read_modules()
        if module.parts[0] in {"contract", "engine"}
        and "migrations" not in module.parts
        and module.path not in OPENED_LATE
    ]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "app"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, json.dumps(names)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    report(json.loads(done.stdout))
