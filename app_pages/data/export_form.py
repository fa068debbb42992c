"""Everything out: one zip file, through the browser or straight onto this machine's disk, or the numbers alone."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

import streamlit as st
from platformdirs import user_downloads_path

from app_pages.data.disk_usage import size
from app_pages.data.typed_paths import whole
from app_pages.ui.errors import show_errors
from app_pages.ui.wording import plain
from store.errors import StoreError, files_told
from store.store import Store

LARGEST = 500_000_000  # bytes that go through the browser's memory; more is written to the disk
SIGNED = "utf-8-sig"  # spreadsheets take a table without its mark for another alphabet


def show(kept: Store) -> None:
    """Offer all ways out; raises StoreError."""
    st.markdown(
        "One zip file with all there is: each answer as JSON, the recordings as FLAC, the numbers as a table, and what "
        "you wrote and planned. It can be brought in again, here or on another machine."
    )
    used = kept.usage()
    if used.recording_bytes + (used.database_bytes or 0) <= LARGEST:
        _through_the_browser(kept)
    else:
        st.info(f"{size(used.recording_bytes)} of recordings are too much for a download. Save the file instead.")
    _onto_the_disk(kept)
    st.markdown("**Only the numbers**, a row for each answer, for a spreadsheet:")
    if st.button("Prepare the table", key="prepare_csv"):
        with show_errors():
            table = kept.numbers().encode(SIGNED)
            st.download_button("Download the table (CSV)", table, _name("csv"), "text/csv", on_click="ignore")


def _through_the_browser(kept: Store) -> None:
    if not st.button("Prepare the export", key="prepare_export"):
        return
    with show_errors(), st.spinner("Collecting everything …"), files_told(Path(tempfile.gettempdir())):
        with tempfile.TemporaryDirectory() as folder:
            kept.export(Path(folder) / "export.zip")
            whole = (Path(folder) / "export.zip").read_bytes()
        label = f"Download the export ({size(len(whole))})"
        st.download_button(label, whole, _name("zip"), "application/zip", on_click="ignore")


def _onto_the_disk(kept: Store) -> None:
    named = st.text_input("Or save it as this file", str(user_downloads_path() / _name("zip")), key="export_path")
    if st.button("Save the file", key="save_export"):
        with show_errors(), st.spinner("Collecting everything …"):
            path = _new_file(named)
            kept.export(path)
            st.success(f"Saved: {plain(str(path))} ({size(path.stat().st_size)})")


def _new_file(named: str) -> Path:
    path = whole(named)
    if path.suffix.lower() != ".zip":
        raise StoreError(f"{path} does not end in .zip. Write a name that does.")
    try:
        is_there = path.exists()
    except OSError as error:  # its folder is shut, or the name is too long
        raise StoreError(f"{path} cannot be written ({error.strerror}). Choose another place.") from error
    if is_there:
        raise StoreError(f"{path} is there already and was left as it is. Choose another name.")
    return path


def _name(ending: str) -> str:
    return f"answer-aloud-{datetime.now().astimezone():%Y-%m-%d}.{ending}"
