#!/usr/bin/env python3
"""refuse.py PORT UPSTREAM ACCOUNT: passes requests on loopback on to the port UPSTREAM, but no role of ACCOUNT can be assumed, as
where it does not exist. moto itself hands out keys for any role."""
import http.client
import http.server
import sys

PORT, UPSTREAM, ACCOUNT = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
REFUSED = (b"<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not authorized to perform: "
           b"sts:AssumeRole</Message></Error></ErrorResponse>")


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if f"RoleArn=arn%3Aaws%3Aiam%3A%3A{ACCOUNT}%3A".encode() in body:
            return self.reply(403, REFUSED)
        upstream = http.client.HTTPConnection("127.0.0.1", UPSTREAM)
        upstream.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():  # the signature is of this very host
            upstream.putheader(name, value)
        upstream.endheaders(body)
        answer = upstream.getresponse()
        self.reply(answer.status, answer.read())

    do_GET = do_POST

    def reply(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Handler).serve_forever()
