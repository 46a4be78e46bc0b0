"""One engine for all pages: loading it is most of what these tests do."""

import pytest

from compliance.engine import Engine
from compliance.release.release import Release


@pytest.fixture(scope="session")
def engine() -> Engine:
    return Engine.load()


@pytest.fixture(scope="session")
def release(engine: Engine) -> Release:
    return engine.release
