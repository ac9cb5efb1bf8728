"""Load the network that reads: names, roles, quotes and who is meant. Nothing else in the package may load a model.

Models are arguments everywhere. Its weights are pinned by digest.
"""

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from app.nlp.tagger.model import Tagger

QuoteModel = Literal["tagger", "rules"]


@dataclass(frozen=True, slots=True)
class Models:
    """The loaded models, made once by `load_models` and passed down."""

    tagger: "Tagger"
    quotes: QuoteModel = (
        "tagger"  # "rules": direct and mixed quotes only, without what the network says of quotes
    )


def load_models(quote_model: QuoteModel = "tagger") -> Models:
    """Load and verify the network.

    Raises ModelError when it is missing, damaged or not the pinned one.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # more of them spin on products as small as ours
    from app.nlp.tagger.model import Tagger  # noqa: PLC0415 - brings numpy, which a server must not pay for

    return Models(Tagger(), quote_model)
