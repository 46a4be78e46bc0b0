"""How it reads that a finding has two bases: as an advertisement, and as other publicity of the seller."""

from compliance.export.money import exposure_range
from compliance.model.labels import CHARACTER_LABELS
from compliance.model.report import Basis, Exposure, Finding, Standing
from compliance.model.vocabulary import Character

NOTHING = "没有相当的罚款"


def finding_risk(finding: Finding) -> str:
    """The money at risk by the law that the finding goes by."""
    if finding.basis is not None and not finding.exposure.basis:
        return f"按{CHARACTER_LABELS[finding.basis]}计，{NOTHING}"
    return exposure_range(finding.exposure)


def other_basis_text(basis: Basis) -> str:
    """“若属商业宣传：不超过 100万元，反不正当竞争法 第九条第一款。条件：内容虚假或者引人误解”."""
    parts = [f"若属{CHARACTER_LABELS[basis.character]}：{_range(basis.exposure)}"]
    if basis.law:
        parts.append("，" + "、".join(f"{law.name} {law.article}" for law in basis.law))
    if basis.when:
        parts.append(f"。条件：{basis.when}")
    return "".join(parts)


def standing_text(standing: Standing) -> str:
    """As what the whole text was judged, why, and what else it might cost; one line."""
    ads = Character.ADVERTISEMENT
    other = Character.PUBLICITY if standing.character is ads else ads
    assumed = "（推定）" if standing.assumed else ""
    own = f"按{CHARACTER_LABELS[standing.character]}计{assumed}：{standing.reason}"
    return f"{own}。若属{CHARACTER_LABELS[other]}：{_range(standing.other)}"


def _range(exposure: Exposure) -> str:
    return exposure_range(exposure) if exposure.basis else NOTHING
