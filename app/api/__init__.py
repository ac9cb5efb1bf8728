"""The HTTP contract: routes, schemas, problems, paging."""
