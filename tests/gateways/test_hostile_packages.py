"""Whatever the corpus has of hostile packages: the customer gets an answer, and the reader's parent stays small."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.corpus

ROOT = Path(__file__).resolve().parents[2]
MOST_MIB = 200
# In a process of its own: a peak of memory is never forgotten, and this one has seen other tests. (ru_maxrss even
# passes from a process to the programs that it starts; the high-water mark of the kernel's status does not.)
PARENT = """
import json, sys
from pathlib import Path
from portal.errors import PackageRefused
from portal.gateways.reader import LimitedReader

ends = {}
for name in sys.argv[1:]:
    path = Path(name)
    try:
        LimitedReader().read(path, name=path.stem, on_step=lambda step: None)
        ends[path.name] = "read"
    except PackageRefused as refusal:
        ends[path.name] = refusal.code
peak_kib = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
print(json.dumps({"ends": ends, "peak_mib": peak_kib / 1024}))
"""


@pytest.fixture(scope="module")
def read(corpus):
    """How each archive ended, and the most memory that the parent of them all ever had."""
    archives = sorted(map(str, (corpus / "bad" / "archive").iterdir()))
    done = subprocess.run(
        [sys.executable, "-c", PARENT, *archives], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return json.loads(done.stdout)


def test_the_parent_stays_small_whatever_the_archive_grows_to(read):
    assert read["peak_mib"] < MOST_MIB


def test_no_archive_needs_a_child_to_be_killed(read):
    """Each is refused or read by its own rules; the limits are for what nobody has thought of."""
    assert [name for name, end in read["ends"].items() if end == "reader-killed"] == []


def test_what_is_honest_is_read(read):
    honest = {name: end for name, end in read["ends"].items() if name.endswith("-ok.zip")}
    honest.pop("prefix-junk-ok.zip")  # its manifest leaves both open

    assert set(honest.values()) == {"read"}


@pytest.mark.parametrize(
    "name",
    [
        "zipbomb-flat-6GB.zip",
        "zipbomb-overlap-20GB.zip",
        "zipbomb-nested-25GB.zip",
        "many-entries-40000.zip",
        "truncated.zip",
        "crc-error.zip",
        "empty.zip",
        "zero-bytes.zip",
        "random.zip",
        "html-as.zip",
        "encrypted-zipcrypto.zip",
        "encrypted-aes.zip",
        "gzip-bomb-2GB.tgz",
    ],
)
def test_what_the_manifest_rejects_is_refused(read, name):
    assert read["ends"][name] not in {"read", "reader-killed"}
