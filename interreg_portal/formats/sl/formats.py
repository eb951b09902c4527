"""Slovenian moments. Django puts a full stop between the year and the hour."""

DATETIME_FORMAT = "j. F Y, H:i"
SHORT_DATETIME_FORMAT = "j. n. Y H:i"
