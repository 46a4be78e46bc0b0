"""The engine for one run, with the team's folders."""

from compliance.cli.configuration import Folders
from compliance.cli.progress import tell_of_compiling
from compliance.engine import Engine
from compliance.model.opinion import Adviser
from compliance.settings import chosen_release


def load_engine(chosen: Folders, adviser: Adviser | None = None) -> Engine:
    """Under COMPLIANCE_RELEASE, or else under the folders. Raises LawError (PolicyError for rules)."""
    tell_of_compiling()
    release = chosen_release()
    if release is not None and not any(chosen):
        engine = Engine.published(release)
    else:
        engine = Engine.load(chosen.policies, chosen.lexicons)
    return engine if adviser is None else engine.advised_by(adviser)
