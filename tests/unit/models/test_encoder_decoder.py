"""The encoder and decoder as a model, against its parts run by hand."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest
import torch

from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.errors import InputError
from gateviz.models.config import ModelConfig
from gateviz.models.encoder_decoder import END, LONGEST, START, EncoderDecoder, decoder_step
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained import cards
from gateviz.pretrained.files import load_pretrained, save_pretrained
from gateviz.recipes.dates import RECIPE
from gateviz.results.trace import CELLS, CellName

LABELS = ("x", "y", "z", END)
TEXT = "aba→☃b"


def translator(cell: CellName, *, layers: int = 2, seed: int = 3) -> EncoderDecoder:
    """One that writes a few characters, as drawn weights would not: END is made unlikely at first."""
    config = ModelConfig(cell, hidden_size=6, embedding_size=4, num_layers=layers, answers="text")
    model = EncoderDecoder(config, CharacterTokenizer.of("ab"), LABELS, seed=seed)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.mul_(3)
    return model


def written_by_hand(model: EncoderDecoder, text: str) -> str:
    """One character at a time, by torch's modules alone."""
    embedding: Any = model.embedding
    state = model.recurrent(embedding(torch.tensor([model.encode(text)])))[1]
    last, written = len(LABELS) - 1, ""
    while len(written) < LONGEST:
        output, state = model.decoder(model.written(torch.tensor([[last]])), state)
        last = int(model.head(output[0, -1]).argmax())
        if LABELS[last] == END:
            break
        written += LABELS[last]
    return written


@pytest.mark.parametrize("cell", CELLS)
def test_it_writes_what_its_parts_write_alone_and_in_a_batch(cell: CellName) -> None:
    lengths = set()
    for seed in range(6):
        model = translator(cell, seed=seed)
        texts = ["a", TEXT, "bbbbbbbbbbb", "ab"]
        expected = [written_by_hand(model, text) for text in texts]
        assert [model.write(text) for text in texts] == model.write_all(texts) == expected
        lengths |= set(map(len, expected))
    assert len(lengths) > 1


@pytest.mark.parametrize("cell", CELLS)
def test_the_trace_joins_what_was_typed_and_what_was_written(cell: CellName) -> None:
    model = translator(cell)
    trace, written = model.trace(TEXT), model.write(TEXT)
    assert trace.tokens == (*TEXT, START, *written)
    assert decoder_step(trace) == len(TEXT)
    assert trace.layer(0)["hidden_state"].shape == (1, len(TEXT) + 1 + len(written), 6)
    assert model.logits(TEXT).shape == (len(trace.tokens), len(LABELS))
    assert model.outputs == LABELS


@pytest.mark.parametrize("cell", CELLS)
def test_the_scores_at_the_decoders_steps_are_of_what_it_wrote_next(cell: CellName) -> None:
    model = translator(cell)
    best = "".join(model.outputs[index] for index in model.logits(TEXT)[len(TEXT) :].argmax(axis=1))
    written = model.write(TEXT)
    assert best == (written + END if len(written) < LONGEST else best)


@pytest.mark.parametrize("cell", CELLS)
def test_the_scores_at_the_encoders_steps_are_of_what_would_be_written_first_if_the_text_ended_there(
    cell: CellName,
) -> None:
    model = translator(cell)
    logits = model.logits(TEXT)
    for step in range(len(TEXT)):
        beginning = TEXT[: step + 1]
        assert model.logits(beginning)[len(beginning)] == pytest.approx(logits[step], abs=1e-5)
        with torch.no_grad():
            first, _ = model(torch.tensor([model.encode(beginning)]))
        assert first[0].numpy() == pytest.approx(logits[step], abs=1e-5)
    assert model.logits_of(model.trace(TEXT)) == pytest.approx(logits)


@pytest.mark.parametrize("cell", CELLS)
def test_the_sums_at_every_step_are_of_the_weights_of_the_encoder_or_of_the_decoder(cell: CellName) -> None:
    model = translator(cell, layers=1)
    trace = model.trace(TEXT, 9)
    embedding: Any = model.embedding
    states = torch.tensor(trace.layer(0)["hidden_state"][0])
    before = torch.cat((torch.zeros(1, 6), states[:-1]))
    written = [len(LABELS) - 1, *map(LABELS.index, model.write(TEXT, 9))]
    read = [embedding(torch.tensor(model.encode(TEXT))), model.written(torch.tensor(written))]
    steps = [slice(len(TEXT)), slice(len(TEXT), None)]
    found = model.contributions(TEXT, 9)
    assert len(trace.tokens or ()) == len(TEXT) + 10
    for part, x, module, here in zip(found, read, (model.recurrent, model.decoder), steps, strict=True):
        for number, summands in enumerate(part.layer(0).parts.values()):
            own = slice(6 * number, 6 * number + 6)
            weights: Any = module
            assert summands.inputs[0] == pytest.approx((x @ weights.weight_ih_l0[own].T).detach().numpy(), abs=1e-5)
            expected = (before[here] @ weights.weight_hh_l0[own].T).detach().numpy()
            assert summands.recurrent[0] == pytest.approx(expected, abs=1e-5)
            apart = summands.recurrent_bias is not None
            bias = weights.bias_ih_l0[own] + (0 if apart else weights.bias_hh_l0[own])
            assert summands.bias == pytest.approx(bias.detach().numpy())


@pytest.mark.parametrize("cell", CELLS)
def test_a_loss_at_a_step_reaches_back_to_the_first_character_and_no_further_than_itself(cell: CellName) -> None:
    model = translator(cell).double()
    steps = model.logits(TEXT).shape[0]
    for step in (2, len(TEXT) - 1, len(TEXT), -1):
        flow = model.gradients(TEXT, step)
        norms = flow.norm("hidden_state", layer=1)[0]
        assert norms.shape == (steps,)
        assert (norms[: step % steps] > 0).all()
        assert (norms[step % steps + 1 :] == 0).all()
        assert flow.tokens == model.trace(TEXT).tokens
    for step in (steps, -steps - 1):
        with pytest.raises(InputError, match=f"from {-steps} to {steps - 1}"):
            model.gradients(TEXT, step)


@pytest.mark.parametrize("cell", CELLS)
def test_the_gradient_by_the_input_is_autograds(cell: CellName) -> None:
    model = translator(cell).double()
    embedding: Any = model.embedding
    read = embedding(torch.tensor([model.encode(TEXT)])).detach().requires_grad_()
    ids = [len(LABELS) - 1, *map(LABELS.index, model.write(TEXT))]
    scores = model.head(model.decoder(model.written(torch.tensor([ids])), model.recurrent(read)[1])[0])
    for step in range(len(ids)):
        (expected,) = torch.autograd.grad(-scores[0, step].log_softmax(-1).max(), read, retain_graph=True)
        ours = model.gradients(TEXT, len(TEXT) + step).inputs[:, : len(TEXT)]
        assert ours == pytest.approx(expected.numpy(), rel=1e-6, abs=1e-12)


def test_training_teaches_it_and_saving_keeps_it(tmp_path: Path) -> None:
    plan = dataclasses.replace(RECIPE.plan, steps=60, batch_size=16, learning_rate=2e-2, evaluations=1, warmup=5)
    small = dataclasses.replace(RECIPE, plan=plan, hidden_size=dict.fromkeys(CELLS, 12), held_out_texts=60)
    run = small.start("lstm", None, seed=0)
    first, *_, last = run.steps()
    assert last.loss < first.loss - 0.5
    card = save_pretrained(run.model, run.card(), tmp_path)
    again = load_pretrained("dates", "lstm", tmp_path)
    assert isinstance(again, EncoderDecoder)
    texts = card.sample.texts
    assert again.write_all(texts) == EncoderDecoder.write_all(run.model, texts)  # type: ignore[arg-type]
    assert set(cards.shapes_of(card)) == set(again.state_dict())
    assert small.measure(again, texts, card.sample.answers) == card.sample.value


def test_the_same_seed_draws_the_same_weights_and_the_decoder_its_own() -> None:
    one, two = translator("gru"), translator("gru")
    assert all(torch.equal(a, b) for a, b in zip(one.parameters(), two.parameters(), strict=True))
    weights, start = one.state_dict(), one.untrained(seed=3)
    assert not torch.equal(weights["recurrent.weight_hh_l0"], weights["decoder.weight_hh_l0"])
    assert type(start) is EncoderDecoder
    assert torch.equal(start.state_dict()["decoder.weight_hh_l0"] * 3, weights["decoder.weight_hh_l0"])
    config = dataclasses.replace(one.config, cell="lstm")
    biased: Any = EncoderDecoder(config, one.tokenizer, LABELS, seed=0, forget_bias=2)
    for module in (biased.recurrent, biased.decoder):
        total = module.bias_ih_l0 + module.bias_hh_l0
        assert (total[6:12] == 2).all()


def test_what_it_cannot_be_or_do_is_refused_in_a_sentence() -> None:
    config = ModelConfig("gru", hidden_size=6, embedding_size=4, answers="text")
    for labels in ((), ("x",), (START, END), ("xy", END)):
        with pytest.raises(InputError, match="the labels are "):
            EncoderDecoder(config, CharacterTokenizer.of("ab"), labels, seed=0)
    with pytest.raises(InputError, match="needs inputs 'embedding' and answers 'text'"):
        EncoderDecoder(dataclasses.replace(config, answers="class"), CharacterTokenizer.of("ab"), LABELS, seed=0)
    model = translator("gru")
    with pytest.raises(InputError, match=r"use model\.gradients"):
        model.loss_at(TEXT, 0)
    with pytest.raises(InputError, match="the text is empty"):
        model.write("")
    other = SequenceModel(ModelConfig("gru", 6, 4), CharacterTokenizer.of("ab"), seed=0)
    with pytest.raises(InputError, match="give the trace of a model that answers with a text"):
        decoder_step(other.trace("ab"))
    for refused in (
        lambda: RECIPE.measure(other, ["ab"], ["x"]),
        lambda: other.write("ab"),
        lambda: other.trace("ab", 3),
        lambda: other.contributions("ab", 3),
        lambda: other.gradients("ab", 0, 3),
        lambda: other.run(other.embed([0]), written=torch.zeros(1, 1, dtype=torch.long)),
    ):
        with pytest.raises(InputError, match="only a model that answers with a text writes one"):
            refused()
