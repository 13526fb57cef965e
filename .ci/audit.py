"""Ask whether a flaw is known of any package that an environment holds: audit.py PIP_AUDIT PYTHON.

Exits with 1 where one is. Where the service of advisories cannot be reached, or knows nothing of a
package, it says so: an audit that did not take place is no failure, and no pass either.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

pip_audit, python = sys.argv[1:]
freeze = [python, "-m", "pip", "freeze", "--exclude-editable", "--exclude", "newsdump-cleaner"]
held = subprocess.run(freeze, check=True, capture_output=True, text=True).stdout.splitlines()
pinned = [line for line in held if "==" in line]

with tempfile.TemporaryDirectory() as folder:
    listed = Path(folder, "requirements.txt")
    listed.write_text("\n".join(pinned), "utf-8")
    command = [pip_audit, "--requirement", str(listed), "--no-deps", "--disable-pip"]
    command += ["--format", "json", "--progress-spinner", "off", "--timeout", "10"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
try:
    answers = json.loads(done.stdout)["dependencies"]
except (ValueError, KeyError):
    print(f"skipped: no answer ({(done.stderr.strip().splitlines() or ['silence'])[-1]})")
    sys.exit(0)

asked = [answer for answer in answers if "vulns" in answer]
unknown = [answer for answer in answers if "vulns" not in answer]
flawed = [answer for answer in asked if answer["vulns"]]
if unknown:
    reason = unknown[0].get("skip_reason", "no reason given")
    print(f"skipped {len(unknown)} of {len(answers)} packages: {reason}")
if asked:
    print(f"{len(asked)} packages audited, a flaw is known of {len(flawed)}")
for answer in flawed:
    for flaw in answer["vulns"]:
        mended = ", ".join(flaw["fix_versions"]) or "no version yet"
        print(f"{answer['name']} {answer['version']}: {flaw['id']}, mended in {mended}")
sys.exit(bool(flawed))
