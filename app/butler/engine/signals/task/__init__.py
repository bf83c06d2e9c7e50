"""What a prompt asks for: coding, translation, analysis, math, creative, chat, summary, general.

To teach the classifier a word, add it to the sheet of its task in `cues` (the long vocabularies
lie beside their sheet in `*_words`); `sheet` says how sheets are written. `passages` cuts the
prompt into sentences, `words` and `reading` look phrases up, `forms`, `talk` and `word_problem`
judge the shape, `evidence` adds up; `wording` adds what a small trained model reads in the whole,
and `confidence` says how sure all that makes us. `make train` trains the model anew.
"""

from butler.engine.signals.task.classifier import TaskGuess, classify, prepare

__all__ = ["TaskGuess", "classify", "prepare"]
