"""The structure tree of a tagged PDF, as a screen reader walks it."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdf


@dataclass
class Tag:
    """One element: its role (H1, Table, TH …), what it says instead of a picture, and those inside it."""

    role: str
    alt: str = ""
    scope: str = ""
    inside: list["Tag"] = field(default_factory=list)

    def walk(self) -> Iterator["Tag"]:
        yield self
        for tag in self.inside:
            yield from tag.walk()

    def all(self, role: str) -> list["Tag"]:
        return [tag for tag in self.walk() if tag.role == role]


@dataclass
class Spoken:
    """A PDF as far as a screen reader knows it."""

    pdf: bytes

    def __post_init__(self) -> None:
        self.reader = pypdf.PdfReader(io.BytesIO(self.pdf))
        self.root = self.reader.root_object

    @property
    def tree(self) -> Tag:
        return Tag("Root", inside=list(kids(self.root["/StructTreeRoot"])))

    @property
    def language(self) -> str:
        return str(self.root["/Lang"])

    @property
    def is_marked(self) -> bool:
        return bool(self.root["/MarkInfo"]["/Marked"])

    @property
    def metadata(self) -> str:
        return self.root["/Metadata"].get_data().decode()


def kids(element) -> Iterator[Tag]:
    found = element.get("/K")
    for kid in found if isinstance(found, list) else [found] if found is not None else []:
        held = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(held, pypdf.generic.DictionaryObject) and "/S" in held:
            yield Tag(str(held["/S"])[1:], str(held.get("/Alt", "")), scope_of(held), list(kids(held)))


def scope_of(element) -> str:
    given = element.get("/A")
    for attributes in given if isinstance(given, list) else [given] if given else []:
        if "/Scope" in (held := attributes.get_object()):
            return str(held["/Scope"])[1:]
    return ""
