"""Plotly figures of gateviz's results: pure functions that take their words, and never show or write anything."""
