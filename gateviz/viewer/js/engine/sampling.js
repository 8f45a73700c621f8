// Draws one of the scores as models/generation.py does, and with the same random numbers as PyTorch: a seed gives the same draw.

const SIZE = 624; // words of the Mersenne Twister's state
const SHIFT = 397;

/**
 * The generator of torch.Generator().manual_seed(seed) on a CPU: MT19937, seeded with the lowest 32 bits.
 *
 * @param {number|bigint} seed A whole number from 0.
 * @returns {function(): number} Numbers from 0 to below 1 with 53 bits, as torch draws doubles.
 */
export function createGenerator(seed) {
  const state = new Uint32Array(SIZE);
  state[0] = Number(BigInt.asUintN(32, BigInt(seed)));
  for (let i = 1; i < SIZE; i++) state[i] = Math.imul(1812433253, state[i - 1] ^ (state[i - 1] >>> 30)) + i;
  let place = SIZE;

  function renew() {
    for (let i = 0; i < SIZE; i++) {
      const joined = (state[i] & 0x80000000) | (state[(i + 1) % SIZE] & 0x7fffffff);
      state[i] = state[(i + SHIFT) % SIZE] ^ (joined >>> 1) ^ (joined & 1 ? 0x9908b0df : 0);
    }
    place = 0;
  }
  function word() {
    if (place === SIZE) renew();
    let bits = state[place++];
    bits ^= bits >>> 11;
    bits ^= (bits << 7) & 0x9d2c5680;
    bits ^= (bits << 15) & 0xefc60000;
    return (bits ^ (bits >>> 18)) >>> 0;
  }
  return () => {
    const high = word() & 0x1fffff; // 21 bits of the first word, then all 32 of the second
    return (high * 2 ** 32 + word()) * 2 ** -53;
  };
}

/**
 * One place of the scores. A score of -Infinity is never drawn.
 *
 * @param {Float64Array} scores
 * @param {{temperature: number, topK: ?number}} sampling Scores are divided by the temperature; 0 takes the likeliest. Only the
 *   `topK` largest can be drawn.
 * @param {function(): number} random That of createGenerator().
 */
export function draw(scores, { temperature, topK }, random) {
  const highest = scores.reduce((most, score) => Math.max(most, score), -Infinity);
  if (temperature === 0) return scores.indexOf(highest);
  const least = topK !== null && topK < scores.length ? scores.toSorted().at(-topK) : -Infinity;
  const shares = scores.map((score) => (score < least ? 0 : Math.exp((score - highest) / temperature)));
  // The largest of share / e, with an exponential e for each, is drawn as often as its share says: so torch.multinomial draws.
  let best = 0;
  let most = -1;
  for (const [place, share] of shares.entries()) {
    const found = share / -Math.log1p(-random());
    if (found > most) [best, most] = [place, found];
  }
  return best;
}
