"""The reading processes, with the real models."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.documents import RawDocument
from app.errors import NoArticle, TooSlow
from app.ingest.pool import ReadingPool

pytestmark = [pytest.mark.models, pytest.mark.slow]
RAW = RawDocument("“We will rebuild the bridge,” said Mayor Ada Okafor.".encode(), "text")


@pytest.fixture(scope="module")
def pool():
    pool = ReadingPool(1, seconds=30)
    pool.start()
    yield pool
    pool.close()


def test_a_document_is_read_in_another_process(pool):
    assert [quote.kind for quote in pool.read(RAW).quotes] == ["direct"]


def test_a_bad_document_raises_here_what_it_raised_there(pool):
    with pytest.raises(NoArticle):
        pool.read(RawDocument(b"  \n ", "page"))
    assert pool.read(RAW).quotes


def test_many_threads_share_one_reader(pool):
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(pool.read, [RAW] * 16))
    assert len({answer.article.text for answer in answers}) == 1


def test_a_killed_reader_is_replaced_and_the_document_read_all_the_same(pool):
    [reader] = pool.readers()
    os.kill(reader, signal.SIGKILL)
    assert pool.read(RAW).quotes
    assert pool.readers() != [reader]


def test_a_document_that_takes_too_long_is_given_up_and_the_next_is_read(pool):
    pool.seconds = 0.0
    with pytest.raises(TooSlow):
        pool.read(RAW)
    pool.seconds = 30
    assert pool.read(RAW).quotes
