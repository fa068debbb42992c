"""Bringing back what Whisper tidies away: filler sounds, repetitions, and speech that it skipped.

Speech comes in chunks that end at pauses (speech/live), each recognised on its own. Steps, each of which can be
switched off to see what it earns: rumble taken away and one level for all, a fundamental brought back, breaths taken
out of the voice, a prompt that shows fillers being written down, a greedy decoding that tells how near a filler was
and, where that leaves a doubt, a search for the words, loops removed, one filler for a filler heard twice, belief
weighed against sound, sounds in a row told apart, other prompts where the words do not explain the voice, and a second
decoding of voiced stretches that no word covers. `python -m tests.benchmark truth --ablation` switches off one after
the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

from speech.asr.chunking import MAX_CHUNK_SECONDS, split_at_silence
from speech.asr.coverage import find_uncovered_speech, is_short_and_faint, measure_speech_coverage, snap_to_speech
from speech.asr.hypotheses import (
    MAX_DOUBLED_GAP_SECONDS,
    MIN_WORD_SECONDS,
    drop_unspoken,
    has_repetition_loop,
    merge_doubled_fillers,
    merge_hypotheses,
    write_units_once,
)
from speech.asr.language import find_language_change
from speech.asr.whisper_model import AlignedWord, EncodedChunk, Hypothesis, WhisperRecogniser
from speech.audio.recording import Recording
from speech.fillers.candidates import find_candidates
from speech.fillers.filled_pauses import FALLBACK_PROMPTS, VERBATIM_PROMPT, find_filled_pauses
from speech.fillers.fusion import score_fillers
from speech.fillers.laughter import drop_laughter
from speech.fillers.scorer import FillerScorer
from speech.live.chunks import Chunk, ChunkCutter
from speech.live.cut_rule import RULE, CutRule
from speech.live.recogniser import Heard, recognise
from speech.segment import Segment
from speech.transcript import Progress, Transcript, Word, WordKind, ignore_progress
from speech.vad.detector import merge_segments, place_voice

MIN_UNCOVERED_SECONDS = 0.45  # s of voice without a word before it is decoded again
MIN_DOUBTFUL_SECONDS = 0.9  # s of voice without a word before a piece is searched for its words
MIN_SPEECH_COVERAGE = (
    0.5  # share of a piece's voice that its words explain; less, and it is decoded with another prompt
)
MIN_MEAN_LOG_PROBABILITY = -0.9  # mean log probability of a token; below, the decoder was guessing
MIN_CERTAIN_LOG_PROBABILITY = -0.6  # mean of a token; below, the greedy decoding may have taken the wrong way
MIN_ISOLATED_WORD_PROBABILITY = 0.4  # probability from which a word that was heard only in isolation is kept


@dataclass(frozen=True)
class Options:
    """Settings of verbatim recovery; the defaults are what the app runs and the benchmark measures."""

    prompt: str | None = VERBATIM_PROMPT
    cut: CutRule = RULE
    longest_piece: float = MAX_CHUNK_SECONDS  # s
    beam: int = 5  # beginnings that the search for words keeps at once; 1: no search
    search_in_doubt: bool = True  # only where the greedy decoding leaves a doubt; False: everywhere
    doubt_from: float = MIN_DOUBTFUL_SECONDS  # s of voice without a word that are a doubt
    condition: bool = True
    restore_fundamental: bool = True
    drop_breaths: bool = True
    count_from: float = 0.5  # probability from which a filler sound is counted: as likely as not
    offer_from: float = 0.12  # probability from which it is offered as possible
    drop_unsaid: bool = True
    merge_doubled: bool = True
    weigh_sound: bool = True
    tell_sounds_apart: bool = True
    drop_laughter: bool = True
    retry: bool = True
    other_prompts: tuple[str | None, ...] = FALLBACK_PROMPTS
    recover_uncovered: bool = True
    skip_faint: bool = True

    def __str__(self) -> str:
        steps = [step.name for step in fields(self) if getattr(self, step.name) is True]
        prompted = "prompted" if self.prompt else "unprompted"
        searched = f"search of {self.beam}" if self.beam > 1 else "greedy"
        return f"{prompted}, {self.cut}, pieces of {self.longest_piece:g} s, {searched}, {', '.join(steps)}"


@dataclass(frozen=True)
class VerbatimTranscriber:
    """A Transcriber that keeps hesitations.

    Attributes:
        recogniser: Decodes the chunks.
        options: Settings of verbatim recovery.
        listener: Detects the language if the recogniser knows only English; None for no detection.
        scorer: Finds filled pauses that the decoder does not write; None for none.
        language: "en" to skip language detection; None to detect it.
    """

    recogniser: WhisperRecogniser
    options: Options = Options()
    listener: WhisperRecogniser | None = None
    scorer: FillerScorer | None = None
    language: str | None = None

    def __call__(self, recording: Recording, on_progress: Progress = ignore_progress) -> Transcript:
        """Transcribe a whole recording; raises LanguageError when it is clearly not English.

        It is heard as it would have been while it was being made.
        """
        return recognise(self, recording, on_progress)

    @property
    def parallel(self) -> int:
        """How many chunks can be heard side by side."""
        return self.recogniser.parallel

    def cutter(self) -> ChunkCutter:
        """Return what cuts the sound of one recording into the chunks that `transcribe_chunk` takes."""
        options = self.options
        return ChunkCutter(options.cut, condition=options.condition, restore_fundamental=options.restore_fundamental)

    def transcribe_chunk(self, chunk: Chunk, *, wants_language: bool = True) -> Heard:
        """Recognise one chunk on its own."""
        recording = chunk.recording
        voice = place_voice(recording, chunk.probabilities, self.options.drop_breaths)
        words: list[Word] = []
        languages: list[tuple[float, float, Mapping[str, float]]] = []
        # A listener beside the recogniser would cost too much to ask all the time.
        wants_language |= self.recogniser.is_multilingual and self.language is None
        for piece in split_at_silence(recording, voice, self.options.longest_piece):
            found, probabilities = self._recognise_chunk(recording, voice, piece, wants_language)
            words.extend(found)
            languages.append((chunk.start + piece.start, piece.duration, probabilities))
        return Heard(
            words=tuple(_later(word, chunk.start) for word in words),
            voice=tuple(Segment(span.start + chunk.start, span.end + chunk.start) for span in voice),
            languages=tuple(languages),
            end=chunk.start + recording.duration,
        )

    def compose(self, chunks: Sequence[Heard], duration: float) -> Transcript:
        """Return what was heard in all chunks of a recording of so many seconds."""
        words = sorted((word for chunk in chunks for word in chunk.words), key=lambda word: (word.start, word.end))
        counted = tuple(word for word in words if not self._is_doubtful(word))
        voice = [span for chunk in chunks for span in chunk.voice]
        return Transcript(
            words=counted,
            possible_fillers=tuple(word for word in words if self._is_doubtful(word) and self._is_offered(word)),
            voice=merge_segments((*voice, *(word.span for word in counted if word.kind is WordKind.FILLED_PAUSE))),
            duration=duration,
            language="en" if words else None,
            model=self.recogniser.name,
            settings=str(self.options),
            language_change=find_language_change(told for chunk in chunks for told in chunk.languages),
        )

    def _is_doubtful(self, word: Word) -> bool:
        return word.kind is WordKind.FILLED_PAUSE and word.probability < self.options.count_from

    def _is_offered(self, word: Word) -> bool:
        return word.probability >= self.options.offer_from

    def _recognise_chunk(
        self, recording: Recording, voice: tuple[Segment, ...], piece: Segment, wants_language: bool
    ) -> tuple[tuple[Word, ...], Mapping[str, float]]:
        window = self.recogniser.encode(recording.cut(piece))
        languages = self._detect_languages(recording, piece, window) if wants_language else {}
        words, is_believed = self._decode_with_fallbacks(voice, piece, window)
        if self.options.recover_uncovered:
            for hole in find_uncovered_speech(words, voice, piece, MIN_UNCOVERED_SECONDS):
                if self.options.skip_faint and is_short_and_faint(recording, voice, hole, piece):
                    continue
                words = [*words, *self._recognise_uncovered(recording, voice, hole, words)]
        words = write_units_once(sorted(words, key=lambda word: (word.start, word.end)))
        if self.options.merge_doubled:
            words = merge_doubled_fillers(words)
        if self.scorer is not None and self.options.weigh_sound:
            scores = self.scorer.score_frames(window.encoded, window.frames)
            sounds = find_candidates(recording, scores, piece) if self.options.tell_sounds_apart else ()
            # Where the decoder was guessing, a voice without words may be anybody's "oh".
            words = score_fillers(words, voice if is_believed else (), sounds, self.scorer, scores, piece)
        if self.options.drop_laughter:
            words = drop_laughter(words, recording)
        return tuple(words), languages

    def _detect_languages(self, recording: Recording, piece: Segment, window: EncodedChunk) -> Mapping[str, float]:
        """Return the probability of each language, from the recogniser or, if it knows only English, the listener."""
        if self.recogniser.is_multilingual:
            return self.recogniser.detect_languages(window)
        if self.listener is not None:
            return self.listener.detect_languages(self.listener.encode(recording.cut(piece)))
        return {}

    def _decode_with_fallbacks(
        self, voice: tuple[Segment, ...], piece: Segment, window: EncodedChunk
    ) -> tuple[list[Word], bool]:
        """Decode with one prompt after the other until the words cover the speech; else return the best coverage.

        Returns:
            The words, and whether the decoder was confident of them.
        """
        attempts: list[tuple[float, list[Word], bool]] = []
        for prompt in (self.options.prompt, *(self.options.other_prompts if self.options.retry else ())):
            words, mean_log_probability = self._decode(voice, piece, window, prompt)
            share = measure_speech_coverage(words, voice, piece)
            is_believed = mean_log_probability >= MIN_MEAN_LOG_PROBABILITY
            if share >= MIN_SPEECH_COVERAGE and is_believed:
                return words, True
            attempts.append((share, words, is_believed))
        _, words, is_believed = max(attempts, key=lambda attempt: attempt[0])
        return words, is_believed

    def _recognise_uncovered(
        self, recording: Recording, voice: tuple[Segment, ...], hole: Segment, known: Sequence[Word]
    ) -> list[Word]:
        """Decode a gap between words on its own; filled pauses that are known already are left out."""
        window = self.recogniser.encode(recording.cut(hole))
        words, mean_log_probability = self._decode(voice, hole, window, self.options.prompt, may_search=False)
        if mean_log_probability < MIN_MEAN_LOG_PROBABILITY:
            return []
        return [
            word
            for word in words
            if word.probability >= MIN_ISOLATED_WORD_PROBABILITY
            and word.end - word.start >= MIN_WORD_SECONDS
            and hole.start <= word.start
            and word.end <= hole.end
            and not (word.kind is WordKind.FILLED_PAUSE and _is_near_filler(word, known))
        ]

    def _decode(
        self,
        voice: tuple[Segment, ...],
        piece: Segment,
        window: EncodedChunk,
        prompt: str | None,
        *,
        may_search: bool = True,
    ) -> tuple[list[Word], float]:
        decoded = self.recogniser.decode(window, prompt)
        words = self._place(decoded, voice, piece, window)
        wanted = not self.options.search_in_doubt or _leaves_doubt(
            decoded, words, voice, piece, self.options.doubt_from
        )
        if self.options.beam > 1 and may_search and wanted:
            searched = self.recogniser.search(window, prompt, self.options.beam)
            # A search that loops where the greedy decoding does not has lost the voice; who repeats is heard in both.
            if not has_repetition_loop(searched.tokens) or has_repetition_loop(decoded.tokens):
                decoded = merge_hypotheses(searched, decoded, self.recogniser.filler_tokens)
                words = self._place(decoded, voice, piece, window)
        return words, decoded.mean_log_probability

    def _place(
        self, decoded: Hypothesis, voice: tuple[Segment, ...], piece: Segment, window: EncodedChunk
    ) -> list[Word]:
        """Return the words of a hypothesis at their times."""
        tokens, beliefs = self._insert_likely_fillers(decoded)
        heard = self.recogniser.align(window, tokens)
        if self.options.drop_unsaid:
            heard = drop_unspoken(heard)
        are_fillers = find_filled_pauses([word.text.strip() for word in heard])
        return [
            snap_to_speech(_make_word(word, is_filler, beliefs, piece), voice, piece.end)
            for word, is_filler in zip(heard, are_fillers, strict=True)
        ]

    def _insert_likely_fillers(self, decoded: Hypothesis) -> tuple[tuple[int, ...], tuple[float, ...]]:
        """Insert a filled pause where the decoder nearly wrote one; the aligner tells whether there was time for it.

        Returns:
            Tokens, and the filler probability of each.
        """
        tokens: list[int] = []
        beliefs: list[float] = []
        is_filler = [token in self.recogniser.filler_tokens for token in decoded.tokens]
        for place, (token, belief) in enumerate(zip(decoded.tokens, decoded.filler_probabilities, strict=True)):
            beside = any(is_filler[max(place - 2, 0) : place + 3])
            if belief >= self.options.offer_from and not beside:
                tokens.append(self.recogniser.filler_token)
                beliefs.append(belief)
            tokens.append(token)
            beliefs.append(belief)
        return tuple(tokens), tuple(beliefs)


def _leaves_doubt(
    decoded: Hypothesis, words: Sequence[Word], voice: tuple[Segment, ...], piece: Segment, doubt_from: float
) -> bool:
    """Return whether a greedy decoding was guessing, went round in circles or left voice without words."""
    return (
        decoded.mean_log_probability < MIN_CERTAIN_LOG_PROBABILITY
        or has_repetition_loop(decoded.tokens)
        or bool(find_uncovered_speech(words, voice, piece, doubt_from))
    )


def _later(word: Word, seconds: float) -> Word:
    return replace(word, start=word.start + seconds, end=word.end + seconds)


def _make_word(heard: AlignedWord, is_filler: bool, beliefs: tuple[float, ...], piece: Segment) -> Word:
    probability = beliefs[heard.first_token] if is_filler else heard.probability
    return Word(
        text=heard.text.strip(),
        start=min(piece.start + heard.start, piece.end),
        end=min(piece.start + heard.end, piece.end),
        probability=min(max(probability, 0.0), 1.0),
        kind=WordKind.FILLED_PAUSE if is_filler else WordKind.WORD,
    )


def _is_near_filler(word: Word, known: Sequence[Word]) -> bool:
    return any(
        other.kind is WordKind.FILLED_PAUSE
        and other.start - MAX_DOUBLED_GAP_SECONDS < word.end
        and other.end + MAX_DOUBLED_GAP_SECONDS > word.start
        for other in known
    )
