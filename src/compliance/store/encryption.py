"""Encryption at rest: the key, and the column type that nothing readable passes through."""

import os
import re
import stat
import uuid
import zlib
from pathlib import Path
from typing import Any

import orjson
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

from compliance.model.errors import StoreError

_OPEN_TO_OTHERS = stat.S_IRWXO | stat.S_IWGRP  # a group may be allowed to read: secrets are mounted that way


def load_key(path: Path) -> MultiFernet:
    """Read the key file, creating it (mode 0600) when missing; processes that start together get the same key.

    The file holds one key a line: the first encrypts, all decrypt, so a key is changed by putting a new
    line on top. Raises StoreError when the file cannot be read or made, is malformed, or is open to others.
    """
    try:
        if not path.exists():
            _create(path)
        text = _read(path)
    except OSError as error:
        raise StoreError(
            f"密钥文件不能读取或建立（{error.strerror}）",
            place=str(path),
            remedy="请检查文件夹与文件的权限，或改用设置项给出密钥",
        ) from error
    return parse_key(text, place=str(path))


def parse_key(text: str, *, place: str = "密钥设置") -> MultiFernet:
    """Keys separated by white space or commas, newest first. Raises StoreError; the keys are never shown."""
    keys = [key for key in re.split(r"[\s,]+", text) if key]
    if not keys:
        raise StoreError("没有密钥", place=place, remedy="请填入原来的密钥；若还没有任何记录，删去它会自动生成一把")
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError:
        problem = "密钥格式不对"
    raise StoreError(problem, place=place, remedy="每把密钥应是 32 个字节的 URL 安全 base64，共 44 个字符")


def _create(path: Path) -> None:
    # A link appears whole or not at all and never replaces a file, so no process can read half a key or overwrite one.
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(Fernet.generate_key() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first: its key is the key
    finally:
        draft.unlink(missing_ok=True)


def _read(path: Path) -> str:
    with path.open("rb") as file:
        mode = os.fstat(file.fileno()).st_mode
        if os.name == "posix" and mode & _OPEN_TO_OTHERS:
            raise StoreError(
                f"密钥文件的权限是 {stat.S_IMODE(mode):04o}，其他用户可以读取或改动",
                place=str(path),
                remedy=f"请运行 chmod 600 {path}",
            )
        return file.read().decode("latin-1")


class EncryptedJson(TypeDecorator[dict[str, Any]]):
    """A JSON object, stored as an authenticated Fernet token of its compressed bytes.

    The table declares it without a cipher, and then it refuses to work: a statement has to bring
    the store's own `EncryptedJson(cipher)`, so nothing can be written unencrypted by oversight.
    """

    impl = LargeBinary
    cache_ok = True

    def __init__(self, cipher: MultiFernet | None = None) -> None:
        self.cipher = cipher
        super().__init__()

    def process_bind_param(self, value: dict[str, Any] | None, _dialect: Dialect) -> bytes | None:
        return None if value is None else self._key().encrypt(zlib.compress(_dump(value), 1))

    def process_result_value(self, value: bytes | None, _dialect: Dialect) -> dict[str, Any] | None:
        if value is None:
            return None
        try:
            data = self._key().decrypt(bytes(value))
        except InvalidToken:
            raise StoreError(
                "密钥与数据库里的记录不符",
                place="加密内容",
                remedy="请恢复写入这些记录时的密钥文件；换过密钥的，把旧密钥补在新密钥下面一行",
            ) from None
        document: dict[str, Any] = orjson.loads(zlib.decompress(data))
        return document

    def _key(self) -> MultiFernet:
        if self.cipher is None:
            raise StoreError("没有给出密钥，拒绝读写加密内容", place="加密内容", remedy="请经由 ReviewStore 读写")
        return self.cipher


def _dump(value: dict[str, Any]) -> bytes:
    """JSON that reads back as the same value; orjson alone would write infinity as null."""
    try:
        data = orjson.dumps(value)
        faithful = orjson.loads(data) == value
    except TypeError:  # an integer beyond 64 bits
        faithful = False
    if not faithful:
        raise StoreError(
            "含有无法保存的数值（无穷大、NaN 或超过 64 位的整数）",
            place="文档或报告",
            remedy="请改正商品事实与时间后重试",
        )
    return data
