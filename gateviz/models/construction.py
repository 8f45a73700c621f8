"""build_model: a model of the class that suits its config."""

from collections.abc import Sequence

from gateviz.data.tokenizing.tokens import Tokenizer
from gateviz.models.config import ModelConfig
from gateviz.models.encoder_decoder import EncoderDecoder
from gateviz.models.sequence_model import SequenceModel


def build_model(
    config: ModelConfig,
    tokenizer: Tokenizer,
    labels: Sequence[str] = (),
    *,
    seed: int,
    forget_bias: float | None = None,
) -> SequenceModel:
    """An untrained model: an EncoderDecoder if it answers with a text, else a SequenceModel.

    Args:
        config: the shape.
        tokenizer: cuts texts into the tokens that the model reads.
        labels: the names of what the model answers; none for a model that answers with the next token.
        seed: the weights are drawn from it; the same one gives the same weights.
        forget_bias: the SUM of the LSTM's two forget biases in every layer, or None to leave them as drawn.

    Raises:
        InputError: labels, tokenizer or forget bias that do not suit the config.
    """
    kind = EncoderDecoder if config.answers == "text" else SequenceModel
    return kind(config, tokenizer, labels, seed=seed, forget_bias=forget_bias)
