import assert from "node:assert/strict";
import { test } from "node:test";

import { colourTable, createColourScale, inkOn, packColour, parseColour } from "../../../../../gateviz/viewer/js/format/colours.js";

const HEADER = {
  gates: ["forget_gate"],
  limits: { cell_state: 4, hidden_state: 1 },
  palettes: { light: { gate: ["#000000", "#ffffff"], state: ["#0000ff", "#ffffff", "#ff0000"] } },
};

test("a colour is read however it is written", () => {
  for (const text of ["#1f5a9e", " #1F5A9E ", "#1f5a9eff", "rgb(31, 90, 158)", "rgba(31,90,158,0.5)"]) assert.deepEqual(parseColour(text), [31, 90, 158]);
  assert.deepEqual(parseColour("#fff"), [255, 255, 255]);
  assert.deepEqual(parseColour(""), [255, 255, 255]);
});

test("a table runs evenly from the first stop to the last", () => {
  const table = colourTable(["#000000", "#ff0000", "#ffff00"]);
  assert.equal(table.length, 256);
  assert.deepEqual([table[0], table[255]], ["rgb(0,0,0)", "rgb(255,255,0)"]);
  const [red, green] = [0, 1].map((channel) => table.map((css) => parseColour(css)[channel]));
  for (const channel of [red, green]) assert.ok(channel.every((value, index) => index === 0 || value >= channel[index - 1]));
  assert.ok(green.slice(0, 128).every((value) => value === 0));
});

test("a gate runs from 0 to 1, a state from minus its limit to its limit, and beyond nothing changes", () => {
  const { css } = createColourScale(HEADER, "light");
  assert.deepEqual([0, 1, -3, 7].map((value) => css("forget_gate", value)), ["rgb(0,0,0)", "rgb(255,255,255)", "rgb(0,0,0)", "rgb(255,255,255)"]);
  assert.deepEqual([-4, 4, -9, 9].map((value) => css("cell_state", value)), ["rgb(0,0,255)", "rgb(255,0,0)", "rgb(0,0,255)", "rgb(255,0,0)"]);
  assert.equal(css("hidden_state", 1), css("cell_state", 4));
});

test("a pixel has the colour that the style sheet has, and a number that has not come has none", () => {
  const { css, painter } = createColourScale(HEADER, "light");
  for (const signal of ["forget_gate", "cell_state", "candidate"]) {
    for (let value = -5; value <= 5; value += 0.37) assert.equal(painter(signal)(value), packColour(css(signal, value)));
    assert.equal(painter(signal)(NaN), 0);
    assert.equal(css(signal, NaN), "transparent");
  }
});

test("a pixel's bytes are red, green, blue and fully opaque", () => {
  assert.deepEqual([...new Uint8Array(Uint32Array.of(packColour("#010203")).buffer)], [1, 2, 3, 255]);
});

/** WCAG 2's contrast of two luminances. */
const contrast = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
const luminance = (css) => {
  const [red, green, blue] = parseColour(css).map((channel) => (channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

test("the ink on any colour can be read: its contrast is at least 4.5 to 1", () => {
  for (let red = 0; red <= 255; red += 15) {
    for (let green = 0; green <= 255; green += 15) {
      for (let blue = 0; blue <= 255; blue += 15) {
        const css = `rgb(${red},${green},${blue})`;
        assert.ok(contrast(luminance(inkOn(css)), luminance(css)) >= 4.5, css);
      }
    }
  }
});
