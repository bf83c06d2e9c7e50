"""The language that somebody writes in, told from script and from the commonest short words."""

import re
from collections import Counter
from typing import Final

_LATIN_WORDS: Final[dict[str, frozenset[str]]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the and is are was to of for with that this what how why can you i my it not do"
        " does please write explain which should have from on in a an be me your",
        "de": "der die das und ist sind nicht ein eine einen mit für auf wie was warum ich du wir"
        " bitte kannst von zu den dem im es auch oder wenn schreibe mir mein",
        "fr": "le la les des et est sont pas un une avec pour dans comment pourquoi je tu vous nous"
        " que qui ce cette du au sur mon il elle écris moi peux quel quelle",
        "es": "el la los las y es son no un una con para en cómo por qué que yo tú usted de del al"
        " se mi me lo escribe puedes cuál este esta hay como",
        "it": "il lo la gli le e è sono non un una con per in come perché che io tu di del della"
        " si mi scrivi puoi quale questo questa ho cosa nel",
        "pt": "o a os as e é são não um uma com para em como por que eu você de do da dos no na se"
        " meu minha escreva pode qual este esta isso",
        "nl": "de het een en is zijn niet met voor op hoe wat waarom ik je jij wij van te dat deze"
        " die kun schrijf mij mijn ook of als er",
        "pl": "i w na z do nie jest są że jak co dlaczego się to ten ta proszę napisz mi mój czy"
        " dla po przez oraz tego jest",
        "tr": "ve bir bu da de için ile ne nasıl neden mi mı ben sen değil var yok olarak daha çok"
        " lütfen bana benim şu gibi yaz",
        "sv": "och är det som en ett inte med för på hur vad varför jag du vi till av den de skriv"
        " kan mig min också eller om",
    }.items()
}
_VIETNAMESE: Final = re.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
_SCRIPTS: Final = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("ru", re.compile(r"[\u0400-\u04ff]+")),
    ("ar", re.compile(r"[\u0600-\u06ff]+")),
    ("he", re.compile(r"[\u0590-\u05ff]+")),
    ("hi", re.compile(r"[\u0900-\u097f]+")),
    ("el", re.compile(r"[\u0370-\u03ff]+")),
)
LANGUAGES: Final = (*_LATIN_WORDS, "vi", *(name for name, _ in _SCRIPTS), "uk", "fa")
"""What can be told apart, by ISO 639-1."""

_CODE: Final = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|https?://\S+", re.DOTALL)
_LATIN: Final = re.compile(r"[a-zà-ɏḁ-ỿ]+")
_LOOKED_AT_CHARS: Final = 4_000
_OTHER_SCRIPT_SHARE: Final = 0.3
_WORDS_FOR_A_COMMON_ONE: Final = 8


def language_of(text: str) -> str | None:
    """Return the language of a text, code left aside; None where the words do not tell.

    A quarter of Chinese signs among English names is a Chinese question about something
    English, so other scripts need no majority.
    """
    words = _CODE.sub(" ", text[:_LOOKED_AT_CHARS]).lower()
    latin = _LATIN.findall(words)
    counts = {name: len(script.findall(words)) for name, script in _SCRIPTS}
    others = sum(counts.values())
    if others and others >= _OTHER_SCRIPT_SHARE * (others + len(latin)):
        return _of_script(counts, words)
    return _of_latin(latin, words)


def _of_script(counts: dict[str, int], words: str) -> str:
    # Japanese is written with Chinese signs and kana among them.
    if counts["ja"] * 10 >= counts["zh"] and counts["ja"]:
        return "ja"
    name = max(counts, key=lambda each: counts[each])
    if name == "ru" and re.search("[іїєґ]", words):
        return "uk"
    if name == "ar" and re.search("[پچژگ]", words):
        return "fa"
    return name


def _of_latin(latin: list[str], words: str) -> str | None:
    if len(_VIETNAMESE.findall(words)) * 5 > len(latin) > 0:
        return "vi"
    seen = Counter(latin)
    scores = {
        name: sum(count for word, count in seen.items() if word in common)
        for name, common in _LATIN_WORDS.items()
    }
    best, next_best = sorted(scores, key=lambda name: -scores[name])[:2]
    is_clear = scores[best] > scores[next_best]
    return best if is_clear and scores[best] * _WORDS_FOR_A_COMMON_ONE >= len(latin) else None
