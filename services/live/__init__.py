"""From the first word on: sound that streams in, recognised while it does, and the report as the speaker stops."""
