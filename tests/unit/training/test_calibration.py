"""Calibration: a temperature that is found again, and an error that a person can compute."""

import math

import pytest
import torch

from gateviz.pretrained.files import load_pretrained
from gateviz.pretrained.folder import find_card
from gateviz.training.calibration import calibration_error, set_temperature
from gateviz.training.scoring import accuracy, class_scores

SAMPLE = find_card("intent", "gru").sample


def test_a_model_made_surer_is_brought_back_and_answers_as_before() -> None:
    once, surer = (load_pretrained("intent", "gru") for _ in range(2))
    answers = ("time", *SAMPLE.answers[1:])
    with torch.no_grad():
        for parameter in surer.head.parameters():
            parameter.mul_(2)
    before = accuracy(surer, SAMPLE.texts, answers)
    first, second = (set_temperature(model, SAMPLE.texts, answers) for model in (once, surer))
    assert second == pytest.approx(2 * first, rel=0.02)
    one, other = (class_scores(model, SAMPLE.texts, answers) for model in (once, surer))
    assert torch.allclose(one, other, rtol=0.03, atol=0.03)
    assert accuracy(surer, SAMPLE.texts, answers) == before


def test_the_error_is_the_distance_of_how_sure_it_is_from_how_often_it_is_right() -> None:
    model = load_pretrained("intent", "gru")
    with torch.no_grad():
        model.head.weight.zero_()
        model.head.bias.zero_()
        model.head.bias[model.labels.index("time")] = math.log(14 * 3)  # sure by three quarters, whatever it reads
    assert calibration_error(model, ["x"] * 4, ["time"] * 4) == pytest.approx(0.25, abs=1e-6)
    assert calibration_error(model, ["x"] * 4, ["time", "time", "time", "date"]) == pytest.approx(0, abs=1e-6)
    assert calibration_error(model, ["x"] * 4, ["date"] * 4) == pytest.approx(0.75, abs=1e-6)
