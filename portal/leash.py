"""Run a command that ends when its parent does: `python leash.py SIGNAL PARENT COMMAND…`.

Not a `preexec_fn`: that runs Python between fork and exec, which can hang in a process with threads.
The kernel's death signal survives exec, and it is tied to the *thread* that forked: start children from
the main thread.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(death_signal: int, parent: int, command: list[str]) -> None:
    """Ask the kernel for a signal at the parent's death, then become the command."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, death_signal)
    # The parent may have died before the kernel was asked.
    if os.getppid() != parent:
        sys.exit(1)
    # Python ignores these two, and what is ignored stays ignored across exec.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    os.execvp(command[0], command)  # noqa: S606


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
