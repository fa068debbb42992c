"""How the app starts: the command `answer-aloud`, and the settings of its server."""
