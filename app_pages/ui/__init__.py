"""Code that all pages share: links, errors, wording, theme, and the state of forms."""
