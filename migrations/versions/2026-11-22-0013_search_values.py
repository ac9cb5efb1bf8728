"""Narrow rows to count a search's matches by, kept in step by triggers: reading the wide ones took 11 s.

SQLite keeps them for articles and quotes, with numbers for ids. Postgres keeps them for articles, and the words with
them; it counts quotes from their own rows nearly as fast.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

HEADLINE_AND_TEXT = "coalesce(headline, '') || ' ' || text"
# What is counted by, as columns of the wide table that hold ids
IDS = {"article": ("publisher", "story"), "quote": ("publisher", "speaker")}
# An article's id leads to who is quoted in it; a quote counts as one where lists of quotes have it by default
MORE = {
    "article": (("article_id", "{row}.id", "CHAR(32)"),),
    "quote": (("is_said", "{row}.attribution IN ('speech', 'writing')", "INTEGER"),),
}
WATCHED = {
    "article": "publisher_id, ordered_at, story_id",
    "quote": "publisher_id, ordered_at, speaker_id, attribution",
}
SQLITE_MONTH = "substr({row}.ordered_at, 1, 4) * 12 + substr({row}.ordered_at, 6, 2) - 1"
POSTGRES_MONTH = """
    (extract(year FROM {row}.ordered_at AT TIME ZONE 'UTC') * 12
     + extract(month FROM {row}.ordered_at AT TIME ZONE 'UTC') - 1)::integer
"""


def upgrade() -> None:
    for statement in sqlite() if is_sqlite() else postgres():
        run(statement)


def downgrade() -> None:
    if is_sqlite():
        for table in IDS:
            for event in ("insert", "update"):
                op.execute(f"DROP TRIGGER searched_{table}_{event}")
            op.execute(f"DROP TABLE searched_{table}")
        op.execute("DROP TABLE search_number")
        return
    op.execute("DROP TRIGGER searched_article_insert ON article")
    op.execute("DROP TRIGGER searched_article_update ON article")
    op.execute("DROP FUNCTION keep_searched_article")
    op.execute("DROP TABLE searched_article")
    kept = f"GENERATED ALWAYS AS ({words(HEADLINE_AND_TEXT)}) STORED"
    run(f"ALTER TABLE article ADD search_words tsvector {kept}")
    op.execute("CREATE INDEX search_article ON article USING gin (search_words)")


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def run(statement: str) -> None:
    """Execute a statement whose colons are no parameters."""
    op.execute(sa.text(statement.replace(":", "\\:")))


# --- SQLite ---------------------------------------------------------------------------------------


def sqlite() -> Iterator[str]:
    yield "CREATE TABLE search_number (number INTEGER PRIMARY KEY, id CHAR(32) NOT NULL UNIQUE)"
    for table, ids in IDS.items():
        columns = ["month", *ids, *(name for name, *_ in MORE[table])]
        types = ["INTEGER"] * (1 + len(ids)) + [type_ for *_, type_ in MORE[table]]
        declared = ", ".join(f"{name} {type_}" for name, type_ in zip(columns, types, strict=True))
        yield (
            f"CREATE TABLE searched_{table} (search_key INTEGER PRIMARY KEY "
            f"REFERENCES {table} (search_key) ON DELETE CASCADE, {declared})"
        )
        for name in ids:
            yield (
                f"INSERT INTO search_number (id) SELECT DISTINCT {name}_id FROM {table} "
                f"WHERE {name}_id IS NOT NULL AND {name}_id NOT IN (SELECT id FROM search_number)"
            )
        values = ", ".join(sqlite_values(table, table))
        yield f"INSERT INTO searched_{table} SELECT search_key, {values} FROM {table} ORDER BY +search_key"
        number = "".join(number_of(f"new.{name}_id") for name in ids)
        values = ", ".join(sqlite_values(table, "new"))
        add = f"INSERT INTO searched_{table} VALUES (new.search_key, {values});"
        pairs = zip(columns, sqlite_values(table, "new"), strict=True)
        assign = ", ".join(f"{name} = {value}" for name, value in pairs)
        renew = f"UPDATE searched_{table} SET {assign} WHERE search_key = new.search_key;"
        yield f"CREATE TRIGGER searched_{table}_insert AFTER INSERT ON {table} BEGIN {number} {add} END"
        yield (
            f"CREATE TRIGGER searched_{table}_update AFTER UPDATE OF {WATCHED[table]} ON {table} "
            f"BEGIN {number} {renew} END"
        )


def sqlite_values(table: str, row: str) -> Iterator[str]:
    yield SQLITE_MONTH.format(row=row)
    for name in IDS[table]:
        yield f"(SELECT number FROM search_number WHERE id = {row}.{name}_id)"
    for _, value, _ in MORE[table]:
        yield value.format(row=row)


def number_of(id_: str) -> str:
    """Number an id that has none; without OR IGNORE, which the outer statement's word would replace."""
    known = f"EXISTS (SELECT 1 FROM search_number WHERE id = {id_})"
    return f"INSERT INTO search_number (id) SELECT {id_} WHERE {id_} IS NOT NULL AND NOT {known};"


# --- Postgres -------------------------------------------------------------------------------------


def postgres() -> Iterator[str]:
    month = POSTGRES_MONTH
    yield (
        "CREATE TABLE searched_article (search_key bigint NOT NULL, article_id uuid NOT NULL, publisher_id uuid, "
        "story_id uuid, month integer NOT NULL, search_words tsvector NOT NULL)"
    )
    yield (
        "INSERT INTO searched_article SELECT search_key, id, publisher_id, story_id, "
        f"{month.format(row='article')}, search_words FROM article"
    )
    yield "ALTER TABLE article DROP search_words"  # and the index with it
    yield "ALTER TABLE searched_article ADD CONSTRAINT pk_searched_article PRIMARY KEY (search_key)"
    yield (
        "ALTER TABLE searched_article ADD CONSTRAINT fk_searched_article_search_key "
        "FOREIGN KEY (search_key) REFERENCES article (search_key) ON DELETE CASCADE"
    )
    yield "CREATE INDEX search_article ON searched_article USING gin (search_words)"
    yield "ANALYZE searched_article"  # or lists are planned by guesses until it is done some day
    yield f"""
        CREATE FUNCTION keep_searched_article() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'INSERT' THEN
            INSERT INTO searched_article VALUES (new.search_key, new.id, new.publisher_id, new.story_id,
              {month.format(row="new")}, {words(NEW_WORDS)});
            RETURN NULL;
          END IF;
          UPDATE searched_article SET publisher_id = new.publisher_id, story_id = new.story_id,
            month = {month.format(row="new")} WHERE search_key = new.search_key;
          IF (new.headline, new.text) IS DISTINCT FROM (old.headline, old.text) THEN
            UPDATE searched_article SET search_words = {words(NEW_WORDS)} WHERE search_key = new.search_key;
          END IF;
          RETURN NULL;
        END $$
    """
    yield (
        "CREATE TRIGGER searched_article_insert AFTER INSERT ON article "
        "FOR EACH ROW EXECUTE FUNCTION keep_searched_article()"
    )
    yield (
        f"CREATE TRIGGER searched_article_update AFTER UPDATE OF {WATCHED['article']}, headline, text ON article "
        "FOR EACH ROW EXECUTE FUNCTION keep_searched_article()"
    )


NEW_WORDS = "coalesce(new.headline, '') || ' ' || new.text"


def words(searched: str) -> str:
    """The words without punctuation; Postgres refuses a tsvector over 1 MB, and an article has 5,000 characters."""
    return f"to_tsvector('simple', regexp_replace(left({searched}, 250000), '[^[:alnum:]]+', ' ', 'g'))"
