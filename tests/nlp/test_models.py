import sys

import pytest

from app.errors import ModelError
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


def test_importing_the_package_does_not_import_spacy():
    import subprocess

    program = "import sys, app.nlp.mentions, app.nlp.models; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
