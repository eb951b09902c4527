from projects.admin import amendments, consortium, documents, phases, projects, vocabularies

__all__ = ["amendments", "consortium", "documents", "phases", "projects", "vocabularies"]
