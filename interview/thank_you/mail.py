"""A note as an email file (.eml, RFC 5322) or a mailto link (RFC 6068). Nothing is sent from here."""

from __future__ import annotations

from datetime import datetime
from email.header import Header
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime
from urllib.parse import quote

from interview.person import Person
from interview.thank_you.note import ThankYou
from interview.validation import to_one_line

MAX_LINK_CHARACTERS = 2000  # characters; Windows and some mail programs cut longer ones off
_INVALID_DOMAIN = "answer-aloud.invalid"  # a domain that can never exist (RFC 2606), for names of messages not sent yet
# Not policy.SMTP: it takes "=?" in a text for an encoded word, and so changes what somebody wrote.
_POLICY = compat32.clone(linesep="\r\n")


def make_eml(note: ThankYou, person: Person, now: datetime, sender: str = "", sender_email: str = "") -> bytes:
    """Return the note as an email draft (.eml).

    Outlook opens it for sending, other programs as a message to forward. An address is left out if it
    is unknown, or if its local part is not ASCII, which most mail servers cannot handle.

    Args:
        note: subject and body.
        person: the recipient.
        now: the date of the message, with a zone.
        sender: the user's name; may be empty.
        sender_email: the user's address; may be empty.
    """
    message = MIMEText(note.body.replace("\n", "\r\n"), "plain", "utf-8", policy=_POLICY)
    if _is_ascii_address(sender_email):
        message["From"] = _format_address(sender, sender_email, "From")
    if _is_ascii_address(person.email):
        message["To"] = _format_address(person.name, person.email, "To")
    message["Subject"] = _encode_header(note.subject, "Subject")
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{note.id}@{_INVALID_DOMAIN}>"
    message["X-Unsent"] = "1"
    return message.as_bytes()


def make_mail_link(note: ThankYou, person: Person) -> str:
    """Return a mailto link with the note, to be used as the `href` of an HTML link."""
    body = note.body.replace("\r\n", "\n").replace("\n", "\r\n")
    fields = f"subject={_quote(to_one_line(note.subject))}&body={_quote(body)}"
    return f"mailto:{quote(person.email, safe='@')}?{fields}"


def is_too_long(link: str) -> bool:
    """Whether a link is too long for some mail programs; the file still holds the whole note."""
    return len(link) > MAX_LINK_CHARACTERS


def _format_address(name: str, email: str, header: str) -> str:
    user, _, domain = email.rpartition("@")
    address = f"{user}@{domain.encode('idna').decode()}"
    return f"{_encode_header(name, header)} <{address}>" if to_one_line(name) else address


def _is_ascii_address(email: str) -> bool:
    return bool(email) and email.partition("@")[0].isascii()


def _encode_header(text: str, header: str) -> str:
    """Encode text for a header as RFC 2047 words, each short enough to fit a line."""
    return Header(to_one_line(text), "utf-8", header_name=header).encode(linesep="\r\n")


def _quote(text: str) -> str:
    return quote(text, safe="")
