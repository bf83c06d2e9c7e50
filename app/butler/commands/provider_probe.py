"""`butler provider test|models|presets|kinds|discover`: what is asked of providers themselves."""

from typing import Any

from butler.commands.admin import segment
from butler.commands.console import complain_of
from butler.commands.exit_codes import EXIT_DONE, EXIT_REFUSED
from butler.commands.job import Job
from butler.commands.model import known_to_do
from butler.commands.parsing import Actions
from butler.contract.problems import Problem


def add_actions(actions: Actions) -> None:
    """Declare the actions."""
    texts = actions.texts
    test = actions.add("test", _test)
    test.add_argument("name", metavar="NAME")
    test.add_argument("--model", metavar="ID", help=texts("option.test_model"))
    test.add_argument("--call", action="store_true", help=texts("option.test_call"))
    models = actions.add("models", _models)
    models.add_argument("name", metavar="NAME")
    models.add_argument("--all", action="store_true", help=texts("option.all_models"))
    actions.add("presets", _presets)
    actions.add("kinds", _kinds)
    actions.add("discover", _discover)


async def _test(job: Job) -> int:
    """Try a provider; the exit status is 1 where it does not answer."""
    args = job.args
    query = {"model": args.model} if args.model else {}
    if args.call or args.model:
        query["call"] = "true"
    found = await job.admin.post(f"providers/{segment(args.name)}:test", query=query)
    problems = [Problem.model_validate(each) for each in found["problems"]]
    if found["ok"]:
        job.told(found, "provider.works", detail=found["detail"], ms=f"{found['ms']:.0f}")
    elif problems and not args.json:
        complain_of(problems, job.texts)
    else:
        job.report(found, found["detail"])
    return EXIT_DONE if found["ok"] else EXIT_REFUSED


async def _models(job: Job) -> int:
    listed = (await job.admin.post(f"providers/{segment(job.args.name)}:models"))["items"]
    found = [model for model in listed if model["chat"] or job.args.all]
    columns = ("model", "in_use", "context", "known_to_do")
    return job.listed(found, columns, [_model_row(job, model) for model in found])


def _model_row(job: Job, model: dict[str, Any]) -> tuple[str, ...]:
    context = model["context_tokens"]
    guess = "?" if "context_tokens" in model["guessed"] else ""
    shown = f"{context:,}{guess}" if context else "-"
    able = known_to_do(job.texts, model) or "-"
    return (model["name"], job.yes_no(model["configured"]), shown, able)


async def _presets(job: Job) -> int:
    found = (await job.admin.get("presets"))["items"]
    columns = ("preset", "vendor", "base_url", "usual_variable")
    return job.listed(found, columns, [_preset_row(row) for row in found])


def _preset_row(row: dict[str, Any]) -> tuple[str, ...]:
    url = row["base_url"] or row["example_url"] or "-"
    return (row["id"], row["title"], url, row["key_env"] or "-")


async def _kinds(job: Job) -> int:
    found = (await job.admin.get("provider-kinds"))["items"]
    rows = [
        (kind["id"], kind["title"], kind["dialect"], kind["default_url"] or "-") for kind in found
    ]
    return job.listed(found, ("kind", "title", "dialect", "base_url"), rows)


async def _discover(job: Job) -> int:
    found = (await job.admin.post("providers:discover"))["items"]
    if not found:
        return job.told(found, "provider.none_found")
    return job.report(found, "\n".join(_server(job, server) for server in found))


def _server(job: Job, server: dict[str, Any]) -> str:
    url = server["base_url"]
    models = ", ".join(server["models"]) or job.texts("provider.no_models")
    use = f"butler provider add NAME --preset {server['preset']} --base-url {url} --model ID"
    if server["provider"]:
        use = job.texts("provider.in_use", name=server["provider"])
    return f"{server['title']}  {url}  {models}\n    {use}"
