"""Documents are printed in a limited child that fetches nothing."""

import socket
import subprocess

import pytest

from portal.gateways.pdf import LimitedPrinter, PrinterFailed


def pages_of(pdf: bytes, tmp_path) -> str:
    path = tmp_path / "document.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True).stdout


def test_a_page_is_printed_with_its_figures(tmp_path):
    pdf = LimitedPrinter().print("<h1>Angebot Q-7KX4-M2</h1><p>1.234,50 € für 100 Platinen – µ Ω</p>")
    assert "1.234,50 € für 100 Platinen – µ Ω" in pages_of(pdf, tmp_path)


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
