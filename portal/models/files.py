"""Stored files by content, packages as they were uploaded, and the designs that were read from them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base, UtcTime
from portal.models.people import Company


class StoredFile(Base):
    """A file by its SHA-256. The bytes lie in the file store and were on disk before this row was written."""

    __tablename__ = "stored_files"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    bytes: Mapped[int] = mapped_column(sa.BigInteger)
    created_at: Mapped[datetime] = mapped_column(UtcTime)


class Package(Base):
    """What a customer uploaded. Before anybody signs in it belongs to the visitor's browser."""

    __tablename__ = "packages"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    visitor_hash: Mapped[str | None] = mapped_column(index=True)
    company_id: Mapped[int | None] = mapped_column(sa.ForeignKey("companies.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    refused: Mapped[str | None]  # the sentence for the customer, when it could not be read
    files: Mapped[list["PackageFile"]] = relationship(back_populates="package", order_by="PackageFile.id")
    designs: Mapped[list["DesignRecord"]] = relationship(back_populates="package", order_by="DesignRecord.id")

    @property
    def newest(self) -> "DesignRecord":
        """The reading that its page shows: each correction gives another, and none is lost."""
        return self.designs[-1]

    @property
    def name(self) -> str:
        """What to call the board until it has a better name: the first file's, without its suffix."""
        return self.files[0].name.rsplit(".", 1)[0] if self.files else "empty package"


class PackageFile(Base):
    __tablename__ = "package_files"
    __table_args__ = (sa.UniqueConstraint("package_id", "name", name="uq_package_files_name_once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    package_id: Mapped[int] = mapped_column(sa.ForeignKey("packages.id"))
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(sa.ForeignKey("stored_files.sha256"))  # equals what the browser announced
    package: Mapped[Package] = relationship(back_populates="files")
    stored: Mapped[StoredFile] = relationship()


class DesignRecord(Base):
    """A read design. `record` is portal.board.record's JSON; `reader` says which version of ours read it.

    It can be shown and priced before all of it is measured: until `measured_at` the record still grows.
    """

    __tablename__ = "designs"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    package_id: Mapped[int] = mapped_column(sa.ForeignKey("packages.id"), index=True)
    name: Mapped[str]
    record: Mapped[str] = mapped_column(sa.Text)
    reader: Mapped[str]
    top_picture: Mapped[str | None] = mapped_column(sa.ForeignKey("stored_files.sha256"))
    bottom_picture: Mapped[str | None] = mapped_column(sa.ForeignKey("stored_files.sha256"))
    top_thumbnail: Mapped[str | None] = mapped_column(sa.ForeignKey("stored_files.sha256"))
    bottom_thumbnail: Mapped[str | None] = mapped_column(sa.ForeignKey("stored_files.sha256"))
    viewer: Mapped[str | None] = mapped_column(sa.ForeignKey("stored_files.sha256"))  # docs/viewer-format.md
    measured_at: Mapped[datetime | None] = mapped_column(UtcTime)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    package: Mapped[Package] = relationship(back_populates="designs")
    films: Mapped[list["DesignFilm"]] = relationship(order_by="DesignFilm.position")

    @property
    def company_id(self) -> int | None:
        return self.package.company_id


class DesignFilm(Base):
    """The picture of one layer of a design. `name` says what it is, `file` how its owner calls it."""

    __tablename__ = "design_films"
    __table_args__ = (sa.UniqueConstraint("design_id", "position", name="uq_design_films_position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    design_id: Mapped[int] = mapped_column(sa.ForeignKey("designs.id"))
    position: Mapped[int]  # from 0, in the order in which they are shown
    name: Mapped[str]
    file: Mapped[str]
    sha256: Mapped[str] = mapped_column(sa.ForeignKey("stored_files.sha256"))


__all__ = ["Company", "DesignFilm", "DesignRecord", "Package", "PackageFile", "StoredFile"]
