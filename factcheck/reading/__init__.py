"""Texts in any of the languages as figures and words of the field, without knowing what is recorded."""
