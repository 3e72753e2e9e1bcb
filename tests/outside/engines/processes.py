"""Processes below a job: who they are, what they use, and how to end one."""

import os
import signal
import threading
import time
from collections.abc import Sequence
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
# Seconds between two looks; a process of duiqi lives longer.
PAUSE = 0.1


def stat(pid: int) -> tuple[int, float, str] | None:
    """Parent, seconds of processor time and state of a process."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(") ")[2].split()
    except OSError:
        return None
    return int(fields[1]), (int(fields[11]) + int(fields[12])) / TICKS, fields[0]


def command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def below(root: int) -> dict[int, tuple[int, float]]:
    """All living processes below `root`: parent and processor time."""
    every = {int(name): found for name in os.listdir("/proc") if name.isdigit() and (found := stat(int(name)))}
    inside = {root}
    grown = True
    while grown:
        more = {pid for pid, (parent, _, _) in every.items() if parent in inside} - inside
        inside |= more
        grown = bool(more)
    return {pid: every[pid][:2] for pid in inside if pid in every and every[pid][2] != "Z"}


class Watch(threading.Thread):
    """Looks at a job until it is joined: counts the processor time of it and all below, and kills some.

    A victim is "duiqi", "worker" (the process that started it) or "executor" (the JVM above that). The first is killed
    when `after` processes of duiqi have been seen, while the last of them works, the next when as many more have been.
    """

    def __init__(self, root: int, victims: Sequence[str], after: int) -> None:
        super().__init__(daemon=True)
        self.root, self.victims, self.after = root, victims, after
        self.killed: list[str] = []
        self.used: dict[int, float] = {}
        self.aligners: set[int] = set()
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(PAUSE):
            alive = below(self.root)
            for pid, (_, used) in alive.items():
                self.used[pid] = used
            working = [pid for pid in alive if " batch " in command(pid) and "duiqi" in command(pid).split(" ")[0]]
            new = [pid for pid in working if pid not in self.aligners]
            self.aligners.update(working)
            waiting = self.victims[len(self.killed):]
            if waiting and new and len(self.aligners) >= self.after * (len(self.killed) + 1):
                self.kill(waiting[0], new[-1], alive)

    def kill(self, victim: str, aligner: int, alive: dict[int, tuple[int, float]]) -> None:
        pid = aligner
        if victim != "duiqi":
            pid = alive[aligner][0]
        while victim == "executor" and pid in alive and "ExecutorBackend" not in command(pid):
            pid = alive[pid][0]
        if pid not in alive or pid == self.root:
            return
        # So that it is in the middle of its work.
        time.sleep(PAUSE)
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        self.killed.append(victim)

    def seconds(self) -> float:
        return sum(self.used.values())
