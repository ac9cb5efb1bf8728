"""What the API reads of an article's revisions: which there are."""

from collections.abc import Iterable
from functools import cache
from uuid import UUID

from sqlalchemy import literal, select, union_all
from sqlalchemy.engine import Connection

from app.db.keyset import Keyset, Listing, ListStatement, fill_slots, is_one_of, make_reading
from app.db.queries import ARTICLE, ENTITY
from app.db.tables import ArticleRevision
from app.db.types import table_of

REVISION = table_of(ArticleRevision)


def list_revisions(article_id: UUID) -> Listing:
    """Return an article's revisions, the current one first."""
    return Listing(_list_revisions(), fill_slots({"article": [article_id]}))


def names_of(connection: Connection, entity_ids: Iterable[str]) -> dict[str, str]:
    """Return the names of entities by id; one that is there no longer is left out."""
    ids = {UUID(id_) for id_ in entity_ids}
    found = connection.execute(select(ENTITY.c.id, ENTITY.c.name).where(ENTITY.c.id.in_(ids)))
    return {str(id_): name for id_, name in found}


@cache
def _list_revisions() -> ListStatement:
    names = ("revision", "pipeline_version", "ingested_at")
    current = select(
        ARTICLE.c.id.label("article_id"),
        *(ARTICLE.c[name] for name in names),
        literal(value=True).label("is_current"),
    ).where(is_one_of(ARTICLE.c.id, "article", 1))
    earlier = select(
        REVISION.c.article_id, *(REVISION.c[name] for name in names), literal(value=False).label("is_current")
    ).where(is_one_of(REVISION.c.article_id, "article", 1))
    found = union_all(current, earlier).subquery()
    columns = [found.c.revision.label("number"), *(column for column in found.c if column.name != "revision")]
    return ListStatement(make_reading(columns, found), Keyset((found.c.revision,), ("number",)))
