import assert from "node:assert/strict";
import { test } from "node:test";

import { acrostic, quatrain, rhymeOfBeginning, streamOf, writesPoems } from "../../../../../gateviz/viewer/js/engine/poems.js";

const MODEL = { config: { answers: "next" }, outputs: ["\n", "5", "7", "，", "。", ..."春江花月夜风雨"], card: { recipe: { rhymes: "东风 江窗 麻花" } } };

test("the stream of a beginning is the published value of FNV-1a", () => {
  assert.equal(streamOf("foobar"), 0xbf9cf968);
});

test("the guide holds the form and gives the heads their places", () => {
  const [{ prompt, how }] = acrostic(MODEL, "月夜", 5, null, 3);
  assert.equal(prompt, "5");
  assert.deepEqual(how.guide("5"), ["东", "江", "麻"]);
  assert.deepEqual(how.guide("5东"), ["月"]);
  assert.deepEqual(how.guide("5东月"), [..."春江花月夜风雨"]);
  assert.deepEqual(how.guide("5东月春"), [..."春江花夜风雨"], "a character comes again only at once");
  assert.deepEqual(how.guide("5东月春春"), [..."江花夜风雨"]);
  assert.deepEqual(how.guide("5东月江江江江"), ["，"]);
  assert.deepEqual(how.guide("5东月江江江江，春江江江江。"), ["夜"]);
  assert.deepEqual(how.guide("5东月江江江江，春江江江江。夜江江江江，春江江江江。"), []);
});

test("a beginning decides the form and, once a clause has ended in one, the rhyme", () => {
  const { prompt, how } = quatrain(MODEL, "春江江江窗，", null, null, 0);
  assert.equal(prompt, "5");
  assert.deepEqual(how.guide("5"), ["江"]);
  assert.deepEqual(how.guide("5江"), ["春"]);
  assert.deepEqual(how.guide("5江春江江江窗"), ["，"]);
  assert.deepEqual(how.guide("5江春江江江窗，"), [..."花月夜风雨"]);
  assert.deepEqual(quatrain(MODEL, "春江江江窗，", null, "麻", 0).how.guide("5"), ["麻"], "what is asked for comes first");
  assert.equal(rhymeOfBeginning(MODEL, "春江江江窗"), null, "the clause has not ended");
});

test("a model that does not know the marks writes no poems", () => {
  assert.ok(writesPoems(MODEL));
  assert.ok(!writesPoems({ ...MODEL, outputs: ["5", "7", "，", "。"] }));
  assert.ok(!writesPoems({ ...MODEL, card: { recipe: {} } }));
  assert.ok(!writesPoems({ ...MODEL, config: { answers: "class" } }));
});
