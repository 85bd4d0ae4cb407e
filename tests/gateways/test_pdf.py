"""Documents are printed in a limited child that fetches nothing."""

import os
import socket
import subprocess

import pytest

from portal.gateways.pdf import LimitedPrinter, PrinterFailed, started


def pages_of(pdf: bytes, tmp_path) -> str:
    path = tmp_path / "document.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True).stdout


def test_a_page_is_printed_with_its_figures(tmp_path):
    pdf = LimitedPrinter().print("<h1>Angebot Q-7KX4-M2</h1><p>1.234,50 € für 100 Platinen – µ Ω</p>")
    assert "1.234,50 € für 100 Platinen – µ Ω" in pages_of(pdf, tmp_path)


@pytest.mark.parametrize("name", ["深圳市立创电子", "東京電子", "서울전자"])
def test_a_name_in_an_eastern_script_is_printed_and_not_boxed(name, tmp_path):
    """DejaVu, which is always there, has boxes in place of these: bin/setup brings a font that knows them."""
    path = tmp_path / "document.pdf"
    path.write_bytes(LimitedPrinter().print(f"<p>{name}</p>"))
    fonts = subprocess.run(["pdffonts", path], capture_output=True, check=True, text=True).stdout

    assert "DejaVu" not in fonts
    assert len(fonts.splitlines()) == 3  # two lines of headings, one font


@pytest.mark.parametrize(
    "html",
    [
        "<img src='file:///etc/hostname'>",
        "<link rel=attachment href='file:///etc/hostname'>",
        "<link rel=stylesheet href='http://127.0.0.1:9/x.css'>",
        "<object data='file:///etc/hostname'></object>",
        "<style>@import 'file:///etc/hostname'; p { background: url(file:///etc/hostname) }</style><p>x</p>",
    ],
)
def test_a_document_cannot_bring_in_a_file_of_ours(html):
    pdf = LimitedPrinter().print(html)
    assert socket.gethostname().encode() not in pdf
    assert b"EmbeddedFile" not in pdf


def test_a_layout_bomb_ends_in_an_error_and_not_in_a_dead_worker():
    with pytest.raises(PrinterFailed):
        LimitedPrinter().print("<p style='font-size:1e30px'>x</p>" + "<div>" * 3000)


class TestOneReady:
    @pytest.fixture
    def printer(self):
        printer = LimitedPrinter(keeps_one_ready=True)
        yield printer
        printer.close()

    def test_what_is_printed_by_a_child_that_waited_is_the_same(self, printer, tmp_path):
        first, second = (printer.print("<h1>Angebot Q-7KX4-M2</h1>") for _ in range(2))

        assert pages_of(first, tmp_path) == pages_of(second, tmp_path)

    def test_no_child_sees_two_documents(self, printer):
        printer.print("<p>one</p>")
        waiting = printer._ready
        printer.print("<p>two</p>")

        assert printer._ready.pid != waiting.pid
        assert waiting.poll() == 0

    def test_a_child_that_died_while_it_waited_costs_nobody_a_document(self, printer):
        printer.print("<p>one</p>")
        printer._ready.kill()
        printer._ready.wait()

        assert printer.print("<p>two</p>").startswith(b"%PDF")

    def test_after_a_bomb_the_next_document_is_printed(self, printer):
        with pytest.raises(PrinterFailed):
            printer.print("<p style='font-size:1e30px'>x</p>" + "<div>" * 3000)

        assert printer.print("<p>after</p>").startswith(b"%PDF")

    def test_the_one_that_waits_ends_by_itself_when_there_is_nothing_to_print(self, printer):
        printer.print("<p>one</p>")
        waiting = printer._ready
        printer.close()

        assert waiting.returncode == 0


def test_whoever_prints_once_keeps_nobody_waiting():
    printer = LimitedPrinter()
    printer.print("<p>one</p>")

    assert printer._ready is None


def test_the_child_leads_a_group_but_no_session():
    """Linux shares the processor between sessions first: in one of its own, what is nice takes half from every page."""
    child = started()
    try:
        assert (os.getpgid(child.pid), os.getsid(child.pid)) == (child.pid, os.getsid(0))
    finally:
        child.kill()
        child.communicate()
