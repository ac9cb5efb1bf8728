"""On Record reads news articles and answers who said what, and where it was printed."""
