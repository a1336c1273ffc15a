"""Invented health records: FHIR resources for the demo's people, the same for the same seed.

They go through the importer like anybody else's. Nobody's illness stands behind them.
"""
