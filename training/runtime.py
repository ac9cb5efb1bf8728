"""Makes `app.nlp.tagger` importable here: training runs on Python 3.11, the rest of the package needs 3.12.

The packages above it are stood in for by empty ones with the same path, so that nothing else of them is run. Import
this before anything of `app`.
"""

import sys
import types
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

for name in ("app", "app.nlp", "app.nlp.tagger"):
    package = types.ModuleType(name)
    package.__path__ = [str(ROOT.joinpath(*name.split(".")))]
    sys.modules.setdefault(name, package)
