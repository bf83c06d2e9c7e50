"""The default targets of one revision: what answers where nothing else decides, by modality."""

from dataclasses import dataclass

from butler.engine.call import Call, Target


@dataclass(frozen=True, slots=True)
class Default:
    """A default target, and what it is the default for."""

    target: Target
    modality: str | None = None


@dataclass(frozen=True, slots=True)
class Defaults:
    """The owner's choices; None where there is none, or the one chosen is gone."""

    usual: Target | None = None
    image: Target | None = None
    audio: Target | None = None

    def of(self, call: Call) -> Default | None:
        """Return what answers a call: the default for what it holds, else the usual one."""
        for modality, target in (("image", self.image), ("audio", self.audio)):
            if target is not None and modality in call.known.modalities:
                return Default(target, modality)
        return None if self.usual is None else Default(self.usual)
