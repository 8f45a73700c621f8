// The sums inside the gates: from the weights, which come when somebody first asks, and the states that are shown, held or not.

import { gateSum, isSum } from "../engine/sums.js";

const DRIFT = 0.005; // a chaotic network's layers below may go another way in the browser than they went in Python

/**
 * @param {string} cell
 * @param {import("./pieces.js").Picture} picture
 * @param {{at: Function, before: Function}} reader That of signals.js.
 * @returns {(signal: string, step: number, unit: number, onCome: () => void) => ?object} What gateSum() of engine/sums.js gives;
 *   null for a signal that is no sum, or where there are no weights. Until they have come {missing: a sentence, isComing};
 *   `onCome` is called when they have come, or will not.
 */
export function createGateSums(cell, picture, { at, before }) {
  const { header, reader } = picture;
  let plain = null; // what the layer reads of the picture's own text
  let lost = ""; // the number for which the weights did not come: who looks at another asks again
  let isAsked = false;

  function bring(number, onCome) {
    if (isAsked || number === lost) return;
    isAsked = true;
    reader.ready([cell]).catch(() => (lost = number)).then(() => {
      isAsked = false;
      onCome();
    });
  }
  return (signal, step, unit, onCome) => {
    let stretches = picture.stretches[cell];
    if (!isSum(cell, signal) || (!stretches && !reader)) return null;
    if (!stretches && !reader.isReady(cell)) {
      bring([signal, step, unit].join(), onCome);
      return { missing: isAsked ? header.texts.weights_coming : header.texts.weights_lost, isComing: isAsked };
    }
    stretches ??= plain ??= reader.stretches(cell);
    const reset = cell === "gru" ? at("reset_gate", step)[unit] : 1;
    const sum = gateSum(cell, stretches, { signal, step, unit }, { before: before("hidden_state", step), reset });
    const isPlain = picture.signals[cell] === picture.plain?.signals[cell];
    const hasDrifted = isPlain && Math.abs(sum.value - at(signal, step)[unit]) > DRIFT;
    return hasDrifted ? null : sum;
  };
}
