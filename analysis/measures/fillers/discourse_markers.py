"""Decide when a discourse marker (like, so, well, you know) is used as a filler.

Each phrase has a rule over its neighbourhood. A phrase is set off where there is a comma, a pause
of 0.15 s or a filler next to it, or where a sentence begins or ends. In doubt it counts as an
ordinary word: missing a filler does less harm to a report than counting the "like" in "I like it".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analysis.text.number_words import spell_cardinal
from analysis.text.word_lists import make_word_set

SET_OFF_PAUSE_SECONDS = 0.15  # s between two words
WORDS_READ_AHEAD = 6  # after a phrase

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Neighbourhood:
    """The context of a phrase.

    Words are in lower case without punctuation, "" where there is none; filler sounds are skipped.
    """

    before: str
    earlier: frozenset[str]  # the few words before that one
    after: str
    rest: tuple[str, ...]  # a few words of the sentence that follow, `after` the first of them
    is_sentence_start: bool  # first of a sentence, other fillers and a leading and/but/so looked through
    set_off_before: bool
    set_off_after: bool
    comma_after: bool  # or another mark, not one that only frames a filler sound
    sound_after: bool  # a filler sound comes next
    is_first: bool  # of the whole answer

    @property
    def then(self) -> str:
        """The second word after it."""
        return self.rest[1] if len(self.rest) > 1 else ""

    @property
    def clause_follows(self) -> bool:
        """Whether a clause with a subject of its own begins right after it: "we had", "it was", "there were"."""
        if self.after in _OPENERS:
            return bool(self.then)
        return self.after in _SUBJECTS_AND_OBJECTS and self.then in _AUXILIARIES

    @property
    def is_alone(self) -> bool:
        """Whether the phrase is set off on both sides."""
        return self.set_off_before and self.set_off_after


_CONJUNCTIONS = make_word_set("and but so because then or")
_SUBJECTS = make_word_set("i you he she it we they i'm you're we're they're it's i'd")
_FORMS_OF_BE = make_word_set("be am is are was were been being i'm it's that's he's she's we're they're you're")
_WORDS_BEFORE_COMPARING_LIKE = make_word_set(
    """look looks looked looking feel feels felt feeling sound sounds sounded seem seems seemed taste smell would
    i'd you'd we'd they'd he'd she'd do don't things something someone anything nothing much more just act
    acts behave"""
)
_SUBJECTS_OF_LIKE = make_word_set("i you he she it we they people who to really also that this")
_OBJECTS_OF_KNOW = make_word_set(
    """what how that the if whether why who when where which about it him her them a an this these my your our his
    their anything everything nothing something of me"""
)
_WORDS_BEFORE_YOU_KNOW = make_word_set(
    """do did don't didn't if as what that how when let whatever everything anything all who would could might
    should will can to than before because make sure until"""
)
_OBJECTS_OF_MEAN = make_word_set("it that this by to what business is the every")
_WORDS_BEFORE_KIND_OF = make_word_set(
    """a an the this that what some any another every each same which these those one certain different my your our
    their all no other new right wrong best first only particular special whatever many most two three four five several
    various better worse strange weird rare interesting specific general similar nice good bad big great real true funny
    odd typical common rough"""
)
_KINDLY = make_word_set("so very really too most how awfully extremely incredibly")
_PEOPLE = make_word_set("you him her them me us everyone everybody people my your")
_OPENERS = make_word_set(
    """i we they he she i'm i've i'd i'll we're we've we'd we'll they're they'd they've he's he'd she's she'd it's it'd
    that's there there's nobody everyone everybody you're what's who's"""
)
_SUBJECTS_AND_OBJECTS = make_word_set("it that this what people who you")
_AUXILIARIES = make_word_set(
    """is isn't was wasn't are aren't were weren't has hasn't had hadn't have haven't do don't does doesn't did didn't
    can can't could couldn't will won't would wouldn't should shouldn't might may must just took takes went goes works
    worked made makes came comes got gets"""
)
_MARKERS = make_word_set(
    "basically like yeah actually anyway okay ok essentially obviously honestly literally um uh well"
)
_WORDS_BEFORE_WELL = make_word_set("as very so really pretty quite how too rather fairly extremely particularly did do")
_NUMBERS = {word for number in range(100) for word in spell_cardinal(number)} - {"one"}
_NUMBERS |= make_word_set("hundred thousand million half dozens hundreds thousands")
_NOT_ABOUT = make_word_set("more just exactly nothing something anything much")  # "more like ten", which is no filler
_INTENSIFIERS = make_word_set("really super very totally completely so literally")
_WORDS_AFTER_SO = make_word_set("that far much many long called few little as often")


_PREPOSITIONS = make_word_set("for in with at on after about from by into during within over")
_DETERMINERS = make_word_set("the a an my our their his these those your")
_HOLDING = make_word_set(
    """have has had having got get gets getting made make took take takes spent cost lost found need needed saw want
    wanted brought built sold there's"""
)
_MEASURES = make_word_set(
    """no every everything everyone everybody nobody nothing forever ages several loads tons maybe only about barely
    hardly half most zero almost around pretty super literally totally completely absolutely basically actually"""
)
_MEASURES_AFTER_A = make_word_set(
    """lot few couple million thousand hundred dozen bit ton bunch week month year day minute second hour half really
    very huge massive whole big tiny super total"""
)
_DOING = make_word_set(
    """had was were didn't couldn't wasn't weren't hadn't wouldn't did went got came made took said told ran started
    tried never totally completely literally actually basically kept forgot lost knew thought needed wanted didn
    left sat stood asked put froze broke fell gave found felt decided barely hardly freaked finished ended
    stayed worked called jumped can't don't won't haven't suddenly"""
)
_PEOPLE_WHO_ACT = make_word_set("i we they he she you")
_PEOPLE_ARE = make_word_set("i'm we're they're he's she's you're")
_ASKING_VERBS = make_word_set("did does do would could should didn't doesn't don't wouldn't")
_LIKED = make_word_set("what that which part thing things one ones people all only bit job way who")
_SAYING = make_word_set("said say mentioned told explained")
_ACTED_ON = make_word_set("everything it that the my our all them him her this these out up over to into half")
_MOST = make_word_set("best worst most only main first last perfect whole")
_NO_DOING = make_word_set("something nothing anything everything king being")
_STATES = make_word_set(
    """hard impossible busy tired late early done ready angry mad happy sad scared nervous empty full dead gone broken
    crazy huge tiny massive amazing awful terrible horrible great good bad fine okay weird strange funny easy
    difficult important urgent expensive cheap free sick ill stuck lost alone finished perfect wrong right slow
    quick fast freezing boiling obsessed shocked not too quite pretty almost already still always never
    three-quarters halfway super way extremely insanely ridiculously absolutely"""
)
_NO_LIKE_NOUN = make_word_set("manner fashion mind minds button buttons minded kind others it for")
_KNOWN_BEFORE = make_word_set("of only people anyone someone everyone something anything everything nobody")
_HELD_WITHOUT_CLAUSE = make_word_set(
    """had has have having got did took made went spent needed wanted to just really very for in with about at on from
    by into the a an my our their these those was were is are been be being"""
)
_MODALS = make_word_set("can could should might must may i'll we'll they'll you'll he'll she'll will")
_OBJECTS_OF_LIKE = make_word_set("it them him her that this you me us what how to being having doing working people")
_TO_DO = make_word_set(
    """help see push meet be go do make get have talk sit find take give keep learn tell ask call run start stop move
    show think plan write fix check put look leave come try build deal figure understand explain wait just really
    actually always say bring hold set use pay change cut open close read drive"""
)
_HAVING_DONE = make_word_set("i've we've they've you've i'd we'd they'd haven't hadn't hasn't have has")
_DONE = make_word_set("got been always just only already had done seen gone taken given known worked never ever really")
_GETTING = make_word_set("get gets getting got look want wanted made make")
_ONLY = make_word_set("first last main only whole next")
_DEGREES = make_word_set("really very bit lot super total proper complete pretty fairly")
_SAID_TO_ONESELF = make_word_set(
    """why what okay ok oh no wait yeah hey wow right well i we hang please how let's fine sure yes who hello sorry
    great cool whoa"""
)
_AFTER_WELL = make_word_set(
    """i i'm i've i'd i'll we we're we've we'd they they're he he's she she's it it's that that's this there there's the
    my our you when if so in at actually basically obviously yeah yes no what first one last back let's let"""
)
_AFTER_RIGHT = make_word_set("so well let's let okay ok i i'm i'll i've we we're we'll yeah yes um uh")
_LOOSE_CONJUNCTIONS = make_word_set("and but so because or then")


def _is_alone(near: Neighbourhood) -> bool:
    return near.is_alone


def _joins_clause(near: Neighbourhood) -> bool:
    """Whether it stands between and, but, so, because and a clause of its own: "but honestly we had"."""
    return near.before in _LOOSE_CONJUNCTIONS and near.clause_follows


def _is_filler_well(near: Neighbourhood) -> bool:
    if near.before in _WORDS_BEFORE_WELL and not near.is_sentence_start:
        return False
    if near.is_sentence_start and near.after in _AFTER_WELL:
        return True
    return ((near.is_sentence_start or near.set_off_before) and near.set_off_after) or _joins_clause(near)


def _is_filler_like(near: Neighbourhood) -> bool:
    if near.comma_after and not near.set_off_before:
        asks = {"what", "how"} & (near.earlier | {near.before})  # "what it is like, I know"
        return not asks and near.before not in _WORDS_BEFORE_COMPARING_LIKE | _SUBJECTS_OF_LIKE | {"the", "for"}
    if _is_about(near) or _fills_clause(near) or _fills_phrase(near):
        return True
    if near.before in _WORDS_BEFORE_COMPARING_LIKE | _FORMS_OF_BE and not near.set_off_before:
        return False
    joins = near.before in _CONJUNCTIONS and near.after in _SUBJECTS
    return near.is_alone or (joins and near.then not in _SAYING)


def _is_about(near: Neighbourhood) -> bool:
    """Whether it stands before a number or an intensifier: "there were like fifty", "it was like really hard"."""
    compares = near.before in _NOT_ABOUT or (
        near.before in _WORDS_BEFORE_COMPARING_LIKE and near.before not in _FORMS_OF_BE
    )
    is_number = near.after in _NUMBERS or near.after[:1].isdigit()
    return not compares and (is_number or (near.after in _INTENSIFIERS and near.before in _FORMS_OF_BE))


def _fills_clause(near: Neighbourhood) -> bool:
    """Whether a "like" without commas can be neither the verb nor a comparison where it stands."""
    measures = near.after in _MEASURES or (near.after in ("a", "an", "the") and near.then in _MEASURES_AFTER_A)
    is_there = near.before in _FORMS_OF_BE and "there" in near.earlier
    if (near.before in _HOLDING or is_there) and measures and near.then != "else":
        return True  # "we had like no time", "it took like forever"
    if near.before in _DETERMINERS | _PREPOSITIONS:  # "the like main thing", "for like the whole day"
        compares = (
            near.after in _NO_LIKE_NOUN | _PEOPLE - {"my", "your"} | _AUXILIARIES | _FORMS_OF_BE
            or "like" in near.earlier
        )
        return bool(near.after) and not near.comma_after and not compares
    if near.before in _PEOPLE_WHO_ACT | {"just"} and near.after in _DOING:
        return not near.earlier & (_ASKING_VERBS | _LIKED)  # "I like never came back"
    acts = near.before in _PEOPLE_WHO_ACT and near.after.endswith("ed") and near.then in _ACTED_ON
    if acts and not near.earlier & (_ASKING_VERBS | _LIKED):
        return True  # "we like changed everything", but "I like detailed plans"
    is_most = near.after == "the" and (near.then in _MOST or near.then.endswith("est"))
    if near.before in _FORMS_OF_BE and (near.after in _STATES or is_most):
        return True  # "it was like impossible", "they were like the best team"
    is_person = near.before in _PEOPLE_ARE or bool(near.earlier & _PEOPLE_WHO_ACT)
    if near.before in _FORMS_OF_BE and is_person and near.after.endswith("ing") and near.after not in _NO_DOING:
        return True  # "we were like running", but "it was like walking into a wall"
    if near.then in _SAYING and near.after in _PEOPLE_WHO_ACT:
        return False  # "and like I said", which is "as I said"
    is_compared = near.before == "then" and near.then in _SUBJECTS  # "then like everyone I was tired"
    joins = near.before in ("because", "but", "and", "so", "then") and near.after not in ("it", "that")
    return joins and near.clause_follows and not is_compared


def _fills_phrase(near: Neighbourhood) -> bool:
    """Whether a "like" without commas stands inside a verb, a noun or before words that somebody thought or said."""
    after, then = near.after, near.then
    if near.comma_after or not after:
        return False
    if near.before in _LOOSE_CONJUNCTIONS and after in _DOING:
        return True  # "and like told him"
    if near.before in _MODALS:  # "we could like see it", but "I could like it"
        return after not in _OBJECTS_OF_LIKE | _DETERMINERS
    if near.before == "to":
        return after in _TO_DO  # "I wanted to like help them"
    if near.before in _HAVING_DONE and after in _DOING | _DONE:
        return True  # "I've like never seen that"
    if near.before in _HOLDING - _GETTING and after in ("a", "an", "this", "these", "some", "my", "our"):
        return True  # "she had like this idea"
    if near.before in ("it", "them", "that", "him", "her") and after in ("every", "once", "twice"):
        return then != "other" and "would" not in near.earlier
    if near.before in _ONLY and after not in ("this", "that", "these", "those"):
        return bool(near.earlier & (_DETERMINERS | {"this", "that"}))  # "my first like real job"
    if near.before in ("so", "all") and near.earlier & _FORMS_OF_BE:
        return after in _STATES | _INTENSIFIERS or after.endswith("ed")
    return near.before in _FORMS_OF_BE and _tells_how_it_was(near)


def _tells_how_it_was(near: Neighbourhood) -> bool:
    """Whether a "like" after "was" or "I'm" fills: "it was like the best day", "I was like okay", "we were like in"."""
    after, then = near.after, near.then
    if "there" in near.earlier and "what" not in near.earlier and after in _DETERMINERS | {"this", "that", "some"}:
        return True  # "there was like this big meeting"
    if after == "the" and (then in ("best", "worst", "only", "main", "most") or then.endswith("est")):
        return True
    if after in ("a", "an") and then in _DEGREES:
        return near.rest[2:3] != ("of",)
    is_person = near.before in _PEOPLE_ARE or bool(near.earlier & _PEOPLE_WHO_ACT)
    asks = near.earlier & {"what", "how"}
    if is_person and not asks:
        return after in _SAID_TO_ONESELF or (after in _PREPOSITIONS and near.before in ("was", "were", "i'm", "we're"))
    is_point = bool(near.earlier & {"thing", "point", "problem", "truth"})
    return is_point and near.before in ("is", "was") and near.clause_follows


def _is_filler_so(near: Neighbourhood) -> bool:
    if near.comma_after:
        return near.set_off_before
    leads = near.after in _MARKERS or near.rest[:2] in (("you", "know"), ("i", "mean"))
    return near.is_sentence_start and (near.set_off_after or leads) and near.after not in _WORDS_AFTER_SO


def _is_filler_you_know(near: Neighbourhood) -> bool:
    if near.before == "know" and "if" in near.earlier:
        return False  # "if you know, you know"
    if near.comma_after:
        return near.before not in _WORDS_BEFORE_YOU_KNOW or near.set_off_before
    if near.before in _FORMS_OF_BE | _SUBJECTS and near.after not in ("that", "how"):
        return True  # "it was you know a mess": what follows belongs to the verb before
    if near.clause_follows and near.after not in ("that", "what", "who", "this"):
        is_opening = near.set_off_before and near.before not in ("if", "as", "because")
        joins = near.before in _LOOSE_CONJUNCTIONS and "just" not in near.earlier
        if is_opening or joins:
            return True  # "and you know we had"
    if near.before in _HELD_WITHOUT_CLAUSE and near.after and near.after not in ("who", "what", "that", "about"):
        return True  # "we had you know a lot of work"
    known = near.after in _OBJECTS_OF_KNOW or near.before in _WORDS_BEFORE_YOU_KNOW | _KNOWN_BEFORE
    return not known and (near.set_off_before or near.set_off_after)


def _is_filler_i_mean(near: Neighbourhood) -> bool:
    if near.comma_after:
        return near.before not in _WORDS_BEFORE_YOU_KNOW | {"one", "thing", "way"}
    if near.clause_follows:
        return near.before not in _WORDS_BEFORE_YOU_KNOW - {"because"} or near.set_off_before
    if near.before in _FORMS_OF_BE and near.before not in ("is", "that's"):
        return True  # "it was I mean terrible"
    if near.is_sentence_start and near.after in ("the", "my", "our", "a", "every"):
        return bool(set(near.rest[2:]) & _AUXILIARIES)  # "I mean the whole thing was a mess"
    return near.set_off_before and near.after not in _OBJECTS_OF_MEAN


def is_kindness(before: str, after: str) -> bool:
    """Return whether "kind of" between two words praises somebody: "that's very kind of you"."""
    return after in _PEOPLE and (before in _KINDLY or after == "you")


def _kind_of(near: Neighbourhood) -> bool:
    return not is_kindness(near.before, near.after) and _is_filler_sort_of(near)


def _opening(near: Neighbourhood) -> bool:
    return near.is_alone or near.is_sentence_start or _joins_clause(near)


def _is_agreement(near: Neighbourhood) -> bool:
    """Whether it is a sentence of its own: "Okay." "Yeah." to somebody else."""
    return near.is_sentence_start and not near.rest and near.before not in _LOOSE_CONJUNCTIONS


def _is_filler_right(near: Neighbourhood) -> bool:
    if _is_agreement(near):
        return False
    return near.is_alone or (near.is_sentence_start and near.after in _AFTER_RIGHT)


def _is_filler_anyway(near: Neighbourhood) -> bool:
    return near.is_alone or (near.is_sentence_start and near.clause_follows)


def _is_filler_sort_of(near: Neighbourhood) -> bool:
    return near.before not in _WORDS_BEFORE_KIND_OF or near.is_alone


def _is_filler_yeah(near: Neighbourhood) -> bool:
    if _is_agreement(near):
        return False
    joins = near.before in ("so", "and", "but") and (near.is_sentence_start or near.set_off_after)
    return (near.is_alone or joins) and not near.is_first


RULES: Mapping[Phrase, Callable[[Neighbourhood], bool]] = {
    ("you", "know", "what", "i", "mean"): lambda near: near.set_off_after,
    ("you", "know"): _is_filler_you_know,
    ("i", "mean"): _is_filler_i_mean,
    ("sort", "of"): _is_filler_sort_of,
    ("kind", "of"): _kind_of,
    ("like",): _is_filler_like,
    ("so",): _is_filler_so,
    ("well",): _is_filler_well,
    ("right",): _is_filler_right,
    ("okay",): _is_filler_right,
    ("ok",): _is_filler_right,
    ("alright",): _is_filler_right,
    ("yeah",): _is_filler_yeah,
    ("anyway",): _is_filler_anyway,
    ("kinda",): _is_filler_sort_of,
    ("sorta",): _is_filler_sort_of,
    ("basically",): _opening,
    ("actually",): _opening,
    ("literally",): _is_alone,
    ("honestly",): _opening,
    ("obviously",): _opening,
    ("essentially",): _opening,
}
PHRASES_LONGEST_FIRST: tuple[Phrase, ...] = tuple(sorted(RULES, key=len, reverse=True))
