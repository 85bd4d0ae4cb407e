"""What is stored: SQLAlchemy 2, one file per noun. Holds state and its own moves; knows no web and no gateway."""

from portal.models import catalogue, corrections, files, orders, people, quotes, shop, work
from portal.models.base import Base

__all__ = ["Base", "catalogue", "corrections", "files", "orders", "people", "quotes", "shop", "work"]
