// The spectral radius of a matrix, the largest absolute value of its eigenvalues: what ||A^k||^(1/k) goes to.

const SQUARINGS = 22; // k is 2 to this power

/** @param {Float64Array} matrix Square, row by row. */
export function spectralRadius(matrix) {
  const size = Math.sqrt(matrix.length);
  let power = matrix.slice();
  let log = 0; // of what the power is to be multiplied by
  for (let turn = 0; turn <= SQUARINGS; turn++) {
    const norm = Math.hypot(...power);
    if (norm === 0) return 0;
    for (let i = 0; i < power.length; i++) power[i] /= norm;
    log += Math.log(norm);
    if (turn === SQUARINGS) break;
    power = square(power, size);
    log *= 2;
  }
  return Math.exp(log / 2 ** SQUARINGS);
}

function square(matrix, size) {
  const found = new Float64Array(matrix.length);
  for (let i = 0; i < size; i++) {
    const row = found.subarray(i * size, (i + 1) * size);
    for (let k = 0; k < size; k++) {
      const factor = matrix[i * size + k];
      const other = k * size;
      for (let j = 0; j < size; j++) row[j] += factor * matrix[other + j];
    }
  }
  return found;
}
