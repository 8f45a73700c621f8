import assert from "node:assert/strict";
import { test } from "node:test";

import { acrostic, quatrain, streamOf, writesPoems } from "../../../../../gateviz/viewer/js/engine/poems.js";

const MODEL = { config: { answers: "next" }, outputs: ["\n", "5", "7", "，", "。", "春", "江", "花"] };

test("the stream of a beginning is the published value of FNV-1a", () => {
  assert.equal(streamOf("foobar"), 0xbf9cf968);
});

test("the guide holds the form and gives the heads their places", () => {
  const [{ prompt, how }] = acrostic(MODEL, "月夜", 5, 3);
  assert.equal(prompt, "5");
  assert.deepEqual(how.guide("5"), ["月"]);
  assert.deepEqual(how.guide("5月"), ["春", "江", "花"]);
  assert.deepEqual(how.guide("5月江江江江"), ["，"]);
  assert.deepEqual(how.guide("5月江江江江，春江江江江。"), ["夜"]);
  assert.deepEqual(how.guide("5月江江江江，春江江江江。夜江江江江，春江江江江。"), []);
});

test("without a form the first clause decides", () => {
  const { prompt, how } = quatrain(MODEL, "", null, 0);
  assert.deepEqual(how.guide(`${prompt}江江江江江`), ["春", "江", "花", "，"]);
  assert.deepEqual(how.guide(`${prompt}江江江江江江江`), ["，"]);
  assert.deepEqual(how.guide(`${prompt}江江江江江江江，春春春春春`), ["春", "江", "花"]);
});

test("a model that does not know the marks writes no poems", () => {
  assert.ok(writesPoems(MODEL));
  assert.ok(!writesPoems({ ...MODEL, outputs: ["5", "7", "，", "。"] }));
  assert.ok(!writesPoems({ ...MODEL, config: { answers: "class" } }));
});
