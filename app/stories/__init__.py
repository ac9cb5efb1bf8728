"""Articles about one event. Pure. Nothing here yet: stories are the next stage of the product."""
