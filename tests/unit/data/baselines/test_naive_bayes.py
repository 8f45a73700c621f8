"""Naive Bayes: by hand, and where it must stop knowing."""

import math

import pytest

from gateviz.data.baselines.naive_bayes import NaiveBayes
from gateviz.errors import InputError

TEXTS = [(0, 0), (0, 1), (1, 1)]
LABELS = [0, 0, 1]


def test_its_weights_are_the_smoothed_shares_of_the_features_of_a_label() -> None:
    bayes = NaiveBayes.fit(TEXTS, LABELS)
    # label 0 holds 0, 0, (0, 0), 0, 1, (0, 1); label 1 holds 1, 1, (1, 1): six features and three, of five kinds
    assert bayes.log_prior == {0: pytest.approx(math.log(2 / 3)), 1: pytest.approx(math.log(1 / 3))}
    assert bayes.log_likelihood[0] == {0: pytest.approx(math.log(4 / 11)), 1: pytest.approx(math.log(1 / 8))}
    assert bayes.log_likelihood[1] == {0: pytest.approx(math.log(2 / 11)), 1: pytest.approx(math.log(3 / 8))}
    assert bayes.log_likelihood[0, 1] == {0: pytest.approx(math.log(2 / 11)), 1: pytest.approx(math.log(1 / 8))}


def test_the_probabilities_of_the_features_of_a_label_add_up_to_one() -> None:
    bayes = NaiveBayes.fit(TEXTS, LABELS)
    for label in (0, 1):
        assert sum(math.exp(weight[label]) for weight in bayes.log_likelihood.values()) == pytest.approx(1.0)


def test_pairs_tell_apart_what_single_tokens_cannot() -> None:
    bayes = NaiveBayes.fit([(0, 1, 2), (2, 1, 0)], [0, 1])
    assert bayes.accuracy([(0, 1), (1, 2), (2, 1), (1, 0)], [0, 0, 1, 1]) == 1.0


def test_what_training_never_saw_leaves_the_commoner_label() -> None:
    assert NaiveBayes.fit(TEXTS, LABELS).predict((7, 8, 9)) == 0
    assert NaiveBayes.fit(TEXTS, LABELS).predict(()) == 0


def test_it_refuses_texts_without_labels() -> None:
    with pytest.raises(InputError, match="one label for each"):
        NaiveBayes.fit(TEXTS, [0])
    with pytest.raises(InputError, match="0 texts"):
        NaiveBayes.fit([], [])
