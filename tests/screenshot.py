"""The picture in the README: the seeds' story page as Chromium shows it. `make screenshot` renews it."""

import tempfile
from pathlib import Path

from tests.chromium import find_chromium, run_chromium
from tests.server import run_server

ROOT = Path(__file__).parent.parent
SIZE = (1100, 900)
HEIGHT = 1420  # to the end of the second utterance


def main() -> None:
    browser = find_chromium()
    if browser is None:
        raise SystemExit("There is no Chromium on this machine.")
    with (
        tempfile.TemporaryDirectory() as folder,
        run_server(f"sqlite:///{folder}/onrecord.sqlite3", ROOT / "seeds") as server,
        run_chromium(browser) as page,
    ):
        story = server.http.get("/v1/stories").json()["items"][0]["id"]
        page.show(SIZE)
        page.open(f"{server.http.base_url}/stories/{story}")
        (ROOT / "docs" / "story.png").write_bytes(page.picture(HEIGHT))


if __name__ == "__main__":
    main()
