"""Entry of `make run`, `make test` and the rest: python3 tools/setup.py TASK [PORT].

This file is written for Pythons of any age, so that an old one is told so instead of failing on new syntax; the work
is in tools/bootstrap.
"""

import os
import sys

OLDEST = (3, 11)
NEWER = ["python3.%d" % minor for minor in (13, 12, 14, 11)]
UNUSABLE = 2


def newer_python() -> "str | None":
    """The path of a Python that will do, or None."""
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        for name in NEWER:
            path = os.path.join(folder, name)
            if os.access(path, os.X_OK):
                return path
    return None


def main() -> None:
    """Check the version, then hand over."""
    if sys.version_info[:2] < OLDEST:
        newer = newer_python()
        if newer:
            os.execv(newer, [newer] + sys.argv)
        sys.stderr.write(
            "onhand needs Python 3.11 or newer, and this is %d.%d. "
            "Install one, or name it: make run PYTHON=/path/to/python3.12\n" % tuple(sys.version_info[:2])
        )
        sys.exit(UNUSABLE)
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    from tools.bootstrap.tasks import main as work

    sys.exit(work(sys.argv[1:]))


if __name__ == "__main__":
    main()
