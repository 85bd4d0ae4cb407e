"""The one tree of errors that a reader may see. Everything else is our bug and a 500.

PortalError                 status, and a sentence that ends in what to do
├── NotSignedIn             401: a program's token does not open this
├── NotYours                404: not there, or not yours; we do not say which
├── BadInput                422: what was sent cannot be taken
│   ├── PackageRefused      the upload as a whole cannot be read
│   └── RatesRefused        a rate card or facts file, with every fault in it
├── IllegalMove             409: a state does not lead to the other
├── Stale                   409: what was shown is not what is there now
│   ├── DateMoved           the day that somebody agreed to is taken; the new one is in it
│   └── ChangedSince        a quote that is not what it would be today: its customer is asked first
├── Unpaid                  409: boards do not leave before what is due has come in
├── TooMuch                 429: a limit of the house
└── NoRoom                  507: the disk is nearly full
"""

from datetime import date


class PortalError(Exception):
    status = 500

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotYours(PortalError):
    status = 404

    def __init__(self, what: str = "page") -> None:
        super().__init__(f"There is no such {what} here. Check the address, or sign in with the account that owns it.")


class NotSignedIn(PortalError):
    status = 401


class BadInput(PortalError):
    status = 422


class PackageRefused(BadInput):
    """The whole package cannot be read; `code` is the finding's code."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        super().__init__(f"{message} {remedy}")
        self.code, self.message, self.remedy = code, message, remedy


class RatesRefused(BadInput):
    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


class IllegalMove(PortalError):
    status = 409

    def __init__(self, now: str, to: str) -> None:
        super().__init__(f"This is {now} and cannot become {to}. Reload the page to see what can be done now.")
        self.now, self.to = now, to


class Stale(PortalError):
    status = 409


class DateMoved(Stale):
    def __init__(self, was: date, now: date) -> None:
        super().__init__(f"The date has moved from {was} to {now} meanwhile. Look at it again, and accept it or not.")
        self.was, self.now = was, now


class Unpaid(PortalError):
    status = 409

    def __init__(self, amount: str) -> None:
        super().__init__(f"{amount} must come in before these boards leave. They can be packed; ship them once it has.")


class ChangedSince(Stale):
    pass


class TooMuch(PortalError):
    status = 429


class NoRoom(PortalError):
    status = 507

    def __init__(self) -> None:
        super().__init__("The portal's disk is nearly full, so no upload can be taken now. Please try again later.")
