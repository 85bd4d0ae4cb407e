"""The worker reads an uploaded package: a design and its pictures, or one sentence and nothing else."""

import re
import sys

import pytest
import sqlalchemy as sa
from bench import EXAMPLE, zipped

from portal import incoming, jobs
from portal.errors import PackageRefused
from portal.gateways.reader import DirectReader, LimitedReader, ReaderKilled, unheard
from portal.intake.reading import Reading
from portal.models.files import DesignRecord, PackageFile, StoredFile
from portal.models.work import AuditEntry, JobState
from portal.services.packages import the_design

REFUSED = {
    "empty.zip": "There is no file in this package",
    "zero-bytes.zip": "empty",
    "truncated.zip": "damaged",
    "encrypted-aes.zip": "password",
    "encrypted-zipcrypto.zip": "password",
    "many-entries-40000.zip": "files",
    "zipbomb-flat-6GB.zip": "MiB",
    "zipbomb-overlap-20GB.zip": "more than 512 MiB",
    "zipbomb-nested-25GB.zip": "grows more than 50 times",
    "random.zip": "nothing here that a board can be built from",
    "html-as.zip": "nothing here that a board can be built from",
    "gzip-bomb-2GB.tgz": "grows more than 50 times",
}
TAKEN = ("nested-ok.zip", "deep-folders-ok.zip", "mac-junk-ok.zip", "two-boards.zip")


class Refusing:
    """A reader that refuses, as the gateway does."""

    def __init__(self, refusal: PackageRefused) -> None:
        self.refusal = refusal

    def read(self, _path, **_asked):
        raise self.refusal


class Listening(DirectReader):
    """Reads like its twin, and remembers what it was given."""

    def read(self, path, **asked):
        self.name = asked["name"]
        self.given = {file.name: file.read_bytes() for file in ([path] if path.is_file() else path.iterdir())}
        return super().read(path, **asked)


def refused(bench, data: bytes, name: str = "board.zip") -> str:
    """The sentence that the customer of this package reads."""
    reference = bench.upload((name, data))
    jobs.run_one(bench.shop)
    return bench.package(reference).refused


def the_kept(bench) -> DesignRecord:
    return bench.look(lambda session: session.scalars(sa.select(DesignRecord)).one())


def test_a_good_package_becomes_a_design(bench):
    bench.example()

    jobs.run_one(bench.shop)

    design = the_design(the_kept(bench))
    assert (design.board.copper_layers, len(design.bom) > 5, len(design.placements) > 5) == (2, True, True)


def test_a_design_is_named_after_its_file(bench):
    bench.example()

    jobs.run_one(bench.shop)

    assert the_kept(bench).name == "sensor-node"


@pytest.mark.parametrize("side", ["top", "bottom"])
def test_each_side_is_kept_as_a_picture(bench, side):
    bench.example()

    jobs.run_one(bench.shop)

    picture = getattr(the_kept(bench), f"{side}_picture")
    assert bench.files.read(picture).startswith(b"<svg")
    assert bench.look(lambda session: session.get(StoredFile, picture)) is not None


def test_the_page_can_show_what_is_being_done(bench):
    shown = []

    class Watching(DirectReader):
        def read(self, path, *, on_step, **asked):
            def say(step):
                on_step(step)
                shown.append(bench.job("read-package").step)

            return super().read(path, on_step=say, **asked)

    bench.example()
    jobs.run_one(bench.with_reader(Watching()))

    assert shown[:7] == ["unpack", "roles", "copper", "drills", "bom", "checks", "pictures"]
    assert shown[7:] == ["clearances", "assembly", "viewer", "films"]


def test_a_read_package_is_done_without_a_notice(bench):
    bench.example()

    jobs.run_one(bench.shop)

    job = bench.job("read-package")
    assert (job.state, job.error, job.lease_until) == (JobState.DONE, "", None)


def test_one_file_is_read_as_it_was_sent(bench):
    reader = Listening()
    bench.example()

    jobs.run_one(bench.with_reader(reader))

    assert reader.given == {"sensor-node.zip": EXAMPLE.read_bytes()}


def test_several_files_are_read_as_one_folder(bench):
    reader = Listening()
    sent = {"bom.csv": b"Ref,MPN\nR1,RC0603-10K\n", "places.csv": b"Ref,X,Y,Rot,Side\nR1,1,2,0,top\n"}
    bench.upload(*sent.items())

    jobs.run_one(bench.with_reader(reader))

    assert reader.given == sent


def test_a_package_is_read_once(bench):
    reference = bench.example()
    jobs.run_one(bench.shop)
    before = bench.everything()

    assert incoming.read_package(bench.shop, bench.job("read-package").id, reference) == ""
    assert bench.everything() == before


def test_a_refused_package_is_not_read_again(bench):
    reference = bench.upload(("board.zip", b"not a zip at all"))
    jobs.run_one(bench.shop)
    before = bench.everything()

    assert incoming.read_package(bench.shop, bench.job("read-package").id, reference) == ""
    assert bench.everything() == before


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<html>please sign in</html>", id="a sign-in page"),
        pytest.param(zipped(), id="an empty zip"),
        pytest.param(EXAMPLE.read_bytes()[:2000], id="half a zip"),
        pytest.param(zipped(readme__txt=b"see the drive"), id="no board"),
        pytest.param(zipped(board__gtl=b"\0" * (70 * 1024**2)), id="a bomb"),
    ],
)
def test_what_is_no_package_is_refused_with_what_to_do(bench, data):
    sentence = refused(bench, data)

    assert re.search(r"\. [A-Z].*\.$", sentence), sentence


def test_of_a_refused_package_no_file_stays(bench):
    reference = bench.upload(("board.zip", b"not a zip"), ("bom.txt", b"not a list"))

    jobs.run_one(bench.with_reader(Refusing(PackageRefused("nothing", "There is nothing here.", "Send files."))))

    assert bench.package(reference).refused == "There is nothing here. Send files."
    assert (bench.files.kept, bench.count(PackageFile), bench.count(StoredFile)) == ({}, 0, 0)


def test_a_file_that_another_package_holds_stays_for_that_one(bench):
    bench.example()
    jobs.run_one(bench.shop)
    again = bench.example()

    jobs.run_one(bench.with_reader(Refusing(ReaderKilled())))

    assert bench.package(again).refused.startswith("This package could not be read")
    assert EXAMPLE.read_bytes() in bench.files.kept.values()


def test_a_refusal_is_the_customers_and_no_notice_for_staff(bench):
    refused(bench, b"not a zip")

    job = bench.job("read-package")
    assert (job.state, job.error) == (JobState.DONE, "")


def test_a_killed_reader_is_a_refusal_and_a_notice_for_staff(bench):
    reference = bench.example()

    jobs.run_one(bench.with_reader(LimitedReader(wall_s=0.01)))

    assert bench.package(reference).refused == ReaderKilled().sentence
    assert (bench.job("read-package").state, bench.job("read-package").error) == (JobState.DONE, "reader-killed")


def test_a_refusal_is_in_the_audit_with_its_sentence(bench):
    reference = bench.upload(("board.zip", b"not a zip"))
    jobs.run_one(bench.shop)

    asked = sa.select(AuditEntry).where(AuditEntry.action == "package.refused")
    entry = bench.look(lambda session: session.scalars(asked).one())
    assert (entry.subject, entry.actor, entry.reason) == (reference, "worker", bench.package(reference).refused)


def test_a_fault_of_ours_is_no_refusal(bench):
    class Broken:
        def read(self, _path, **_asked):
            raise ZeroDivisionError("a bug in the reader")

    reference = bench.example()
    jobs.run_one(bench.with_reader(Broken()))

    assert bench.package(reference).refused is None
    assert "ZeroDivisionError: a bug in the reader" in bench.job("read-package").error


def test_a_reading_without_pictures_is_kept_too(bench):
    class NoPictures(DirectReader):
        def read(self, path, **asked):
            return Reading(super().read(path, **(asked | {"on_stage": unheard})).design)

    bench.example()
    jobs.run_one(bench.with_reader(NoPictures()))

    assert (the_kept(bench).top_picture, the_kept(bench).bottom_picture) == (None, None)


@pytest.mark.parametrize("name", ["-board.zip", "--help.zip", "a b'c\"d$(e).zip", "Größe – 基板.zip"])
def test_any_name_that_a_customer_gives_is_read_in_the_child(bench, name):
    bench.upload((name, EXAMPLE.read_bytes()))

    jobs.run_one(bench.with_reader(LimitedReader()))

    assert the_kept(bench).name == name.removesuffix(".zip")


@pytest.mark.corpus
@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_archive_is_refused_and_leaves_nothing(bench, corpus, name):
    data = (corpus / "bad" / "archive" / name).read_bytes()

    sentence = refused(bench, data, name)

    assert REFUSED[name] in sentence
    assert (bench.files.kept, bench.count(StoredFile)) == ({}, 0)


@pytest.mark.corpus
@pytest.mark.parametrize("name", TAKEN)
def test_an_odd_but_honest_archive_is_read(bench, corpus, name):
    bench.upload((name, (corpus / "bad" / "archive" / name).read_bytes()))

    jobs.run_one(bench.shop)

    assert the_design(the_kept(bench)).board.copper_layers == 2


@pytest.mark.corpus
def test_no_hostile_archive_brings_a_file_of_this_machine_into_the_design(bench, corpus):
    bench.upload(("symlinks.zip", (corpus / "bad" / "archive" / "symlinks.zip").read_bytes()))

    jobs.run_one(bench.shop)

    everything = b"".join(bench.files.kept.values()) + the_kept(bench).record.encode()
    assert b"root:x:0" not in everything
    assert sys.prefix.encode() not in everything
