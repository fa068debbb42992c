"""Sound in and out: files of any format, the microphone, and the filters for both."""
