"""One text has one answer: whatever was read before it, beside it, or in which process."""

import os
import subprocess
import sys

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.nlp import annotate
from tests.factories import make_extracted

TEXTS = (
    """The ferry to Orla will stop in March, Harbour Minister Tove Brandal said on Monday. “We cannot pay for an empty
ship,” she told reporters in Norvik.

Orla’s mayor, Idris Quaye, called it “a slap in the face”.""",
    """Brandal Shipping denied that it had been asked.

“Nobody rang us,” said Tove Lind, who runs the firm. Orla, a shareholder, declined to comment. According to Lind,
Brandal hopes to sail again in June.""",
    """NORVIK (Coastal News) — Police are looking for a man who broke into the Orla Museum, a spokeswoman said. He
fled on foot. “He took nothing but a teapot,” Inspector Sunniva Rao added. Rao believes the thief will return.""",
    "A: When did Quaye know?\n\nB: In May. Quaye told the council, Lind and Brandal that the money was gone.",
)
LONG = "\n\n".join(
    f"{text}\n\nPart {number} of the Norvik Papers ended there." for number in range(6) for text in TEXTS
)
ALL = (*TEXTS, LONG)


@pytest.fixture(scope="module")
def read(models):
    return lambda text: annotate(make_extracted(text), models)


@pytest.fixture(scope="module")
def first(read):
    return {text: read(text) for text in ALL}


def test_the_texts_are_telling(first):
    kinds = {quote.kind for annotated in first.values() for quote in annotated.quotes}
    assert kinds == {"direct", "mixed", "indirect"}
    assert {mention.entity_type for each in first.values() for mention in each.mentions} >= {
        "person",
        "organization",
        "place",
    }


@given(order=st.permutations(ALL))
@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_text_reads_the_same_after_any_others(order, read, first):
    for text in order:
        assert read(text) == first[text]


def test_a_text_reads_the_same_alone_and_in_a_batch_of_another_process():
    lines = [orjson.dumps({"id": number, "text": text}) for number, text in enumerate(ALL)]
    batch = _annotate([*lines, *reversed(lines)], hash_seed=1)
    assert batch[: len(lines)] == batch[: len(lines) - 1 : -1]
    for number in (0, len(lines) - 1):
        assert _annotate([lines[number]], hash_seed=number + 2) == [batch[number]]


def _annotate(lines: list[bytes], hash_seed: int) -> list[bytes]:
    """Return what `onrecord annotate` answers in a process whose sets have an order of their own."""
    done = subprocess.run(
        [sys.executable, "-m", "app", "annotate", "--strict"],
        input=b"\n".join(lines),
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONHASHSEED": str(hash_seed)},
    )
    return done.stdout.splitlines()
