from projects.admin import consortium, documents, phases, projects, vocabularies

__all__ = ["consortium", "documents", "phases", "projects", "vocabularies"]
