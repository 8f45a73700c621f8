// A plain RNN: what was before goes through U, meets W x, and becomes the new state through tanh. Nothing goes around.

/** Draw it. Returns show(flows). */
export function drawRnn({ wire, label, box, plus, output, squash }, { x, y, left, right, height }) {
  const belt = y(0.46);
  const [u, sum, tanh] = [x(0.26), x(0.5), x(0.75)];
  const before = wire("sums", [[left, belt], [u - 12, belt]]);
  const recurrent = wire("sums", [[u + 12, belt], [sum - 7, belt]]);
  wire("sums", [[sum, height], [sum, y(0.78) + 10]], "input")({ size: 0.12, strands: [] });
  const input = wire("sums", [[sum, y(0.78) - 10], [sum, belt + 7]]);
  const total = wire("candidate", [[sum + 7, belt], [tanh - 18, belt]]);
  const after = wire("write read", [[tanh + 18, belt], [right, belt]]);
  label(left + 2, belt - 9, "h_t−1", "start");
  label(sum + 7, height - 4, "x_t", "start");
  box("sums", u, belt, "U", "hidden_state", { isTabStop: false });
  box("sums", sum, y(0.78), "W", "hidden_state", { isTabStop: false });
  plus("sums", sum, belt, "hidden_state");
  box("candidate", tanh, belt, squash, "hidden_state", { width: 36, isTabStop: false });
  const h = output("write read", "hidden_state", "h_t", [right - 2, belt - 9], [right - 2, belt + 18]);
  return ({ flow, now, unit }) => {
    before(flow("hidden_state", "before"));
    for (const draw of [recurrent, input, total]) draw({ size: 0.12, strands: [] });
    after(flow("hidden_state", "now"));
    h(now("hidden_state"), unit);
  };
}
