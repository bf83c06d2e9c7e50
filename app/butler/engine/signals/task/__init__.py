"""What a prompt asks for: coding, translation, analysis, math, creative, chat, summary, general.

`classifier` reads a prompt by the cue sheets in `cues`, one file per task; to teach it a word,
add the word there. `passages` cuts the prompt, `words` and `reading` look phrases up, `forms`
judges the shape of the whole, `evidence` adds up, `confidence` says how sure that makes us.
"""

from butler.engine.signals.task.classifier import TaskGuess, classify

__all__ = ["TaskGuess", "classify"]
