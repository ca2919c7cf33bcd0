#!/usr/bin/env python3
"""tls.py PORTOLAN: an account behind TLS with a certificate of a throw-away authority, and a proxy in front of it.

Shows that Portolan refuses a certificate that nobody vouches for, takes it with AWS_CA_BUNDLE, and goes through HTTPS_PROXY
except where NO_PROXY says otherwise. Everything is on loopback. Needs openssl.
"""
import http.server
import os
import re
import select
import socket
import socketserver
import ssl
import subprocess
import sys
import tempfile
import threading

ANSWER = "<{0}Response><{0}Result><Account>123456789012</Account></{0}Result></{0}Response>"


class Account(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        action = re.search(r"Action=(\w+)", body).group(1)
        answer = ANSWER.format(action).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


class Quiet(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass  # a client that does not trust the certificate hangs up


class Proxy(socketserver.StreamRequestHandler):
    """CONNECT alone; remembers where to."""

    asked = []

    def handle(self):
        first = self.rfile.readline().decode().split()
        while self.rfile.readline().strip():
            pass
        Proxy.asked.append(" ".join(first[:2]))
        if first[0] != "CONNECT":
            return
        host, port = first[1].rsplit(":", 1)
        with socket.create_connection(("127.0.0.1", int(port))) as other:
            self.wfile.write(b"HTTP/1.1 200 Connected\r\n\r\n")
            ends = {self.connection: other, other: self.connection}
            while True:
                for end in select.select(list(ends), [], [], 10)[0]:
                    data = end.recv(65536)
                    if not data:
                        return
                    ends[end].sendall(data)


class ProxyServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, *_):
        pass  # either end may hang up at any time


def openssl(*words):
    subprocess.run(["openssl", *words], check=True, capture_output=True)


def make_certificates(folder):
    """An authority `ca.pem` and a certificate of `localhost` with its key, good for a day."""
    with open(f"{folder}/names", "w") as file:
        file.write("subjectAltName=DNS:localhost\n")
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=Throw-away authority",
            "-keyout", f"{folder}/ca.key", "-out", f"{folder}/ca.pem")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", f"{folder}/server.key",
            "-out", f"{folder}/server.csr")
    openssl("x509", "-req", "-days", "1", "-in", f"{folder}/server.csr", "-CA", f"{folder}/ca.pem", "-CAkey",
            f"{folder}/ca.key", "-CAcreateserial", "-extfile", f"{folder}/names", "-out", f"{folder}/server.pem")


def started(server):
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def main():
    with tempfile.TemporaryDirectory() as folder:
        show(sys.argv[1], folder)


def show(portolan, folder):
    make_certificates(folder)
    account = Quiet(("127.0.0.1", 0), Account)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{folder}/server.pem", f"{folder}/server.key")
    account.socket = context.wrap_socket(account.socket, server_side=True, do_handshake_on_connect=False)
    port = started(account)
    proxy = started(ProxyServer(("127.0.0.1", 0), Proxy))
    plain = {"PATH": os.environ["PATH"], "HOME": folder, "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
             "AWS_SECRET_ACCESS_KEY": "a-very-secret-key", "AWS_ENDPOINT_URL": f"https://localhost:{port}"}

    def collect(name, **more):
        Proxy.asked.clear()
        words = [portolan, "collect", "--region", "eu-west-1", "--service", "sns", "-o", f"{folder}/{name}"]
        return subprocess.run(words, env=plain | more, capture_output=True, text=True)

    trusted = {"AWS_CA_BUNDLE": f"{folder}/ca.pem"}
    through = {"HTTPS_PROXY": f"http://127.0.0.1:{proxy}"}
    here = f"CONNECT localhost:{port}"

    refused = collect("refused")
    assert refused.returncode == 2, refused
    assert "SSL" in refused.stderr or "certificate" in refused.stderr, refused.stderr
    taken = collect("taken", **trusted)
    assert taken.returncode == 0, taken
    assert not Proxy.asked
    proxied = collect("proxied", **trusted, **through)
    assert proxied.returncode == 0, proxied
    assert Proxy.asked and set(Proxy.asked) == {here}, Proxy.asked
    direct = collect("direct", **trusted, **through, NO_PROXY="localhost")
    assert direct.returncode == 0, direct
    assert not Proxy.asked, Proxy.asked
    astray = collect("astray", **through)
    assert astray.returncode == 2, astray
    assert "a-very-secret-key" not in refused.stderr + astray.stderr
    print("a certificate counts with its authority alone, and the proxy where it should")


main()
