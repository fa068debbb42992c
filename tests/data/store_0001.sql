BEGIN TRANSACTION;
CREATE TABLE answer_aloud_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT answer_aloud_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "answer_aloud_version" VALUES('0001');
CREATE TABLE attempts (
	id VARCHAR(32) NOT NULL, 
	session_id VARCHAR(32) NOT NULL, 
	question_id VARCHAR(200) NOT NULL, 
	question_text TEXT NOT NULL, 
	question_kind VARCHAR(32) NOT NULL, 
	take INTEGER NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	zone_offset INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	duration FLOAT NOT NULL, 
	clipped_share FLOAT NOT NULL, 
	damaged BOOLEAN NOT NULL, 
	keep_recording BOOLEAN NOT NULL, 
	has_recording BOOLEAN NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	failure TEXT, 
	model TEXT, 
	settings TEXT, 
	formula_version INTEGER, 
	answer_seconds FLOAT, 
	word_count INTEGER, 
	correction_count INTEGER NOT NULL, 
	measure_keys TEXT, 
	measure_numbers BLOB, 
	CONSTRAINT pk_attempts PRIMARY KEY (id), 
	CONSTRAINT fk_attempts_session_id_sessions FOREIGN KEY(session_id) REFERENCES sessions (id), 
	CONSTRAINT uq_attempts_question_id_take UNIQUE (question_id, take)
);
INSERT INTO "attempts" VALUES('0119881bf3ac4e5a8fc6ede753f7d552','9e34701f4eb341df8a70e3e58c3d6769','about-you','Tell me about “yourself”.','about_you',1,'2026-03-01 06:15:00.000000',20700,'answer','b2ed039422dd89864120e0eae88e78d215e682e997bdacf548ac7631eb7a9d9b',4.3,0.0,0,1,1,'done',NULL,'scripted','none',1,3.3,1,1,'filler_sounds,filler_words,filler_density,pause_rate,hedges;;filler_sounds,filler_words,filler_density,pause_rate,hedges',X'2FBAE8A28B2E32400000000000000000ABAAAAAAAAAA30402FBAE8A28B2E32400000000000000000000000000000F03F295C8FC2F528AC3F0000000000000000295C8FC2F528AC3F000000000000F03F7B14AE47E17A943F0000000000000000295C8FC2F528AC3F00000000000000007B14AE47E17A843F');
CREATE TABLE corrections (
	attempt_id VARCHAR(32) NOT NULL, 
	position INTEGER NOT NULL, 
	made_at DATETIME NOT NULL, 
	zone_offset INTEGER NOT NULL, 
	action VARCHAR(32) NOT NULL, 
	start_seconds FLOAT NOT NULL, 
	end_seconds FLOAT NOT NULL, 
	text_before TEXT, 
	text_after TEXT, 
	CONSTRAINT pk_corrections PRIMARY KEY (attempt_id, position), 
	CONSTRAINT fk_corrections_attempt_id_attempts FOREIGN KEY(attempt_id) REFERENCES attempts (id) ON DELETE CASCADE
);
INSERT INTO "corrections" VALUES('0119881bf3ac4e5a8fc6ede753f7d552',0,'2026-11-22 08:19:48.853409',0,'remove_filler',1.1,1.4,'um',NULL);
CREATE TABLE notes (
	id VARCHAR(32) NOT NULL, 
	attempt_id VARCHAR(32) NOT NULL, 
	written_at DATETIME NOT NULL, 
	zone_offset INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_notes PRIMARY KEY (id), 
	CONSTRAINT fk_notes_attempt_id_attempts FOREIGN KEY(attempt_id) REFERENCES attempts (id) ON DELETE CASCADE
);
INSERT INTO "notes" VALUES('0bb56042ffa247f18f0730802efcec7e','0119881bf3ac4e5a8fc6ede753f7d552','2026-11-22 08:19:48.860950',0,'Slower.');
CREATE TABLE results (
	attempt_id VARCHAR(32) NOT NULL, 
	transcript TEXT NOT NULL, 
	report TEXT NOT NULL, 
	corrected_report TEXT, 
	CONSTRAINT pk_results PRIMARY KEY (attempt_id), 
	CONSTRAINT fk_results_attempt_id_attempts FOREIGN KEY(attempt_id) REFERENCES attempts (id) ON DELETE CASCADE
);
INSERT INTO "results" VALUES('0119881bf3ac4e5a8fc6ede753f7d552','{"words": [], "possible_fillers": [], "voice": [], "duration": 5.0, "language": "en", "model": "scripted", "settings": "none"}','{"schema_version": 1, "formula_version": 1, "model": "scripted", "settings": "none", "name": "answer", "digest": "b2ed039422dd89864120e0eae88e78d215e682e997bdacf548ac7631eb7a9d9b", "duration": 4.3, "response": {"start": 0.5, "end": 3.8}, "question": {"id": "about-you", "text": "Tell me about \u201cyourself\u201d.", "kind": "about_you"}, "quality": [{"key": "little_speech", "text": "There are only 1.8 s of speech, too little for rates to mean much. Answer in a few sentences."}], "strength": {"measure": "answer_length", "text": "An answer is there to build on. The answer lasted 3.3 s, from the first to the last sound of the voice.", "target": null, "side": null}, "next_step": {"measure": "little_speech", "text": "There are only 1.8 s of speech, too little for rates to mean much. Answer in a few sentences.", "target": "an answer of at least 20 s", "side": null}, "groups": [], "measures": [{"key": "filler_sounds", "label": "Filler sounds", "unit": "per min", "decimals": 1, "value": 18.181818181818183, "verdict": "act", "side": "above", "detail": "1 filler sound heard in 3.3 s: um.", "band": {"fine": [null, 5], "watch": [null, 11.999999999999998], "source": {"name": "Laske & DiGennaro Reed 2024", "says": "Of talks with 0, 2, 5 and 12 fillers a minute, up to 5 did no harm and 12 did; sounds hurt more than words.", "is_evidence": true}}, "interval": [0.4603237815325426, 101.30260710797995], "moments": [{"start": 1.1, "end": 1.4000000000000001}], "definition": "How many sounds such as um, uh and er were heard in a minute. On real recordings with known truth about one in six was not heard, so the true number may be a little higher.", "formula": "60 F_s / T_resp", "source": {"name": "Laske & DiGennaro Reed 2024", "says": "Of talks with 0, 2, 5 and 12 fillers a minute, up to 5 did no harm and 12 did; sounds hurt more than words.", "is_evidence": true}}, {"key": "filler_words", "label": "Filler words", "unit": "per min", "decimals": 1, "value": 0.0, "verdict": "fine", "side": "inside", "detail": "No filler words heard in 3.3 s.", "band": {"fine": [null, 5], "watch": [null, 11.999999999999998], "source": {"name": "Laske & DiGennaro Reed 2024", "says": "Of talks with 0, 2, 5 and 12 fillers a minute, up to 5 did no harm and 12 did; sounds hurt more than words.", "is_evidence": true}}, "interval": [0.0, 67.07053552934427], "moments": [], "definition": "How many words such as like, so or you know were heard in a minute, counted only where they fill and mean nothing.", "formula": "60 F_w / T_resp", "source": {"name": "Laske & DiGennaro Reed 2024", "says": "Of talks with 0, 2, 5 and 12 fillers a minute, up to 5 did no harm and 12 did; sounds hurt more than words.", "is_evidence": true}}, {"key": "filler_density", "label": "Filler density", "unit": "per 100 words", "decimals": 1, "value": 16.666666666666668, "verdict": "watch", "side": "above", "detail": "16.7 of every 100 things said were fillers.", "band": {"fine": [null, 3.9999999999999996], "watch": [null, null], "source": {"name": "Read AI", "says": "A coaching tool advises fewer than 4 fillers in 100 words.", "is_evidence": false}}, "interval": null, "moments": [{"start": 1.1, "end": 1.4000000000000001}], "definition": "How many of every 100 things you said were filler sounds or filler words.", "formula": "100 (F_s + F_w) / (W + F_s + F_w), W here without the filler words", "source": {"name": "Read AI", "says": "A coaching tool advises fewer than 4 fillers in 100 words.", "is_evidence": false}}, {"key": "pause_rate", "label": "Pause rate", "unit": "per min", "decimals": 1, "value": 18.181818181818183, "verdict": "info", "side": null, "detail": "1 pause in 3.3 s of answer.", "band": null, "interval": [0.4603237815325426, 101.30260710797995], "moments": [], "definition": "How many silent pauses you made in a minute.", "formula": "60 P / T_resp", "source": {"name": "Definition", "says": "The number follows from its name and formula.", "is_evidence": false}}, {"key": "hedges", "label": "Hedges", "unit": "per 100 words", "decimals": 1, "value": 0.0, "verdict": "info", "side": null, "detail": "No softening words or phrases in 5 words.", "band": null, "interval": [0.0, 73.7775890822787], "moments": [], "definition": "How many words such as maybe or I guess soften every 100 words. Some are honest: I think can be the right thing to say.", "formula": "100 hedges / W", "source": {"name": "Common practice", "says": "Speech coaches count it this way; no norm for interviews is known.", "is_evidence": false}}], "words": [{"text": "I", "start": 0.5, "end": 0.8, "probability": 0.9, "kind": "word"}], "possible_fillers": [], "pauses": [], "pace": []}','{"schema_version": 1, "formula_version": 1, "model": "scripted", "settings": "none", "name": "answer", "digest": "b2ed039422dd89864120e0eae88e78d215e682e997bdacf548ac7631eb7a9d9b", "duration": 4.3, "response": {"start": 0.5, "end": 3.8}, "question": {"id": "about-you", "text": "Tell me about \u201cyourself\u201d.", "kind": "about_you"}, "quality": [{"key": "little_speech", "text": "There are only 1.8 s of speech, too little for rates to mean much. Answer in a few sentences."}], "strength": {"measure": "answer_length", "text": "An answer is there to build on. The answer lasted 3.3 s, from the first to the last sound of the voice.", "target": null, "side": null}, "next_step": {"measure": "little_speech", "text": "There are only 1.8 s of speech, too little for rates to mean much. Answer in a few sentences.", "target": "an answer of at least 20 s", "side": null}, "groups": [], "measures": [{"key": "filler_sounds", "label": "Filler sounds", "unit": "per min", "decimals": 1, "value": 18.181818181818183, "verdict": "act", "side": "above", "detail": "1 filler sound heard in 3.3 s: um.", "band": {"fine": [null, 5], "watch": [null, 11.999999999999998], "source": {"name": "Laske & DiGennaro Reed 2024", "says": "Of talks with 0, 2, 5 and 12 fillers a minute, up to 5 did no harm and 12 did; sounds hurt more than words.", "is_evidence": true}}, "interval": [0.4603237815325426, 101.30260710797995], "moments": [{"start": 1.1, "end": 1.4000000000000001}], "definition": "How many sounds such as um, uh and er were heard in a minute. On real recordings with known truth about one in six was not heard, so the true number may be a little higher.", "formula": "60 F_s / T_resp", "source": {"name": "Laske & DiGennaro Reed 2024", "says": "Of talks with 0, 2, 5 and 12 fillers a minute, up to 5 did no harm and 12 did; sounds hurt more than words.", "is_evidence": true}}, {"key": "filler_words", "label": "Filler words", "unit": "per min", "decimals": 1, "value": 0.0, "verdict": "fine", "side": "inside", "detail": "No filler words heard in 3.3 s.", "band": {"fine": [null, 5], "watch": [null, 11.999999999999998], "source": {"name": "Laske & DiGennaro Reed 2024", "says": "Of talks with 0, 2, 5 and 12 fillers a minute, up to 5 did no harm and 12 did; sounds hurt more than words.", "is_evidence": true}}, "interval": [0.0, 67.07053552934427], "moments": [], "definition": "How many words such as like, so or you know were heard in a minute, counted only where they fill and mean nothing.", "formula": "60 F_w / T_resp", "source": {"name": "Laske & DiGennaro Reed 2024", "says": "Of talks with 0, 2, 5 and 12 fillers a minute, up to 5 did no harm and 12 did; sounds hurt more than words.", "is_evidence": true}}, {"key": "filler_density", "label": "Filler density", "unit": "per 100 words", "decimals": 1, "value": 16.666666666666668, "verdict": "watch", "side": "above", "detail": "16.7 of every 100 things said were fillers.", "band": {"fine": [null, 3.9999999999999996], "watch": [null, null], "source": {"name": "Read AI", "says": "A coaching tool advises fewer than 4 fillers in 100 words.", "is_evidence": false}}, "interval": null, "moments": [{"start": 1.1, "end": 1.4000000000000001}], "definition": "How many of every 100 things you said were filler sounds or filler words.", "formula": "100 (F_s + F_w) / (W + F_s + F_w), W here without the filler words", "source": {"name": "Read AI", "says": "A coaching tool advises fewer than 4 fillers in 100 words.", "is_evidence": false}}, {"key": "pause_rate", "label": "Pause rate", "unit": "per min", "decimals": 1, "value": 18.181818181818183, "verdict": "info", "side": null, "detail": "1 pause in 3.3 s of answer.", "band": null, "interval": [0.4603237815325426, 101.30260710797995], "moments": [], "definition": "How many silent pauses you made in a minute.", "formula": "60 P / T_resp", "source": {"name": "Definition", "says": "The number follows from its name and formula.", "is_evidence": false}}, {"key": "hedges", "label": "Hedges", "unit": "per 100 words", "decimals": 1, "value": 0.0, "verdict": "info", "side": null, "detail": "No softening words or phrases in 5 words.", "band": null, "interval": [0.0, 73.7775890822787], "moments": [], "definition": "How many words such as maybe or I guess soften every 100 words. Some are honest: I think can be the right thing to say.", "formula": "100 hedges / W", "source": {"name": "Common practice", "says": "Speech coaches count it this way; no norm for interviews is known.", "is_evidence": false}}], "words": [{"text": "I", "start": 0.5, "end": 0.8, "probability": 0.9, "kind": "word"}], "possible_fillers": [], "pauses": [], "pace": []}');
CREATE TABLE sessions (
	id VARCHAR(32) NOT NULL, 
	started_at DATETIME NOT NULL, 
	zone_offset INTEGER NOT NULL, 
	CONSTRAINT pk_sessions PRIMARY KEY (id)
);
INSERT INTO "sessions" VALUES('9e34701f4eb341df8a70e3e58c3d6769','2026-03-01 06:15:00.000000',20700);
CREATE INDEX ix_attempts_session_id ON attempts (session_id);
CREATE INDEX ix_attempts_recorded_at ON attempts (recorded_at);
CREATE INDEX ix_attempts_digest ON attempts (digest);
CREATE INDEX ix_attempts_state ON attempts (state);
CREATE INDEX ix_notes_attempt_id ON notes (attempt_id);
COMMIT;
