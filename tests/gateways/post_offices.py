"""Mail servers with a temper: each keeps what it took, and does one thing to whoever brings a letter."""

import asyncio
import email
import socket
import ssl
from datetime import UTC, datetime, timedelta
from email import policy
from ipaddress import ip_address

from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HANG_S = 1.0


class PostOffice:
    """`faults`: what befalls the next letters, one each; afterwards it is a good server. `taken`: those that it has.

    A number is answered to the recipient, `DATA 4xx` to the letter itself; `hang` says nothing, `drop` takes the
    letter and cuts the line before saying so, `rude` takes it, says so, and answers the parting with a fault.
    """

    def __init__(self, *faults):
        self.faults, self.taken, self.fault = list(faults), [], ""

    async def handle_MAIL(self, _server, _session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        self.fault = self.faults.pop(0) if self.faults else ""
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self.fault[5:] if self.fault.startswith("MAIL ") else "250 OK"

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        envelope.rcpt_tos.append(address)
        return self.fault if self.fault[:1].isdigit() else "250 OK"

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802
        if self.fault == "hang":
            await asyncio.sleep(HANG_S)
        if self.fault.startswith("DATA "):
            return self.fault[5:]
        self.taken.append(email.message_from_bytes(envelope.content, policy=policy.default))
        if self.fault == "drop":
            server.transport.abort()
        return "250 Taken"

    async def handle_QUIT(self, _server, _session, _envelope):  # noqa: N802
        return "451 Not before I am done" if self.fault == "rude" else "221 Bye"

    def names(self):
        return [letter["Message-ID"] for letter in self.taken]


def opened(office, request, *, host="127.0.0.1", context=None):
    """The port where this office is open until the test ends; with `context` it offers STARTTLS."""
    with socket.create_server((host, 0)) as free:
        port = free.getsockname()[1]
    more = {"tls_context": context, "require_starttls": True} if context else {}
    controller = Controller(office, hostname=host, port=port, **more)
    controller.start()
    request.addfinalizer(controller.stop)
    return port


def certificate(folder, host):
    """A certificate for this address, signed by itself: the file, and the context of the server that shows it."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    begins = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    paths[1].write_bytes(text)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*paths)
    return paths[0], context
