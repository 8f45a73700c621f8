// The cells as the papers draw them, live: a gate is a valve that is as open as its value, a wire is as thick as what
// flows. All three are drawn on 360 by 220: time runs from left to right, and the input comes from below.

import { makeSvg } from "../page/elements.js";
import { createParts } from "./diagram_parts.js";

/** Width and height of a diagram, in its own units. */
export const DIAGRAM = { width: 360, height: 220 };

const BELT = 44; // y of the state that is carried on
const FEED = 186; // y of what the gates read

/** A cell's diagram. `show(flows)` redraws it: see flows.js. */
export function createDiagram(cell, header) {
  const layers = { wires: makeSvg("g", { class: "wires" }), nodes: makeSvg("g", { class: "nodes" }) };
  const element = makeSvg(
    "svg",
    { viewBox: `0 0 ${DIAGRAM.width} ${DIAGRAM.height}`, class: "cell", role: "group", "aria-label": header.texts.cells[cell], "data-cell": cell },
    [layers.wires, layers.nodes],
  );
  const parts = createParts(cell, layers, header);
  const show = { rnn: drawRnn, lstm: drawLstm, gru: drawGru }[cell]({ ...parts, squash: header.squashes[cell] });
  return { element, show };
}

function drawRnn({ wire, label, box, output, squash }) {
  const before = wire("M20 110H150");
  const loop = wire("M250 110V52H110V110", "loop");
  const input = wire("M180 214V124", "input");
  const after = wire("M210 110H340", "arrow");
  label(26, 98, "h_t−1", "start");
  label(192, 208, "x_t", "start");
  label(180, 44, "U", "middle", "weight");
  box(180, 110, squash, "hidden_state", { width: 60, isTabStop: false });
  const h = output("hidden_state", [334, 98, "h_t"], [334, 134]);
  return ({ flow, now, colour, unit }) => {
    const previous = flow("hidden_state", "before");
    before(previous.size, colour("hidden_state", previous.value));
    loop(previous.size, colour("hidden_state", previous.value));
    input(0.2);
    const current = flow("hidden_state", "now");
    after(current.size, colour("hidden_state", current.value));
    h(now("hidden_state"), unit);
  };
}

function drawLstm({ wire, label, number, valve, box, plus, output }) {
  const carried = wire(`M20 ${BELT}H80`);
  const kept = wire(`M80 ${BELT}H176`);
  const cell = wire(`M176 ${BELT}H340`, "arrow");
  const hidden = wire(`M20 ${FEED}H228`);
  wire("M48 214V186", "input")(0.2);
  const gates = { f: wire("M80 186V59"), i: wire("M132 186V98H161"), o: wire("M228 186V120H263") };
  const candidate = wire("M176 186V113");
  const written = wire("M176 83V53");
  const read = wire(`M278 ${BELT}V105`);
  const out = wire(`M278 135V${FEED}H340`, "arrow");
  label(26, 32, "c_t−1", "start");
  label(26, 176, "h_t−1", "start");
  label(58, 212, "x_t", "start");
  plus(176, BELT, "cell_state");
  for (const [x, letter, signal] of [[80, "f", "forget_gate"], [132, "i", "input_gate"], [176, "g", "candidate"], [228, "o", "output_gate"]]) {
    box(x, 150, letter, signal);
  }
  box(278, 76, "tanh", "hidden_state", { width: 40, isTabStop: false });
  const valves = {
    forget_gate: valve(80, BELT, "forget_gate", false),
    input_gate: valve(176, 98, "input_gate", true),
    output_gate: valve(278, 120, "output_gate", true),
  };
  const numbers = {
    forget_gate: number(88, 80, "forget_gate"),
    input_gate: number(197, 102, "input_gate"),
    candidate: number(170, 130, "candidate", "end"),
    output_gate: number(298, 124, "output_gate"),
    cell_state: output("cell_state", [334, 32, "c_t"], [334, 62]),
    hidden_state: output("hidden_state", [334, 176, "h_t"], [334, 206]),
  };
  return ({ flow, product, now, colour, unit }) => {
    const paint = (draw, amount, signal) => draw(amount.size, colour(signal, amount.value));
    paint(carried, flow("cell_state", "before"), "cell_state");
    paint(kept, product("forget_gate", "cell_state", "before"), "cell_state");
    paint(written, product("input_gate", "candidate", "now"), "cell_state");
    paint(candidate, flow("candidate", "now"), "candidate");
    paint(cell, flow("cell_state", "now"), "cell_state");
    paint(hidden, flow("hidden_state", "before"), "hidden_state");
    paint(out, flow("hidden_state", "now"), "hidden_state");
    paint(read, flow("cell_state", "now"), "cell_state");
    for (const draw of Object.values(gates)) draw(0.1);
    for (const [signal, draw] of Object.entries(valves)) draw(now(signal), colour(signal, now(signal), true));
    for (const [signal, draw] of Object.entries(numbers)) draw(now(signal), unit);
  };
}

function drawGru({ wire, label, number, valve, box, plus, output }) {
  const before = wire(`M20 ${BELT}H120`);
  const kept = wire(`M120 ${BELT}H236`);
  const after = wire(`M236 ${BELT}H340`, "arrow");
  const branch = wire(`M42 ${BELT}V${FEED}H190`);
  const past = wire(`M190 ${FEED}H226V163`);
  wire("M64 214V186", "input")(0.2);
  wire("M246 214V163", "input")(0.2);
  const gates = [wire("M84 186V98H221"), wire("M120 98V59"), wire("M140 186V140H190V171")];
  const candidate = wire("M236 137V113");
  const renewed = wire("M236 83V53");
  label(26, 32, "h_t−1", "start");
  label(74, 212, "x_t", "start");
  label(256, 212, "x_t", "start");
  plus(236, BELT, "hidden_state");
  box(84, 150, "z", "update_gate");
  box(140, 150, "r", "reset_gate");
  box(236, 150, "n", "candidate", { width: 40 });
  const keep = valve(120, BELT, "update_gate", false);
  const renew = valve(236, 98, "update_gate", true);
  const reset = valve(190, FEED, "reset_gate", false);
  label(120, 22, "z", "middle");
  label(258, 94, "1 − z", "start");
  const numbers = {
    update_gate: number(128, 80, "update_gate"),
    reset_gate: number(190, 216, "reset_gate", "middle"),
    candidate: number(262, 154, "candidate"),
    hidden_state: output("hidden_state", [334, 32, "h_t"], [334, 66]),
  };
  return ({ flow, product, now, colour, unit }) => {
    const paint = (draw, amount) => draw(amount.size, colour("hidden_state", amount.value));
    paint(before, flow("hidden_state", "before"));
    paint(branch, flow("hidden_state", "before"));
    paint(past, product("reset_gate", "hidden_state", "before"));
    paint(kept, product("update_gate", "hidden_state", "before"));
    paint(candidate, flow("candidate", "now"));
    paint(renewed, product("update_gate", "candidate", "now", true));
    paint(after, flow("hidden_state", "now"));
    for (const draw of gates) draw(0.1);
    const [z, r] = [now("update_gate"), now("reset_gate")];
    keep(z, colour("update_gate", z, true));
    renew(1 - z, colour("update_gate", 1 - z, true));
    reset(r, colour("reset_gate", r, true));
    for (const [signal, draw] of Object.entries(numbers)) draw(now(signal), unit);
  };
}
