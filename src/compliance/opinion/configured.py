"""The adviser that the environment asks for."""

from pydantic import ValidationError
from pydantic_settings import SettingsError

from compliance.model.errors import ComplianceError
from compliance.model.opinion import Adviser
from compliance.opinion.settings import OpinionSettings


def configured() -> Adviser | None:
    """None while COMPLIANCE_OPINION_URL is not set. Raises ComplianceError naming the variable that is wrong."""
    try:
        settings = OpinionSettings()
    except (ValidationError, SettingsError) as error:
        name = str(error.errors()[0]["loc"][0]) if isinstance(error, ValidationError) else ""
        raise _wrong(name, "看不懂这个设置", "检查它的值，见 docs/opinion.md") from None  # the cause may quote the key
    if settings.url is None:
        return None
    if settings.model is None:
        raise _wrong("model", "没有说用哪个模型", "写上服务里的模型名，或者去掉 COMPLIANCE_OPINION_URL")
    if settings.cost is not None and not settings.price_in and not settings.price_out:
        raise _wrong("cost", "有费用上限而没有单价", "写上 COMPLIANCE_OPINION_PRICE_IN 与 COMPLIANCE_OPINION_PRICE_OUT")
    try:
        from compliance.opinion.language_model import LanguageModel  # noqa: PLC0415  # an extra; httpx is slow to load
    except ModuleNotFoundError as error:
        raise ComplianceError(
            f"第二意见需要 {error.name}", place="COMPLIANCE_OPINION_URL", remedy="安装 compliance[opinion]"
        ) from error
    return LanguageModel(settings)


def _wrong(name: str, problem: str, remedy: str) -> ComplianceError:
    return ComplianceError(problem, place=f"环境变量 COMPLIANCE_OPINION_{name.upper()}", remedy=remedy)
