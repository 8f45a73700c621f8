"""The recipe of a task, changed as a person wants it, the text that its film shows, and when the task is learnt.

Set-ups differ from those of the models that ship where a lesson has less time: `hometown` has random words of the
shipped model's vocabulary between its sentences in the place of a book's, because no book comes with gateviz; temporal
order has texts of one length, as in 1997; fewer texts are held out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np

from gateviz.data.corpora import formal_languages, memory_tests
from gateviz.data.corpora.sources import DataSource
from gateviz.data.tokenizing.number_tokenizer import MARKED, NumberTokenizer
from gateviz.experiments.settings import OWN_TEXT, Settings
from gateviz.experiments.sizes import sizes
from gateviz.i18n.bilingual import Bilingual
from gateviz.pretrained.folder import find_card
from gateviz.recipes import recipe_of
from gateviz.recipes.brackets import BracketsRecipe
from gateviz.recipes.characters import CharacterRecipe
from gateviz.recipes.copying import CopyingRecipe
from gateviz.recipes.counting import CountingRecipe
from gateviz.recipes.fact_keeping import Books, FactRecipe
from gateviz.recipes.recipe import Recipe
from gateviz.recipes.synthetic import SyntheticRecipe
from gateviz.recipes.temporal_order import OrderRecipe
from gateviz.results.trace import CELLS, CellName
from gateviz.training.loop import TrainPlan

FILLERS = 4000
"""Random words between the sentences of `hometown`, each for training and for the held-out texts."""

HELD_OUT = 200
"""Texts of a synthetic task: enough for a curve, and scored within some 20 ms."""

_PROBE_SEED = 7
_HELD_OUT_SHARE = 10


@dataclass(frozen=True, slots=True)
class Probe:
    """A text that all models of a film read, and what would be right at its end."""

    text: str
    answer: str = ""
    """The label, or the value; "" where the last token of the text is what has to be predicted."""


PROBES: Mapping[str, Probe] = {
    "hometown": Probe(
        "I grew up in France. It was late. We once travelled to Italy. No, I grew up in Spain. "
        "All of us were silent. I speak fluent",
        "Spanish",
    ),
    "hometown-zh": Probe(
        "我在法国长大。今天天气很好。我们去过一次意大利。不，我在日本长大。后来大家都笑了。我会说流利的", "日语"
    ),
}


def passes(settings: Settings, score: float) -> bool:
    """Whether a held-out figure means that the task is learnt.

    It is with 99 % of the texts right; with 95 % of the closing brackets; with a squared error under 0.01, where always
    answering 1 has 0.17; with counting half as far again as was trained. A text never is.
    """
    if settings.task == "adding":
        return score < 0.01
    if settings.task == "counting":
        return score >= 1.5 * settings.length
    if settings.task == OWN_TEXT:
        return False
    return score >= (0.95 if settings.task == "brackets" else 0.99)


def recipe_for(settings: Settings, cell: CellName) -> Recipe:
    """The recipe by which that cell is trained."""
    task = _BASES.get(settings.task, settings.task)
    recipe = own_text_recipe(settings) if task == OWN_TEXT else recipe_of(task)
    plan = replace(
        recipe.plan,
        steps=settings.steps,
        learning_rate=settings.learning_rate,
        clip=settings.clip,
        warmup=min(recipe.plan.warmup, settings.steps // 10),
        evaluations=0,
    )
    if isinstance(recipe, FactRecipe):
        units = sizes(settings.same, settings.units, recipe.embedding_size, len(recipe.labels))[cell]
        return replace(recipe, plan=plan, hidden_size=units, **_facts(recipe, settings))
    if isinstance(recipe, CharacterRecipe):
        known = len(set(settings.text)) + 1
        counts = sizes(settings.same, settings.units, recipe.embedding_size, known)
        return replace(recipe, plan=plan, hidden_size=counts)
    synthetic = cast("SyntheticRecipe", recipe)
    inputs = len(synthetic.tokenizer)
    counts = sizes(settings.same, settings.units, inputs, len(synthetic.labels) or inputs)
    lengths = _lengths(synthetic, settings.length)
    bias = settings.forget_bias
    return replace(synthetic, plan=plan, hidden_size=counts, forget_bias=bias, time_lapse=False, **lengths)


_BASES = {"temporal-order": "temporal-order-100"}
"""The recipe with long texts alone, because short ones would teach an LSTM of any bias."""


def _facts(recipe: FactRecipe, settings: Settings) -> dict[str, Any]:
    """Passages of that length, a few held-out texts of each kind, and the LSTM's forget bias."""
    lstm = {gate: bias for gate, bias in recipe.gate_biases["lstm"].items() if gate != "forget_gate"}
    if settings.forget_bias is not None:
        lstm["forget_gate"] = settings.forget_bias
    distances = tuple(sorted({settings.length // 4, settings.length // 2, settings.length}))
    return {
        "longest": settings.length,
        "distances": distances,
        "held_out_texts": 12,
        "gate_biases": {**recipe.gate_biases, "lstm": lstm},
        "seeds_tried": 1,
    }


def _lengths(recipe: SyntheticRecipe, length: int) -> dict[str, Any]:
    """What a length means for each synthetic task."""
    if isinstance(recipe, OrderRecipe):
        return {"length": length, "shortest": length, "longest": length, "held_out_texts": HELD_OUT}
    if isinstance(recipe, CopyingRecipe):
        return {"gap": length, "held_out_texts": HELD_OUT // 2}
    if isinstance(recipe, CountingRecipe):
        return {"longest": length, "held_out_texts": 3 * length}
    if isinstance(recipe, BracketsRecipe):
        even = 2 * (length // 2)
        return {"length": even, "deepest": min(recipe.deepest, even // 2), "held_out_texts": HELD_OUT // 2}
    return {"length": length, "held_out_texts": HELD_OUT}


def own_text_recipe(settings: Settings) -> CharacterRecipe:
    """A recipe for the characters of a person's own text: its last tenth is held out."""
    room = len(settings.text) // _HELD_OUT_SHARE - _HELD_OUT_SHARE
    window = min(settings.length, room)
    words = Bilingual("Characters in the manner of one text.", "模仿一篇文本的字符。")
    few = Bilingual("It knows one short text only.", "它只读过一篇短文。")
    return CharacterRecipe(
        task=OWN_TEXT,
        data=DataSource(file="", name="a text of one's own", author="", licence="", source=""),
        plan=TrainPlan(
            steps=settings.steps,
            batch_size=max(1, min(32, room // window)),
            learning_rate=settings.learning_rate,
            warmup=20,
            clip=settings.clip,
            evaluations=0,
        ),
        good_for=words,
        fails_at=dict.fromkeys(CELLS, few),
        held_out_share=_HELD_OUT_SHARE,
        embedding_size=16,
        hidden_size=dict.fromkeys(CELLS, settings.units),
        window=window,
        ngram_orders=(3,),
    )


def data_for(settings: Settings) -> Any:
    """What `Recipe.start` takes as its data.

    Raises:
        PretrainedError: there is no model of the task, whose vocabulary `hometown` needs.
    """
    if settings.task == OWN_TEXT:
        return settings.text
    recipe = recipe_of(settings.task)
    if not isinstance(recipe, FactRecipe):
        return None
    tokenizer = find_card(settings.task, "lstm").tokenizer()
    said = {tokenizer.entries[i] for text in recipe.wordings.sentences for i in tokenizer.encode(text)}
    fillers = [entry for entry in tokenizer.entries if entry not in said and entry.isalpha()]
    generator = np.random.default_rng(_PROBE_SEED)
    space = recipe.wordings.space
    parts = [space.join(generator.choice(fillers, FILLERS).tolist()) for _ in range(2)]
    return Books(*map(recipe.passages, parts))


def probe_for(settings: Settings) -> Probe:
    """The text of the film, which no training sees."""
    generator = np.random.default_rng(_PROBE_SEED)
    length = settings.length
    if settings.task == "temporal-order":
        ids, answers = memory_tests.temporal_order(generator, 1, length)
        text = "".join(memory_tests.ORDER_SYMBOLS[index] for index in ids[0])
        return Probe(text, memory_tests.ORDERS[answers[0]])
    if settings.task == "adding":
        numbers, _ = memory_tests.adding(generator, 1, length)
        numbers[:, :, 0] = numbers[:, :, 0].round(2)
        total = float((numbers[0, :, 0] * numbers[0, :, 1]).sum())
        return Probe(NumberTokenizer(MARKED).text(numbers[0].tolist()), f"{total:.2f}")
    if settings.task == "copy":
        recipe = cast("CopyingRecipe", recipe_for(settings, "lstm"))
        return Probe(recipe.hold_out(generator, 1).texts[0])
    if settings.task == "counting":
        return Probe(formal_languages.counted(length))
    if settings.task == "brackets":
        even = 2 * (length // 2)
        return Probe(formal_languages.brackets(generator, even, min(8, even // 2)))
    if settings.task == OWN_TEXT:
        cut = len(settings.text) * (_HELD_OUT_SHARE - 1) // _HELD_OUT_SHARE
        return Probe(settings.text[cut : cut + 40])
    return PROBES[settings.task]
