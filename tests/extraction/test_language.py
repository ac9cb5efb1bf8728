"""What is needed only to tell a language is loaded only then."""

import subprocess
import sys

from app.extraction.language import tell_language


def test_the_language_of_a_sentence_is_told():
    stated = tell_language("The town council voted on Monday night to close the old ferry terminal.")
    assert stated.value == "en"


def test_importing_extraction_leaves_numpy_out():
    code = "import sys, app.extraction; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
