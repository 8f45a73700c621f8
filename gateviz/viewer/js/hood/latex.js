// Reads the equations of textbook/conventions.py, which are LaTeX, as a tree.
//
//   equation = symbol "=" sum           sum = product {("+" | "−") product}          product = factor {"\odot" factor}
//   factor = one or two atoms           two atoms side by side are a matrix product
//   atom = symbol | "1" | "\sigma(" sum ")" | "\tanh(" sum ")" | "\phi(" sum ")" | "(" sum ")"

/**
 * @typedef {object} Node
 * @property {"symbol"|"one"|"call"|"group"|"sum"|"product"|"matmul"} kind
 * @property {string} [name] Of a symbol, as the source writes it without braces, such as "W_xi", "h_t-1" or "~C_t"; of a call
 *   "σ", "tanh" or "φ".
 * @property {{letter: string, accent: string, prime: boolean, index: string}} [parts] Of a symbol.
 * @property {Node} [inner] Of a call and a group.
 * @property {{sign: 1|-1, node: Node}[]} [terms] Of a sum; there are two at least.
 * @property {Node[]} [factors] Of a product, and the two sides of a matrix product.
 */

const CALLS = { "\\sigma": "σ", "\\tanh": "tanh", "\\phi": "φ" };
const ACCENTS = { "\\tilde": "~", "\\hat": "^" };
const TOKENS = /\\[a-z]+|[A-Za-z]|[0-9]+|[_{}()+=',-]/g;

/** @returns {{left: Node, right: Node}} */
export function readEquation(latex) {
  const reader = new Reader(latex.match(TOKENS));
  const left = reader.atom();
  reader.take("=");
  return { left, right: reader.sum() };
}

class Reader {
  #tokens;
  #at = 0;

  constructor(tokens) {
    this.#tokens = tokens;
  }

  get #next() {
    return this.#tokens[this.#at];
  }

  take(expected) {
    const token = this.#tokens[this.#at++];
    if (expected && token !== expected) throw new Error(`${expected} expected, not ${token}`);
    return token;
  }

  sum() {
    const terms = [{ sign: 1, node: this.#product() }];
    while (this.#next === "+" || this.#next === "-") terms.push({ sign: this.take() === "+" ? 1 : -1, node: this.#product() });
    return terms.length === 1 ? terms[0].node : { kind: "sum", terms };
  }

  #product() {
    const factors = [this.#factor()];
    while (this.#next === "\\odot") {
      this.take();
      factors.push(this.#factor());
    }
    return factors.length === 1 ? factors[0] : { kind: "product", factors };
  }

  #factor() {
    const first = this.atom();
    const isFollowed = this.#next !== undefined && !["+", "-", "=", ")", "\\odot"].includes(this.#next);
    return isFollowed ? { kind: "matmul", factors: [first, this.atom()] } : first;
  }

  atom() {
    const token = this.take();
    if (token === "1") return { kind: "one" };
    if (token !== "(" && !CALLS[token]) return this.#symbol(token);
    if (token !== "(") this.take("(");
    const inner = this.sum();
    this.take(")");
    return token === "(" ? { kind: "group", inner } : { kind: "call", name: CALLS[token], inner };
  }

  #symbol(token) {
    const accent = ACCENTS[token] ?? "";
    const letter = accent ? this.#braced() : token;
    const prime = this.#next === "'";
    if (prime) this.take();
    let index = "";
    if (this.#next === "_") {
      this.take();
      index = this.#next === "{" ? this.#braced() : this.take();
    }
    return { kind: "symbol", name: `${accent}${letter}${prime ? "'" : ""}${index && "_"}${index}`, parts: { letter, accent, prime, index } };
  }

  #braced() {
    this.take("{");
    let text = "";
    while (this.#next !== "}") text += this.take();
    this.take("}");
    return text;
  }
}
