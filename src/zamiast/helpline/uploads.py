"""How the desk takes a file: in memory, and not one byte more than a document may have."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from zamiast.helpline.models import LARGEST_DOCUMENT


class InMemory(FileUploadHandler):
    """Keeps a file in memory; of what is too large it keeps nothing but that it was."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.kept = io.BytesIO()
        self.is_too_large = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a piece, and let go of everything once it is too much."""
        if start + len(raw_data) > LARGEST_DOCUMENT:
            self.kept, self.is_too_large = io.BytesIO(), True
        elif not self.is_too_large:
            self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[Any]:
        """The file; one that was too large is empty and says its size."""
        self.kept.seek(0)
        return InMemoryUploadedFile(
            file=self.kept, field_name=self.field_name, name=self.file_name or "",
            content_type=self.content_type, size=file_size, charset=self.charset,
        )  # fmt: skip
