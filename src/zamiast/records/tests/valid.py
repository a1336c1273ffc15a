"""What models of FHIR that others wrote say against a resource: a second opinion for tests."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

pytest.importorskip("fhir.resources", reason="fhir.resources is not installed")


def faults(resource: dict[str, Any]) -> list[str]:
    """What the models of FHIR R4B (of these resources the same as R4) say against a resource."""
    from fhir.resources.R4B import get_fhir_model_class
    from pydantic import ValidationError

    try:
        get_fhir_model_class(resource["resourceType"]).model_validate(deepcopy(resource))
    except ValidationError as error:
        return [f"{resource['resourceType']} {one['loc']}: {one['msg']}" for one in error.errors()]
    return []
