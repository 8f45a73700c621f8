"""The facts in the lessons' texts: small expressions, computed from the models when a card is shown.

    lstm.forget_gate[235]@18            one unit's gate at one step; both count from 0
    gru.update_gate@step                as the diagram shows it: the mean of a gate, the root mean square of a state
    lstm.kept@then / lstm.units         the share of the units that kept
    lstm.half_life[unit] > 5 * rnn.gradient_half_life

The card sets `step`, `then` and `unit`; `last` is the last step and `steps` the number of steps. A cell may be followed
by `.reverse`, `.layers[0]` or `.untrained`. Without @ a fact is the mean over the steps, without [] over the units.
Python parses an expression but executes nothing of it: `Facts` walks the tree and knows the nodes below.
"""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from gateviz.app.computed import models
from gateviz.app.computed.lesson_files import LessonError, Scene, facts_in
from gateviz.app.computed.quantities import Network, Value, quantity
from gateviz.models.view import View
from gateviz.results.trace import CELLS

_ARITHMETIC: Mapping[type[ast.AST], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_ORDER: Mapping[type[ast.AST], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_CHINESE = re.compile(r"\*.*[\u4e00-\u9fff]")
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Facts:
    """Computes the facts of one card's scene.

    Raises (all methods):
        LessonError: an expression that is not a fact.
        GatevizError: a unit, step or layer that the model does not have.
    """

    def __init__(self, scene: Scene, language: str = "en") -> None:
        self.scene, self.language = scene, language
        self.tokens = models.tokenizer(scene.task, scene.cells[0]).tokenize(scene.text)

    def holds(self, condition: str) -> bool:
        """Whether a comparison, or several comparisons joined by `and`, are true of the models."""
        return self._true(_parse(condition))

    def value(self, fact: str) -> Value:
        """The value of a fact: a number, or a token."""
        return self._value(_parse(fact))

    def in_pieces(self, text: str) -> list[dict[str, Any]]:
        """A text of a card in pieces for the browser, with its facts computed.

        Words are {"text"}, with "style" where they are emphasised; a number is {"text", "value", "fact"}; a token that
        a model names is {"token", "fact"}.
        """
        pieces: list[dict[str, Any]] = []
        for words, fact, form in facts_in(text):
            pieces += _emphasis(words)
            if fact:
                pieces.append(self._piece(fact, form))
        return pieces

    def _piece(self, fact: str, form: str) -> dict[str, Any]:
        value = self.value(fact)
        if isinstance(value, str):
            return {"token": value, "fact": fact}
        whole = isinstance(value, int)
        shown = printed(value, form or ("d" if whole else ".2f"))
        return {"text": shown, "value": value if whole else float(f"{value:.6g}"), "fact": fact}

    def _true(self, node: ast.expr) -> bool:
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
            return all(self._true(value) for value in node.values)
        if not isinstance(node, ast.Compare):
            raise LessonError(f"{ast.unparse(node)!r} is not a comparison")
        values = [self._value(each) for each in (node.left, *node.comparators)]
        return all(
            _ORDER[type(order)](one, other) for order, one, other in zip(node.ops, values[:-1], values[1:], strict=True)
        )

    def _value(self, node: ast.expr) -> Value:
        match node:
            case ast.Constant(value=int() | float() | str() as value):
                return value
            case ast.Name(id=name):
                return self._place_in_text(name)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -self._number(operand)
            case ast.BinOp(op=ast.Pow(), left=what, right=step):
                return self._fact(what, int(self._number(step)))
            case ast.BinOp(op=op, left=left, right=right) if type(op) in _ARITHMETIC:
                return _ARITHMETIC[type(op)](self._number(left), self._number(right))
            case ast.Call(func=ast.Name(id="abs"), args=[argument], keywords=[]):
                return abs(self._number(argument))
            case ast.Attribute() | ast.Subscript():
                return self._fact(node, None)
        raise LessonError(f"{ast.unparse(node)!r} is not a fact")

    def _number(self, node: ast.expr) -> float:
        value = self._value(node)
        if isinstance(value, str):
            raise LessonError(f"{ast.unparse(node)!r} is a token, not a number")
        return value

    def _place_in_text(self, name: str) -> int:
        scene, steps = self.scene, len(self.tokens)
        names = {"step": scene.step, "then": scene.then, "unit": scene.unit, "last": steps - 1, "steps": steps}
        value = names.get(name)
        if value is None:
            raise LessonError(f"{name!r} is no name of a fact, or this card does not set it")
        return value

    def _fact(self, node: ast.expr, step: int | None) -> Value:
        """The fact of a cell; `node` is what stands before the @."""
        if isinstance(node, ast.Name) and node.id == "token" and step is not None:
            return self.tokens[self._step(step)].text
        unit = None
        if isinstance(node, ast.Subscript):
            unit, node = int(self._number(node.slice)), node.value
        if not isinstance(node, ast.Attribute):
            raise LessonError(f"{ast.unparse(node)!r} is not a fact")
        return quantity(self._network(node.value), node.attr, unit, None if step is None else self._step(step))

    def _step(self, step: int) -> int:
        if not 0 <= step < len(self.tokens):
            raise LessonError(f"step {step} is not one of the sentence's {len(self.tokens)}")
        return step

    def _network(self, node: ast.expr) -> Network:
        match node:
            case ast.Name(id=name) if name in CELLS:
                scene = self.scene
                view = View(scene.task, (name,), scene.text, scene.layer, scene.direction, self.language)
                return Network(scene, view)
            case ast.Attribute(value=inner, attr="reverse" | "forward" as direction):
                network = self._network(inner)
                return replace(network, view=replace(network.view, direction=direction))
            case ast.Attribute(value=inner, attr="untrained"):
                return replace(self._network(inner), weights="untrained")
            case ast.Subscript(
                value=ast.Attribute(value=inner, attr="layers"), slice=ast.Constant(value=int() as index)
            ):
                network = self._network(inner)
                return replace(network, view=replace(network.view, layer=index))
        raise LessonError(f"{ast.unparse(node)!r} is not a cell")


def printed(value: float, form: str) -> str:
    """The number with a real minus sign and with powers of ten as in a book: 3·10⁻¹¹."""
    mantissa, _, exponent = format(value, "z" + form if isinstance(value, float) else form).partition("e")
    power = f"·10{str(int(exponent)).translate(_RAISED)}" if exponent else ""
    return mantissa.replace("-", "−") + power


def _parse(fact: str) -> ast.expr:
    try:
        return ast.parse(fact.strip().replace("@", "**"), mode="eval").body  # a power binds before a product does
    except SyntaxError:
        raise LessonError(f"{fact!r} cannot be read as a fact") from None


def _emphasis(words: str) -> list[dict[str, Any]]:
    """Words as pieces: plain, *emphasised* and **strong** ones. Chinese is never slanted: it is strong instead."""
    pieces = re.split(r"(\*\*[^*]+\*\*|\*[^*]+\*)", words)
    styles = ("", "em", "strong")
    return [
        {"text": piece.strip("*"), **({"style": styles[_stars(piece)]} if _stars(piece) else {})}
        for piece in pieces
        if piece
    ]


def _stars(piece: str) -> int:
    return 2 if piece.startswith("**") or _CHINESE.match(piece) else int(piece.startswith("*"))
