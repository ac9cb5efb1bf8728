"""Read the main text of web pages with Resiliparse, to be scored beside ours: JSON Lines in, JSON Lines out.

Run by the Python of an environment that has it (`make eval-peers`); must not import anything of ours.

Input: {"html"}. Output: {"text", "seconds"}, seconds of CPU.
"""

import json
import sys
import time

from resiliparse.extract.html2text import extract_plain_text


def main() -> None:
    """Answer each line of standard input."""
    for line in sys.stdin:
        html = json.loads(line)["html"]
        started = time.process_time()
        text = extract_plain_text(html, main_content=True, alt_texts=False)
        print(json.dumps({"text": text, "seconds": time.process_time() - started}), flush=True)


if __name__ == "__main__":
    main()
