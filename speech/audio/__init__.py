"""Audio input and output: decoding, encoding, the microphone, and signal processing."""
