"""A real SMTP server whose answers are chosen by the recipient's local part.

For the tests of the e-mail channel only. Must not deliver anything anywhere.
Usage: server.py plain|starttls|tls
Prints `READY <port>`, then one JSON line that says which certificate authority to trust, then one
for each letter whose content arrived; ends when its standard input closes, that is with the test.
"""

import asyncio
import json
import logging
import ssl
import sys
import warnings
from email import message_from_bytes, policy

import trustme
from aiosmtpd.smtp import SMTP, AuthResult

AT_SENDER = {
    "wrong": "550 5.7.1 Sender address rejected",
}
AT_RECIPIENT = {
    "nouser": "550 5.1.1 <nouser@example.vn>: Recipient address rejected",
    "busy": "451 4.7.1 Greylisted, come back later",
    "full": "552 5.2.2 Mailbox full",
}
AFTER_CONTENT = {
    "spam": "554 5.7.1 This looks like spam",
    "queue": "451 4.3.0 Queue file write error",
}


def local_part(address):
    return address.rsplit("@", 1)[0]


def told(kind, **facts):
    print(json.dumps({"kind": kind, **facts}), flush=True)


def read(content):
    """The letter as a mail program shows it."""
    mail = message_from_bytes(content, policy=policy.default)
    parts = [part for part in mail.walk() if not part.is_multipart()]
    return {
        "headers": [[name, str(value)] for name, value in mail.items()],
        "text": parts[0].get_content(),
        "text_type": str(parts[0]["content-type"]),
        "files": [
            [part.get_filename(), part.get_content_type(), part.get_payload(decode=True).hex()]
            for part in parts[1:]
        ],
        "ascii": content.isascii(),
    }


class Handler:
    async def handle_MAIL(self, server, session, envelope, address, options):
        answer = AT_SENDER.get(local_part(address))
        if answer is None:
            envelope.mail_from = address
        return answer or "250 2.1.0 Ok"

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = local_part(address)
        if name == "drop-at-rcpt":
            server.transport.abort()
            return "421 4.4.2 gone"
        if name in AT_RECIPIENT:
            return AT_RECIPIENT[name]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server, session, envelope):
        name = local_part(envelope.rcpt_tos[0])
        told(
            "letter",
            to=envelope.rcpt_tos,
            tls=server.transport.get_extra_info("ssl_object") is not None,
            user=getattr(session, "auth_data", None) and session.auth_data.login.decode(),
            **read(envelope.content),
        )
        if name == "drop-after-data":
            server.transport.abort()
        return AFTER_CONTENT.get(name, "250 2.0.0 Ok: queued as 4F2A")


def certificates():
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return authority.cert_pem.bytes().decode(), context


def sign_in(server, session, envelope, mechanism, data):
    good = data.login == b"redress" and data.password == "mật khẩu".encode()
    return AuthResult(success=good, handled=False, auth_data=data)


async def main(protection):
    loop = asyncio.get_running_loop()
    authority, context = ("", None) if protection == "plain" else certificates()

    def connection():
        return SMTP(
            Handler(),
            hostname="mx.test",
            loop=loop,
            tls_context=context if protection == "starttls" else None,
            require_starttls=protection == "starttls",
            authenticator=sign_in,
            auth_required=protection != "plain",
            auth_require_tls=protection == "starttls",
        )

    wrapped = context if protection == "tls" else None
    server = await loop.create_server(connection, "127.0.0.1", 0, ssl=wrapped)
    print("READY", server.sockets[0].getsockname()[1], flush=True)
    told("authority", pem=authority)
    await loop.run_in_executor(None, sys.stdin.read)


# The server's advice about sign-in without STARTTLS: the `tls` server is protected from the first byte.
logging.getLogger("mail.log").setLevel(logging.ERROR)
warnings.simplefilter("ignore")
asyncio.run(main(sys.argv[1]))
