"""Reading FHIR R4: bulk NDJSON and bundles."""
