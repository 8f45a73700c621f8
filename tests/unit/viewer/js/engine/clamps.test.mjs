import assert from "node:assert/strict";
import { test } from "node:test";

import { runNetwork } from "../../../../../gateviz/viewer/js/engine/network.js";

const weights = { units: 2, width: 1, fromX: Float64Array.of(1, 2), fromH: Float64Array.of(0, 1, 1, 0), biasX: new Float64Array(2), biasH: new Float64Array(2) };
const INPUTS = Float64Array.of(0.1, 0.2, 0.3);
const run = (...clamps) => runNetwork("rnn", [[weights]], INPUTS, { clamps });

test("the next steps follow from what is held", () => {
  const { output, final } = run({ signal: "hidden_state", value: 0.5, units: 1, steps: [1, -1] });
  assert.equal(output[3], 0.5);
  assert.equal(output[4], Math.tanh(0.3 + 0.5));
  assert.deepEqual(final, [{ hidden_state: Float64Array.of(output[4], 0.5) }]);
});

test("clamps apply in their order", () => {
  const [half, set] = [{ signal: "preactivation", scale: 0.5 }, { signal: "preactivation", value: 2 }];
  assert.equal(run(half, set).layers[0].signals.preactivation[0], 2);
  assert.equal(run(set, half).layers[0].signals.preactivation[0], 1);
});

test("what the run does not have is refused in a sentence", () => {
  const wrong = [
    [{ signal: "forget_gate", value: 1 }, /forget_gate is no signal of this cell: choose preactivation, hidden_state/],
    [{ signal: "hidden_state" }, /needs a value or a scale/],
    [{ signal: "hidden_state", value: 1, scale: 1 }, /needs a value or a scale/],
    [{ signal: "hidden_state", value: 1, layer: 1 }, /layer 1 does not exist: there are 1/],
    [{ signal: "hidden_state", value: 1, layer: -2 }, /layer -2 does not exist/],
    [{ signal: "hidden_state", value: 1, direction: "reverse" }, /direction reverse does not exist: choose forward/],
    [{ signal: "hidden_state", value: 1, units: [0, 2] }, /unit 2 does not exist: there are 2/],
    [{ signal: "hidden_state", value: 1, steps: -4 }, /step -4 does not exist: there are 3/],
    [{ signal: "hidden_state", value: 1, steps: 0.5 }, /step 0.5 does not exist/],
  ];
  for (const [clamp, sentence] of wrong) assert.throws(() => run(clamp), sentence);
});
