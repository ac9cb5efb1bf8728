"""Ingest, stage by stage: articles a second on one core, and where the time goes."""

import tempfile
import time
from pathlib import Path

from app import extraction, nlp, resolution
from app.db.engine import make_engine, reading, writing
from app.db.migrate import upgrade
from app.documents import AnnotatedArticle, ExtractedArticle, Hints, RawDocument
from app.ingest import entities, store, stories, utterances
from tests.golden import load

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def measure() -> dict[str, float]:
    """Return CPU milliseconds an article for each stage, articles a second for all, and how long the articles are.

    The documents are the seeds and the golden articles: each event told by one to three outlets, as news is.
    """
    models = nlp.load_models()
    raws = [
        RawDocument(path.read_bytes(), "page", Hints(external_id=path.name)) for path in SEEDS.glob("*.txt")
    ]
    raws += [RawDocument(each.text.encode(), "text", Hints(external_id=each.slug)) for each in load()]
    words = sum(len(raw.content.split()) for raw in raws)
    spent = dict.fromkeys(("extraction", "nlp", "resolution, storing, stories"), 0.0)
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/bench.sqlite3")
        upgrade(engine)
        extraction.extract(raws[0])  # loads the language table
        for raw in raws:
            started = time.process_time()
            article: ExtractedArticle = extraction.extract(raw)
            extracted = time.process_time()
            annotated: AnnotatedArticle = nlp.annotate(article, models)
            read = time.process_time()
            with reading(engine) as connection:
                entities.find_candidates(connection, annotated)
            with writing(engine) as connection:
                decisions = resolution.resolve(annotated, entities.find_candidates(connection, annotated))
                article_id, _ = store.keep_article(
                    connection, raw, annotated, decisions, name=None, version="bench"
                )
                stories.place(connection, article_id, stories.terms_of(annotated))
            utterances.settle(engine)
            stored = time.process_time()
            for stage, seconds in zip(
                spent, (extracted - started, read - extracted, stored - read), strict=True
            ):
                spent[stage] += seconds
        engine.dispose()
    rows = {f"{stage}, ms": seconds / len(raws) * 1000 for stage, seconds in spent.items()}
    length = words / len(raws)
    return rows | {"articles a second and core": len(raws) / sum(spent.values()), "words an article": length}
