"""What every test may ask for."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Real customers' packages, beside the project; a test that needs one is skipped by name where they are absent."""
    if not CORPUS.is_dir():
        pytest.skip("the corpus ../shared/corpus is not here")
    return CORPUS
