// An LSTM: the cell state runs straight along the top. f multiplies on it, i times the candidate is added, and o meets
// tanh(c) on the way to h. Below, x and h feed the four sums.

import { VALVE_RADIUS } from "./valves.js";

/** Draw it. Returns show(flows). */
export function drawLstm(parts, size) {
  const { x, y, left, right, height } = size;
  const at = {
    belt: y(0.22), feed: y(0.84), box: y(0.66), valve: y(0.44),
    f: x(0.2), i: x(0.375), g: x(0.53), o: x(0.7), out: x(0.86), x: x(0.07),
    left, right, height, tanh: y(0.39), outValve: y(0.59),
  };
  const wires = drawWires(parts, at);
  drawNodes(parts, at);
  const { number, valve, output, counts } = parts;
  const valves = {
    forget_gate: valve("gates keep", at.f, at.belt, "forget_gate", false),
    input_gate: valve("gates write", at.g, at.valve, "input_gate", true),
    output_gate: valve("gates read", at.out, at.outValve, "output_gate", true),
  };
  const numbers = {
    forget_gate: number("gates", at.f + 5, at.belt + 24, "forget_gate"),
    input_gate: number("gates", at.g + 15, at.valve + 4, "input_gate"),
    candidate: number("candidate", at.g - 5, at.box - 13, "candidate", "end"),
    output_gate: number("gates", at.out - 14, at.outValve - 6, "output_gate", "end"),
    cell_state: output("write", "cell_state", "c_t", [right - 33, at.belt - 9], [right, at.belt - 9]),
    hidden_state: output("read", "hidden_state", "h_t", [right - 2, at.feed - 9], [right - 2, at.feed + 17]),
  };
  const line = counts("gates keep", left + 2, 10, "forget_gate");
  return (flows) => {
    showWires(wires, flows);
    for (const [signal, draw] of Object.entries(valves)) draw(flows.gate(signal));
    for (const [signal, draw] of Object.entries(numbers)) draw(flows.now(signal), flows.unit);
    line(flows.gate("forget_gate"));
  };
}

function drawWires({ wire }, at) {
  const r = VALVE_RADIUS;
  const [roof, floor] = [at.box - 10, at.box + 10];
  wire("sums", [[at.x, at.height], [at.x, at.feed]], "input")({ size: 0.12, strands: [] });
  const branch = (place) => wire("sums", [[place, at.feed], [place, floor]]);
  return {
    feeds: [branch(at.f), branch(at.i), branch(at.g), wire("sums", [[at.left, at.feed], [at.o, at.feed], [at.o, floor]])],
    gates: {
      forget_gate: wire("gates", [[at.f, roof], [at.f, at.belt + r]]),
      input_gate: wire("gates", [[at.i, roof], [at.i, at.valve], [at.g - r, at.valve]]),
      output_gate: wire("gates", [[at.o, roof], [at.o, at.outValve], [at.out - r, at.outValve]]),
    },
    candidate: wire("candidate", [[at.g, roof], [at.g, at.valve + r]]),
    carried: wire("keep", [[at.left, at.belt], [at.f - r, at.belt]]),
    kept: wire("keep", [[at.f + r, at.belt], [at.g - 7, at.belt]]),
    written: wire("write", [[at.g, at.valve - r], [at.g, at.belt + 7]]),
    cell: wire("write", [[at.g + 7, at.belt], [at.right, at.belt]]),
    read: wire("read", [[at.out, at.belt], [at.out, at.tanh - 9]]),
    squashed: wire("read", [[at.out, at.tanh + 9], [at.out, at.outValve - r]]),
    out: wire("read", [[at.out, at.outValve + r], [at.out, at.feed], [at.right, at.feed]]),
  };
}

function drawNodes({ label, box, plus }, at) {
  label(at.left + 2, at.belt - 9, "c_t−1", "start");
  label(at.left + 2, at.feed - 9, "h_t−1", "start");
  label(at.x + 7, at.height - 4, "x_t", "start");
  for (const [place, letter, signal, beats] of [
    [at.f, "f", "forget_gate", "sums"], [at.i, "i", "input_gate", "sums"],
    [at.g, "g", "candidate", "sums candidate"], [at.o, "o", "output_gate", "sums"],
  ]) box(beats, place, at.box, letter, signal);
  plus("write", at.g, at.belt, "cell_state");
  box("read", at.out, at.tanh, "tanh", "hidden_state", { width: 34, isTabStop: false });
}

function showWires(wires, { flow, product, signal }) {
  for (const draw of wires.feeds) draw(flow("hidden_state", "before"));
  for (const [gate, draw] of Object.entries(wires.gates)) draw(signal(gate));
  wires.candidate(flow("candidate", "now"));
  wires.carried(flow("cell_state", "before"));
  wires.kept(product("forget_gate", "cell_state", "before"));
  wires.written(product("input_gate", "candidate", "now"));
  wires.cell(flow("cell_state", "now"));
  wires.read(flow("cell_state", "now"));
  wires.squashed(flow("cell_state", "now", Math.tanh, "hidden_state"));
  wires.out(flow("hidden_state", "now"));
}
