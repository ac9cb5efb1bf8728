"""Pages for people: the same queries and resources as the JSON API, as HTML that needs no script and no other host.

Resources become view models in pure functions (`article_view`, `entity_view`, `story_view`, `lists`); templates
only write them down.
"""
