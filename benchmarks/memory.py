"""Peak memory of a matcher, measured in processes of their own.

echo words, a line each | python benchmarks/memory.py imports|terms|matcher
"""

import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from prose import group_of

from compliance.words.matcher import Matcher

_STATUS = Path("/proc/self/status")


def peak_megabytes(stage: str, words: Sequence[str] = (), *, disguise: bool = False) -> float:
    """Peak memory of a new process that imports the matcher, reads the words as terms, or builds a matcher of them."""
    command = [sys.executable, __file__, stage, "disguise" if disguise else "exact"]
    done = subprocess.run(command, input="\n".join(words), text=True, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(f"measuring memory ({stage}) failed: {done.stderr}")
    return float(done.stdout)


def _peak() -> float:
    """Peak resident memory of this process, MB.

    Linux counts in `ru_maxrss` also what the process was before it became this program, a copy of the parent;
    VmHWM starts with the program.
    """
    if _STATUS.exists():
        line = next(line for line in _STATUS.read_text("ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _measured(stage: str, disguise: bool) -> float:
    if stage == "imports":
        return _peak()
    group = group_of([line.rstrip("\n") for line in sys.stdin], disguise=disguise)
    if stage == "matcher":
        Matcher([group]).find("家人们，今天这款真的蕞低价，加v❤领券")
    return _peak()


if __name__ == "__main__":
    print(_measured(sys.argv[1], sys.argv[2] == "disguise"))
