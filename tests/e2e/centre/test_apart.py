"""Two people in two real browsers: nothing of one of them ever reaches the other, whatever address is tried."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Download, Page, expect
from sqlalchemy import create_engine, select
from websockets import InvalidStatus, Origin, Subprotocol
from websockets.sync.client import connect

from services.live.live_takes import live_takes
from services.live.take_files import TakeFiles
from store.attempt import AttemptState
from store.db.tables import PERSONAL
from store.store import PEOPLE_FOLDER
from tests.support import whole_store
from tests.support.centre.centre_server import Centre, sign_in
from tests.support.centre.overheard import Overheard
from tests.support.microphones.recorder_tab import wait_until
from tests.support.microphones.speaking_browser import start_recording, stop_recording, wait_for_seconds
from tests.support.stored_attempts import add_said

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.model]
ANNS = (  # what only she said, wrote or is called
    *("quokkas", "Harbour Analytics", "Ferry Works", "Clean Rivers", "Mapwise", "Maria Okafor", "Tom Brandl"),
    *(
        "The ferry line",
        "nightly tables",
        "new line to the islands",
        "Why maps",
        "Slower at the end",
    ),
)
OWN_PAGES = ("account", "shared", "people")


@dataclass
class Person:
    """Somebody with a browser of their own."""

    page: Page
    heard: Overheard
    recorded: str = ""  # id of what they recorded in the browser

    def go(self, address: str) -> None:
        """Open a page and wait until it is drawn."""
        self.page.goto(f"/{address}")
        expect(self.page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
        expect(self.page.get_by_test_id("stSkeleton")).to_have_count(0)


def come(browser: Browser, centre: Centre, name: str) -> Person:
    page = sign_in(browser, centre, name)
    return Person(page, Overheard(page))


def record(person: Person, centre: Centre, name: str) -> None:
    """Answer a question aloud and wait for the report."""
    person.go("")
    start_recording(person.page)
    wait_for_seconds(person.page, 3.0)
    stop_recording(person.page)
    expect(person.page.get_by_role("heading", name="Your report")).to_be_visible()
    with closing(centre.open(name)) as store:
        (attempt,) = store.load_history()
    assert attempt.state is AttemptState.DONE
    person.recorded = attempt.id


@pytest.fixture(scope="module")
def ann(browser: Browser, centre: Centre) -> Iterator[Person]:
    """Somebody with something of everything, who recorded an answer too."""
    person = come(browser, centre, "ann")
    record(person, centre, "ann")
    with closing(centre.open("ann")) as store:
        whole_store.fill(store)
        add_said(store, "Well {um} quokkas are what I know. (0.5) I kept quokkas for years, and I counted them.")
    yield person
    person.page.context.close()


@pytest.fixture(scope="module")
def ben(browser: Browser, centre: Centre, ann: Person) -> Iterator[Person]:
    """Somebody else, with an answer of his own."""
    person = come(browser, centre, "ben")
    record(person, centre, "ben")
    yield person
    person.page.context.close()


def list_ids(postgres: str, owner: str) -> list[str]:
    """Return every id in the rows of a person, asked for with a role that nothing holds back."""
    engine, found = create_engine(postgres), set[str]()
    with engine.begin() as connection:
        for table in PERSONAL:
            for column in table.c:
                if column.name == "id" or column.name.endswith("_id"):
                    found |= set(connection.scalars(select(column).where(table.c.owner == owner)))
    engine.dispose()
    return sorted(each for each in found if each)


def make_guesses(thing_id: str) -> tuple[str, ...]:
    """Return the addresses that could open something, by the parameters that pages read."""
    take = f"?take={thing_id}&drill={thing_id}&question={thing_id}"
    return (
        *(take, f"compare?take={thing_id}&before={thing_id}", f"mock?run={thing_id}"),
        f"interviews?interview={thing_id}",
    )


def test_each_finds_their_own_answer_alone(ann: Person, ben: Person, centre: Centre) -> None:
    assert ann.recorded != ben.recorded
    ben.go("data")
    expect(ben.page.get_by_role("heading", name="Answers (1)")).to_be_visible()
    with closing(centre.open("ann")) as store:
        many = len(store.load_history())
    ann.go("data")
    expect(ann.page.get_by_role("heading", name=f"Answers ({many})")).to_be_visible()


def test_no_page_tells_one_anything_of_the_other(ann: Person, ben: Person, centre: Centre) -> None:
    with closing(centre.open("ann")) as store:
        takes = [f"?take={attempt.id}" for attempt in store.load_history()]
    questions = [f"?question={each}" for each in ("why_this_company", whole_store.OWN_QUESTION.id)]
    for address in (*whole_store.ADDRESSES, *OWN_PAGES, *takes, *questions):
        ann.go(address)
    assert [mark for mark in ANNS if mark not in ann.heard.find(ANNS)] == []  # each of them stands somewhere
    for address in (*whole_store.ADDRESSES, *OWN_PAGES):
        ben.go(address)
    assert ben.heard.find(ANNS) == []


@pytest.mark.slow
def test_no_id_of_the_other_opens_anything(ann: Person, ben: Person, centre: Centre, postgres_address: str) -> None:
    with closing(centre.open("ann")) as store:
        ids = list_ids(postgres_address, store.owner.id)
        there = {attempt.id for attempt in store.load_history()}
    assert there < set(ids)
    for address in (guess for each in ids for guess in make_guesses(each)):
        ben.go(address)
    for page in ("debrief", "thanks", "due"):  # which find an interview as the page of all does
        ben.go(f"{page}?interview={whole_store.COMING}")
    assert ben.heard.find(ANNS) == []
    ben.go(f"?take={ben.recorded}&drill={ann.recorded}")  # his own beside hers
    ben.go(f"compare?take={ben.recorded}&before={ann.recorded}")
    assert ben.heard.find(ANNS) == []


def download(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    got: Download = waiting.value
    got.save_as(folder / got.suggested_filename)
    return folder / got.suggested_filename


def export(person: Person, folder: Path) -> tuple[Path, Path]:
    """Download everything of a person, and the table."""
    person.go("data")
    person.page.get_by_text("Export your data").click()
    person.page.get_by_role("button", name="Prepare the export").click()
    whole = download(person.page, "Download the export", folder)
    person.page.get_by_role("button", name="Prepare the table").click()
    return whole, download(person.page, "Download the table (CSV)", folder)


def read_all(path: Path) -> bytes:
    """Return the bytes of a file, and of each file in an archive."""
    if path.suffix != ".zip":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return b"".join(name.encode() + archive.read(name) for name in archive.namelist())


def test_what_is_exported_holds_ones_own_alone(ann: Person, ben: Person, tmp_path: Path) -> None:
    for name in ("ann", "ben"):
        (tmp_path / name).mkdir()
    hers = b"".join(map(read_all, export(ann, tmp_path / "ann")))
    his = b"".join(map(read_all, export(ben, tmp_path / "ben")))
    assert [mark for mark in ANNS if mark.encode() not in hers] == []
    assert ann.recorded.encode() in hers
    assert ben.recorded.encode() in his
    assert [mark for mark in (*ANNS, ann.recorded) if mark.encode() in his] == []
    ben.go(f"?take={ben.recorded}")
    report = download(ben.page, "Download report with audio", tmp_path / "ben")
    assert [mark for mark in ANNS if mark.encode() in report.read_bytes()] == []


def test_files_of_a_page_go_to_nobody_else(ann: Person, ben: Person, centre: Centre, tmp_path: Path) -> None:
    ann.heard.files.clear()
    ann.go(f"?take={ann.recorded}")
    download(ann.page, "Download as JSON", tmp_path)
    download(ann.page, "Download report with audio", tmp_path)
    played = {f"{centre.address}{path}" for path in re.findall(r"(?<!static)/media/[\w.]+", ann.page.content())}
    hers = {each for each in ann.heard.files | played if each.startswith(f"{centre.address}/media/")}
    assert len(hers) >= 2
    for address in hers:
        assert ben.page.request.get(address).status == 403
        assert ben.page.request.get(address, headers={"Range": "bytes=0-9"}).status == 403
    assert any(ann.page.request.get(address).ok for address in hers)


def test_nobody_sends_a_file_into_the_session_of_another(ann: Person, ben: Person, tmp_path: Path) -> None:
    file = tmp_path / "some.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("empty", "")
    ann.go("data")
    ann.page.get_by_text("Import an export").click()
    with ann.page.expect_request(lambda request: "/_stcore/upload_file/" in request.url) as sent:
        ann.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(file)
    address = sent.value.url
    named = {"X-Xsrftoken": next(c["value"] for c in ben.page.context.cookies() if c["name"] == "_streamlit_xsrf")}
    origin = {"Origin": address.partition("/_stcore")[0]}
    for method in ("PUT", "DELETE"):
        done = ben.page.request.fetch(address, method=method, headers=named | origin, data=b"his")
        assert done.status == 403


def test_no_recording_comes_in_at_the_take_of_another(ann: Person, centre: Centre) -> None:
    owners = []
    for name in ("ann", "ben"):
        with closing(centre.open(name)) as store:
            owners.append(store.owner.id)
    hers, his = (centre.data / PEOPLE_FOLDER / each for each in owners)
    take_id = "7" * 32
    tickets = {
        "without": None,
        "made up": f"{owners[0]}.{'0' * 64}",
        "his, as hers": f"{owners[0]}.{live_takes(his).files.ticket(take_id)}",
        "of the single user": live_takes(centre.data / "nobody").files.ticket(take_id),
    }
    address = f"{centre.address.replace('http', 'ws')}/live/{take_id}"
    for ticket in tickets.values():
        given = [Subprotocol(each) for each in ("answer-aloud", ticket) if each]
        with pytest.raises(InvalidStatus) as refused:
            connect(address, origin=Origin(centre.address), subprotocols=given)
        assert refused.value.response.status_code == 403
    assert not list(TakeFiles(hers).folder.glob(f"*{take_id}*"))


def test_a_recording_that_goes_on_shows_up_nowhere_else(ann: Person, ben: Person, centre: Centre) -> None:
    """One begins to record, and the tab is closed: what was cut off is offered to them alone."""
    with closing(centre.open("ann")) as store:
        folder = centre.data / PEOPLE_FOLDER / store.owner.id
    page = ann.page.context.new_page()
    page.goto("/")
    start_recording(page)
    wait_for_seconds(page, 1.5)
    page.close()
    wait_until(lambda: any(live_takes(folder).files.all()))
    ben.go("")
    expect(ben.page.get_by_text("cut off")).to_have_count(0)
    ann.go("")
    expect(ann.page.get_by_text("Your recording was cut off, but it's saved.")).to_be_visible()
