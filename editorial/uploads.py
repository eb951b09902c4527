from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedUpload(TemporaryFileUploadHandler):
    """
    Keeps no more of a huge upload on disk than shows that it is too large, and counts the rest.

    The request is read to its end, so that the form can say so beside the field and everything typed is still there.
    """

    def receive_data_chunk(self, raw_data, start):
        if start <= max(settings.PICTURE_BYTES, settings.DOCUMENT_BYTES, settings.IMPORT_BYTES):
            super().receive_data_chunk(raw_data, start)
