"""Encryption of what is kept, by choice: the section of the settings, and the question for the passphrase."""

from __future__ import annotations

import streamlit as st

from app_pages.ui import demo_mode
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_user_store, reopen_store, wait_for_copies
from services.centre.sign_in import is_centre
from services.encryption import (
    decrypt_data,
    encrypt_data,
    give_new_passphrase,
    is_encrypted,
    needs_passphrase,
    open_data,
)

_DONE = "encryption_done"
_FIELDS = ("encrypt_passphrase", "encrypt_again", "change_old", "change_new", "change_again", "decrypt_passphrase")
OFF_TEXT = (
    "A passphrase can lock your answers, recordings and notes on this computer's disk, so that nobody who takes the "
    "computer or the disk can read them. You type it each time you start the app."
)
LOSS_TEXT = (
    "**If you forget the passphrase, everything is lost.** Nobody can bring it back. Write it down and keep it where "
    "you keep your keys."
)
LIMITS_TEXT = (
    "Exports aren't encrypted. Your settings, the names of files and their sizes aren't either. While the app is open, "
    "whoever sits at your computer can read everything. What lay on the disk before may still be found with special "
    "tools for a while; an encrypted disk helps against that."
)
DEMO_TEXT = "You're looking at the demo. Leave it to encrypt your own answers."


def is_asked() -> bool:
    """Return whether nothing is shown before the passphrase was given; raises StoreError."""
    return not demo_mode.is_on() and not is_centre() and needs_passphrase()


def ask_if_needed() -> None:
    """Show the question for the passphrase alone, and end the page there, until it is answered; raises StoreError."""
    if not is_asked():
        return
    st.title("Your answers are locked", anchor=False)
    st.markdown("Type your passphrase to open them. They stay open until you stop the app.")
    with st.form("passphrase_form", border=False):
        typed = st.text_input("Passphrase", type="password", key="passphrase")
        is_sent = st.form_submit_button("Open", type="primary", key="open_answers")
    if is_sent:
        with show_errors():
            open_data(typed)
            st.session_state.pop("passphrase", None)
            st.rerun()
    st.caption("Without the passphrase nobody can read your answers, and nobody can bring it back.")
    st.stop()


def show_section() -> None:
    """Offer to switch encryption on, or off again, or to change the passphrase; raises StoreError."""
    done = st.session_state.pop(_DONE, None)
    if done is not None:
        for field in _FIELDS:
            st.session_state.pop(field, None)
        st.success(done)
    if demo_mode.is_on():
        st.markdown(DEMO_TEXT)
    elif is_encrypted():
        _show_change()
        _show_switch_off()
    else:
        _show_switch_on()


def _show_switch_on() -> None:
    st.markdown(OFF_TEXT)
    st.markdown(LOSS_TEXT)
    st.caption(LIMITS_TEXT)
    with st.form("encrypt_form", border=False):
        passphrase = st.text_input("Passphrase, a few words", type="password", key="encrypt_passphrase")
        again = st.text_input("The same once more", type="password", key="encrypt_again")
        is_sure = st.checkbox("I know that a lost passphrase means lost answers.", key="encrypt_sure")
        is_sent = st.form_submit_button("Encrypt everything", key="encrypt_all")
    if not is_sent:
        return
    if not is_sure:
        st.warning("Tick the box above first, so that this is no surprise later.")
        return
    with show_errors(), st.spinner("Encrypting everything…"):
        kept = get_user_store()
        wait_for_copies()
        encrypt_data(kept, passphrase, again)
        _finish("Everything is encrypted. The app asks for your passphrase the next time you start it.")


def _show_change() -> None:
    st.markdown("Your answers, recordings and notes are **encrypted**. Exports aren't.")
    with st.form("change_passphrase_form", border=False):
        old = st.text_input("Passphrase now", type="password", key="change_old")
        new = st.text_input("New passphrase", type="password", key="change_new")
        again = st.text_input("The new one once more", type="password", key="change_again")
        is_sent = st.form_submit_button("Change the passphrase", key="change_passphrase")
    if is_sent:
        with show_errors():
            give_new_passphrase(old, new, again)
            _finish("The new passphrase holds from now on. Older backups of the folder still open with the old one.")


def _show_switch_off() -> None:
    with st.form("decrypt_form", border=False):
        passphrase = st.text_input("Passphrase, to stop encrypting", type="password", key="decrypt_passphrase")
        is_sent = st.form_submit_button("Stop encrypting", key="decrypt_all")
    if is_sent:
        with show_errors(), st.spinner("Decrypting everything…"):
            kept = get_user_store()
            wait_for_copies()
            decrypt_data(kept, passphrase)
            _finish("Nothing is encrypted any more. Whoever can open this computer's files can read your answers.")


def _finish(sentence: str) -> None:
    reopen_store()
    st.cache_data.clear()
    st.session_state[_DONE] = sentence
    st.rerun()
