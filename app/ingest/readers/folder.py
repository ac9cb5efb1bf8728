"""Reads a folder of documents: `*.txt` page dumps and `*.html` pages, by name. Nothing outside it is read."""

import stat
from pathlib import Path

from app.documents import DocumentForm, RawDocument
from app.errors import DocumentError
from app.ingest.readers.found import Found
from app.ingest.submissions import Submission

FORMS: dict[str, DocumentForm] = {".txt": "page", ".html": "html", ".htm": "html"}


def list_documents(folder: Path) -> list[Path]:
    """Return the folder's documents, sorted by name; an absent folder has none."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in FORMS and path.name[0] != ".")


def find_document(path: Path, line: int, *, max_bytes: int) -> Found:
    """Return one file's document."""
    try:
        return Found(line, path.name, Submission(read_document(path, max_bytes=max_bytes)))
    except DocumentError as error:
        return Found.unreadable(line, path.name, error)


def read_document(path: Path, *, max_bytes: int) -> RawDocument:
    """Return one file's document; raise `DocumentError` for what is no plain file, or too large."""
    try:
        mode = path.lstat().st_mode
        if not stat.S_ISREG(mode):  # a link may lead anywhere, a pipe hangs
            raise DocumentError(f"{path.name} is not a regular file.")
        with path.open("rb") as file:
            content = file.read(max_bytes + 1)
    except OSError as error:
        raise DocumentError(f"{path.name} cannot be read: {error.strerror}.") from error
    if len(content) > max_bytes:
        raise DocumentError(f"{path.name} is larger than {max_bytes} bytes.")
    return RawDocument(content, FORMS[path.suffix.lower()])
