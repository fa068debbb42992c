"""Test export and import on the page of the user's data."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest

from store.store import open_store
from tests.app_pages.data.helpers import list_downloads, open_page, press, read_files
from tests.support.stored_attempts import CONFLICT, add_done

pytest_plugins = ("tests.support.pages",)
pytestmark = pytest.mark.usefixtures("data")


def test_the_export_is_prepared_on_demand(kept):
    add_done(kept)
    page = open_page()
    assert list_downloads(page) == []
    press(page, "prepare_export")
    assert [label.split(" (")[0] for label in list_downloads(page)] == ["Download the export"]
    press(page, "prepare_csv")
    assert list_downloads(page) == ["Download the table (CSV)"]


def test_an_export_saved_to_disk_holds_everything_and_can_be_imported(kept, data, tmp_path):
    ids = {add_done(kept), add_done(kept, CONFLICT)}
    page = open_page()
    page.text_input(key="export_path").set_value(str(tmp_path / "out.zip")).run()
    press(page, "save_export")
    assert not page.error
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert {name for name in archive.namelist() if name.startswith("rec")} == {f"recordings/{i}.flac" for i in ids}
        assert len(list(csv.DictReader(io.StringIO(archive.read("attempts.csv").decode("utf-8-sig"))))) == 2
    kept.delete_all()
    page.text_input(key="import_path").set_value(str(tmp_path / "out.zip")).run()
    press(page, "import")
    assert [shown.value for shown in page.success] == ["2 answers added."]
    press(page, "import")
    assert [shown.value for shown in page.success] == ["No answers added. You already had 2 answers."]
    assert {attempt.id for attempt in kept.load_history()} == ids
    assert all(kept.read_flac(each) for each in ids)


def test_an_uploaded_export_is_imported(kept, tmp_path):
    other = open_store(folder=tmp_path / "another computer")
    done = add_done(other)
    other.export(tmp_path / "out.zip")
    other.close()
    page = open_page()
    page.file_uploader(key="import_upload").set_value(
        ("mine.zip", (tmp_path / "out.zip").read_bytes(), "application/zip")
    )
    page.run()
    press(page, "import")
    assert [shown.value for shown in page.success] == ["1 answer added."]
    assert kept.load_report(done)


def test_what_was_deleted_here_stays_deleted_and_the_page_says_so(kept, tmp_path):
    done = add_done(kept)
    kept.export(tmp_path / "out.zip")
    kept.delete_attempt(done)
    page = open_page()
    page.text_input(key="import_path").set_value(str(tmp_path / "out.zip")).run()
    press(page, "import")
    assert [shown.value for shown in page.success] == [
        "No answers added. 1 thing left out, because you deleted it here."
    ]
    assert kept.load_history() == ()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("letter.zip", b"Dear aunt"),
        ("../../x.zip", b"PK\3\4"),
        ("a" * 300 + ".zip", b""),
        ("<b>.zip", b"PK\5\6" + bytes(18)),
    ],
)
def test_a_file_that_is_no_export_is_refused_and_changes_nothing(kept, data, name, content):
    done = add_done(kept)
    before = read_files(data / "recordings")
    page = open_page()
    page.file_uploader(key="import_upload").set_value((name, content, "application/zip")).run()
    press(page, "import")
    (error,) = page.error
    assert "isn't an Answer Aloud export" in error.value.replace("\\", "")
    assert [attempt.id for attempt in kept.load_history()] == [done]
    assert read_files(data / "recordings") == before


@pytest.mark.parametrize("path", ["none.zip", "~nobody-of-this-name/x.zip", "a\0b.zip"])
def test_importing_a_missing_file_is_reported(path):
    page = open_page()
    page.text_input(key="import_path").set_value(path).run()
    press(page, "import")
    assert len(page.error) == 1


@pytest.mark.parametrize(
    "path", ["relative.zip", "/tmp/table.csv", "~nobody-of-this-name/x.zip", "/a\0b.zip", "/proc/x/y.zip"]
)
def test_an_export_needs_an_absolute_path_of_a_zip_file(kept, path):
    page = open_page()
    page.text_input(key="export_path").set_value(path).run()
    press(page, "save_export")
    assert len(page.error) == 1
    assert not page.success


def test_an_export_never_overwrites_a_file(kept, tmp_path):
    (tmp_path / "mine.zip").write_bytes(b"precious")
    page = open_page()
    page.text_input(key="export_path").set_value(str(tmp_path / "mine.zip")).run()
    press(page, "save_export")
    assert "already exists" in page.error[0].value
    assert (tmp_path / "mine.zip").read_bytes() == b"precious"
