"""Calls that are no conversation: the model that they name answers, or the default of their kind.

No layer is asked but `direct` and `default`, since rules, categories and caches are about what
people say to each other. Privacy rules and the other guards bind these calls as they bind chats.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from butler.engine.call import Call, Makes, Target, UseTargets, Verdict
from butler.engine.errors import ClientError
from butler.engine.permission import may_ask
from butler.engine.routing.layer import learn_nothing
from butler.engine.routing.router import Router

DEFAULTS: Mapping[Makes, str] = {
    Makes.EMBEDDING: "routing.default_embedding_target",
    Makes.IMAGE: "routing.default_image_generation_target",
    Makes.TRANSCRIPTION: "routing.default_transcription_target",
    Makes.SPEECH: "routing.default_speech_target",
    Makes.MODERATION: "routing.default_moderation_target",
}
"""The setting that names the default of each kind."""
_IMAGES_SWITCH = "routing.image_generation"
_WORDS: Mapping[Makes, str] = {made: f"{made}s" for made in DEFAULTS} | {Makes.SPEECH: "speech"}
_MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class ServiceDefaults:
    """The defaults of one revision; a kind without one is left out."""

    targets: Mapping[Makes, Target]


class ServiceDefaultLayer:
    """Layer `default` of calls that are no conversation."""

    name = "default"
    budget_ms = None
    observe = learn_nothing

    def __init__(self, defaults: ServiceDefaults) -> None:
        self._targets = defaults.targets

    async def decide(self, call: Call) -> Verdict | None:
        """Use the default for what is to be made, if there is one."""
        made = call.asked.makes
        target = self._targets.get(made)
        if target is None:
            call.step.skip(f"{DEFAULTS[made]} is not set")
            return None
        reason = f"{_WORDS[made]} are not routed: their default is {target}"
        return UseTargets((target,), self.name, reason)


class Services:
    """Decides who answers a call that is no conversation.

    `makers` are the models that are known to make each thing, in the owner's order.
    """

    def __init__(
        self,
        defaults: ServiceDefaults,
        makers: Mapping[Makes, Sequence[Target]],
        router: Router,
        *,
        images: bool = True,
    ) -> None:
        self._defaults = defaults
        self._makers = makers
        self._router = router
        self._images = images

    async def decide(self, call: Call) -> Verdict:
        """Return who answers; raises ClientError (400), saying what to set or to ask for."""
        made = call.asked.makes
        if made is Makes.IMAGE and not self._images:
            raise ClientError(
                400,
                "image_generation_off",
                f"Image generation is switched off here. Switch `{_IMAGES_SWITCH}` on to have it.",
            )
        target = call.explicit or self._defaults.targets.get(made)
        if target is None:
            raise self._no_default(call, made)
        able = call.runtime.facts(target).makes
        if able is not None and made not in able:
            raise self._unable(call, made, target)
        return await self._router.decide(call)

    def _no_default(self, call: Call, made: Makes) -> ClientError:
        names = self._names(call, made)
        ask = f"Ask for a model by its name, such as {names}" if names else "Name a model"
        words = f"No model is chosen for {_WORDS[made]}. {ask}, or set `{DEFAULTS[made]}`."
        return ClientError(400, "no_default_model", words, param="model")

    def _unable(self, call: Call, made: Makes, target: Target) -> ClientError:
        names = self._names(call, made)
        hint = f"Ask for one that does: {names}." if names else "No model here is known to."
        words = (
            f"{target} does not make {_WORDS[made]}. {hint} What a model makes is set with "
            f"`butler model edit {target} --makes {made}`."
        )
        return ClientError(400, "model_not_capable", words, param="model")

    def _names(self, call: Call, made: Makes) -> str:
        able = [target for target in self._makers.get(made, ()) if may_ask(call.caller, target)]
        return ", ".join(map(str, able[:_MOST_NAMES]))
