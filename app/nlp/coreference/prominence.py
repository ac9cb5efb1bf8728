"""Score how well a person fits a pronoun: a table of weights over what the text shows.

Knows places, not who anybody is. The weights are few, and each says something a reader could check.
"""

from dataclasses import dataclass

from app.documents import Gender, Span

# Set by hand and checked on the golden articles and GUM news, 2026-11-22. Coordinate search fitted on three
# quarters of the articles did worse on the fourth than these (accuracy 77.1 against 80.7), so they stay; how often
# a person was mentioned told nothing beyond the rest and was left out.
WEIGHTS: dict[str, float] = {
    "sentences_between": -1.0,
    "subject_of_this_sentence": 2.0,
    "subject_before": 1.0,
    "gender_known": 0.8,
    "name_leans_other_way": -0.8,
    "name_leans_this_way": 0.4,
    "paragraph_before": -0.2,
    "named_in_these_quotes": -2.0,  # “John hates it,” he said: not John
    "quoted_only": -1.5,
    "quoted_as_well": 1.5,
    "says_the_quote": -3.0,  # “He left,” Reis said: not Reis
    "answers_himself": -1.0,  # “Why?” he replied: not who spoke last
    "subject_outside": -0.5,
}


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A mention of person number `person`, and where it stands.

    A number below zero is a person without a name, who is a pronoun's as much as any other but in no chain.
    """

    person: int
    span: Span
    sentence: int
    paragraph: int
    is_subject: bool
    is_quoted: bool
    speaks: bool  # beside a verb of saying


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun, and where it stands."""

    span: Span
    gender: Gender
    sentence: int
    paragraph: int
    is_subject: bool
    is_quoted: bool
    speaks: bool
    replies: bool  # "he replied"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a person when a pronoun is read."""

    last: PersonMention
    gender: Gender | None
    leaning: Gender | None  # what the look of the given name suggests
    is_named_here: bool  # within the quotation marks of the pronoun's sentence
    says_quote: bool  # speaks outside the marks in the pronoun's paragraph
    spoke_last: bool


def score(pronoun: Pronoun, standing: Standing) -> float:
    """Return how well the person fits the pronoun; only differences between people mean anything."""
    return sum(WEIGHTS[name] * value for name, value in features(pronoun, standing).items())


def features(pronoun: Pronoun, standing: Standing) -> dict[str, float]:
    """Return what speaks for or against the person, by the names of WEIGHTS."""
    last = standing.last
    distance = max(0, pronoun.sentence - last.sentence)
    is_subject = last.is_subject and last.is_quoted == pronoun.is_quoted
    shared: dict[str, float] = {
        "sentences_between": distance,
        "gender_known": standing.gender is not None,
        "name_leans_this_way": standing.gender is None and standing.leaning == pronoun.gender,
        "name_leans_other_way": standing.gender is None and standing.leaning not in (None, pronoun.gender),
        "paragraph_before": last.paragraph != pronoun.paragraph,
        "subject_of_this_sentence": is_subject and distance == 0,
        "subject_before": is_subject and distance > 0,
    }
    if pronoun.is_quoted:
        return shared | {
            "quoted_as_well": last.is_quoted,
            "says_the_quote": standing.says_quote,
            "subject_outside": last.is_subject and not last.is_quoted,
        }
    return shared | {
        "quoted_only": last.is_quoted,
        "named_in_these_quotes": pronoun.speaks and standing.is_named_here,
        "answers_himself": pronoun.replies and standing.spoke_last,
    }
