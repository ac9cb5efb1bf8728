"""Where rows are: engine, tables, queries, full-text search. Knows nothing of HTTP."""
