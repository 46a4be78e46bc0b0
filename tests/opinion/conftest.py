"""A service that answers as a test says."""

from collections.abc import Iterator

import pytest

from chat_service import ChatService, chat_service


@pytest.fixture
def service() -> Iterator[ChatService]:
    with chat_service() as service:
        yield service
