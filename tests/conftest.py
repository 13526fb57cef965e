"""What all tests share: Hypothesis profiles, the fixtures and the seeds."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

ROOT = Path(__file__).parent.parent

# Machines are slow at times and shared: no deadlines, and in CI the same examples each time.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", PATIENT, derandomize=True)
settings.register_profile("dev", PATIENT)
# The mutation check runs the tests a thousand times and asks only whether one fails.
settings.register_profile(
    "mutation",
    PATIENT,
    derandomize=True,
    max_examples=25,
    database=None,
    phases=(Phase.explicit, Phase.generate),
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))


if os.environ.get("HYPOTHESIS_PROFILE") == "mutation":

    @pytest.fixture(autouse=True)
    def _forgetful() -> None:
        """Forget what cached functions gave: a changed one would be asked for nothing."""
        for name, module in list(sys.modules.items()):
            if name.startswith(("cleaner.dates", "cleaner.title", "cleaner.byline")):
                for value in list(vars(module).values()):
                    getattr(value, "cache_clear", lambda: None)()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for `fixture_path` once for every labelled dump below fixtures/."""
    if "fixture_path" in metafunc.fixturenames:
        paths = sorted((ROOT / "fixtures").rglob("*.tsv"))
        metafunc.parametrize("fixture_path", paths, ids=[path.stem for path in paths])


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the seed dumps: real pages that do not ship with the project."""
    folder = os.environ.get("CLEANER_SEEDS")
    if not folder:
        pytest.skip("CLEANER_SEEDS names no folder of seed dumps")
    return Path(folder)
