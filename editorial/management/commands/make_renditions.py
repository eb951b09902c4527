from django.core.files.storage import default_storage
from django.core.management import BaseCommand

from editorial.models import Picture
from editorial.pictures import BROKEN
from editorial.renditions import remove_after_commit


class Command(BaseCommand):
    help = "Makes the sizes in which pictures are sent to visitors, as every upload does: after an import, or anew."

    def add_arguments(self, parser):
        parser.add_argument("--missing", action="store_true", help="only of pictures that have none, or lost some")

    def handle(self, missing, **options):
        made = failed = 0
        for picture in Picture.objects.lean().iterator():
            if missing and self.is_complete(picture):
                continue
            try:
                self.make(picture)
                made += 1
            except BROKEN as error:
                self.stderr.write(f"{picture.file.name}: {error}")
                failed += 1
        self.stdout.write(
            f"Pictures with new renditions: {made}; without, because their files can't be read: {failed}."
        )

    def is_complete(self, picture):
        return picture.renditions and all(map(default_storage.exists, picture.rendition_names))

    def make(self, picture):
        former = picture.rendition_names
        picture.make_renditions()
        remove_after_commit(default_storage, former)
