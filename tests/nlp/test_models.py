import subprocess
import sys

import pytest

from app.nlp.models import load_models


def test_the_rules_alone_are_a_choice(models):
    assert models.quotes == "tagger"
    assert load_models("rules").quotes == "rules"


@pytest.mark.parametrize("package", ["app.nlp", "app.nlp.models", "app.nlp.tagger.model", "app.nlp.quotes"])
def test_importing_the_package_loads_no_model(package):
    program = f"import sys, {package}; sys.exit(bool({{'onnxruntime', 'tokenizers'}} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_models_can_be_spoken_of_without_numbers():
    program = "import sys, app.ingest.pool, app.settings; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
