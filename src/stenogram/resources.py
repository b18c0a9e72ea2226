"""Files: those that travel with the toolkit; reading with a limit; writing whole or not at all."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from stenogram.errors import OutputError, StenogramError

_PACKAGE = Path(__file__).parent
SHIPPED = _PACKAGE if (_PACKAGE / "schema").is_dir() else _PACKAGE.parents[1]
"""The folder that holds ``schema/`` and ``transforms/``: the package, or the checkout."""

MAX_BYTES = 512 * 1024 * 1024
"""No received file, TEI file or configuration may be larger."""
_UNFINISHED = ".unfinished"
"""Ending of a file that is being written."""


def read_bytes(path: Path, wrong: type[StenogramError], *, limit: int = MAX_BYTES) -> bytes:
    """The bytes of an ordinary file, or an error of the kind ``wrong`` that says why not."""
    too_large = wrong(f"{path} is larger than {limit // (1024 * 1024)} MB; split it into parts")
    try:
        if path.is_dir():
            raise wrong(f"{path} is a folder; give the name of a file")
        if not path.exists():
            raise wrong(f"{path} does not exist; check the name and the folder you are in")
        if not path.is_file():
            raise wrong(f"{path} is a device or a pipe; give the name of a file")
        if path.stat().st_size > limit:
            raise too_large
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise wrong(f"{path} cannot be read: {error.strerror}") from error
    if len(data) > limit:
        raise too_large
    return data


def sha256(data: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write several files so that a reader finds each old or new, never half written.

    All are first written beside their places, then moved: if anything goes wrong
    before the moving, nothing has changed. Files that hold these bytes already are
    left alone. Raises ``OutputError`` naming the file that cannot be written.
    """
    changed = {path: data for path, data in sorted(files.items()) if not _holds(path, data)}
    _remove_unfinished({path.parent for path in files})
    waiting: dict[Path, Path] = {}
    path = Path()
    try:
        for path, data in changed.items():
            if path.is_dir():
                raise OutputError(f"{path} is a folder, but a file must be written there; move it")
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(f".{path.name}{_UNFINISHED}", ".", path.parent)
            waiting[path] = Path(name)
            _write(handle, data)
            waiting[path].chmod(0o644)
        for path, unfinished in waiting.items():
            unfinished.replace(path)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        for unfinished in waiting.values():
            unfinished.unlink(missing_ok=True)


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def _remove_unfinished(folders: Iterable[Path]) -> None:
    """Remove what a run that was killed has left behind."""
    for folder in folders:
        for path in folder.glob(f".*{_UNFINISHED}"):
            path.unlink(missing_ok=True)


def _write(handle: int, data: bytes) -> None:
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(handle)
