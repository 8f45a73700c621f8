"""Trainings that people start: a trio that learns before their eyes, in a process of its own."""
