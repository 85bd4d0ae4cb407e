"""The worker prints each revision once, and posts what the customer should have."""

import pytest
import sqlalchemy as sa

from benchmarks import seed
from portal import db, jobs
from portal.gateways.pdf import PrinterFailed
from portal.models.files import StoredFile
from portal.models.quotes import QuoteDocument, QuoteRevision
from portal.models.work import JobState, OutboxMail


def letters(bench) -> list[OutboxMail]:
    return bench.look(lambda session: list(session.scalars(sa.select(OutboxMail).order_by(OutboxMail.id))))


def documents(bench) -> list[QuoteDocument]:
    return bench.look(lambda session: list(session.scalars(sa.select(QuoteDocument).order_by(QuoteDocument.id))))


@pytest.fixture
def quote(bench) -> str:
    """A budget quote whose document is printed and posted."""
    reference = bench.quote()
    jobs.run_one(bench.shop)
    return reference


def test_a_kept_quote_is_printed(bench, quote):
    [document] = documents(bench)

    assert bench.files.read(document.sha256).startswith(b"%PDF")
    assert bench.look(lambda session: session.get(StoredFile, document.sha256)) is not None


def test_the_document_names_its_quote_and_where_to_answer(bench, quote):
    [html] = bench.printer.printed

    assert f"<h1>Quote {quote}</h1>" in html
    assert f'href="https://portal.example/quotes/{quote}"' in html


def test_the_first_budget_is_posted_to_the_customer_with_its_pdf(bench, quote):
    [document], [letter] = documents(bench), letters(bench)

    assert (letter.recipient, letter.key) == ("buyer@example.com", f"quote:{quote}:1")
    assert letter.attachments == [
        {"name": f"{quote}-1.pdf", "media_type": "application/pdf", "sha256": document.sha256}
    ]


def test_the_letter_of_a_board_that_was_drawn_shows_it(bench):
    reference, picture = bench.quote(), bench.files.put(b"\x89PNG of the top")
    with db.writing(bench.engine) as session:
        session.add(StoredFile(sha256=picture.sha256, bytes=picture.bytes, created_at=seed.act().at))
        session.flush()
        bench.quote_of(session, reference).design.top_thumbnail = picture.sha256
    jobs.run_one(bench.shop)
    [letter] = letters(bench)

    assert 'src="cid:board"' in letter.html
    assert [one["sha256"] for one in letter.attachments if one.get("shown_as") == "board"] == [picture.sha256]


def test_the_letter_leaves_with_the_pdf_itself(bench, quote):
    jobs.send_mail(bench.shop)

    [letter] = bench.mailer.sent
    assert letter.attachments[0].data == bench.printer.print(bench.printer.printed[0])


def test_printing_twice_is_printing_once(bench, quote):
    before, job = bench.everything(), bench.job("quote-document")

    assert jobs.make_quote_document(bench.shop, job.id, job.subject) == ""
    assert (bench.everything(), len(bench.printer.printed)) == (before, 1)


def test_a_change_by_sales_is_printed_and_stays_in_the_house(bench, quote):
    bench.revise(quote, note="another delivery address")

    jobs.run_one(bench.shop)

    assert (len(documents(bench)), len(letters(bench))) == (2, 1)


def test_a_firm_revision_is_posted_too(bench, quote):
    bench.make_firm(quote)

    jobs.run_one(bench.shop)

    assert [letter.key for letter in letters(bench)] == [f"quote:{quote}:1", f"quote:{quote}:2"]
    assert "binding until" in letters(bench)[1].text


def test_a_firm_document_says_until_when(bench, quote):
    bench.make_firm(quote)

    jobs.run_one(bench.shop)

    assert "<strong>Firm</strong>, valid until" in bench.printer.printed[1]


def test_a_printer_that_fails_is_tried_again_and_the_letter_waits_for_its_pdf(bench):
    class Jammed(type(bench.printer)):
        def print(self, _html):
            raise PrinterFailed("no PDF after 90 s")

    bench.quote()
    well, bench.printer = bench.printer, Jammed()
    jobs.run_one(bench.shop)
    assert (letters(bench), bench.job("quote-document").state) == ([], JobState.WAITING)

    bench.printer = well
    bench.make_due(bench.job("quote-document").id)
    jobs.run_one(bench.shop)
    assert (len(letters(bench)), bench.job("quote-document").state) == (1, JobState.DONE)


def test_a_worker_killed_after_printing_prints_again_and_posts_once(bench, quote):
    """The bytes are in the store before the row; the second worker finds them and writes the row."""
    bench.make_firm(quote)
    revision = bench.look(lambda session: session.scalars(sa.select(sa.func.max(QuoteRevision.id))).one())
    job = bench.job("quote-document")
    bench.files.put(bench.printer.print("a first try that nobody heard of"))

    for _ in range(2):
        jobs.make_quote_document(bench.shop, job.id, str(revision))

    assert (len(documents(bench)), len(letters(bench))) == (2, 2)
