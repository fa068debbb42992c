"""Everything out and in again: one zip file, through the browser or on this machine's disk, or the numbers alone."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import streamlit as st
from platformdirs import user_downloads_path

from analysis.csv_table import CSV_ENCODING
from analysis.wording import format_count
from app_pages.data.disk_usage import format_size
from app_pages.ui import demo_mode
from app_pages.ui.errors import show_errors
from app_pages.ui.wording import escape_markdown
from services.centre.sign_in import is_centre
from services.encryption import is_encrypted
from services.user_store import export_everything, import_everything
from store.errors import StoreError, translate_write_errors
from store.files import open_transfer_folder
from store.store import Store
from store.transfer.importer import ArchiveImport

MAX_DOWNLOAD_BYTES = 500_000_000  # bytes that go through the browser's memory; more is written to the disk
PLAIN_EXPORT_TEXT = (
    "**An export isn't encrypted**, so that you can read it without this app: anyone who has the file can too. Keep it "
    "where only you can get at it."
)
MAX_SENTENCES = 10  # about damage, on the page


def show_export_form(kept: Store) -> None:
    """Offer all kinds of export; raises StoreError."""
    st.markdown(
        "One zip file with everything: each answer as JSON, the recordings as FLAC, the numbers as a table, and all "
        "you wrote and planned. You can import it again, here or on another computer."
    )
    if not demo_mode.is_on() and not is_centre() and is_encrypted():
        st.markdown(PLAIN_EXPORT_TEXT)
    used = kept.get_disk_usage()
    if used.recording_bytes + (used.database_bytes or 0) <= MAX_DOWNLOAD_BYTES:
        _offer_download(kept)
    elif is_centre():
        st.info(f"Your recordings take {format_size(used.recording_bytes)}, too much for a download. Ask your centre.")
    else:
        st.info(
            f"Your recordings take {format_size(used.recording_bytes)}, too much for a download. Save a file instead."
        )
    if not is_centre():  # the files there are the server's
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
        with open_transfer_folder() as folder:
            exported = export_everything(kept, folder / "export.zip")
            data = (folder / "export.zip").read_bytes()
        tell_damage(exported.damaged)
        label = f"Download the export ({format_size(len(data))})"
        st.download_button(label, data, _make_file_name("zip"), "application/zip", on_click="ignore")


def _offer_saving(kept: Store) -> None:
    named = st.text_input(
        "Or save it to a file", str(user_downloads_path() / _make_file_name("zip")), key="export_path"
    )
    if st.button("Save file", key="save_export"):
        with show_errors(), st.spinner("Collecting everything…"):
            path = _parse_new_file(named)
            exported = export_everything(kept, path)
            tell_damage(exported.damaged)
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
    st.markdown(
        "Anything new in the file is added, and what you changed later on the other computer replaces what's here. If "
        "you changed the same thing on both, the later change is used and the other one is saved beside it. What you "
        "deleted on either computer stays deleted."
    )
    uploaded = st.file_uploader("An Answer Aloud export", ["zip"], key="import_upload")
    named = ""
    if not is_centre():  # the files there are the server's
        named = st.text_input("Or enter a file path", key="import_path", placeholder="for files over 300 MB")
    restore = st.checkbox("Bring back what I deleted here, if the file has it", key="import_deleted")
    if not st.button("Import", key="import", disabled=uploaded is None and not named.strip()):
        return
    with show_errors(), st.spinner("Importing…"):
        if uploaded is not None:
            added = _import_bytes(kept, uploaded.name, uploaded.getvalue(), restore)
        else:
            added = import_everything(kept, parse_absolute_path(named), restore_deleted=restore)
        tell_damage(added.damaged)
        st.success(_describe_import(added))


def tell_damage(sentences: Sequence[str]) -> None:
    """Show what was damaged, the first few in full."""
    for sentence in sentences[:MAX_SENTENCES]:
        st.warning(escape_markdown(sentence))
    if len(sentences) > MAX_SENTENCES:
        st.warning(f"And {len(sentences) - MAX_SENTENCES} more like these.")


def _import_bytes(kept: Store, name: str, data: bytes, restore: bool) -> ArchiveImport:
    with (
        translate_write_errors(Path(tempfile.gettempdir())),
        open_transfer_folder() as folder,
    ):
        path = folder / (Path(name).name[-100:] or "export.zip")
        path.write_bytes(data)
        return import_everything(kept, path, restore_deleted=restore)


def _describe_import(added: ArchiveImport) -> str:
    counts = (
        (added.documents, "note, plan or list", "notes, plans and lists", "added"),
        (added.updated, "thing", None, "updated"),
        (added.deleted, "thing", None, "deleted, as on the other computer"),
        (added.left_deleted, "thing", None, "left out, because you deleted it here"),
        (added.beside, "other version", None, "saved, because you changed it on both computers"),
    )
    known = f"You already had {format_count(added.known, 'answer')}."
    sentences = [f"{format_count(added.added, 'answer').capitalize()} added.", known if added.known else ""]
    sentences += [
        f"{format_count(count, *filter(None, names)).capitalize()} {what}." for count, *names, what in counts if count
    ]
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
