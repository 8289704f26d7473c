"""Become another program that dies with its parent: `python -I -S launch.py PARENT SIGNAL UID GID PROGRAM ARGUMENTS…`.

A program of its own instead of Popen's preexec_fn: that one may deadlock when the parent has threads. It runs without
site-packages and imports no onhand, so it costs 15 ms and works for a user who may not read our package.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    """Drop privileges if asked, ask the kernel for SIGNAL at the parent's death, then become PROGRAM."""
    parent, wanted, uid, gid = (int(text) for text in arguments[:4])
    command = arguments[4:]
    if os.geteuid() == 0 and uid != 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    # After setuid, since a change of user clears it.
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, wanted)
    # The parent may have died before we asked: then nobody would ever tell us.
    if os.getppid() != parent:
        sys.exit(128 + signal.SIGHUP)
    os.execv(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
