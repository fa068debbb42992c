"""Stress of what reads files: values nearly right, made by mutation."""
