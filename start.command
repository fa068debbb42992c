#!/bin/sh
# For a double click on macOS: does what `python3 tasks.py run` does, and keeps the window open when it fails.
cd "$(dirname "$0")" || exit 1

wait_for_enter() {
    printf '\nPress Enter to close this window. '
    read -r _
}

for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$name" -c "" 2> /dev/null; then
        "$name" tasks.py run
        status=$?
        [ "$status" -eq 0 ] || wait_for_enter
        exit "$status"
    fi
done
echo "Answer Aloud needs Python, and there is none on this computer."
echo "Install Python 3.13 from python.org, then double-click this file again."
wait_for_enter
exit 1
