"""Bring a model that gateviz has never seen, and look into it: `python examples/foreign_model.py [folder for figures]`.

The model is anybody's: an embedding, a two-layer nn.LSTM, a head. It learns for a few seconds to say at the end of a
sequence which of two marks stood at its beginning, with noise in between. Then every question that gateviz answers is
asked of its LSTM.
"""
# ruff: noqa: T201

import sys
from pathlib import Path

import torch
from torch import Tensor, nn

import gateviz
from gateviz.figures.bands import gradient_bands as draw_bands
from gateviz.figures.matrices import norm_map, share_map
from gateviz.figures.saturation import saturation_map
from gateviz.results.statistics import curve_half_life, effective_memory, half_life, saturation
from gateviz.textbook.conversion import convert_weights

STEPS, NOISE = 20, 6  # the marks are symbols 0 and 1, the noise 2 to 7


class Remember(nn.Module):
    """Somebody else's model; gateviz is only ever given its `lstm`."""

    def __init__(self) -> None:
        super().__init__()
        self.embed = nn.Embedding(2 + NOISE, 8)
        self.lstm = nn.LSTM(8, 24, num_layers=2, batch_first=True, dropout=0.1)
        self.head = nn.Linear(24, 2)
        with torch.no_grad():  # a bias of 1 on the forget gates, without which little would be learned so fast
            for name, bias in self.lstm.named_parameters():
                if "bias_ih" in name:
                    bias[24:48] += 1

    def forward(self, symbols: Tensor) -> Tensor:
        """(batch, time) symbols -> (batch, 2) scores after the last step."""
        scores: Tensor = self.head(self.lstm(self.embed(symbols))[0][:, -1])
        return scores


def draw(batch: int, generator: torch.Generator) -> Tensor:
    """(batch, time) symbols: a mark, then noise."""
    symbols = torch.randint(2, 2 + NOISE, (batch, STEPS), generator=generator)
    symbols[:, 0] = torch.randint(0, 2, (batch,), generator=generator)
    return symbols


def train(model: Remember, generator: torch.Generator) -> float:
    """The share of right answers in the last batches."""
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-2)
    right = []
    for _ in range(150):
        symbols = draw(64, generator)
        scores = model(symbols)
        optimiser.zero_grad()
        torch.autograd.backward(nn.functional.cross_entropy(scores, symbols[:, 0]))
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        right.append(float((scores.argmax(1) == symbols[:, 0]).float().mean()))
    return sum(right[-10:]) / 10


def main(folder: Path | None) -> None:
    """Train, then ask."""
    torch.manual_seed(0)
    generator = torch.Generator().manual_seed(0)
    model = Remember()
    print(f"right answers: {train(model, generator):.0%}")

    symbols = draw(1, generator)
    mark = int(symbols[0, 0])
    inputs = model.embed(symbols).detach()

    trace = gateviz.record(model.lstm, inputs)
    print(trace)

    def loss(output: Tensor) -> Tensor:
        return nn.functional.cross_entropy(model.head(output[:, -1]), symbols[:, 0])

    flow = gateviz.gradient_flow(model.lstm, inputs, loss)
    for signal in ("hidden_state", "cell_state", "direct"):
        norms = flow.norm(signal, layer=-1)[0]
        print(f"|dL/d {signal}|: first step {norms[0]:.1e}, last {norms[-1]:.1e}, {curve_half_life(norms)}")
    print(f"|dL/dx|: {', '.join(f'{norm:.0e}' for norm in flow.norm('inputs')[0])}")

    norms = gateviz.jacobian_norms(model.lstm, inputs, layer=-1)[0]
    print(f"|d s_T / d s_0| = {norms[-1, 0]:.1e}; one step: {gateviz.state_jacobians(model.lstm, inputs).shape}")
    paths = gateviz.path_norms(model.lstm, inputs, layer=-1)
    print(f"of d c_T / d c_0, {paths.direct_share[0, -1, 0]:.0%} comes by the forget gates alone")

    def every_step(output: Tensor) -> Tensor:
        return nn.functional.cross_entropy(model.head(output[0]), symbols[0, :1].expand(STEPS))

    bands = gateviz.gradient_bands(model.lstm, inputs, every_step, layer=-1)
    print(f"with a loss at every step, dL/dh_0 is made of {len(bands.sources)} parts")

    gates = {name: trace.layer(-1)[name] for name in ("input_gate", "forget_gate", "output_gate")}
    keep = gates["forget_gate"]
    print(f"longest half-life of a unit: {half_life(keep).max():.0f} steps; memory {effective_memory(keep).max():.0f}")

    other = symbols.clone()
    other[0, 0] = 1 - mark
    pair = [model.embed(each).detach() for each in (symbols, other)]

    @torch.no_grad()
    def right(clamps: list[gateviz.Clamp]) -> list[str]:
        outputs = [gateviz.run_with(model.lstm, each, clamps).output[:, -1] for each in pair]
        scores = [model.head(torch.from_numpy(output)).softmax(-1)[0] for output in outputs]
        return [f"{float(scores[0][mark]):.2f}", f"{float(scores[1][1 - mark]):.2f}"]

    print(f"probability of the right mark, for the one and for the other: {right([])}")
    print(f"  with every forget gate shut: {right([gateviz.Clamp('forget_gate', 0.0, layer=n) for n in (0, 1)])}")
    swapped = gateviz.record(model.lstm, pair[1])
    places = [(name, layer) for name in ("cell_state", "hidden_state") for layer in (0, 1)]
    wiped = [gateviz.Clamp(name, 0.0, layer=layer, steps=9) for name, layer in places]
    print(f"  with the states of step 9 wiped: {right(wiped)}")
    patch = [gateviz.Clamp(name, source=swapped, layer=layer, steps=9) for name, layer in places]
    print(f"  with the states of step 9 copied from the other run: {right(patch)}")

    state = model.lstm.state_dict()
    weights = {name.removesuffix("_l1"): weight.numpy() for name, weight in state.items() if name.endswith("_l1")}
    keras = convert_weights("lstm", weights, "pytorch", "keras")
    print(f"in Keras' order: {', '.join(f'{name} {weight.shape}' for name, weight in keras.items())}")

    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        trace.save(folder / "trace.npz")
        print(f"read back: {gateviz.load_trace(folder / 'trace.npz').output.shape}")
        shares = {name: (saturation(gate).left, saturation(gate).right) for name, gate in gates.items()}
        sources = [f"loss at {step}" for step in bands.sources]
        figures = {
            "jacobians": norm_map(norms, earlier_title="step s", later_title="step t", norm_title="|ds_t/ds_s|"),
            "paths": share_map(
                paths.direct_share[0], earlier_title="step s", later_title="step t", share_title="direct share"
            ),
            "bands": draw_bands(bands.bands[0], sources, step_title="step", norm_title="|dL/dh|", total="all"),
            "saturation": saturation_map(shares, left_title="under 0.1", right_title="over 0.9", unit="unit"),
        }
        for name, figure in figures.items():
            figure.write_html(folder / f"{name}.html", include_plotlyjs="cdn")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
