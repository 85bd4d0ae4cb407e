"""The environment, read once into one frozen value. Every default is safe in production and may be published."""

import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import urlsplit

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Settings(BaseSettings):
    """PORTAL_DATA_DIR, PORTAL_DATABASE_URL, PORTAL_BASE_URL, PORTAL_SMTP_HOST …: one variable for each field."""

    model_config = SettingsConfigDict(env_prefix="PORTAL_", frozen=True, extra="forbid")

    data_dir: Path = ROOT / "var"
    config_dir: Path = ROOT / "config"
    database_url: str = ""  # empty: SQLite in the data folder
    base_url: str = "http://127.0.0.1:8000"
    trusted_hosts: tuple[str, ...] = ()
    secret_key: SecretStr | None = None  # empty: made once and kept in the data folder
    allow_plain_http: bool = False  # only for a trusted network without TLS
    smtp_host: str = ""  # empty: mail stays in the visible outbox and in files
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: SecretStr | None = None
    mail_from: str = "Boardwright <portal@localhost>"
    mail_reply_to: str = ""  # empty: the shop's address of company.toml
    mail_bounces_to: str = ""  # bounces@…: each letter leaves from bounces+its-name@…; see `portal mail bounced`
    stripe_key: SecretStr | None = None  # empty: no payment by card; invoice and transfer always work
    stripe_webhook_secrets: SecretStr | None = None  # separated by commas: two while one replaces the other
    stripe_base_url: str = ""  # of a fake Stripe, for tests on this machine only
    timezone: str = "Europe/Berlin"  # of the shop: its calendar and its cut-off hour
    is_demo: bool = False
    web_processes: int = 2
    proxy_hops: int = 0  # proxies in front whose X-Forwarded-For is believed

    @property
    def needs_second_factor(self) -> bool:
        """Of staff; in the demo, whose passwords are printed on the screen, it is only offered."""
        return not self.is_demo

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'portal.db'}"

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or ""

    @property
    def port(self) -> int:
        return urlsplit(self.base_url).port or 8000

    @property
    def is_https(self) -> bool:
        return urlsplit(self.base_url).scheme == "https"

    @property
    def hosts(self) -> tuple[str, ...]:
        """Names the portal answers to; any other Host header is refused."""
        own = {self.host, *self.trusted_hosts}
        return tuple(sorted(own | LOOPBACK if self.host in LOOPBACK else own))

    @property
    def stripe_secrets(self) -> tuple[str, ...]:
        """What webhooks may be signed with, in the order in which they are tried."""
        given = self.stripe_webhook_secrets.get_secret_value() if self.stripe_webhook_secrets else ""
        return tuple(filter(None, (secret.strip() for secret in given.split(","))))

    def faults(self) -> list[str]:
        """Everything that makes these settings unsafe, in the operator's words."""
        found = []
        if not self.is_https and self.host not in LOOPBACK and not self.allow_plain_http:
            found.append("PORTAL_BASE_URL must begin with https:// unless it is this machine's own address")
        if self.secret_key and len(self.secret_key.get_secret_value()) < 32:
            found.append("PORTAL_SECRET_KEY needs at least 32 characters")
        return found + self._stripe_faults()

    def _stripe_faults(self) -> list[str]:
        key = self.stripe_key.get_secret_value() if self.stripe_key else ""
        found = []
        if key and not key.startswith(("sk_", "rk_")):
            found.append("PORTAL_STRIPE_KEY must be a secret or restricted key: it begins with sk_ or rk_")
        if any(not secret.startswith("whsec_") for secret in self.stripe_secrets):
            found.append("PORTAL_STRIPE_WEBHOOK_SECRETS must each begin with whsec_")
        is_here = self.host in LOOPBACK and (urlsplit(self.stripe_base_url).hostname or "") in LOOPBACK
        if self.stripe_base_url and (not is_here or "_live_" in key):
            found.append("PORTAL_STRIPE_BASE_URL is for tests on this machine; leave it empty in production")
        return found


def secret_key(settings: Settings) -> str:
    """The configured key, or one made once and kept where only this user can read it."""
    if settings.secret_key:
        return settings.secret_key.get_secret_value()
    path = settings.data_dir / "secret_key"
    if not path.exists():
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        _make_once(path, secrets.token_urlsafe(48))
    return path.read_text()


def _make_once(path: Path, text: str) -> None:
    """Whole or not at all, and by one of all the processes that start together."""
    with NamedTemporaryFile("w", dir=path.parent, prefix=".secret_key-") as aside:  # for its owner's eyes only
        aside.write(text)
        aside.flush()
        with suppress(FileExistsError):
            path.hardlink_to(aside.name)
