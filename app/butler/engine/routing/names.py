"""Model names as clients write them: `auto`, `provider/model`, a bare id where unique, an alias."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from butler.engine.call import Target
from butler.engine.errors import ClientError
from butler.engine.routing.wildcards import Wildcards

AUTO = "auto"
_NEAREST = 5
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class KnownModel:
    """An enabled model of an enabled provider."""

    target: Target
    alias: str | None = None


class NameBook:
    """All names of one revision that lead to a target."""

    def __init__(
        self,
        models: Iterable[KnownModel],
        asked: Iterable[str] = (),
        as_auto: Iterable[str] = (),
    ) -> None:
        """`asked` are patterns of names that rules ask about: those are left to the rules.

        `as_auto` are patterns of names that mean `auto` where they lead nowhere.
        """
        self.models = tuple(models)
        self._asked = Wildcards(asked)
        self._as_auto = Wildcards(as_auto)
        self._names: dict[str, Target] = {}
        self._ambiguous: dict[str, list[str]] = {}
        bare: dict[str, list[Target]] = {}
        for model in self.models:
            bare.setdefault(model.target.model, []).append(model.target)
        for name, targets in bare.items():
            if len(targets) == 1:
                self._names[name] = targets[0]
            else:
                self._ambiguous[name] = [str(target) for target in targets]
        # An alias beats a bare id, a full name beats both.
        self._names |= {model.alias: model.target for model in self.models if model.alias}
        self._names |= {str(model.target): model.target for model in self.models}

    @property
    def names(self) -> Mapping[str, Target]:
        """Every name, with where it leads."""
        return self._names

    def resolve(self, name: str | None) -> Target | None:
        """Return the target of a name; None where the butler is to choose.

        Raises ClientError (404) for a name that leads nowhere, naming the nearest ones.
        """
        if name is None or name.strip().lower() in ("", AUTO):
            return None
        target = self._names.get(name)
        if target is None and not self._is_open(name):
            raise self._unknown(name)
        return target

    def _is_open(self, name: str) -> bool:
        """Say whether a name that leads nowhere leaves the choice to the butler."""
        if self._asked.match(name):
            return True
        return name not in self._ambiguous and self._as_auto.match(name)

    def nearest(self, name: str) -> list[str]:
        """Return the known names that look most like this one."""
        if name in self._ambiguous:
            return self._ambiguous[name]
        folded = {known.casefold(): known for known in self._names}
        wanted = name[:_LONGEST_NAME].casefold()
        close = get_close_matches(wanted, folded, n=_NEAREST, cutoff=0.5)
        return [folded[known] for known in close]

    def _unknown(self, name: str) -> ClientError:
        nearest = self.nearest(name)
        shown = name[:100]
        if name in self._ambiguous:
            why = f"More than one provider has a model `{shown}`: ask for " + " or ".join(nearest)
        elif nearest:
            why = f"There is no model `{shown}` here. Did you mean " + ", ".join(nearest)
            why += ", or `auto`" if AUTO not in nearest else ""
            why += "?"
        else:
            why = f"There is no model `{shown}` here. Ask for `auto`, or see GET /v1/models"
        return ClientError(
            404, "model_not_found", why if why.endswith("?") else why + ".", param="model"
        )
