"""Who does what when, as far as word lists tell: the subject and the tense of a clause.

Conventions: words are plain (lower case, no punctuation). A clause without a subject of its own ("and moved the check")
takes that of the clause before it. Where no finite verb is known the tense is "none".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.text.word_lists import make_word_set

PAST_VERBS = make_word_set(
    """went came got took gave made said told found left kept knew saw thought felt began ran wrote sent sold lost won
    paid met stood brought bought taught built chose broke fell rose grew drove held led heard spoke threw became
    understood sat drew ate drank sang swam flew rode wore tore stole froze woke shook forgot forgave hid bit beat
    dealt meant spent lent bent slept swept crept dreamt learnt burnt rang sank shrank sprang stuck struck swung
    hung dug fought caught sought put cut set let hit shut quit split spread cost hurt bet read rewrote rebuilt
    redid reset overtook undertook withdrew upset oversaw foresaw mistook laid lay blew shot fed bled sped slid dove
    pled lit strove swore stuck knelt leapt wept bound wound ground clung flung stung spun tripled doubled halved"""
)
_PARTICIPLES = make_word_set(
    """been gone come got gotten taken given made said told found left kept known seen thought felt begun run written
    sent sold lost won paid met stood brought bought taught built chosen broken fallen risen grown driven held led
    heard spoken thrown become understood done had put cut set let hit shown drawn eaten"""
)
_NOT_PAST = make_word_set(
    "need bed red shed speed feed seed indeed hundred naked weed breed ted fred bleed embed exceed proceed"
)
STATES = make_word_set(
    """wanted needed liked loved hated felt thought knew believed seemed hoped wished worried realised realized noticed
    learned learnt understood meant lived worked studied became stood happened existed belonged remembered forgot
    feared struggled suffered enjoyed disagreed heard saw lost failed missed got had joined turned ended fell"""
)
_WAS = make_word_set("was were wasn't weren't")
_IS = make_word_set("is are am isn't aren't i'm it's he's she's they're we're you're that's there's who's what's")
_HAVE = make_word_set("have has haven't hasn't i've we've they've you've it's")
_HAD = make_word_set("had hadn't")
_WOULD = make_word_set("would wouldn't could couldn't should shouldn't might may must")
_WILL = make_word_set("will won't can can't cannot shall i'll we'll they'll he'll she'll it'll you'll gonna")
_DID = make_word_set("did didn't")
_DO = make_word_set("do does don't doesn't")
_D = make_word_set("i'd we'd they'd he'd she'd you'd it'd who'd")
_CONNECTORS = make_word_set(
    """and but so because then when while after before that which who if as until since once also just finally
    eventually first second secondly firstly now later well okay ok yeah yes no um uh or although though where
    afterwards immediately actually basically luckily fortunately unfortunately in the end at last today plus only
    even still"""
)
_SUBJECTS = {
    **dict.fromkeys(("i", "i'd", "i've", "i'm", "i'll", "me"), "i"),
    **dict.fromkeys(("we", "we'd", "we've", "we're", "we'll"), "we"),
    **dict.fromkeys(("you", "you'd", "you've", "you're", "you'll", "one"), "you"),
    **dict.fromkeys(("he", "she", "he'd", "she'd", "he's", "she's", "he'll", "she'll"), "she"),
    **dict.fromkeys(("they", "they'd", "they've", "they're", "they'll", "people", "everyone", "everybody"), "they"),
    **dict.fromkeys(("it", "it's", "it'd", "it'll", "this", "that", "that's", "which", "what"), "it"),
    **dict.fromkeys(("there", "there's"), "there"),
    **dict.fromkeys(("nobody", "none", "nothing"), "nobody"),
}
_PERSONS = make_word_set(
    """customer customers client clients patient patients guest guests student students pupil pupils colleague
    colleagues manager boss director team teams lady man woman guy parent parents mum mom father mother daughter son
    user users resident residents volunteer volunteers neighbour neighbor owner teacher chef head leader lead
    supplier lawyer partner sponsor landlord kid kids boy girl child children friend friends candidate intern
    apprentice junior senior engineer nurse doctor staff crew lads driver drivers board committee company council
    reviewer professor she he visitors member members girl gentleman tenant tenants buyer buyers caterer bride"""
)


@dataclass(frozen=True)
class Grammar:
    """The subject ("i", "we", "person", "thing" ...), the tense ("past", "would" ...) and the verb of a clause."""

    subject: str
    tense: str
    verb: str  # the first finite verb, or the participle after have; "" where none is known
    is_inherited: bool = False  # whether the subject is that of the clause before

    @property
    def is_deed(self) -> bool:
        """Whether the speaker, or a "we", did something that is over."""
        return self.subject in ("i", "we") and self.tense in ("past", "perfect") and self.verb not in STATES


def is_past(word: str) -> bool:
    """Return whether a word has the form of a past tense."""
    return word in PAST_VERBS or (len(word) > 3 and word.endswith("ed") and word not in _NOT_PAST)


def parse(texts: Sequence[str], before: Grammar | None = None) -> Grammar:
    """Return the grammar of a clause; `before` is that of the clause before it in the same sentence."""
    for place, word in enumerate(texts):
        tense, verb = _finite(texts, place)
        if tense:
            subject, inherited = _subject(texts[: place + 1], word, before)
            return Grammar(subject, tense, verb, inherited)
    return Grammar(_subject(texts, "", before)[0] if texts else "none", "none", "")


def _finite(texts: Sequence[str], place: int) -> tuple[str, str]:
    """The tense and the verb if a word is finite; ("", "") if not."""
    word = texts[place]
    after = list(texts[place + 1 : place + 4])
    following = next((text for text in after if text not in ("not", "also", "just", "always", "never", "even")), "")
    if word in _D:
        has_participle = following in _PARTICIPLES or (is_past(following) and following not in PAST_VERBS)
        return ("pluperfect", following) if has_participle else ("would", following)
    if word in _HAVE and (following in _PARTICIPLES or following.endswith("ed")):
        return "perfect", following
    if word in _HAD and (following in _PARTICIPLES or following.endswith("ed")):
        return "pluperfect", following
    if word in _HAD and following == "to":
        return "had to", after[1] if len(after) > 1 else ""
    if word in _WAS:
        progressive = following.endswith("ing")
        return ("was doing", following) if progressive else ("was", following)
    for words, tense in ((_IS, "is"), (_HAVE, "have"), (_HAD, "had"), (_WOULD, "would"), (_WILL, "will"), (_DO, "do")):
        if word in words:
            return tense, following
    if word in _DID:
        return "past" if word == "did" and following not in ("not",) else "did not", following or word
    if place and is_past(word) and texts[place - 1] not in ("a", "an", "the", "my", "our", "their", "to"):
        return "past", word
    return ("past", word) if not place and is_past(word) else ("", "")


def _subject(texts: Sequence[str], verb: str, before: Grammar | None) -> tuple[str, bool]:
    """Who stands before the verb, and whether that was taken over from the clause before."""
    rest = [text for text in texts if text not in _CONNECTORS and (text != verb or text in _SUBJECTS)]
    for text in reversed(rest):
        if text in _SUBJECTS:
            return _SUBJECTS[text], False
        if text in _PERSONS:
            return "person", False
    if not rest and before is not None and before.subject != "none":
        return before.subject, True
    return ("thing", False) if rest else ("none", False)
