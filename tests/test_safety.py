"""What the core does to the machine: nothing, whatever it reads."""

from __future__ import annotations

import subprocess
import sys

import pytest

import cleaner

# Runs in a process of its own: an audit hook cannot be taken off. An empty page imports the stages
# (numpy sets a variable of its own then); the first pages may read weights and lexicons, and from
# then on nothing at all is opened, compiled or imported.
GUARD = """
import ast, os, sys
import cleaner

sealed = False
broken = []

def guard(event, args):
    global sealed
    if event == "open":
        path, mode, flags = args
        writes = bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND))
        if writes or sealed:
            broken.append((event, str(path)))
            raise PermissionError(event)
    elif event.split(".")[0] in FORBIDDEN or event in RUN or (sealed and event in LATE):
        broken.append((event, repr(args)[:200]))
        raise PermissionError(event)

# Sockets, other programs, other processes, changes of the file system.
FORBIDDEN = {"socket", "subprocess", "shutil", "tempfile", "http", "urllib", "smtplib", "ftplib",
    "webbrowser", "pty", "sqlite3", "signal", "winreg", "syslog", "mmap"}
RUN = {"os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn",
    "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate",
    "os.chmod", "os.chown", "os.putenv", "os.unsetenv", "os.kill", "os.utime", "os.chdir"}
# Code that is made while it runs: the stages import and compile once, with the first page.
LATE = {"exec", "compile", "import", "pickle.find_class", "marshal.loads", "ctypes.dlopen",
    "os.listdir", "os.scandir"}

cleaner.clean("")
cleaner.clean_html("")
sys.addaudithook(guard)
pages = ast.literal_eval(sys.stdin.read())

def run():
    for page in pages:
        for clean in (cleaner.clean, cleaner.clean_text, cleaner.clean_html):
            article = clean(page)
            article.to_dict()
            repr(article)

run()  # what is loaded when it is first needed, the lexicon of a language say, is loaded here
sealed = True
run()
print("cleaned", flush=True)
CHECK
print(len(pages), broken)
"""

TAGS = """<html><head><meta charset=utf-8><title>a</title><base href='file:///etc/'>
<link rel=stylesheet href=http://x.example/a><script src='http://x.example/a.js'></script>
<img src='file:///etc/passwd'><iframe src='http://x.example/'></iframe><p>Ferry returns"""
ENTITIES = """<?xml version="1.0"?><!DOCTYPE html SYSTEM "http://x.example/a.dtd" [<!ENTITY a SYSTEM
"file:///etc/passwd"><!ENTITY % b SYSTEM "http://x.example/b"> %b;]><html><p>&a; ferry"""
PAGES: list[str | bytes] = [
    "",
    "Ferry returns\n\nBy Ann Example\n\n4 May 2021\n\n" + "It sails at noon, she said. " * 30,
    TAGS,
    ENTITIES,
    "\ud800 __import__('os').system('echo') ${jndi:ldap://x.example/a} {{7*7}} %s %n",
    "Café au lait. Déjà vu.".encode("cp1252") * 40,
    "港口今日清晨起霧渡輪停航兩小時".encode("gb18030") * 40,
    bytes(range(256)) * 8,
    b"<meta charset=zip><p>" + b"\xff" * 100,
]


def run(check: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", GUARD.replace("CHECK", check)]
    pages = ascii(PAGES)
    return subprocess.run(command, input=pages, capture_output=True, text=True, check=False)


def test_no_page_makes_the_core_write_fetch_or_run_anything() -> None:
    done = run()
    assert (done.stdout, done.stderr) == (f"cleaned\n{len(PAGES)} []\n", "")


@pytest.mark.parametrize(
    "deed",
    [
        "open('/dev/null', 'w')",
        "open(cleaner.__file__)",
        "__import__('socket').socket()",
        "os.system('true')",
        "__import__('subprocess').run(['true'])",
        "os.mkdir('/tmp/never')",
        "eval('1')",
        "os.listdir('.')",
    ],
)
def test_the_guard_would_notice(deed: str) -> None:
    done = run(deed)
    assert "PermissionError" in done.stderr
    assert done.stdout == "cleaned\n"


def test_no_entity_of_a_page_brings_in_a_file() -> None:
    assert "root:" not in cleaner.clean_html(ENTITIES).source
    assert "ferry" in cleaner.clean_html(ENTITIES).source
