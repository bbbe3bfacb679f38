# SPDX-License-Identifier: MIT
"""Microsoft on loopback, as far as a bot meets it: login servers, the Bot Connector, a Workflows
webhook; and a mail server that takes everything."""

import http.server
import json
import socketserver
import threading
from typing import Any
from urllib.parse import unquote

MEMBER = {"id": "29:lead", "aadObjectId": "00000000-0000-4000-8000-0000000000a1",
          "email": "Early-Help-3@Example.org"}


class Call:
    def __init__(self, method: str, path: str, authorization: str, body: Any) -> None:
        self.method, self.path, self.authorization, self.body = method, path, authorization, body


class _Answers(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        pass

    def _serve(self) -> None:
        microsoft: Microsoft = self.server.microsoft  # type: ignore[attr-defined]
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        is_json = "json" in (self.headers.get("Content-Type") or "")
        body = json.loads(raw) if raw and is_json else raw.decode()
        call = Call(self.command, unquote(self.path), self.headers.get("Authorization") or "", body)
        microsoft.calls.append(call)
        answer = json.dumps(microsoft.answer(call)).encode()
        posted = self.command == "POST" and "/v3/" in self.path
        self.send_response(201 if posted else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST = do_PUT = _serve


class _Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True


class Microsoft:
    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.keys: list[dict[str, Any]] = []
        self._server = _Server(("127.0.0.1", 0), _Answers)
        self._server.microsoft = self  # type: ignore[attr-defined]
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.service = self.url + "/connector/"
        self.metadata = self.url + "/v1/.well-known/openidconfiguration"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, call: Call) -> Any:
        if call.path.endswith("/openidconfiguration"):
            return {"jwks_uri": self.url + "/keys"}
        if call.path.endswith("/openid-configuration"):
            return {"jwks_uri": self.url + "/no-keys"}
        if call.path == "/keys":
            return {"keys": self.keys}
        if call.path == "/no-keys":
            return {"keys": []}
        if call.path.endswith("/oauth2/v2.0/token"):
            return {"access_token": "our-token", "expires_in": 3600}
        if "/members/" in call.path:
            return MEMBER
        return {"id": "activity-1"}

    def to(self, part: str) -> list[Call]:
        """The messages posted to addresses with this in them, oldest first."""
        return [call for call in self.calls if call.method != "GET" and part in call.path]


class _Smtp(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(b"220 relay.example.org ESMTP\r\n")
        in_data = False
        for line in self.rfile:
            if in_data:
                if line == b".\r\n":
                    in_data = False
                    self.wfile.write(b"250 taken\r\n")
                continue
            word = line[:4].upper()
            if word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            in_data = word == b"DATA"
            self.wfile.write(b"354 go on\r\n" if in_data else b"250 relay.example.org\r\n")


class _SmtpServer(socketserver.ThreadingMixIn, socketserver.TCPServer):
    daemon_threads = True


class Relay:
    """A mail server that takes every mail and keeps none."""

    def __init__(self) -> None:
        self._server = _SmtpServer(("127.0.0.1", 0), _Smtp)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
