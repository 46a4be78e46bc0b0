"""Nothing readable lies in the database, and the key is made once and kept private."""

import logging
import subprocess
import sys
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest
from cryptography.fernet import Fernet, MultiFernet
from hypothesis import given
from hypothesis import strategies as st
from review_samples import SPOKEN, a_document, a_finding, a_report
from sqlalchemy import Engine, insert, select, text, update

from compliance.model.errors import StoreError
from compliance.store.encryption import EncryptedJson, load_key, parse_key
from compliance.store.engine import open_database
from compliance.store.reviews import ReviewStore
from compliance.store.tables import ReviewRow

WORDS = (SPOKEN, "最好", "加微信", "主播小雅", "焕颜面霜", "没有证据", "商品.名称")


def raw_rows(engine: Engine) -> bytes:
    """Every value of every table of ours as the driver gives it."""
    with engine.connect() as connection:
        values = [
            value
            for table in ("review", "finding")
            for row in connection.execute(text(f"SELECT * FROM {table}"))  # noqa: S608 - two names of ours
            for value in row
        ]
    return b"\n".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in values)


def test_no_words_of_the_document_are_readable(store: ReviewStore, engine: Engine, tmp_path: Path) -> None:
    store.record(a_document(), a_report(a_finding()))
    raw = raw_rows(engine)
    if engine.dialect.name == "sqlite":
        raw += b"".join(file.read_bytes() for file in tmp_path.glob("reviews.db*"))
    assert "春季话术.docx".encode() in raw  # the search does see what is in clear
    for word in WORDS:
        assert word.encode() not in raw, word
        assert word.encode("unicode-escape") not in raw, word


def test_no_words_of_the_document_reach_the_log(
    engine: Engine, database_url: str, cipher: MultiFernet, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, logger="sqlalchemy"):
        logged = open_database(database_url)  # an engine looks at the level when it is made
        store = ReviewStore(logged, cipher)
        review_id = store.record(a_document(), a_report(a_finding()))
        store.get(review_id)
        with pytest.raises(StoreError):
            store.record(a_document("x" * 256), a_report(a_finding()))
        logged.dispose()
    assert "INSERT INTO review" in caplog.text  # the search does see what is logged
    assert [word for word in WORDS if word in caplog.text] == []


def test_equal_documents_give_different_ciphertexts(store: ReviewStore, engine: Engine) -> None:
    for _ in range(2):
        store.record(a_document(), a_report())
    with engine.connect() as connection:
        first, second = connection.execute(text("SELECT payload FROM review")).scalars()
    assert bytes(first) != bytes(second)


def test_the_table_cannot_be_written_or_read_without_a_cipher(store: ReviewStore, engine: Engine) -> None:
    store.record(a_document(), a_report())
    with engine.connect() as connection, pytest.raises(StoreError, match="没有给出密钥"):
        connection.execute(select(ReviewRow.payload)).all()
    with engine.begin() as connection, pytest.raises(Exception, match="没有给出密钥"):
        connection.execute(update(ReviewRow).values(payload={"plain": SPOKEN}))
    with engine.begin() as connection, pytest.raises(Exception, match="没有给出密钥"):
        connection.execute(insert(ReviewRow).values(id="x", payload={"plain": SPOKEN}))


def test_another_key_is_refused_before_anything_is_written(store: ReviewStore, engine: Engine) -> None:
    store.record(a_document(), a_report())
    with pytest.raises(StoreError, match=r"密钥与数据库里的记录不符.*恢复"):
        ReviewStore(engine, MultiFernet([Fernet(Fernet.generate_key())]))


def test_a_key_is_changed_by_putting_the_new_one_on_top(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "rotated.key"
    old = ReviewStore(engine, load_key(path)).record(a_document("old"), a_report())
    former = path.read_text()
    path.write_text(Fernet.generate_key().decode() + "\n" + former)
    store = ReviewStore(engine, load_key(path))
    new = store.record(a_document("new"), a_report())
    assert [store.get(old).document.id, store.get(new).document.id] == ["old", "new"]
    with pytest.raises(StoreError, match="密钥与数据库里的记录不符"):
        ReviewStore(engine, parse_key(former))


def test_a_payload_moved_to_another_row_is_noticed(store: ReviewStore, engine: Engine) -> None:
    good = store.record(a_document("good"), a_report())
    bad = store.record(a_document("bad"), a_report())
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE review SET payload = (SELECT payload FROM review WHERE id = :good) WHERE id = :bad"),
            {"good": good, "bad": bad},
        )
    assert store.get(good).document.id == "good"
    with pytest.raises(StoreError, match="加密内容属于另一条记录"):
        store.get(bad)


def test_a_payload_that_was_altered_is_refused(store: ReviewStore, engine: Engine) -> None:
    review_id = store.record(a_document(), a_report())
    with engine.begin() as connection:
        payload = bytearray(connection.execute(text("SELECT payload FROM review")).scalar_one())
        payload[len(payload) // 2] ^= 1
        connection.execute(text("UPDATE review SET payload = :p"), {"p": bytes(payload)})
    with pytest.raises(StoreError, match="密钥与数据库里的记录不符"):
        store.get(review_id)


def test_a_payload_of_another_version_is_said_to_be_so_without_quoting_it(
    store: ReviewStore, engine: Engine, cipher: MultiFernet
) -> None:
    review_id = store.record(a_document(), a_report())
    foreign = EncryptedJson(cipher).process_bind_param(
        {"review": review_id, "document": {"id": "x", "text": SPOKEN, "later": 1}, "report": {}}, engine.dialect
    )
    with engine.begin() as connection:
        connection.execute(text("UPDATE review SET payload = :p"), {"p": foreign})
    with pytest.raises(StoreError, match="另一个版本") as caught:
        store.get(review_id)
    assert caught.value.__cause__ is caught.value.__context__ is None
    assert SPOKEN not in str(caught.value)


def test_the_key_file_is_made_once_and_private(tmp_path: Path) -> None:
    path = tmp_path / "new" / "compliance.key"
    token = load_key(path).encrypt(b"words")
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_key(path).decrypt(token) == b"words"
    assert [file.name for file in path.parent.iterdir()] == ["compliance.key"]


@pytest.mark.parametrize("mode", [0o644, 0o604, 0o602, 0o601, 0o620])
def test_a_key_file_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "compliance.key"
    load_key(path)
    path.chmod(mode)
    with pytest.raises(StoreError, match=f"{mode:04o}.*请运行 chmod 600") as caught:
        load_key(path)
    assert path.read_text().strip() not in str(caught.value)
    path.chmod(0o640)
    load_key(path)


@pytest.mark.parametrize("content", ["", " \n", "not a key", "我的口令", "A" * 43, "A" * 48])
def test_a_malformed_key_is_refused_without_showing_it(tmp_path: Path, content: str) -> None:
    path = tmp_path / "compliance.key"
    path.write_text(content, encoding="utf-8")
    path.chmod(0o600)
    with pytest.raises(StoreError, match=str(path)) as caught:
        load_key(path)
    assert caught.value.remedy
    assert not content.strip() or content not in str(caught.value)
    assert path.read_text(encoding="utf-8") == content


@given(st.text())
def test_a_setting_that_is_no_key_is_refused(content: str) -> None:
    with pytest.raises(StoreError, match="密钥设置") as caught:
        parse_key(content)
    assert caught.value.__cause__ is caught.value.__context__ is None


@given(st.lists(st.binary(min_size=32, max_size=32).map(urlsafe_b64encode), min_size=1, max_size=3))
def test_a_setting_may_hold_several_keys(keys: list[bytes]) -> None:
    cipher = parse_key(", ".join(key.decode() for key in keys))
    assert Fernet(keys[0]).decrypt(cipher.encrypt(b"words")) == b"words"
    assert all(cipher.decrypt(Fernet(key).encrypt(b"old")) == b"old" for key in keys)


def test_a_key_that_cannot_be_made_says_where_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"密钥文件不能读取或建立.*请检查") as caught:
        load_key(tmp_path / "file" / "compliance.key")
    assert caught.value.place == str(tmp_path / "file" / "compliance.key")


def test_a_key_made_by_another_process_in_the_meantime_is_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "compliance.key"
    token = load_key(path).encrypt(b"words")
    monkeypatch.setattr(Path, "exists", lambda path: False)  # what this process saw a moment before
    assert load_key(path).decrypt(token) == b"words"
    assert [file.name for file in tmp_path.iterdir()] == ["compliance.key"]


def test_processes_that_start_together_get_the_same_key(tmp_path: Path) -> None:
    path = tmp_path / "compliance.key"
    script = (
        "import sys; from pathlib import Path; from compliance.store.encryption import load_key\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "print(load_key(Path(sys.argv[1])).encrypt(b'words').decode())"
    )
    children = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
    tokens = [child.communicate()[0] for child in children]
    assert [child.returncode for child in children] == [0, 0, 0, 0]
    assert [load_key(path).decrypt(token.strip()) for token in tokens] == [b"words"] * 4
    assert [file.name for file in tmp_path.iterdir()] == ["compliance.key"]
