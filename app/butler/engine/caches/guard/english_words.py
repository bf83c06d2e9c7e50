"""English words that say the same as another one, and those that say nothing."""

from typing import Final


def _spread(table: str) -> dict[str, tuple[str, ...]]:
    """Read lines of `short: long form`."""
    pairs = (line.split(": ") for line in table.strip().splitlines())
    return {short.strip(): tuple(form.split()) for short, form in pairs}


def _same(table: str) -> dict[str, str]:
    """Read lines of `form: its other spellings, inflections and synonyms`."""
    pairs = (line.split(": ") for line in table.strip().splitlines())
    return {other: form.strip() for form, others in pairs for other in others.split()}


MARKS: Final = frozenset(
    "the what how why who which where when is are does do did can could should would was were"
    " explain write describe tell list give define translate my your of and with from about".split()
)
"""A text without any of them is not taken for English, and not folded."""

ABOUT_WORDS: Final = frozenset(
    "grammatical spell spelled spelling word words rhyme rhymes synonym synonyms antonym"
    " antonyms plural singular tense translate translation sentence sentences proofread"
    " pronounce pronounced letter letters capitalize phrase phrases paraphrase rewrite rephrase"
    " punctuation verb noun adjective adverb syllable syllables anagram say"
    " acronym abbreviation".split()
)
"""A text with one of them may ask about the very wording that folding would change."""
EDITING: Final = frozenset("fix correct check improve edit polish shorten simplify".split())
"""A text that begins with one of them may bring the wording that is to be changed."""

_NEGATED: Final = (
    "do does did could would should is are was were have has had need must might".split()
)
SPREAD: Final = {
    **_spread("""
what's: what is
whats: what is
who's: who is
where's: where is
how's: how is
when's: when is
why's: why is
that's: that is
it's: it is
there's: there is
here's: here is
i'm: i am
im: i am
i've: i have
i'd: i would
i'll: i will
you're: you are
you've: you have
you'd: you would
you'll: you will
we're: we are
we've: we have
they're: they are
they've: they have
can't: can not
cannot: can not
cant: can not
won't: will not
wont: will not
shan't: shall not
u: you
ur: your
&: and
vs: versus
usa: united states
u.s: united states
u.s.a: united states
uk: united kingdom
u.k: united kingdom
anyway: any way
"""),
    **{f"{verb}n't": (verb, "not") for verb in _NEGATED},
    **{f"{verb}nt": (verb, "not") for verb in _NEGATED if verb not in {"we", "is", "are"}},
}

DROPPED: Final = frozenset(
    "a an the really actually truly indeed basically exactly exact ever".split()
)

ASKING: Final = frozenset(
    "how why what where when who which much many long often far whom whatis and".split()
)
"""Behind one of these, or at the beginning, `do` and `does` only make a question."""

HOW_TO: Final = _same("""
increas: boost
improv: enhanc
reduc: decreas lower
mak: creat
choos: select
remov: delet
locat: find
""")
"""Verbs that say the same behind "how to" with the same object, by their stem."""

_NO_PLURALS: Final = tuple(
    """
less plus series news physics economics politics mathematics statistics ethics athletics genetics
glasses customs arms goods contents means pants shorts briefs savings blues greens lows highs
species thanks odds minutes papers spirits stocks manners looks works damages remains forces
grounds airs brains guts letters earnings jeans binoculars scissors tights trousers
headquarters crossroads barracks diabetes rabies measles mumps aids https windows pandas rails
keras teams kubernetes postgres jenkins texas docs sheets slides alps andes
beatles eagles doors times mars james charles paris athens wales
""".split()
)
"""What ends as a plural does and is none, or says something else than its singular."""

FOLDED: Final = {
    **dict.fromkeys(DROPPED, ""),
    **_same("""
is: are am be
was: were
have: has
1st: first
2nd: second
3rd: third
4th: fourth
5th: fifth
2: two
3: three
4: four
5: five
6: six
7: seven
8: eight
9: nine
10: ten
11: eleven
12: twelve
20: twenty
30: thirty
50: fifty
100: hundred
1000: thousand
color: colour colours colors
favorite: favourite favourites favorites
behavior: behaviour behaviours behaviors
labor: labour
neighbor: neighbour neighbours neighbors
humor: humour
honor: honour
flavor: flavour flavours flavors
center: centre centres centers
theater: theatre theatres theaters
meter: metre metres meters
liter: litre litres liters
organize: organise
organization: organisation organisations organizations
realize: realise
recognize: recognise
analyze: analyse
optimize: optimise
summarize: summarise
memorize: memorise
program: programme programmes programs
license: licence licences licenses
defense: defence
traveling: travelling
gray: grey
check: cheque cheques checks
cafe: café cafés cafes
resume: résumé résumés resumes
film: movie movies films movy
picture: photo photos pic pics photograph photographs pictures
buy: purchase
begin: start
begins: starts
beginning: starting
big: large
bigger: larger
biggest: largest
child: kid kids children
person: persons
man: men
woman: women
foot: feet
tooth: teeth
mouse: mice
life: lives
wife: wives
formula: formulae formulas
criterion: criteria
website: websites site sites
tv: television televisions tvs
bike: bicycle bicycles bikes
phone: smartphone smartphones cellphone cellphones phones
app: apps
info: information
math: maths mathematics
type: kind kinds types
advantage: benefit benefits advantages pros
disadvantage: drawback drawbacks disadvantages cons
quickly: fast rapidly quick
faster: quicker
smart: intelligent
happen: occur happens occurs
difference: differences distinction
on: upon
until: till
because: cuz
though: although
maybe: perhaps
everyone: everybody
someone: somebody
anyone: anybody
noone: nobody
required: needed
famous: well-known
exam: examination examinations exams
university: uni universities
job: jobs
in: of at
"""),
    **{
        word: word
        for word in (*_NO_PLURALS, "this", "his", "its", "us", "as", "always", "does", "yes")
    },
}
