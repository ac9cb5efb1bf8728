"""Web pages: their visible lines, the body among them, and what their mark-up says of the article."""
