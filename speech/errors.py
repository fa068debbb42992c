"""The one family of errors that is told to the user."""


class AnswerAloudError(Exception):
    """Something went wrong that the user can act on; its text is one sentence or two: what happened, what to do."""


class RecordingError(AnswerAloudError):
    """The sound cannot be used: no sound in it, too short, too long, damaged, not a recording."""


class MicrophoneError(AnswerAloudError):
    """This machine's microphone cannot be used: no PortAudio, no device, device busy or gone."""


class WeightsError(AnswerAloudError):
    """The recogniser's weights are missing, damaged, or cannot be downloaded."""


class LanguageError(AnswerAloudError):
    """The speech is in a language the report is not made for."""


class UnexpectedError(AnswerAloudError):
    """Something that nobody foresaw failed, such as a library that has changed; speech/unexpected.py words it."""
