from __future__ import annotations

from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from cleaner.batch.names import Unique, file_stem

ids = st.lists(
    st.sampled_from([*"aB./\\~:é\u3042\x00\ud800", ".txt", "../", "con"]), max_size=30
).map("".join)


@given(st.lists(st.sampled_from(["a", "b", "a~2", "a~3", "A"])))
def test_names_are_told_apart_and_the_first_keeps_its_own(names: list[str]) -> None:
    unique = Unique()
    given_out = [unique(name) for name in names]
    unique.close()
    assert len(set(given_out)) == len(names)
    for number, name in enumerate(names):
        if name not in names[:number] and name not in given_out[:number]:
            assert given_out[number] == name


@given(st.lists(ids))
def test_files_are_told_apart_whatever_a_file_system_takes_for_the_same(names: list[str]) -> None:
    unique = Unique(fold=True)
    files = [unique(file_stem(name, ".txt"), ".txt") for name in names]
    unique.close()
    assert len({file.casefold() for file in files}) == len(names)
    folders = {str(above) for file in files for above in PurePosixPath(file).parents}
    assert not folders & set(files)


@given(ids | st.text(max_size=2000))
def test_no_name_leads_out_of_the_folder_or_is_too_long_for_one(name: str) -> None:
    file = PurePosixPath(file_stem(name, ".txt") + "~123456.txt")
    assert not file.is_absolute()
    assert ".." not in file.parts
    assert all(0 < len(part.encode()) <= 255 for part in file.parts)
    assert len(str(file).encode()) <= 1000
    assert not any(part.lower().endswith(".txt") for part in file.parts[:-1])


def test_the_folders_of_a_page_are_kept_and_its_suffixes_are_not() -> None:
    assert file_stem("a/b/page.html.gz", ".md") == "a/b/page"
    assert file_stem("a/page.tsv", ".md") == "a/page"
    assert file_stem("rows.jsonl#7", ".md") == "rows.jsonl#7"
    assert file_stem("v1.2", ".md") == "v1.2"
