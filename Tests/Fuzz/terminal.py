"""Sessions of random keys at a pseudo-terminal; see terminal.sh, which starts it.

A session is made of its seed alone: the mode (vi three times of four) and what else an editrc binds, the window, a terminal type and
120 bursts of keys. It fails when the program dies by a signal, as it does when the C library finds its heap damaged, leaves with an error, or
has not left 3 seconds after Ctrl-C and Ctrl-D.
"""

import fcntl
import os
import pty
import random
import select
import shutil
import signal
import struct
import sys
import tempfile
import termios
import time

BURSTS = 120
FACTS = """Sameer Raje heads Zoom India.
Zoom India is a Company; part of Zoom.
Zoom is a Company.
'José Ordóñez' works for Zoom.
'東京支社' is a Company; part of Zoom India.
"""
TEXTS = [
    "who heads Zoom India", "is Zoom (", "about Zoom", "kinds", "what is part of Zoom?", "   ", "(a [b] {c})", '"',
    "東京支社", "e\u0301o\u0308", "José", "x" * 300, "many words " * 60, "w " * 700, ".help", ".", "a.b",
]
SEQUENCES = [
    "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[H", "\x1b[F", "\x1b[3~", "\x1b[1;5C", "\x1b[1;5D", "\x1b[1;3D", "\x1b[Z", "\x1bOA",
    "\x1b[1~", "\x1b[4~", "\x1b[200~two\nlines\x1b[201~", "\x1b[200~" + "long paste\n" * 200 + "\x1b[201~", "\t", "\r",
]
VI = "$^0bBwWeEhl|%;,~xXDCYpPuU.iaAIsSRrGKJnN-+_#@FfTtcdyvkj/?"
VI_RUNS = [
    "$ix", "nix", "dd$a", "yyPyyP", "d$.", "cw", "^ix", "u", "U", "dd", "D.", "9999999x", "9999999rx", "99~", "50p", "5b", "3.", "d%", "y$P",
    "/Zo\r", "?a\x12\r", "nN", "rx.", "fo;,", "xu.u", "_", "3_", "G", "1G", "#", "|", "9|",
]
EMACS_RUNS = [
    "\x00", "\x18\x18", "\x0b\x19", "\x19\x19", "\x17", "\x15", "\x14", "\x16\x01", "\x1bw", "\x1bd", "\x1bu", "\x1bc", "\x1bl", "\x1bb",
    "\x1b\x1f", "\x1b9\x1b\x1f", "\x1b9999999x", "\x1b5\x04", "\x1bp", "\x1bn", "\x1bx", "\x12Zo\x12\r", "\x1b\r",
]
# What an editrc may bind, to control characters that CONTROLS has; macros may hold themselves and each other.
BINDS = ["bind " + bind + "\n" for bind in [
    "-s ^G $ix^T", '-s -a Q "yyPyyP$i"', '-s "^T" "^G\\e0D\\e[D^Y"', "-s ^Y ^Y^Y", "^O em-inc-search-prev", "^S em-inc-search-next", "^Q vi-redo",
    "^] vi-search-prev", "^\\136 vi-repeat-search-next", "^X^A ed-command", "^F em-universal-argument", "^B ed-argument-digit", "^E ed-quoted-insert",
    "^K em-exchange-mark", "^N em-copy-prev-word", "^P ed-search-prev-history", "-a S vi-history-word", "-a u vi-to-history-line",
    "^A em-kill-region", "^W em-copy-region", "^R ed-prev-history", "^L ed-start-over", "^U ed-newline", "-a d vi-alias", "-s " + "x" * 1100 + " a",
]]
# Ctrl-D, Ctrl-Z and Ctrl-\ would end or stop the session; Ctrl-S halts what it writes, when it comes while an entry runs, and keeps the
# terminal from seeing Ctrl-C behind much that is typed ahead.
CONTROLS = [chr(code) for code in range(32) if code not in (3, 4, 19, 26, 28)]


def burst(random, is_vi):
    """The keys of one burst, or the size of another window."""
    kind = random.randrange(20)
    if kind < 4:
        return random.choice(TEXTS)
    if kind < 6:
        return random.choice(SEQUENCES)
    if kind < 7:
        return random.choice(CONTROLS)
    if kind < 8:
        return random.choice([(1, 1), (2, 2), (random.randint(1, 200), random.randint(1, 50))])
    if kind < 9 and random.randrange(4) == 0:
        return "\x03"
    if is_vi and kind < 18:
        mode = random.choice(["\x1f", "\x1f", "\x1f", "\x1b", ""])
        if random.randrange(3) == 0:
            return mode + random.choice(VI_RUNS)
        count = random.choice(["", "", "", "2", "10", "999"])
        return mode + count + "".join(random.choice(VI) for _ in range(random.randint(1, 6)))
    if kind < 17:
        return random.choice(EMACS_RUNS)
    return "".join(random.choice("abc dE_()[].,'\"Zoom\r") for _ in range(random.randint(1, 12)))


class Session:
    """The program at a terminal of its own."""

    def __init__(self, program, seed):
        self.random = random.Random(seed)
        self.is_vi = self.random.randrange(4) > 0
        size = self.random.choice([(80, 24), (2, 2), (self.random.randint(1, 90), self.random.randint(1, 30))])
        kind = self.random.choice(["xterm-256color", "xterm-256color", "xterm", "dumb"])
        self.home = tempfile.mkdtemp(prefix="kosh-fuzz-")
        os.mkdir(self.home + "/knowledge")
        with open(self.home + "/knowledge/facts.kosh", "w", encoding="utf-8") as file:
            file.write(FACTS)
        with open(self.home + "/.editrc", "w", encoding="utf-8") as file:
            file.write("bind -v\n" if self.is_vi else "bind -e\n")
            file.writelines(self.random.sample(BINDS, self.random.randrange(len(BINDS))))
        environment = {
            "HOME": self.home, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": kind, "EDITOR": "true", "PAGER": "cat",
            "SWIFT_BACKTRACE": "enable=no", "LD_PRELOAD": "libc_malloc_debug.so.0", "MALLOC_CHECK_": "3", "MALLOC_PERTURB_": "165",
        }
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            os.chdir(self.home)
            self.set_size(0, size)
            try:
                os.execve(program, [program], environment)
            finally:
                os._exit(127)
        self.output = b""
        self.status = None

    @staticmethod
    def set_size(descriptor, size):
        fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def is_over(self):
        if self.status is None:
            child, status = os.waitpid(self.child, os.WNOHANG)
            if child:
                self.status = status
        return self.status is not None

    def drain(self, seconds):
        """Reads what is shown until nothing comes for a time."""
        end = time.monotonic() + 3
        while time.monotonic() < end and select.select([self.terminal], [], [], seconds)[0]:
            try:
                shown = os.read(self.terminal, 65536)
            except OSError:  # The other end is closed.
                return
            self.output = (self.output + shown)[-4000:]

    def type(self, keys):
        data = keys.encode("utf-8")
        while data and not self.is_over():
            self.drain(0)
            if select.select([], [self.terminal], [], 1)[1]:
                try:
                    data = data[os.write(self.terminal, data[:512]):]
                except OSError:
                    return

    def run(self):
        """Types everything; gives what is wrong, or nothing."""
        for _ in range(50):
            if b"kosh>" in self.output:
                break
            self.drain(0.1)
        for _ in range(BURSTS):
            if self.is_over():
                break
            now = burst(self.random, self.is_vi)
            if isinstance(now, tuple):
                self.set_size(self.terminal, now)
                continue
            if now.startswith("\x1b") and self.is_vi and not now.startswith(("\x1b[", "\x1bO")):
                # On its own it is the key that ends inserting.
                self.type("\x1b")
                self.drain(0.06)
                now = now[1:]
            self.type(now)
            if self.random.randrange(4) == 0:
                self.drain(0.005)
        return self.leave()

    def leave(self):
        began = time.monotonic()
        self.type("\x03")
        self.drain(0.1)
        while not self.is_over() and time.monotonic() < began + 3:
            # What is typed while an answer is written can be dropped by the interrupt.
            self.type("\x04")
            self.drain(0.1)
        took = time.monotonic() - began
        if not self.is_over():
            return "has not left after %.1f s" % took
        if os.WIFSIGNALED(self.status):
            return "was ended by " + signal.Signals(os.WTERMSIG(self.status)).name
        status = os.WEXITSTATUS(self.status)
        return "has left with status %d" % status if status else None

    def close(self):
        if not self.is_over():
            os.kill(self.child, signal.SIGKILL)
            os.waitpid(self.child, 0)
        os.close(self.terminal)
        shutil.rmtree(self.home, ignore_errors=True)


def run(program, seed):
    session = Session(program, seed)
    try:
        wrong = session.run()
        if wrong:
            print("seed %d: %s; the last it wrote: %r" % (seed, wrong, session.output[-600:]), flush=True)
        return wrong
    finally:
        session.close()


def main():
    program, seconds = os.path.abspath(sys.argv[1]), float(sys.argv[2])
    if len(sys.argv) > 3:
        return 1 if run(program, int(sys.argv[3])) else 0
    first = int(time.time()) * 1000
    end = time.monotonic() + seconds
    seed = first
    failed = []
    while time.monotonic() < end:
        if run(program, seed):
            failed.append(seed)
        seed += 1
    print("%d sessions from seed %d, %d failed: %s" % (seed - first, first, len(failed), failed))
    return 1 if failed else 0


sys.exit(main())
