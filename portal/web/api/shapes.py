"""What the API takes and gives: it is checked on the way in and described in openapi.json."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Taken(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Reference(BaseModel):
    reference: str = Field(max_length=64, description="As it was given when the package was opened or read")


class FileInPackage(Reference):
    name: str = Field(max_length=255, description="The file's own name, URL-encoded")


class Choice(Taken):
    quantities: str = Field("1,10,100,1000", max_length=120, description="1 to 12 quantities, separated by commas")
    speeds: str = Field("standard,express", max_length=40, description="standard, express, or both")


class Fault(BaseModel):
    error: str = Field(description="One sentence that ends in what to do")


class Opened(BaseModel):
    reference: str
    files_url: str = Field(description="PUT each file to this address followed by its URL-encoded name")
    reading_url: str = Field(description="POST here when all files have arrived")
    page_url: str


class Stored(BaseModel):
    sha256: str
    bytes: int


class Watched(BaseModel):
    page_url: str


class PackageState(BaseModel):
    reference: str
    state: str = Field(description="open, waiting, reading, read or refused")
    step: str | None = Field(description="What is being done just now")
    refused: str | None = Field(description="Why it could not be read")
    design_url: str | None


class Prices(BaseModel):
    currency: str
    shop_versions: dict[str, str]
    cells: list[dict[str, Any]]


class QuoteState(BaseModel):
    reference: str
    state: str = Field(description="draft, budget, firm, sent, accepted, declined, expired or superseded")
    revision: int
    sha256: str = Field(description="Of what was frozen; accepting names it")
    is_firm: bool
    valid_until: str | None = Field(description="None until it is firm")
    currency: str
    note: str = Field(description="From us to you; empty where there is none")
    cells: list[dict[str, Any]]
    order_url: str | None


class OrderInBrief(BaseModel):
    reference: str
    customer_po: str
    boards: int
    total: str = Field(description="Net, as a decimal")
    currency: str
    payment: str
    percent: int = Field(description="Share of the work that is done")
    promised_on: str | None


class Orders(BaseModel):
    orders: list[OrderInBrief]


class OrderState(OrderInBrief):
    stages: list[dict[str, Any]]
    open_holds: list[dict[str, Any]]
