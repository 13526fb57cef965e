"""Check a wheel: it holds all files of src/cleaner as they are, and none else but its metadata."""

import sys
import zipfile
from pathlib import Path

wheel = Path(sys.argv[1])
METADATA = {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE"}
NEEDED = {"cleaner/py.typed", "cleaner/weights/text.npz", "cleaner/weights/html.npz"}
# Code, lexicons, weights, the styles and scripts of reports, and the mark of a typed package.
SUFFIXES = {".py", ".toml", ".npz", ".css", ".js", ".typed"}
LARGEST = 3_000_000  # bytes: a corpus or a build would be more

archive = zipfile.ZipFile(wheel)
held = {info.filename: info for info in archive.infolist()}
source = {
    path.relative_to("src").as_posix(): path
    for path in Path("src/cleaner").rglob("*")
    if path.is_file() and "__pycache__" not in path.parts
}
info = "-".join(wheel.name.split("-")[:2]) + ".dist-info/"
allowed = source.keys() | {info + name for name in METADATA}
both = sorted(held.keys() & source.keys())
print(f"{wheel.name}: {len(held)} files, {wheel.stat().st_size / 1e6:.1f} MB")
wrong = {
    "missing": (allowed | NEEDED) - held.keys(),
    "too much": held.keys() - allowed,
    "of a strange kind": {name for name in both if Path(name).suffix not in SUFFIXES},
    "not as in src": {name for name in both if archive.read(name) != source[name].read_bytes()},
    "executable": {name for name in held if held[name].external_attr >> 16 & 0o111},
    "too large": {wheel.name} if wheel.stat().st_size > LARGEST else set(),
    "for some platforms only": set() if wheel.name.endswith("-py3-none-any.whl") else {wheel.name},
}
for kind, names in wrong.items():
    for name in sorted(names):
        print(f"{kind}: {name}", file=sys.stderr)
sys.exit(any(wrong.values()))
