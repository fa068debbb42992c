"""The family of errors that are shown to the user."""


class AnswerAloudError(Exception):
    """Something went wrong that the user can act on; the text is one or two sentences: what happened, what to do."""


class RecordingError(AnswerAloudError):
    """The audio cannot be used: silent, too short, too long, damaged, or not a recording."""


class MicrophoneError(AnswerAloudError):
    """This machine's microphone cannot be used: no PortAudio, no device, device busy or gone."""


class WeightsError(AnswerAloudError):
    """The recogniser's weights are missing, damaged, or cannot be downloaded."""


class LanguageError(AnswerAloudError):
    """The answer is in a language that cannot be measured."""


class UnexpectedError(AnswerAloudError):
    """Something unforeseen failed, such as a changed library; speech/unexpected.py words it."""
