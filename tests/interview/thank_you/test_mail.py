"""A note as an email file and as a link, read back by other people's parsers; any text, and no header but ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from interview.person import Person
from interview.thank_you.compose import compose
from interview.thank_you.mail import MAX_LINK_CHARACTERS, is_too_long, make_eml, make_mail_link
from tests.support.interviews import HELD, MARIA, NOTE, ONE, TWO, make_local_time

NOW = make_local_time("2026-03-11 15:00")
WRITTEN = compose(NOTE, MARIA, HELD, "Sam Reyes")
READABLE = st.characters(exclude_categories=("Cc", "Cs"))
LINE = st.text(READABLE, max_size=200).map(lambda text: " ".join(text.split()))
BODY = st.text(st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n\t"), max_size=1000)
ALLOWED = {"From", "To", "Subject", "Date", "Message-ID", "X-Unsent", "MIME-Version", "Content-Type"}
ALLOWED |= {"Content-Transfer-Encoding"}


def read(written: bytes) -> EmailMessage:
    message = message_from_bytes(written, policy=default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def text(message: EmailMessage) -> str:
    """The text of a message with the line ends of this machine."""
    content: str = message.get_content()
    return content.replace("\r\n", "\n")


def decoded(raw: str) -> str:
    """What encoded words say, by the library's older decoder: the newer one spaces out the words of long names."""
    return str(make_header(decode_header(raw)))


def test_a_note_becomes_a_draft_to_its_recipient() -> None:
    message = read(make_eml(WRITTEN, MARIA, NOW, "Sam Reyes", "sam@example.org"))
    assert message["To"] == "Maria Okafor <maria@harbour.example>"
    assert message["From"] == "Sam Reyes <sam@example.org>"
    assert message["Subject"] == "Thank you for our conversation on Wednesday"
    assert message["Date"].datetime == NOW
    assert message["Message-ID"] == f"<{WRITTEN.id}@answer-aloud.invalid>"
    assert message["X-Unsent"] == "1"
    assert text(message) == WRITTEN.body


def test_unknown_addresses_are_left_out() -> None:
    message = read(make_eml(WRITTEN, replace(MARIA, email=""), NOW))
    assert (message["To"], message["From"]) == (None, None)


def test_lines_end_with_crlf() -> None:
    written = make_eml(replace(WRITTEN, body="Zoë\n" * 200), MARIA, NOW)
    assert written.count(b"\n") == written.count(b"\r\n")
    assert max(map(len, written.split(b"\r\n"))) <= 998


@settings(max_examples=300, deadline=None)
@given(LINE, LINE, BODY)
@example('Okafor, Maria "Mia" (Head) <x@y>', "=?utf-8?q?no?=", "From here\n.\n")
@example("Zoë " * 40 + "Z", "Ö" * 200, "")
@example("李" * 60, "é é é", "\n\n")
def test_any_name_subject_and_text_survive_a_round_trip(name: str, subject: str, body: str) -> None:
    person = Person(TWO, name or "N", ONE, email="maria@harbour.example")
    written = make_eml(replace(WRITTEN, subject=subject, body=body), person, NOW, name, "sam@example.org")
    raw = message_from_bytes(written)
    assert decoded(raw["Subject"]) == subject
    for header, known in (("To", (person.name, person.email)), ("From", (name, "sam@example.org"))):
        ((shown, address),) = getaddresses([raw[header]])
        assert (decoded(shown), address) == known
    message = read(written)
    assert text(message) == body
    assert set(message.keys()) <= ALLOWED
    assert len(message["To"].addresses) == 1


@pytest.mark.parametrize("email", ["o'neil+jobs@mail.example", "a.b@c-d.example", "a!#$&*=?^`{|}~@b"])
def test_addresses_of_all_forms_survive_a_round_trip(email: str) -> None:
    person = replace(MARIA, email=email)
    (to,) = read(make_eml(WRITTEN, person, NOW))["To"].addresses
    assert to.addr_spec == email
    assert unquote(urlsplit(make_mail_link(WRITTEN, person)).path) == email


def test_international_domain_names_are_written_in_idna() -> None:
    (to,) = read(make_eml(WRITTEN, replace(MARIA, email="zoe@müller.example"), NOW))["To"].addresses
    assert to.addr_spec == "zoe@xn--mller-kva.example"


def test_an_address_with_a_non_ascii_local_part_is_only_in_the_link() -> None:
    person = replace(MARIA, email="zoë@müller.example")
    assert read(make_eml(WRITTEN, person, NOW))["To"] is None
    assert unquote(urlsplit(make_mail_link(WRITTEN, person)).path) == "zoë@müller.example"


@pytest.mark.parametrize("sender", ["Sam\r\nBcc: all@example.org", "Sam\nX-Evil: 1", "Sam\x0bBcc: x"])
def test_no_text_can_add_a_header(sender: str) -> None:
    message = read(make_eml(WRITTEN, MARIA, NOW, sender, "sam@example.org"))
    assert set(message.keys()) <= ALLOWED
    assert len(message["To"].addresses) == 1


@settings(max_examples=300, deadline=None)
@given(LINE, BODY)
@example("a&body=b", "x=1&cc=you@example.org#top\n100 % +1")
def test_any_text_survives_the_mailto_link_and_adds_no_field(subject: str, body: str) -> None:
    link = make_mail_link(replace(WRITTEN, subject=subject, body=body), MARIA)
    parts = urlsplit(link)
    assert link.isascii()
    assert (parts.scheme, parts.path, parts.fragment) == ("mailto", "maria@harbour.example", "")
    # A plus is a plus in such links (RFC 6068), which the parser of forms would take for a space.
    assert "+" not in parts.query
    fields = parse_qs(parts.query, keep_blank_values=True, strict_parsing=True)
    assert fields == {"subject": [subject], "body": [body.replace("\n", "\r\n")]}
    assert not set(link) & set("\"'<> \\^`{|}")


def test_a_composed_note_fits_a_link_and_a_long_one_is_reported_as_too_long() -> None:
    assert not is_too_long(make_mail_link(WRITTEN, MARIA))
    assert is_too_long(make_mail_link(replace(WRITTEN, body="ü" * MAX_LINK_CHARACTERS), MARIA))


def test_the_date_header_keeps_its_time_zone() -> None:
    utc = datetime(2026, 3, 11, 14, tzinfo=UTC)
    assert read(make_eml(WRITTEN, MARIA, utc))["Date"].datetime == utc
    assert b"Date: Wed, 11 Mar 2026 15:00:00 +0100" in make_eml(WRITTEN, MARIA, NOW)
