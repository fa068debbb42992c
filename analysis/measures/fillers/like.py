"""Decide whether "like" fills or means something: a verb, a comparison, an example.

Mostly nothing sets it off, so it is told by its grammar: where it can be neither the verb nor a comparison, it fills.
"""

from __future__ import annotations

from analysis.measures.fillers.neighbourhood import Neighbourhood
from analysis.text.function_words import AUXILIARIES, CARDINALS, CONJUNCTIONS, FORMS_OF_BE, PEOPLE, SUBJECT_PRONOUNS
from analysis.text.grammar import is_past
from analysis.text.word_lists import STOP_WORDS, make_word_set

_WORDS_BEFORE_COMPARING_LIKE = make_word_set(
    """look looks looked looking feel feels felt feeling sound sounds sounded seem seems seemed taste smell would
    i'd you'd we'd they'd he'd she'd do don't things something someone anything nothing much more just act
    acts behave"""
)
_SUBJECTS_OF_LIKE = make_word_set("i you he she it we they people who to really also that this")
_NUMBERS = CARDINALS - {"one"} | make_word_set("hundred thousand million half dozens hundreds thousands")
_NOT_ABOUT = make_word_set("more just exactly nothing something anything much")  # "more like ten", which is no filler
_INTENSIFIERS = make_word_set("really super very totally completely so literally")
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
_ADVERBS = make_word_set("already never always just even also ever")
_NO_DEGREE = make_word_set("early only lonely friendly family lovely silly ugly elderly holy reply supply jelly")
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


def is_filler_like(near: Neighbourhood) -> bool:
    """Return whether a "like" fills."""
    if near.comma_after and not near.set_off_before:
        asks = {"what", "how"} & (near.earlier | {near.before})  # "what it is like, I know"
        return not asks and near.before not in _WORDS_BEFORE_COMPARING_LIKE | _SUBJECTS_OF_LIKE | {"the", "for"}
    if _is_about(near) or _fills_clause(near) or _fills_phrase(near) or _fills_before_deed(near):
        return True
    if near.before in _WORDS_BEFORE_COMPARING_LIKE | FORMS_OF_BE and not near.set_off_before:
        return False
    joins = near.before in CONJUNCTIONS and near.after in SUBJECT_PRONOUNS
    return near.is_alone or (joins and near.then not in _SAYING)


def _is_about(near: Neighbourhood) -> bool:
    """Whether it stands before a number or an intensifier: "there were like fifty", "it was like really hard"."""
    compares = near.before in _NOT_ABOUT or (
        near.before in _WORDS_BEFORE_COMPARING_LIKE and near.before not in FORMS_OF_BE
    )
    is_number = near.after in _NUMBERS or near.after[:1].isdigit()
    return not compares and (is_number or (near.after in _INTENSIFIERS and near.before in FORMS_OF_BE))


def stands_before_deed(near: Neighbourhood) -> bool:
    """Return whether somebody is named right before it and what he or she did right after it: "my boss just left"."""
    is_named = near.before not in STOP_WORDS and bool(near.earlier & _DETERMINERS)
    return is_past(near.after) and (near.before in SUBJECT_PRONOUNS or is_named)


def _fills_before_deed(near: Neighbourhood) -> bool:
    """Whether a "like" stands between somebody and a deed, or after what makes a verb of it wrong."""
    if (
        near.comma_after
        or near.earlier & (_ASKING_VERBS | _LIKED)
        or near.before in _WORDS_BEFORE_COMPARING_LIKE - {"just"}
    ):
        return False
    goes_on = near.then in _ACTED_ON | CONJUNCTIONS or not near.then
    if is_past(near.after) and near.before == "just":
        return goes_on  # "I just like walked out"
    if stands_before_deed(near) and near.before not in SUBJECT_PRONOUNS:
        return goes_on or near.after in _DOING  # "the lift like stopped"
    if near.before in _ADVERBS and near.earlier & _HAVING_DONE:
        return bool(near.after) and near.after not in _OBJECTS_OF_LIKE | _DETERMINERS  # "I'd never like seen it"
    is_degree = near.after in _INTENSIFIERS or (near.after.endswith("ly") and near.after not in _NO_DEGREE)
    return near.set_off_before and is_degree and bool(near.then)  # "it was good, like really good"


def _fills_clause(near: Neighbourhood) -> bool:
    """Whether a "like" without commas can be neither the verb nor a comparison where it stands."""
    measures = near.after in _MEASURES or (near.after in ("a", "an", "the") and near.then in _MEASURES_AFTER_A)
    is_there = near.before in FORMS_OF_BE and "there" in near.earlier
    if (near.before in _HOLDING or is_there) and measures and near.then != "else":
        return True  # "we had like no time", "it took like forever"
    if near.before in _DETERMINERS | _PREPOSITIONS:  # "the like main thing", "for like the whole day"
        compares = near.after in _NO_LIKE_NOUN | PEOPLE | AUXILIARIES | FORMS_OF_BE or "like" in near.earlier
        return bool(near.after) and not near.comma_after and not compares
    if near.before in _PEOPLE_WHO_ACT | {"just"} and near.after in _DOING:
        return not near.earlier & (_ASKING_VERBS | _LIKED)  # "I like never came back"
    acts = near.before in _PEOPLE_WHO_ACT and near.after.endswith("ed") and near.then in _ACTED_ON
    if acts and not near.earlier & (_ASKING_VERBS | _LIKED):
        return True  # "we like changed everything", but "I like detailed plans"
    is_most = near.after == "the" and (near.then in _MOST or near.then.endswith("est"))
    if near.before in FORMS_OF_BE and (near.after in _STATES or is_most):
        return True  # "it was like impossible", "they were like the best team"
    is_person = near.before in _PEOPLE_ARE or bool(near.earlier & _PEOPLE_WHO_ACT)
    if near.before in FORMS_OF_BE and is_person and near.after.endswith("ing") and near.after not in _NO_DOING:
        return True  # "we were like running", but "it was like walking into a wall"
    if near.then in _SAYING and near.after in _PEOPLE_WHO_ACT:
        return False  # "and like I said", which is "as I said"
    is_compared = near.before == "then" and near.then in SUBJECT_PRONOUNS  # "then like everyone I was tired"
    joins = near.before in ("because", "but", "and", "so", "then") and near.after not in ("it", "that")
    return joins and near.clause_follows and not is_compared


def _fills_phrase(near: Neighbourhood) -> bool:
    """Whether a "like" without commas stands inside a verb, a noun or before words that somebody thought or said."""
    after, then = near.after, near.then
    if near.comma_after or not after:
        return False
    if near.before in CONJUNCTIONS and after in _DOING:
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
    if near.before in ("so", "all") and near.earlier & FORMS_OF_BE:
        return after in _STATES | _INTENSIFIERS or after.endswith("ed")
    return near.before in FORMS_OF_BE and _tells_how_it_was(near)


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
