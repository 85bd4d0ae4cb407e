"""A plain HTTP client that keeps its cookies and knows the CSRF token: what a script of a customer would be."""

import hashlib
import http.client
import json
import re
from http.cookies import SimpleCookie
from urllib.parse import quote, urlencode

TOKEN = re.compile(r'<meta name="csrf-token" content="([^"]+)"')


class Browser:
    """One visitor. Every answer is (status, headers, text); a broken connection is an OSError or HTTPException."""

    def __init__(self, port: int, *, login: str = "") -> None:
        self.port, self.csrf = port, ""
        self.cookies: dict[str, str] = {"login": login} if login else {}

    def send(
        self, method: str, path: str, body: bytes = b"", **headers: str
    ) -> tuple[int, http.client.HTTPMessage, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Cookie": cookie} | {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body=body if method != "GET" else None, headers=sent)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return answer.status, answer.headers, text

    def get(self, path: str) -> str:
        """A page, and its CSRF token for what follows."""
        status, _, text = self.send("GET", path)
        if status != 200:
            raise AssertionError(f"GET {path} answered {status}: {text[:300]}")
        found = TOKEN.search(text)
        self.csrf = found.group(1) if found else self.csrf
        return text

    def post(self, path: str, **fields: object) -> tuple[int, str]:
        """A form; (status, where it leads)."""
        body = urlencode({"csrf_token": self.csrf, **fields}, doseq=True).encode()
        status, headers, _ = self.send("POST", path, body, Content_Type="application/x-www-form-urlencoded")
        return status, headers.get("Location", "")

    def api(self, method: str, path: str, body: bytes = b"{}", **headers: str) -> dict[str, str]:
        status, _, text = self.send(method, path, body, X_CSRFToken=self.csrf, **headers)
        if status >= 300:
            raise AssertionError(f"{method} {path} answered {status}: {text[:300]}")
        return json.loads(text)

    def upload(self, name: str, data: bytes) -> dict[str, str]:
        """Open a package and put one file; what the portal acknowledged."""
        opened = self.api("POST", "/api/v1/packages", Content_Type="application/json")
        sha256 = hashlib.sha256(data).hexdigest()
        path = opened["files_url"] + quote(name)
        put = self.api("PUT", path, data, Content_Type="application/octet-stream", X_Content_SHA256=sha256)
        return opened | put
