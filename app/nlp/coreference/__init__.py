"""Link the mentions of one article: names to names by their words, phrases and pronouns by the network's answers.

Where two people compete a mention is left out rather than guessed. It knows nothing of other articles, nor of who
said what.
"""

from app.nlp.coreference.linking import link_mentions
from app.nlp.coreference.phrases import find_phrases, speaker_types
from app.nlp.coreference.places import Places

__all__ = ["Places", "find_phrases", "link_mentions", "speaker_types"]
