from django.conf import settings
from django.utils import translation


class InterfaceLanguage:
    """Speaks to those who work in the back office in the language they chose; public pages keep their address's."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/admin/") and request.user.is_authenticated:
            language = request.user.interface_language
            if language in dict(settings.LANGUAGES):
                translation.activate(language)
                request.LANGUAGE_CODE = language
        return self.get_response(request)
