"""Sessions from which the locks are taken out: to see that a race can be lost, or the test of it says nothing."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session


class Unlocked(Session):
    """Reads a row that it will change as any other row; SQLite does not take its write lock before it writes."""

    def refresh(self, instance: Any, attribute_names: Any = None, **_lock: Any) -> None:
        super().refresh(instance, attribute_names)

    def get(self, entity: Any, ident: Any, **more: Any) -> Any:
        return super().get(entity, ident, **without_lock(more))

    def get_one(self, entity: Any, ident: Any, **more: Any) -> Any:
        return super().get_one(entity, ident, **without_lock(more))


def without_lock(asked: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if name != "with_for_update"}


def unlocked(engine: Engine, wait: Callable[[], object]) -> Session:
    """Before it first writes it waits for the others, with what it has read in its mind."""
    session = Unlocked(engine)
    if engine.name == "sqlite":
        session.connection().exec_driver_sql("PRAGMA query_only=OFF")

    @event.listens_for(session, "before_flush", once=True)
    def before_writing(*_args: Any) -> None:
        wait()

    return session
