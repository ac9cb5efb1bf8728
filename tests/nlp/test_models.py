import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from thinc.backends.numpy_ops import NumpyOps

from app.errors import ModelError
from app.nlp.matrices import BlasOps
from app.nlp.models import verify_model


def test_missing_weights_are_named(tmp_path):
    with pytest.raises(ModelError, match="lacks ner/model"):
        verify_model(tmp_path)


def test_other_weights_than_the_pinned_are_refused(tmp_path):
    for name in ("ner", "tok2vec"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "model").write_bytes(b"something else")
    with pytest.raises(ModelError, match="expected 7454af3a"):
        verify_model(tmp_path)


@given(
    st.integers(1, 5), st.integers(1, 5), st.integers(1, 5), st.booleans(), st.booleans(), st.integers(0, 99)
)
def test_product_is_that_of_the_models_own(rows, inner, columns, turn_left, turn_right, seed):
    random = np.random.default_rng(seed)
    left = random.random((inner, rows) if turn_left else (rows, inner), np.float32)
    right = random.random((columns, inner) if turn_right else (inner, columns), np.float32)
    flags = {"trans1": turn_left, "trans2": turn_right}
    assert np.allclose(BlasOps().gemm(left, right, **flags), NumpyOps().gemm(left, right, **flags))


def test_product_goes_into_the_array_given():
    out = np.zeros((2, 2), np.float32)
    BlasOps().gemm(np.eye(2, dtype=np.float32), np.full((2, 2), 3, np.float32), out=out)
    assert out.tolist() == [[3, 3], [3, 3]]


def test_importing_the_package_does_not_import_spacy():
    import subprocess

    program = "import sys, app.nlp.mentions, app.nlp.models; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
