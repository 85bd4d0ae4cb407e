"""The child of pdf.py: HTML on stdin, PDF on stdout, nothing fetched from anywhere but data: addresses.

After a NUL may follow an invoice's XML: then the PDF is a PDF/A-3b with that inside (Factur-X), else it is PDF/UA. It
may wait long for its document; an empty one says that there is none to come.
"""

import gc
import resource
import sys
from pathlib import Path

LIMITS = {
    resource.RLIMIT_CPU: 60,
    resource.RLIMIT_AS: 2 * 1024**3,
    resource.RLIMIT_FSIZE: 64 * 1024**2,
    resource.RLIMIT_NOFILE: 128,
    resource.RLIMIT_CORE: 0,
}
VENDOR = Path(__file__).resolve().parents[2] / "static" / "vendor"
FONTS = frozenset((VENDOR / f"inter-{weight}.ttf").as_uri() for weight in (400, 500, 600))


def main() -> None:
    for limit, value in LIMITS.items():
        resource.setrlimit(limit, (value, value))
    gc.disable()  # a fifth of the time of a long document; what it would free ends with the process
    from weasyprint import HTML  # noqa: PLC0415 - after the limits are set
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    class OnlyData(URLFetcher):
        """Pictures come inside the page as data:, the fonts from our own folder; everything else is refused."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> object:
            if url.startswith("data:") or url in FONTS:
                return super().fetch(url, headers)
            raise ValueError(f"a document may not fetch {url[:80]}")

    HTML(string="<p>This loads what is loaded at the first document: the list of fonts, the codecs.").write_pdf()
    html, _, xml = sys.stdin.buffer.read().partition(b"\0")
    if not html:
        return
    document = HTML(string=html.decode(), url_fetcher=OnlyData(), base_url=None)
    variant = "pdf/a-3b" if xml else "pdf/ua-1"
    pdf = document.write_pdf(uncompressed_pdf=False, pdf_tags=True, pdf_variant=variant)
    sys.stdout.buffer.write(with_xml(pdf, xml) if xml else pdf)


def with_xml(pdf: bytes, xml: bytes) -> bytes:
    from facturx import generate_from_binary  # noqa: PLC0415 - only invoices need it

    both: bytes = generate_from_binary(pdf, xml, flavor="factur-x", level="en16931", check_xsd=False)
    return both


if __name__ == "__main__":
    main()
