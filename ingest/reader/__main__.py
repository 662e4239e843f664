"""The reader process: takes jobs on standard input, one line each, and answers on standard output.

A job: {"job": "read", "path": …, "output": …}, or {"job": "picture", …, "page": n, "width_px": n,
"paint": [[left, top, right, bottom], …]}, or {"job": "recognise", …, "page": n, "models": folder},
or {"job": "attachments", …}, whose output is a folder.
The answer has at least `verdict` and `reason`. It ends when its standard input does.
"""

import json
import os
import sys


def main() -> int:
    """Serve jobs until nobody asks any more."""
    # numpy would start threads of its own, and a process with threads must not be forked.
    for name in (
        "OPENBLAS_NUM_THREADS",
        "OMP_NUM_THREADS",
        "OMP_THREAD_LIMIT",
        "MKL_NUM_THREADS",
    ):
        os.environ[name] = "1"
    from ingest.reader import child, memory
    from ingest.reader.warming import warm

    warm()
    memory.settle()

    stdin = sys.stdin.fileno()
    with os.fdopen(stdin, "rb", buffering=0, closefd=False) as lines:
        for line in lines:
            try:
                answer = child.run(json.loads(line), stdin)
            except child.ParentGone:
                return 0
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
