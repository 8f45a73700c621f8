// test_pieces.py puts the packing's own pieces together; here is the order in which they are asked for.

import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { test } from "node:test";
import { deflateSync } from "node:zlib";

import { readPicture } from "../../../../../gateviz/viewer/js/picture/pieces.js";

const [SIZE, STEPS] = [10, 95];

/** A packed picture: a header and, for a piece, the steps' own numbers as the only signal. */
function packed(header, values = []) {
  const json = deflateSync(JSON.stringify({ ...header, arrays: values.length ? [{ cell: "rnn", signal: "hidden_state", steps: values.length, units: 1 }] : [] }));
  const bytes = new Uint8Array(Float32Array.from(values).buffer);
  const planes = [1, 2, 3].flatMap((byte) => values.map((_, index) => bytes[4 * index + byte]));
  const length = new Uint8Array(Uint32Array.of(json.length).buffer);
  return Uint8Array.from([...length, ...json, ...deflateSync(Uint8Array.from(planes))]);
}

/** A long picture, and a server that notes what it is asked for and answers when it is let. */
async function openPicture(answer = () => wait(1)) {
  const server = { asked: [], running: 0, most: 0 };
  const fetchPiece = async (path) => {
    const number = Number(path.split("/")[1]);
    server.asked.push(path.split("/")[1]);
    server.most = Math.max(server.most, ++server.running);
    try {
      await answer(path);
    } finally {
      server.running--;
    }
    const steps = Array.from({ length: Math.min(SIZE, STEPS - number * SIZE) }, (_, step) => number * SIZE + step);
    return packed({}, steps);
  };
  const header = { tokens: Array(STEPS).fill({}), pieces: { name: "abc", size: SIZE, signals: { rnn: { hidden_state: 1 } } } };
  const picture = await readPicture(packed(header), fetchPiece);
  return { picture, server };
}

test("what is looked at comes first, with the steps beside the cursor, and at most two requests run together", async () => {
  const { picture, server } = await openPicture();
  picture.look(50, 42, 57);
  await picture.get(42, 57);
  assert.deepEqual(server.asked.slice(0, 2), ["4", "5"]);
  assert.equal(server.most, 2);
  assert.equal(picture.has(40, 59), true);
  assert.equal(picture.has(39, 59), false);
  picture.leave();
});

test("in the end all steps come, the nearest first, each asked for once", async () => {
  const { picture, server } = await openPicture();
  picture.look(55, 50, 59);
  while (!picture.has(0, STEPS - 1)) await wait(2);
  assert.deepEqual([...server.asked].sort(), ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
  const distance = server.asked.map((piece) => Math.abs(Number(piece) - 5));
  assert.deepEqual(distance, [...distance].sort((one, other) => one - other));
  assert.deepEqual([...picture.signals.rnn.hidden_state], Array.from({ length: STEPS }, (_, step) => step));
  picture.leave();
});

test("a number that has not come is none", async () => {
  const { picture } = await openPicture(() => new Promise(() => {}));
  picture.look(0, 0, 9);
  assert.ok(picture.signals.rnn.hidden_state.every(Number.isNaN));
  assert.deepEqual(picture.spans(), []);
  picture.leave();
});

test("what somebody waits for overtakes the rest, and is told when it has come", async () => {
  const { picture, server } = await openPicture();
  const came = [];
  picture.came = (first, last) => came.push([first, last]);
  picture.look(0, 0, 9);
  await picture.get(90, 94);
  assert.ok(server.asked.indexOf("9") <= 2, String(server.asked));
  assert.ok(came.some(([first, last]) => first === 90 && last === 94));
  picture.leave();
});

test("a picture that nobody looks at any more asks for nothing", async () => {
  const { picture, server } = await openPicture();
  picture.look(0, 0, 9);
  picture.leave();
  await wait(40);
  assert.ok(server.asked.length <= 2, String(server.asked));
});

test("the same bytes are read once", async () => {
  const bytes = packed({ tokens: [{}] }, [1]);
  assert.equal(readPicture(bytes), readPicture(bytes));
  const picture = await readPicture(bytes);
  assert.deepEqual([picture.has(0, 0), picture.spans()], [true, [[0, 1]]]);
});

test("where pieces are refused, the whole picture is asked for", async () => {
  const header = { tokens: Array(STEPS).fill({}), pieces: { name: "abc", size: SIZE, signals: { rnn: { hidden_state: 1 } } } };
  const asked = [];
  const refuse = async () => {
    throw Object.assign(new Error("403"), { isRefusal: true });
  };
  const picture = await readPicture(packed(header), refuse, () => asked.push("whole"));
  picture.look(50, 42, 57);
  while (!asked.length) await wait(1);
  assert.deepEqual(asked, ["whole"], "once, though two requests ran");
  picture.leave();
});

test("what is refused is asked for less and less often", async (context) => {
  const header = { tokens: Array(STEPS).fill({}), pieces: { name: "abc", size: SIZE, signals: { rnn: { hidden_state: 1 } } } };
  let requests = 0;
  const whole = [];
  const refuse = async () => {
    requests += 1;
    throw Object.assign(new Error("403"), { isRefusal: true });
  };
  const picture = await readPicture(packed(header), refuse, () => whole.push(requests));
  context.mock.timers.enable({ apis: ["setTimeout"] });
  picture.look(50, 42, 57);
  for (let second = 0; second < 60; second++) {
    await new Promise(setImmediate);
    context.mock.timers.tick(1000);
  }
  assert.ok(requests >= 6 && requests <= 12, `${requests} requests in a minute`);
  assert.ok(whole.length >= 1 && whole.length <= 2, `asked for the whole picture after ${whole} requests`);
  picture.leave();
});
