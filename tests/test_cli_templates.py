"""Templates on the command line: learned, saved, used."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.strategies import site_samples
from tests.test_cli import run


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder of five pages of one site."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for at, sample in enumerate(site_samples(5, style="wet")):
        (folder / f"{at}.txt").write_text(sample.text, "utf-8")
    return folder


@pytest.fixture
def saved(site: Path, tmp_path: Path) -> Path:
    """What the pages of the site repeat."""
    output = tmp_path / "learned.jsonl"
    done = run("batch", site, "--out", output, "--save-templates", tmp_path / "sites.json")
    assert done.returncode == 0, done.stderr
    return tmp_path / "sites.json"


def test_what_was_saved_gives_the_bytes_of_what_was_learned(
    site: Path, saved: Path, tmp_path: Path
) -> None:
    learned = (tmp_path / "learned.jsonl").read_bytes()
    for number, options in enumerate((["--templates"], ["--templates", str(saved)])):
        output = tmp_path / f"{number}.jsonl"
        assert run("batch", site, "--out", output, *options).returncode == 0
        assert output.read_bytes() == learned
    alone = tmp_path / "alone.jsonl"
    run("batch", site, "--out", alone)
    assert alone.read_bytes() != learned


def test_explain_says_on_how_many_pages_a_line_stands(site: Path, saved: Path) -> None:
    page = site / "0.txt"
    done = run("explain", page, "--templates", saved)
    assert b"of 4 other pages of this site" in done.stdout
    assert run("explain", page, "--templates", saved, "--site", "/").stdout == done.stdout
    assert b"of this site" not in run("explain", page).stdout


def test_clean_heeds_a_template(site: Path, saved: Path) -> None:
    page = site / "1.txt"
    done = run("clean", page, "--templates", saved, "--format", "json")
    assert b"other pages of this site" in done.stdout
    assert b"other pages of this site" not in run("clean", page, "--format", "json").stdout


@pytest.mark.parametrize("command", ["clean", "explain"])
def test_a_wrong_file_or_site_is_told(command: str, site: Path, saved: Path) -> None:
    page = site / "0.txt"
    missing = run(command, page, "--templates", "no/such.json")
    assert missing.returncode == 2
    assert b"no/such.json: no such file" in missing.stderr
    other = run(command, page, "--templates", saved, "--site", "elsewhere")
    assert other.returncode == 2
    assert b"no site 'elsewhere'; it has /" in other.stderr
    assert run(command, page, "--templates", page).returncode == 2


@pytest.mark.parametrize("command", ["clean", "explain"])
def test_a_site_without_a_file_of_templates_is_told(command: str, site: Path) -> None:
    done = run(command, site / "0.txt", "--site", "/")
    assert done.returncode == 2
    assert b"--site /: say in which file, with --templates FILE" in done.stderr


def test_a_batch_tells_how_templates_are_learned_where_it_is_given_no_file_of_them(
    site: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out.jsonl"
    done = run("batch", "--out", output, site / "0.txt", "--templates", site)
    assert done.returncode == 2
    assert b"to learn them, put --templates after the inputs" in done.stderr
    once = run("batch", "-", "--out", output, "--templates", data=b"Home\n")
    assert once.returncode == 2
    assert b"this can be read only once" in once.stderr
    assert not output.exists()
