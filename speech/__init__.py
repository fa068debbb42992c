"""Sound to words: recordings, voice activity, and transcripts that keep what recognisers tidy away.

Nothing leaves this machine: the libraries below are told, before they are imported, to send no usage statistics.
"""

import os

from speech.asr.memory import limit_heaps

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # onnxruntime otherwise looks up its maker's host some seconds after import
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

limit_heaps()  # before the libraries below start threads; the server of the app has some before: tasks.py limits those
