"""Bulgarian in figures: Django writes its months with a capital, and a day with a time as America does."""

DATE_FORMAT = "d.m.Y г."
DATETIME_FORMAT = "d.m.Y г., H:i"
SHORT_DATETIME_FORMAT = "d.m.Y H:i"
