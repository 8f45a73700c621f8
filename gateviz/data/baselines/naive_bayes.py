"""NaiveBayes over tokens and pairs of tokens: the baseline that a recurrent classifier has to beat. No torch.

    bayes = NaiveBayes.fit([(3, 1, 4), (1, 5)], labels=(0, 1))
    bayes.accuracy(held_out_texts, held_out_labels)

It is multinomial, with add-one smoothing and the shares of the labels as the prior; Wang and Manning (2012) found it a
strong baseline. There is nothing to tune. A feature that training never saw is ignored.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gateviz.errors import InputError


@dataclass(frozen=True, slots=True)
class NaiveBayes:
    """A feature is a token, or a pair of neighbouring tokens."""

    log_prior: dict[int, float]
    """Label -> log P(label)."""
    log_likelihood: dict[Hashable, dict[int, float]]
    """Feature -> label -> log P(feature | label)."""

    @classmethod
    def fit(cls, texts: Iterable[Sequence[int]], labels: Sequence[int]) -> "NaiveBayes":
        """Count the features of the texts of each label.

        Raises:
            InputError: not one label for each text, or no text.
        """
        texts = list(texts)
        if not texts or len(texts) != len(labels):
            raise InputError(f"there are {len(texts)} texts and {len(labels)} labels: give one label for each text.")
        counts: dict[int, Counter[Hashable]] = defaultdict(Counter)
        for text, label in zip(texts, labels, strict=True):
            counts[label].update(_features(text))
        features = set().union(*counts.values())
        totals = {label: math.log(sum(counts[label].values()) + len(features)) for label in counts}
        return cls(
            log_prior={label: math.log(labels.count(label) / len(labels)) for label in sorted(counts)},
            log_likelihood={
                feature: {label: math.log(counts[label][feature] + 1) - totals[label] for label in counts}
                for feature in features
            },
        )

    def predict(self, text: Sequence[int]) -> int:
        """The likeliest label; of equally likely ones the lowest."""
        scores = dict(self.log_prior)
        for feature in _features(text):
            for label, log_probability in self.log_likelihood.get(feature, {}).items():
                scores[label] += log_probability
        return max(scores, key=lambda label: (scores[label], -label))

    def accuracy(self, texts: Sequence[Sequence[int]], labels: Sequence[int]) -> float:
        """Share of the texts, 0 .. 1, whose likeliest label is the right one."""
        return sum(self.predict(text) == label for text, label in zip(texts, labels, strict=True)) / len(texts)


def _features(text: Sequence[int]) -> list[Hashable]:
    return [*text, *pairwise(text)]
