"""Everything out and in again: one zip file, through the browser or on this machine's disk, or the numbers alone."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

import streamlit as st
from platformdirs import user_downloads_path

from analysis.csv_table import CSV_ENCODING
from analysis.wording import format_count
from app_pages.data.disk_usage import format_size
from app_pages.ui.errors import show_errors
from app_pages.ui.wording import escape_markdown
from store.errors import StoreError, translate_write_errors
from store.store import Store
from store.transfer.importer import ArchiveImport

MAX_DOWNLOAD_BYTES = 500_000_000  # bytes that go through the browser's memory; more is written to the disk


def show_export_form(kept: Store) -> None:
    """Offer all kinds of export; raises StoreError."""
    st.markdown(
        "One zip file with everything: each answer as JSON, the recordings as FLAC, the numbers as a table, and all "
        "you wrote and planned. You can import it again, here or on another computer."
    )
    used = kept.get_disk_usage()
    if used.recording_bytes + (used.database_bytes or 0) <= MAX_DOWNLOAD_BYTES:
        _offer_download(kept)
    else:
        st.info(
            f"Your recordings take {format_size(used.recording_bytes)}, too much for a download. Save a file instead."
        )
    _offer_saving(kept)
    st.markdown("**Just the numbers**, for a spreadsheet, one row per answer:")
    if st.button("Prepare the table", key="prepare_csv"):
        with show_errors():
            table = kept.to_csv().encode(CSV_ENCODING)
            st.download_button("Download the table (CSV)", table, _make_file_name("csv"), "text/csv", on_click="ignore")


def _offer_download(kept: Store) -> None:
    if not st.button("Prepare the export", key="prepare_export"):
        return
    with show_errors(), st.spinner("Collecting everything…"), translate_write_errors(Path(tempfile.gettempdir())):
        with tempfile.TemporaryDirectory() as folder:
            kept.export(Path(folder) / "export.zip")
            data = (Path(folder) / "export.zip").read_bytes()
        label = f"Download the export ({format_size(len(data))})"
        st.download_button(label, data, _make_file_name("zip"), "application/zip", on_click="ignore")


def _offer_saving(kept: Store) -> None:
    named = st.text_input(
        "Or save it to a file", str(user_downloads_path() / _make_file_name("zip")), key="export_path"
    )
    if st.button("Save file", key="save_export"):
        with show_errors(), st.spinner("Collecting everything…"):
            path = _parse_new_file(named)
            kept.export(path)
            st.success(f"Saved to {escape_markdown(str(path))} ({format_size(path.stat().st_size)}).")


def _parse_new_file(named: str) -> Path:
    path = parse_absolute_path(named)
    if path.suffix.lower() != ".zip":
        raise StoreError(f"{path} doesn't end in .zip. Choose a name that does.")
    try:
        is_there = path.exists()
    except OSError as error:  # its folder is shut, or the name is too long
        raise StoreError(f"We can't write to {path} ({error.strerror}). Choose another place.") from error
    if is_there:
        raise StoreError(f"{path} already exists, so we left it alone. Choose another name.")
    return path


def _make_file_name(ending: str) -> str:
    return f"answer-aloud-{datetime.now().astimezone():%Y-%m-%d}.{ending}"


def show_import_form(kept: Store) -> None:
    """Offer an upload and a path on this machine, and import the export when asked."""
    st.markdown("Anything new in the file is added. Nothing you have is changed or deleted.")
    uploaded = st.file_uploader("An Answer Aloud export", ["zip"], key="import_upload")
    named = st.text_input("Or enter a file path", key="import_path", placeholder="for files over 300 MB")
    if not st.button("Import", key="import", disabled=uploaded is None and not named.strip()):
        return
    with show_errors(), st.spinner("Importing…"):
        if uploaded is not None:
            added = _import_bytes(kept, uploaded.name, uploaded.getvalue())
        else:
            added = kept.import_archive(parse_absolute_path(named))
        st.success(_describe_import(added))


def _import_bytes(kept: Store, name: str, data: bytes) -> ArchiveImport:
    with (
        translate_write_errors(Path(tempfile.gettempdir())),
        tempfile.TemporaryDirectory() as folder,
    ):
        path = Path(folder) / (Path(name).name[-100:] or "export.zip")
        path.write_bytes(data)
        return kept.import_archive(path)


def _describe_import(added: ArchiveImport) -> str:
    here = f"You already had {format_count(added.known, 'answer')}."
    sentences = [f"{format_count(added.added, 'answer').capitalize()} added.", here if added.known else ""]
    if added.documents:
        sentences.append(
            f"Also added: {format_count(added.documents, 'note, plan or list', 'notes, plans and lists')}."
        )
    return " ".join(filter(None, sentences))


def parse_absolute_path(named: str) -> Path:
    """Return a typed path, with "~" expanded.

    Raises:
        StoreError: it is not absolute, or has characters that cannot be printed.
    """
    name = named.strip()
    try:
        path = Path(name).expanduser()
    except RuntimeError:  # "~nobody" is nobody's home
        path = Path()
    if not path.is_absolute() or not name.isprintable():
        raise StoreError(f"“{name}” isn't a full path. Type all of it, from the drive or first folder on.")
    return path
