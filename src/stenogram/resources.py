"""Files: those that travel with the toolkit; reading with a limit; writing whole or not at all."""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from stenogram.errors import OutputError, StenogramError

_PACKAGE = Path(__file__).parent
SHIPPED = _PACKAGE if (_PACKAGE / "schema").is_dir() else _PACKAGE.parents[1]
"""The folder that holds ``schema/`` and ``transforms/``: the package, or the checkout."""

MAX_BYTES = 512 * 1024 * 1024
"""No received file, TEI file or configuration may be larger."""


def read_bytes(path: Path, wrong: type[StenogramError], *, limit: int = MAX_BYTES) -> bytes:
    """The bytes of an ordinary file, or an error of the kind ``wrong`` that says why not."""
    try:
        if path.is_dir():
            raise wrong(f"{path} is a folder; give the name of a file")
        if not path.exists():
            raise wrong(f"{path} does not exist; check the name and the folder you are in")
        if not path.is_file():
            raise wrong(f"{path} is a device or a pipe; give the name of a file")
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise wrong(f"{path} cannot be read: {error.strerror}") from error
    if len(data) > limit:
        raise wrong(f"{path} is larger than {limit // (1024 * 1024)} MB; split it into parts")
    return data


def sha256(data: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write several files so that a reader finds each old or new, never half written.

    All are first written beside their places, then moved: if anything goes wrong
    before the moving, nothing has changed. Files that hold these bytes already are
    left alone.
    """
    waiting: list[tuple[str, Path]] = []
    try:
        for path, data in sorted(files.items()):
            if path.is_file() and path.read_bytes() == data:
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            waiting.append((_write_beside(path, data), path))
        for temporary, path in waiting:
            Path(temporary).replace(path)
    except OSError as error:
        raise OutputError(
            f"{error.filename or 'A file'} cannot be written: {error.strerror}"
        ) from error
    finally:
        for temporary, _ in waiting:
            Path(temporary).unlink(missing_ok=True)


def _write_beside(path: Path, data: bytes) -> str:
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(handle)
    Path(temporary).chmod(0o644)
    return temporary
