"""Check a wheel: all files of src/cleaner are in it, and none else but its metadata."""

import sys
import zipfile
from pathlib import Path

wheel = Path(sys.argv[1])
held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
source = {
    path.relative_to("src").as_posix()
    for path in Path("src/cleaner").rglob("*")
    if path.is_file() and "__pycache__" not in path.parts
}
needed = {"cleaner/py.typed", "cleaner/weights/text.npz"}
print(f"{wheel.name}: {len(held)} files, {wheel.stat().st_size / 1e6:.1f} MB")
wrong = {"missing": (source | needed) - held, "too much": held - source}
for kind, names in wrong.items():
    for name in sorted(names):
        print(f"{kind}: {name}", file=sys.stderr)
sys.exit(any(wrong.values()))
