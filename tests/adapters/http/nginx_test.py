#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The shipped nginx configuration with the real nginx in front of the real front.

  nginx_test.py PATH/TO/http_fake_front PATH/TO/config/nginx/stageclock.conf
"""
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time

BEARER = "cms-bearer-for-tests"
EVENT = (
    '{"specversion":"1.0","id":"through-nginx-%s","source":"/cms",'
    '"type":"stageclock.case.withdraw","subject":"CSCP-2026-0042",'
    '"data":{"by":{"name":"Alex Example","email":"alex@example.org"}}}'
)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def certificate(folder):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem"],
        check=True, capture_output=True)


def shipped(conf, folder, port):
    """The shipped file with the marked places filled in, and a header timeout to wait for."""
    def put(text, pattern, value):
        changed, count = re.subn(pattern, value, text)
        assert count == 1, f"the shipped configuration has no single {pattern}"
        return changed

    with open(conf, encoding="utf-8") as file:
        text = file.read()
    text = put(text, r"(?m)^    listen 443 ", f"    listen 127.0.0.1:{port} ")
    text = put(text, r"unix:/run/stageclock/http\.sock;", f"unix:{folder}/http.sock;")
    text = put(text, r"/etc/ssl/certs/stageclock\.pem", f"{folder}/cert.pem")
    text = put(text, r"/etc/ssl/private/stageclock\.key", f"{folder}/key.pem")
    text = put(text, r"/var/log/nginx/stageclock\.log", f"{folder}/access.log")
    text = put(text, r"client_header_timeout 10s", "client_header_timeout 1s")
    return text


def start_nginx(conf, folder, port):
    user = "user root;\n" if os.geteuid() == 0 else ""
    temp = "".join(f"    {kind}_temp_path {folder}/{kind};\n"
                   for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    with open(f"{folder}/nginx.conf", "w", encoding="utf-8") as file:
        file.write(f"{user}daemon off;\nworker_processes 1;\npid {folder}/nginx.pid;\n"
                   f"error_log {folder}/error.log;\nevents {{}}\nhttp {{\n{temp}"
                   f"{shipped(conf, folder, port)}}}\n")
    nginx = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")
    assert nginx, "nginx is not installed: apt-get install nginx"
    started = subprocess.Popen([nginx, "-p", folder, "-e", f"{folder}/error.log", "-c",
                                f"{folder}/nginx.conf"])
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and started.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return started
        except OSError:
            time.sleep(0.05)
    with open(f"{folder}/error.log", encoding="utf-8") as log:
        raise AssertionError("nginx did not start: " + log.read())


class Client:
    def __init__(self, folder, port):
        context = ssl.create_default_context(cafile=f"{folder}/cert.pem")
        plain = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.socket = context.wrap_socket(plain, server_hostname="localhost")

    def rest(self):
        """Everything until the other side closes."""
        got = b""
        try:
            while part := self.socket.recv(65536):
                got += part
        except (ConnectionError, ssl.SSLError):
            pass
        return got.decode("utf-8", "replace")

    def ask(self, head, body=b""):
        try:
            self.socket.sendall(head.encode() + body)
        except (ConnectionError, ssl.SSLError):
            pass  # cut while sending: the answer is on its way
        return self.rest()


def post(headers):
    return (f"POST /hooks/v1/cms HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            f"Authorization: Bearer {BEARER}\r\n"
            f"Content-Type: application/cloudevents+json\r\n{headers}\r\n")


def chunked(body):
    parts = b"".join(b"%x\r\n%s\r\n" % (len(body[i:i + 60000]), body[i:i + 60000])
                     for i in range(0, len(body), 60000))
    return parts + b"0\r\n\r\n"


def check(client):
    """`client` opens a new connection through nginx."""
    def status(answer):
        return answer.split(" ")[1] if answer.startswith("HTTP/1.1 ") else answer[:80]

    event = (EVENT % "1").encode()
    answer = client().ask(post(f"Content-Length: {len(event)}\r\n"), event)
    assert status(answer) == "200", answer
    assert '"case": "CSCP-2026-0042"' in answer, answer
    assert "Strict-Transport-Security" in answer, answer

    event = (EVENT % "2").encode()
    answer = client().ask(post("Transfer-Encoding: chunked\r\n"), chunked(event))
    assert status(answer) == "200", answer

    answer = client().ask(post("Transfer-Encoding: chunked\r\n"), chunked(b"x" * 300000))
    assert status(answer) == "413", answer

    answer = client().ask("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a" * 60000 + "\r\n\r\n")
    assert status(answer) == "400", answer

    slow = client()
    begun = time.monotonic()
    slow.socket.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
    answer = slow.rest()
    assert time.monotonic() - begun < 5, "slow headers were not cut"
    assert "200 OK" not in answer, answer

    answer = client().ask("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert status(answer) == "200" and "The sandbox clock" in answer, answer
    answer = client().ask("GET /outbox HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert status(answer) == "401", answer
    answer = client().ask("GET /a/1-opener HTTP/1.1\r\nHost: localhost\r\n"
                          "Connection: close\r\n\r\n")
    assert status(answer) == "404", answer
    answer = client().ask("GET /calendar/1-opener.ics HTTP/1.1\r\nHost: localhost\r\n"
                          "Connection: close\r\n\r\n")
    assert status(answer) == "404", answer


def check_log(folder):
    """Says what was asked for, and keeps no link anybody could act with."""
    with open(f"{folder}/access.log", encoding="utf-8") as log:
        lines = log.read()
    assert " GET /outbox " in lines and " GET /a/... " in lines, lines
    assert " GET /calendar/... " in lines, lines
    assert "opener" not in lines, lines


def main():
    front_binary, conf = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as folder:
        certificate(folder)
        port = free_port()
        nginx = None
        front = subprocess.Popen([front_binary, f"unix:{folder}/http.sock"],
                                 stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            assert front.stdout.readline().startswith("unix:"), "the front did not start"
            nginx = start_nginx(conf, folder, port)
            check(lambda: Client(folder, port))
            check_log(folder)
            accepted, _ = front.communicate("", timeout=20)
            assert accepted.split() == ["accepted", "through-nginx-1",
                                        "accepted", "through-nginx-2"], accepted
        finally:
            for started in (nginx, front):
                if started is not None and started.poll() is None:
                    started.terminate()
                    started.wait(timeout=10)
    print("nginx in front: ok")


if __name__ == "__main__":
    main()
