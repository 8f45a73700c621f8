import assert from "node:assert/strict";
import { test } from "node:test";

import { bytesIn, createModelFiles } from "../../../../../gateviz/viewer/js/alone/model_files.js";

const TEXTS = { cells: { lstm: "LSTM" }, away: "{cell} is away", cut: "{cell} is cut" };
const WEIGHTS = Uint8Array.from([1, 2, 3]);
const SHA256 = "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81";
const bytesOf = (value) => new TextEncoder().encode(JSON.stringify(value));
const card = (more = {}) => bytesOf({ config: {}, bytes: 3, sha256: SHA256, ...more });

/** fetchModel over these files; `asked` counts the requests. */
function over(files) {
  const asked = [];
  const fetchModel = createModelFiles(async (name) => {
    asked.push(name);
    return files[name] ?? Promise.reject(Object.assign(new Error("no"), { isAway: true }));
  }, () => TEXTS);
  return { fetchModel, asked };
}

test("a file that is what its card says is given, and asked for once", async () => {
  const { fetchModel, asked } = over({ "t/lstm/1.json": card(), "t/lstm/1.safetensors": WEIGHTS });
  assert.equal(await fetchModel("t/lstm/1.safetensors"), WEIGHTS);
  assert.equal(await fetchModel("t/lstm/1.safetensors"), WEIGHTS);
  assert.deepEqual(asked.toSorted(), ["t/lstm/1.json", "t/lstm/1.safetensors"]);
});

test("a file that was cut or changed is one sentence that names the architecture", async () => {
  for (const wrong of [WEIGHTS.subarray(0, 2), Uint8Array.from([1, 2, 4])]) {
    const { fetchModel } = over({ "t/lstm@9/1.json": card(), "t/lstm@9/1.safetensors": wrong });
    await assert.rejects(fetchModel("t/lstm@9/1.safetensors"), { message: "LSTM is cut", isSentence: true });
  }
  const { fetchModel } = over({ "t/lstm/1.json": bytesOf("x").subarray(0, 2), "t/lstm/1.safetensors": WEIGHTS });
  await assert.rejects(fetchModel("t/lstm/1.safetensors"), { message: "LSTM is cut" });
});

test("where there is no crypto, the size is what is checked", async (context) => {
  context.mock.getter(globalThis, "crypto", () => ({}));
  const { fetchModel } = over({ "t/lstm/1.json": card(), "t/lstm/1.safetensors": Uint8Array.from([9, 9, 9]) });
  assert.equal((await fetchModel("t/lstm/1.safetensors")).length, 3);
  const cut = over({ "t/lstm/1.json": card(), "t/lstm/1.safetensors": Uint8Array.from([9]) });
  await assert.rejects(cut.fetchModel("t/lstm/1.safetensors"), { message: "LSTM is cut" });
});

test("what could not be fetched is asked for again the next time", async () => {
  const files = { "t/lstm/1.json": card() };
  const { fetchModel } = over(files);
  await assert.rejects(fetchModel("t/lstm/1.safetensors"), { message: "LSTM is away" });
  files["t/lstm/1.safetensors"] = WEIGHTS;
  assert.equal(await fetchModel("t/lstm/1.safetensors"), WEIGHTS);
});

test("an element's base64 is bytes; one that is missing or cut off rejects", async () => {
  assert.deepEqual(await bytesIn({ textContent: "\nAQID\n" }), WEIGHTS);
  await assert.rejects(bytesIn(null));
  await assert.rejects(bytesIn({ textContent: "AQIDB" }));
});
