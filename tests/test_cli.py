from __future__ import annotations

import datetime
import gzip
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import cleaner
from cleaner import batch, records, render
from cleaner.article import Article

ARTICLES = Path(__file__).parent.parent / "fixtures" / "articles"
PAGE = ARTICLES / "en-resiliparse-meta.tsv"
MENU = "Home\nNews\nSport\n"
FERRY = """\
Ferry returns to Port Hale

By Ann Example

4 May 2021

The ferry to Port Hale sails again from Monday, the harbour office said after a long summer.
"""
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"

MODULE = [sys.executable, "-m", "cleaner"]
# A locale that knows no UTF-8, and nothing that a terminal or a CI sets.
BARE = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
BARE |= {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}

Done = subprocess.CompletedProcess[bytes]


def run(
    *arguments: str | Path,
    data: bytes = b"",
    command: list[str] = MODULE,
    **environ: str,
) -> Done:
    """Run the command line: never a traceback, whatever it is given."""
    done = subprocess.run(
        [*command, *arguments],
        input=data,
        capture_output=True,
        check=False,
        env=BARE | environ,
        timeout=60,
    )
    assert b"Traceback" not in done.stderr
    return done


def with_clean(body: str) -> list[str]:
    """A command line whose `cleaner.clean` is a function of this body."""
    script = (
        "import sys, cleaner.cli as cli\n"
        "from cleaner.article import Article\n"
        f"def clean(source, **options):\n    {body}\n"
        "cli.cleaner.clean = clean\n"
        "sys.exit(cli.main(sys.argv[1:]))"
    )
    return [sys.executable, "-c", script]


def without(*packages: str) -> list[str]:
    """A command line to which these packages are not installed."""
    script = (
        f"import sys; sys.modules.update(dict.fromkeys({packages!r}))\n"
        "import cleaner.cli as cli; sys.exit(cli.main(sys.argv[1:]))"
    )
    return [sys.executable, "-c", script]


def heed() -> None:
    """Heed interrupts: who runs the tests in the background of a shell has them ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def in_terminal(*arguments: str | Path, **environ: str) -> str:
    """Run the command line in a terminal and give what it shows there."""
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [*MODULE, *arguments], stdin=theirs, stdout=theirs, stderr=theirs, env=BARE | environ
    )
    os.close(theirs)
    shown = b""
    # Linux says at the end of a terminal that it is gone.
    try:
        while piece := os.read(ours, 4096):
            shown += piece
    except OSError:
        pass
    os.close(ours)
    child.wait(60)
    return shown.decode("utf-8")


def clean_file(path: Path, today: datetime.date | None = None) -> Article:
    record = records.read_file(path)
    assert isinstance(record, records.Record)
    return cleaner.clean(record.data, today=today)


def notes(done: Done) -> list[str]:
    return done.stderr.decode("utf-8").splitlines()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    page = tmp_path / "ferry.txt"
    page.write_text(FERRY)
    return page


class TestClean:
    def test_text_is_the_article(self) -> None:
        done = run("clean", PAGE)
        assert done.returncode == 0
        assert done.stdout.decode("utf-8") == render.text(clean_file(PAGE)) != ""

    def test_markdown_is_the_article(self) -> None:
        done = run("clean", "--format", "markdown", PAGE)
        assert done.stdout.decode("utf-8") == render.markdown(clean_file(PAGE))

    def test_json_is_the_whole_article_indented(self) -> None:
        done = run("clean", "--format=json", PAGE)
        assert json.loads(done.stdout) == clean_file(PAGE).to_dict()
        assert done.stdout.startswith(b'{\n  "source"')

    @pytest.mark.parametrize("arguments", [["-"], []])
    def test_a_page_may_come_from_standard_input(self, arguments: list[str], page: Path) -> None:
        expected = run("clean", "--format", "json", page)
        done = run("clean", "--format", "json", *arguments, data=page.read_bytes())
        assert done.stdout == expected.stdout

    def test_other_alphabets_are_written_as_they_are_in_any_locale(self) -> None:
        page = ARTICLES / "ja-lynx.tsv"
        done = run("clean", page, PYTHONIOENCODING="ascii")
        assert done.stdout.decode("utf-8") == render.text(clean_file(page))
        assert not done.stdout.isascii()

    def test_a_page_without_an_article_is_printed_with_a_note(self, tmp_path: Path) -> None:
        page = tmp_path / "menu.txt"
        page.write_text(MENU)
        done = run("clean", page)
        assert done.returncode == 0
        assert done.stdout.decode("utf-8") == render.text(clean_file(page))
        assert notes(done) == [f"cleaner: {page}: no article found"]

    def test_an_empty_page_prints_nothing_but_a_note(self) -> None:
        done = run("clean")
        assert (done.returncode, done.stdout) == (0, b"")
        assert notes(done) == ["cleaner: standard input: no article found"]

    def test_today_is_the_day_of_the_dump(self) -> None:
        command = with_clean("return Article('', date=options['today'])")
        assert run("clean", "--today", "2021-10-02", command=command).stdout == b"2021-10-02\n"
        assert run("clean", command=command).stdout == b""

    @pytest.mark.parametrize("form", ["text", "markdown", "json"])
    def test_lone_surrogates_do_no_harm(self, form: str) -> None:
        command = with_clean(r"return Article('\ud800', title='\ud800', body='\udfff')")
        done = run("clean", "--format", form, command=command)
        assert done.returncode == 0
        assert rb"\udfff" in done.stdout


class TestExplain:
    def test_a_pipe_gets_the_plain_explanation(self) -> None:
        done = run("explain", PAGE)
        assert done.returncode == 0
        assert done.stdout.decode("utf-8").splitlines() == list(render.explain(clean_file(PAGE)))

    def test_every_line_of_the_page_is_shown_with_a_label(self) -> None:
        shown = run("explain", PAGE).stdout.decode("utf-8").split("\n\n", 1)[1].splitlines()
        lines = clean_file(PAGE).source.split("\n")
        for number, line in enumerate(lines, 1):
            if line.strip():
                assert re.match(rf" *{number} +[a-z-]+ .* │ ", shown[number - 1])
                assert line.strip() in shown[number - 1]
            else:
                assert number > len(shown) or not shown[number - 1]

    def test_colour_can_be_forced(self) -> None:
        done = run("explain", "--color", "always", PAGE, NO_COLOR="1")
        coloured = list(render.explain(clean_file(PAGE), colour=True))
        assert done.stdout.decode("utf-8").splitlines() == coloured

    def test_a_terminal_gets_colour(self) -> None:
        assert "\x1b[" in in_terminal("explain", PAGE, TERM="xterm")

    @pytest.mark.parametrize(
        ("arguments", "environ"),
        [
            ([], {"TERM": "xterm", "NO_COLOR": "1"}),
            ([], {"TERM": "dumb"}),
            (["--color=never"], {"TERM": "xterm"}),
        ],
        ids=["NO_COLOR", "dumb terminal", "never"],
    )
    def test_a_terminal_can_do_without(self, arguments: list[str], environ: dict[str, str]) -> None:
        shown = in_terminal("explain", *arguments, PAGE, **environ)
        assert "│" in shown
        assert "\x1b[" not in shown

    def test_today_is_the_day_of_the_dump(self) -> None:
        command = with_clean("return Article('', date=options['today'])")
        done = run("explain", "--today", "2021-10-02", command=command)
        assert b"date       2021-10-02\n" in done.stdout


class TestBatch:
    @pytest.fixture
    def pages(self, tmp_path: Path, page: Path) -> Path:
        folder = tmp_path / "pages"
        folder.mkdir()
        page.rename(folder / "ferry.txt")
        (folder / "menu.txt").write_text(MENU)
        (folder / "photo.png").write_bytes(PNG)
        return folder

    def test_the_output_is_what_the_function_writes(self, pages: Path, tmp_path: Path) -> None:
        today = datetime.date(2021, 10, 2)
        done = run("batch", pages, "--out", tmp_path / "out.jsonl", "--today", str(today))
        summary = batch.run(pages, tmp_path / "expected.jsonl", today=today)
        assert (done.returncode, done.stdout) == (0, b"")
        for name in ("{}.jsonl", "{}.manifest.jsonl"):
            ours, expected = (tmp_path / name.format(stem) for stem in ("out", "expected"))
            assert ours.read_bytes() == expected.read_bytes()
        listing = tmp_path / "out.manifest.jsonl"
        told = notes(done)
        assert told[0] == f"cleaner: {str(summary).splitlines()[0]}"
        assert told[-1] == (
            f"cleaner: → {tmp_path / 'out.jsonl'}, and for every input a line in {listing}"
        )

    def test_the_options_are_handed_on(self, pages: Path, tmp_path: Path) -> None:
        table = tmp_path / "pages.jsonl"
        table.write_text(json.dumps({"page": FERRY, "text": "no"}) + "\n")
        options = ["--format=markdown", "--workers=1", "--column=page", "--keep=caption,share"]
        done = run("batch", table, pages, "--out", tmp_path / "out", *options)
        assert done.returncode == 0
        batch.run(
            [table, pages], tmp_path / "expected", format="markdown", column="page",
            keep={"caption", "share"},
        )  # fmt: skip
        ours, expected = (
            {path.name: path.read_bytes() for path in (tmp_path / stem).rglob("*.md")}
            for stem in ("out", "expected")
        )
        assert ours == expected

    def test_a_table_may_come_from_standard_input(self, tmp_path: Path) -> None:
        rows = json.dumps({"id": "a", "text": FERRY}).encode() + b"\n"
        done = run("batch", "-", "--out", tmp_path / "out.jsonl", data=gzip.compress(rows))
        assert done.returncode == 0
        assert json.loads((tmp_path / "out.jsonl").read_bytes())["id"] == "a"

    def test_a_page_that_cannot_be_read_is_told_and_counts(
        self, pages: Path, tmp_path: Path
    ) -> None:
        (pages / "a.txt").write_bytes(PNG)
        done = run("batch", pages, "--out", tmp_path / "out.jsonl")
        assert done.returncode == 1
        assert notes(done)[0].startswith("cleaner: a.txt: not text but a binary file; ")
        assert len((tmp_path / "out.jsonl").read_text("utf-8").splitlines()) == 2

    def test_of_many_failures_the_first_are_told(self, pages: Path, tmp_path: Path) -> None:
        for number in range(30):
            (pages / f"{number}.txt").write_bytes(PNG)
        told = notes(run("batch", pages, "--out", tmp_path / "out.jsonl"))
        assert sum("not text" in line for line in told) == 20
        assert "cleaner: further failures are told in the manifest only" in told

    def test_a_terminal_shows_how_far_it_is(self, pages: Path, tmp_path: Path) -> None:
        shown = in_terminal("batch", pages, "--out", tmp_path / "out.jsonl", COLUMNS="100")
        assert re.search(r"\r\x1b\[K[█░]{24} +\d+%  \d inputs, \d+ a second, 0 failed", shown)
        assert "\r\x1b[Kcleaner: cleaned " in shown

    def test_an_interrupt_says_how_to_go_on(self, pages: Path, tmp_path: Path) -> None:
        for number in range(400):
            (pages / f"{number}.txt").write_text(FERRY)
        command = [*MODULE, "batch", pages, "--out", tmp_path / "out.jsonl"]
        with subprocess.Popen(
            command,
            stderr=subprocess.PIPE,
            env=BARE,
            preexec_fn=heed,  # noqa: PLW1509 - no thread runs here
        ) as child:
            manifest = tmp_path / "out.jsonl.part" / "manifest.jsonl"
            while not (manifest.exists() and manifest.stat().st_size):
                assert child.poll() is None
                time.sleep(0.02)
            child.send_signal(signal.SIGINT)
            _, error = child.communicate(timeout=60)
        assert child.returncode == 130
        assert re.fullmatch(
            rb"cleaner: interrupted after \d+ inputs; the same command with --resume goes on "
            rb"from there\n",
            error,
        )
        assert not (tmp_path / "out.jsonl").exists()
        assert run(*command[len(MODULE) :], "--resume").returncode == 0
        batch.run(pages, tmp_path / "whole.jsonl")
        assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()

    @pytest.mark.parametrize(
        ("arguments", "reason"),
        [
            (["missing", "--out", "out.jsonl"], "missing: no such file; check the path"),
            (["pages", "--out", "missing/out.jsonl"], "missing/out.jsonl: cannot be written ("),
            (["pages", "--out", "."], ".: cannot be written ("),
            (["pages", "--out", "pages", "--format=text"], "pages: cannot be written ("),
        ],
        ids=["input", "output", "folder", "full folder"],
    )
    def test_a_wrong_path_is_told(
        self, pages: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], reason: str
    ) -> None:
        monkeypatch.chdir(pages.parent)
        before = sorted(pages.parent.rglob("*"))
        done = run("batch", *arguments)
        assert done.returncode == 2
        (note,) = notes(done)
        assert note.startswith(f"cleaner: {reason}")
        assert sorted(pages.parent.rglob("*")) == before

    @pytest.mark.parametrize(
        ("package", "arguments"),
        [("pyarrow", ["--format=parquet"]), ("datasketch", ["--dedup"])],
    )
    def test_a_missing_package_is_told_with_its_remedy(
        self, pages: Path, tmp_path: Path, package: str, arguments: list[str]
    ) -> None:
        done = run("batch", pages, "--out", tmp_path / "out", *arguments, command=without(package))
        assert done.returncode == 2
        assert f"need {package}; pip install 'newsdump-cleaner[batch]'" in notes(done)[0]

    def test_no_package_of_the_extra_is_needed_for_pages_and_lines(
        self, pages: Path, tmp_path: Path
    ) -> None:
        (pages / "rows.jsonl").write_text(json.dumps({"text": FERRY}) + "\n")
        (pages / "crawl.warc").write_bytes(b"WARC/1.0\r\n")
        (pages / "page.txt.zst").write_bytes(b"\x28\xb5\x2f\xfd\x00")
        command = without("pyarrow", "fastwarc", "datasketch", "zstandard")
        done = run("batch", pages, "--out", tmp_path / "out.jsonl", command=command)
        assert done.returncode == 1
        remedy = "pip install 'newsdump-cleaner[batch]'"
        assert notes(done)[:2] == [
            f"cleaner: crawl.warc: WARC files need fastwarc; {remedy}",
            f"cleaner: page.txt.zst: .zst files need zstandard; {remedy}",
        ]
        assert len((tmp_path / "out.jsonl").read_text("utf-8").splitlines()) == 3


class TestErrors:
    @pytest.mark.parametrize("command", ["clean", "explain"])
    @pytest.mark.parametrize(
        ("name", "code", "reason"),
        [
            ("missing.txt", 2, "no such file; check the path"),
            ("", 2, "a directory; name a file in it, or clean all of it with `cleaner batch`"),
            ("photo.txt", 1, records.NOT_TEXT),
        ],
        ids=["missing", "directory", "binary"],
    )  # fmt: skip
    def test_an_input_that_cannot_be_used_is_told(
        self, tmp_path: Path, command: str, name: str, code: int, reason: str
    ) -> None:
        (tmp_path / "photo.txt").write_bytes(PNG)
        done = run(command, tmp_path / name)
        assert (done.returncode, done.stdout) == (code, b"")
        assert notes(done) == [f"cleaner: {tmp_path / name}: {reason}"]

    def test_binary_standard_input_is_told(self) -> None:
        done = run("clean", data=PNG)
        assert done.returncode == 1
        assert notes(done)[0].startswith("cleaner: standard input: not text")

    def test_a_name_with_escapes_does_not_reach_the_terminal(self, tmp_path: Path) -> None:
        done = run("clean", tmp_path / "a\x1b[2Jb\nc")
        assert len(notes(done)) == 1
        assert b"\x1b" not in done.stderr

    @pytest.mark.parametrize(
        "arguments",
        [
            [],
            ["tidy"],
            ["clean", "--format", "xml"],
            ["clean", "--today", "20211002"],
            ["clean", "--today", "2021-02-30"],
            ["clean", "a.txt", "b.txt"],
            ["explain", "--color", "sometimes"],
            ["batch", "pages"],
            ["batch", "--out", "out.jsonl"],
            ["batch", "pages", "--out", "o", "--workers", "0"],
            ["batch", "pages", "--out", "o", "--keep", "menus"],
            ["batch", "pages", "--out", "o", "--format", "xml"],
        ],
        ids=" ".join,
    )
    def test_wrong_usage_is_told(self, arguments: list[str]) -> None:
        done = run(*arguments)
        assert (done.returncode, done.stdout) == (2, b"")
        assert notes(done)[0].startswith("usage: cleaner")

    def test_damaged_weights_are_told_as_what_they_are(self) -> None:
        damaged = "from cleaner.weights import WeightsError; raise WeightsError('text.npz: broken')"
        done = run("clean", command=with_clean(damaged))
        assert (done.returncode, done.stdout) == (2, b"")
        assert notes(done) == ["cleaner: text.npz: broken"]

    def test_a_fault_is_one_line(self) -> None:
        done = run("clean", command=with_clean("raise RecursionError('too deep')"))
        assert done.returncode == 70
        told = "a fault in cleaner (RecursionError('too deep')); please report it with the input"
        assert notes(done) == [f"cleaner: {told}"]

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
    def test_a_full_disk_is_told(self) -> None:
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [*MODULE, "clean", PAGE],
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
                env=BARE,
            )
        assert done.returncode == 2
        assert notes(done)[0].startswith("cleaner: cannot write the output: no space left")
        assert len(notes(done)) == 1

    @pytest.mark.parametrize("command", [["clean"], ["explain"], ["batch", "--out", "out.jsonl"]])
    def test_an_empty_path_is_not_taken_for_the_working_directory(self, command: list[str]) -> None:
        done = run(*command, "")
        assert done.returncode == 2
        assert b"an empty path; name a file, or - for standard input" in done.stderr

    @pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
    def test_a_closed_stream_is_no_traceback(self, closed: str, tmp_path: Path) -> None:
        shell = ["sh", "-c", f'exec "$@" {closed}', "sh", *MODULE]
        done = run("clean", command=shell)
        assert done.returncode == (0 if closed == "2>&-" else 2)
        assert len(notes(done)) == (0 if closed == "2>&-" else 1)

    def test_a_reader_that_goes_away_ends_it_quietly(self, tmp_path: Path) -> None:
        page = tmp_path / "long.txt"
        page.write_text(FERRY * 600)  # more than a pipe holds
        child = subprocess.Popen(
            [*MODULE, "explain", page], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=BARE
        )
        assert child.stdout
        child.stdout.readline()
        child.stdout.close()
        assert child.stderr
        assert child.stderr.read() == b""
        assert child.wait(60) == 141
        child.stderr.close()

    def test_an_interrupt_ends_it_quietly(self) -> None:
        # Who runs the tests in the background of a shell has interrupts ignored: here they are not.
        heed = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
        command = with_clean(f"{heed}; print('working', flush=True); import time; time.sleep(60)")
        child = subprocess.Popen(
            [*command, "clean", PAGE],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=BARE,
        )
        assert child.stdout
        assert child.stdout.readline() == b"working\n"
        child.send_signal(signal.SIGINT)
        _, error = child.communicate(timeout=60)
        assert (child.returncode, error) == (130, b"")


INSTALLED = Path(sys.executable).with_name("cleaner")


class TestCommand:
    def test_help_tells_the_commands_and_exit_codes(self) -> None:
        done = run("--help")
        assert done.returncode == 0
        assert all(word in done.stdout for word in (b"clean", b"explain", b"batch", b"exit codes"))

    def test_the_version_is_told(self) -> None:
        assert run("--version").stdout.decode() == f"cleaner {cleaner.__version__}\n"

    @pytest.mark.skipif(not INSTALLED.exists(), reason="not installed beside this Python")
    def test_the_installed_command_is_the_module(self) -> None:
        assert run("clean", PAGE, command=[str(INSTALLED)]).stdout == run("clean", PAGE).stdout

    def test_the_help_starts_without_what_only_a_page_needs(self) -> None:
        script = (
            "import sys, cleaner.cli\n"
            "print([m for m in ('numpy', 'lxml', 'trafilatura') if m in sys.modules])"
        )
        assert run(command=[sys.executable, "-c", script]).stdout == b"[]\n"
