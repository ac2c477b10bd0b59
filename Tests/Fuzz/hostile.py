"""Hostile statements at a prompt of the built program; see hostile.sh, which starts it.

Other programs have the processors, too: a time counts without what the program's main thread and this one waited for one, and no more than the
processor time that the program spent meanwhile.
"""

import fcntl
import os
import pty
import random
import re
import select
import shutil
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time

from hostile_statements import STATEMENTS, write_data

TIMEOUT = 2
MEMORY = 200
INSTANTS = 5
# What may be over: seconds, a part of the memory, seconds.
LATE, GROWN, SLOW = 0.5, 0.2, 0.1
# When a statement without a limit is interrupted at the latest, and given up.
LONGEST, LOST = 4.0, 60.0


class Watch:
    """The time from its making on, and what of it counts."""

    def __init__(self, child):
        self.child = child
        self.began, self.waited, self.spent = time.monotonic(), self.waiting(), self.spending()

    def waiting(self):
        total = 0
        for process in [self.child, os.getpid()]:
            with open("/proc/%d/schedstat" % process, encoding="ascii") as file:
                total += int(file.read().split()[1])
        return total / 1e9

    def spending(self):
        """Of all threads, in steps of 0.01 s."""
        with open("/proc/%d/stat" % self.child, encoding="ascii") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def seconds(self):
        return time.monotonic() - self.began

    def counted(self):
        return max(0, min(self.seconds() - (self.waiting() - self.waited), self.spending() - self.spent + 0.01))


class Session:
    """The program at a terminal of its own, with some knowledge loaded."""

    def __init__(self, program, folder, data, *options):
        environment = {"HOME": folder, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "dumb", "PAGER": "cat", "SWIFT_BACKTRACE": "enable=no"}
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            os.chdir(folder)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0))
            try:
                os.execve(program, [program, "--no-rc", "-q", *options, *data], environment)
            finally:
                os._exit(127)
        self.output = b""
        self.has_ended = False
        self.wait(LOST)

    def wait(self, seconds):
        """Whether a new prompt comes in that time."""
        end = time.monotonic() + seconds
        while not self.has_ended:
            rest = end - time.monotonic()
            if rest < 0 or not select.select([self.terminal], [], [], rest)[0]:
                return False
            try:
                shown = os.read(self.terminal, 1 << 20)
            except OSError:  # The other end is closed.
                shown = b""
            self.has_ended = not shown
            self.output = (self.output + shown)[-8000:]
            if self.output.endswith(b"kosh> "):
                return True
        return False

    def type(self, line):
        self.output = b""
        os.write(self.terminal, line.encode("utf-8"))
        # The line stands behind the prompt; what follows is the answer.
        while line.encode("utf-8") not in self.output and not self.has_ended:
            self.wait(0.01)
        self.output = b""
        os.write(self.terminal, b"\r")

    def result(self):
        """The line that says what came, or else the last one before the prompt."""
        text = re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]|\r", b"", self.output).decode("utf-8", "replace")
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        lines = [line for line in lines if line != "kosh>" and not line.startswith("^C")]
        telling = [line for line in lines if re.search("error:|stopped|interrupted|limit", line)]
        return (telling or lines or [""])[0 if telling else -1][:60]

    def is_alive(self):
        if self.has_ended:
            return False
        self.type("ASK { ?probed ?by ?harness }")
        return self.wait(5) and self.result() in ("yes", "no", "not known")

    def kilobytes(self, kind):
        with open("/proc/%d/status" % self.child, encoding="ascii") as file:
            return int(re.search(kind + r":\s+(\d+)", file.read()).group(1))

    def close(self):
        os.kill(self.child, signal.SIGKILL)
        status = os.waitpid(self.child, 0)[1]
        os.close(self.terminal)
        return status


class Harness:
    def __init__(self, program, folder):
        self.program = program
        self.folder = folder
        self.random = random.Random(int(os.environ.get("SEED", "1")))

    def start(self, data, *options):
        session = Session(self.program, self.folder, data, *options)
        if not session.output.endswith(b"kosh> "):
            sys.exit("no prompt: %r" % session.output)
        return session

    def time(self, data, command):
        """How late the end comes after the timeout, if at all."""
        session = self.start(data, "--timeout", str(TIMEOUT))
        session.type(command)
        watch = Watch(session.child)
        if session.wait(TIMEOUT):
            came, late = True, 0
        else:
            after = Watch(session.child)
            came = session.wait(LOST)
            late = after.counted()
        took = watch.seconds()
        result = session.result()
        fine = came and late <= LATE and session.is_alive()
        session.close()
        return fine, result, "%.2f s" % took

    def memory(self, data, command):
        """How much the program grows under the limit."""
        session = self.start(data, "--memory", "%dM" % MEMORY, "--timeout", "20")
        loaded = session.kilobytes("VmRSS")
        session.type(command)
        came = session.wait(LOST)
        grown = (session.kilobytes("VmHWM") - loaded) / 1024 if came else 0
        result = session.result()
        fine = came and grown <= MEMORY * (1 + GROWN) and session.is_alive()
        session.close()
        return fine, result, "%d MB" % grown

    def interrupt(self, data, command):
        """How soon Ctrl-C is answered, at several instants."""
        session = None
        longest, delays, result = LONGEST, [], ""
        for number in range(3 * INSTANTS):
            if len(delays) == INSTANTS:
                break
            session = session or self.start(data)
            session.type(command)
            began = time.monotonic()
            if session.wait(longest * (self.random.random() if number else 1)):
                # It has ended by itself; what it changed is not there the next time.
                longest = min(longest, time.monotonic() - began)
                result = session.result()
                session.close()
                session = None
                if longest < 0.03:
                    break
                continue
            watch = Watch(session.child)
            os.kill(session.child, signal.SIGINT)
            came = session.wait(LOST)
            delays.append(watch.counted() if came else LOST)
            result = session.result() if not result or "interrupted" in session.result() else result
            if not came or not session.is_alive():
                return False, "lost: " + session.result(), "%d ms" % (delays[-1] * 1000)
        if session:
            session.close()
        if not delays:
            return True, result, "done in %d ms" % (longest * 1000)
        figures = "median %d ms, worst %d ms" % (statistics.median(delays) * 1000, max(delays) * 1000)
        return max(delays) <= SLOW, result, figures

    def run(self, mode, pattern):
        over = []
        measured = 0
        for name, data, text in STATEMENTS:
            if not re.search(pattern, name):
                continue
            measured += 1
            with open(self.folder + "/statement", "w", encoding="utf-8") as file:
                file.write(text() if callable(text) else text)
            fine, result, figure = getattr(self, mode)(data, ".read statement")
            print("%-9s  %-4s  %-34s  %-32s  %s" % (mode, "" if fine else "OVER", name, figure, result), flush=True)
            if not fine:
                over.append(name)
        print("%s: %d of %d over%s" % (mode, len(over), measured, ": " + ", ".join(over) if over else ""), flush=True)
        return bool(over)


def main():
    words = sys.argv[2:]
    modes = [words.pop(0)] if words and words[0] in ("time", "memory", "interrupt") else ["time", "memory", "interrupt"]
    folder = tempfile.mkdtemp(prefix="kosh-hostile-")
    try:
        write_data(folder)
        harness = Harness(os.path.abspath(sys.argv[1]), folder)
        failed = [harness.run(mode, words[0] if words else "") for mode in modes]
        return 1 if any(failed) else 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)


sys.exit(main())
