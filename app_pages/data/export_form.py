"""Export all data as one zip file, by download or to a path on this machine, or the numbers as CSV."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

import streamlit as st
from platformdirs import user_downloads_path

from app_pages.data.disk_usage import format_size
from app_pages.data.typed_paths import parse_absolute_path
from app_pages.ui.errors import show_errors
from app_pages.ui.wording import escape_markdown
from store.errors import StoreError, translate_write_errors
from store.store import Store

MAX_DOWNLOAD_BYTES = 500_000_000  # bytes that go through the browser's memory; more is written to the disk
CSV_ENCODING = "utf-8-sig"  # spreadsheets take a table without its mark for another alphabet


def show_export_form(kept: Store) -> None:
    """Offer all kinds of export; raises StoreError."""
    st.markdown(
        "One zip file with all there is: each answer as JSON, the recordings as FLAC, the numbers as a table, and what "
        "you wrote and planned. It can be brought in again, here or on another machine."
    )
    used = kept.get_disk_usage()
    if used.recording_bytes + (used.database_bytes or 0) <= MAX_DOWNLOAD_BYTES:
        _offer_download(kept)
    else:
        st.info(
            f"{format_size(used.recording_bytes)} of recordings are too much for a download. Save the file instead."
        )
    _offer_saving(kept)
    st.markdown("**Only the numbers**, a row for each answer, for a spreadsheet:")
    if st.button("Prepare the table", key="prepare_csv"):
        with show_errors():
            table = kept.to_csv().encode(CSV_ENCODING)
            st.download_button("Download the table (CSV)", table, _make_file_name("csv"), "text/csv", on_click="ignore")


def _offer_download(kept: Store) -> None:
    if not st.button("Prepare the export", key="prepare_export"):
        return
    with show_errors(), st.spinner("Collecting everything …"), translate_write_errors(Path(tempfile.gettempdir())):
        with tempfile.TemporaryDirectory() as folder:
            kept.export(Path(folder) / "export.zip")
            whole = (Path(folder) / "export.zip").read_bytes()
        label = f"Download the export ({format_size(len(whole))})"
        st.download_button(label, whole, _make_file_name("zip"), "application/zip", on_click="ignore")


def _offer_saving(kept: Store) -> None:
    named = st.text_input(
        "Or save it as this file", str(user_downloads_path() / _make_file_name("zip")), key="export_path"
    )
    if st.button("Save the file", key="save_export"):
        with show_errors(), st.spinner("Collecting everything …"):
            path = _parse_new_file(named)
            kept.export(path)
            st.success(f"Saved: {escape_markdown(str(path))} ({format_size(path.stat().st_size)})")


def _parse_new_file(named: str) -> Path:
    path = parse_absolute_path(named)
    if path.suffix.lower() != ".zip":
        raise StoreError(f"{path} does not end in .zip. Write a name that does.")
    try:
        is_there = path.exists()
    except OSError as error:  # its folder is shut, or the name is too long
        raise StoreError(f"{path} cannot be written ({error.strerror}). Choose another place.") from error
    if is_there:
        raise StoreError(f"{path} is there already and was left as it is. Choose another name.")
    return path


def _make_file_name(ending: str) -> str:
    return f"answer-aloud-{datetime.now().astimezone():%Y-%m-%d}.{ending}"
