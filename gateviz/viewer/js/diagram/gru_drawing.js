// A GRU as PyTorch computes it: h runs along the top through "keep z", the candidate n comes up through "renew 1 - z", and r
// sits on the branch U h, after the product and before tanh.

import { VALVE_RADIUS } from "./valves.js";

const PLAIN = { size: 0.12, strands: [] }; // a sum, which has no scale of its own

/** Draw it. Returns show(flows). */
export function drawGru(parts, size) {
  const { x, y, left, right, height } = size;
  const at = {
    belt: y(0.22), feed: y(0.8), box: y(0.62), valve: y(0.44), reset: y(0.51),
    branch: x(0.07), z: x(0.2), keep: x(0.36), r: x(0.38), u: x(0.51), resetValve: x(0.64), n: x(0.79), x: x(0.13),
    left, right, height,
  };
  const wires = drawWires(parts, at);
  drawNodes(parts, at);
  const { number, valve, output, counts } = parts;
  const keep = valve("gates keep", at.keep, at.belt, "update_gate", false);
  const renew = valve("gates write", at.n, at.valve, "update_gate", true, true);
  const reset = valve("gates candidate", at.resetValve, at.feed, "reset_gate", false);
  const numbers = {
    update_gate: number("gates", at.keep + 5, at.belt + 24, "update_gate"),
    reset_gate: number("gates", at.resetValve, at.feed + 25, "reset_gate", "middle"),
    candidate: number("candidate", at.n + 17, at.box + 4, "candidate"),
    hidden_state: output("write read", "hidden_state", "h_t", [right - 33, at.belt - 9], [right, at.belt - 9]),
  };
  const line = counts("gates keep", left + 2, 10, "update_gate");
  return (flows) => {
    showWires(wires, flows);
    keep(flows.gate("update_gate"));
    renew(flows.gate("update_gate", true));
    reset(flows.gate("reset_gate"));
    for (const [signal, draw] of Object.entries(numbers)) draw(flows.now(signal), flows.unit);
    line(flows.gate("update_gate"));
  };
}

function drawWires({ wire }, at) {
  const r = VALVE_RADIUS;
  const [roof, floor] = [at.box - 10, at.box + 10];
  wire("sums", [[at.x, at.height], [at.x, at.feed]], "input")(PLAIN);
  wire("sums candidate", [[at.n + 7, at.height], [at.n + 7, floor]], "input")(PLAIN);
  return {
    before: wire("keep", [[at.left, at.belt], [at.keep - r, at.belt]]),
    feeds: [
      wire("sums", [[at.branch, at.belt], [at.branch, at.feed], [at.u - 12, at.feed]]),
      wire("sums", [[at.z, at.feed], [at.z, floor]]),
      wire("sums", [[at.r, at.feed], [at.r, floor]]),
    ],
    sums: [
      wire("candidate", [[at.u + 12, at.feed], [at.resetValve - r, at.feed]]),
      wire("candidate", [[at.resetValve + r, at.feed], [at.n - 7, at.feed], [at.n - 7, floor]]),
    ],
    gates: {
      update_gate: [
        wire("gates", [[at.z, roof], [at.z, at.valve], [at.n - r, at.valve]]),
        wire("gates", [[at.keep, at.valve], [at.keep, at.belt + r]]),
      ],
      reset_gate: [wire("gates", [[at.r, roof], [at.r, at.reset], [at.resetValve, at.reset], [at.resetValve, at.feed - r]])],
    },
    candidate: wire("candidate", [[at.n, roof], [at.n, at.valve + r]]),
    renewed: wire("write", [[at.n, at.valve - r], [at.n, at.belt + 7]]),
    kept: wire("keep", [[at.keep + r, at.belt], [at.n - 7, at.belt]]),
    after: wire("write read", [[at.n + 7, at.belt], [at.right, at.belt]]),
  };
}

function drawNodes({ label, box, plus }, at) {
  label(at.left + 2, at.belt - 9, "h_t−1", "start");
  label(at.x + 7, at.height - 4, "x_t", "start");
  label(at.n + 14, at.height - 4, "x_t", "start");
  label(at.n + 15, at.valve + 4, "1 − z", "start", "symbol small");
  plus("write", at.n, at.belt, "hidden_state");
  box("sums", at.z, at.box, "z", "update_gate");
  box("sums", at.r, at.box, "r", "reset_gate");
  box("sums candidate", at.u, at.feed, "U", "candidate", { isTabStop: false });
  box("candidate", at.n, at.box, "n", "candidate", { width: 30 });
}

function showWires(wires, { flow, product, signal }) {
  wires.before(flow("hidden_state", "before"));
  for (const draw of wires.feeds) draw(flow("hidden_state", "before"));
  for (const draw of wires.sums) draw(PLAIN);
  for (const [gate, draws] of Object.entries(wires.gates)) for (const draw of draws) draw(signal(gate));
  wires.kept(product("update_gate", "hidden_state", "before"));
  wires.candidate(flow("candidate", "now"));
  wires.renewed(product("update_gate", "candidate", "now", true));
  wires.after(flow("hidden_state", "now"));
}
