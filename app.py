"""create_app: everything is wired here, and nowhere else."""

from pathlib import Path

from flask_openapi3 import Info, OpenAPI
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from portal import db
from portal.gateways.files import FolderFiles
from portal.gateways.seal import Seal
from portal.settings import Settings, secret_key
from portal.web import access, blueprints, failures, filters, guard, turns

ROOT = Path(__file__).resolve().parent


class UnsafeSettings(SystemExit):
    """The portal does not start with settings that would harm its users."""


def create_app(settings: Settings | None = None) -> OpenAPI:
    """The portal as a WSGI application; the worker uses the same for its templates."""
    settings = settings or Settings()
    if faults := settings.faults():
        raise UnsafeSettings("\n".join(faults))
    app = OpenAPI(
        "portal",
        info=Info(title="Boardwright", version="1"),
        doc_prefix="/api/v1",
        doc_url="/openapi.json",
        doc_ui=False,
        root_path=str(ROOT),
        template_folder="templates",
        static_folder="static",
    )
    app.secret_key = secret_key(settings)
    app.extensions["seal"] = Seal(app.secret_key, "second factors")
    app.jinja_env.undefined = StrictUndefined
    app.extensions["settings"] = settings
    app.extensions["files"] = FolderFiles(settings.data_dir / "files")
    db.init_app(app, db.make_engine(settings.database))
    if settings.proxy_hops:  # where a request comes from is what limits count; nobody else's word is taken for it
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxy_hops, x_proto=settings.proxy_hops)  # type: ignore[method-assign]
    for part in (guard, access, failures, filters, blueprints, turns):
        part.init_app(app)
    return app
