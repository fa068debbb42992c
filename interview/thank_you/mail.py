"""A note as an email to open (.eml, RFC 5322) or as a link that begins one (mailto, RFC 6068). Nothing is sent here."""

from __future__ import annotations

from datetime import datetime
from email.header import Header
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime
from urllib.parse import quote

from interview.person import Person
from interview.thank_you.note import ThankYou
from interview.validation import one_line

LONGEST_LINK = 2000  # characters; Windows and some mail programs cut longer ones off
_NOWHERE = "answer-aloud.invalid"  # a domain that can never exist (RFC 2606), for names of messages not sent yet
# Not policy.SMTP: it takes "=?" in a text for an encoded word, and so changes what somebody wrote.
_POLICY = compat32.clone(linesep="\r\n")


def eml(note: ThankYou, person: Person, now: datetime, sender: str = "", sender_email: str = "") -> bytes:
    """The note as a draft; Outlook opens it for sending, other programs as a message to be sent on.

    An address is left out where it is not known, or has letters before the @ that most mail cannot carry. `now` has
    a zone.
    """
    message = MIMEText(note.body.replace("\n", "\r\n"), "plain", "utf-8", policy=_POLICY)
    if _is_plain(sender_email):
        message["From"] = _address(sender, sender_email, "From")
    if _is_plain(person.email):
        message["To"] = _address(person.name, person.email, "To")
    message["Subject"] = _encoded(note.subject, "Subject")
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{note.id}@{_NOWHERE}>"
    message["X-Unsent"] = "1"
    return message.as_bytes()


def mail_link(note: ThankYou, person: Person) -> str:
    """A link that opens the note in the machine's mail program, as a text for the `href` of an HTML link."""
    body = note.body.replace("\r\n", "\n").replace("\n", "\r\n")
    fields = f"subject={_quoted(one_line(note.subject))}&body={_quoted(body)}"
    return f"mailto:{quote(person.email, safe='@')}?{fields}"


def is_too_long(link: str) -> bool:
    """Whether a link is longer than all mail programs take; the file and the text still hold the whole note."""
    return len(link) > LONGEST_LINK


def _address(name: str, email: str, header: str) -> str:
    user, _, domain = email.rpartition("@")
    address = f"{user}@{domain.encode('idna').decode()}"
    return f"{_encoded(name, header)} <{address}>" if one_line(name) else address


def _is_plain(email: str) -> bool:
    return bool(email) and email.partition("@")[0].isascii()


def _encoded(text: str, header: str) -> str:
    """A text as encoded words of one header, each short enough and none of them readable as anything else."""
    return Header(one_line(text), "utf-8", header_name=header).encode(linesep="\r\n")


def _quoted(text: str) -> str:
    return quote(text, safe="")
