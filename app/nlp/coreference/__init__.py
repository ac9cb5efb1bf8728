"""Link the mentions of one article: names to names, roles to their bearers, pronouns to people.

By rules over spans, no model: where two people compete a mention is left out rather than guessed. It knows
nothing of other articles, nor of who said what.
"""

from app.nlp.coreference.linking import link_mentions

__all__ = ["link_mentions"]
