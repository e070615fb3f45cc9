// Reads charts step by step by keyboard: the loss chart is a slider over its points, and says what all charts show there.

import { text } from './dom.js';
import { all, stretch } from './range.js';
import { files, shownRange } from './series.js';
import { clock, count } from './words.js';

const PAGE = 0.1; // Of all points.
const ZOOM = 2;

// place      the chart that has the focus
// curve()    its points
// point(i)   shows a point on all charts; null for none
// said(step) what the charts show there
export function reader({ place, curve, point, said }) {
  let step = null; // Where the keys are; null while nobody reads.

  function to(index) {
    const { step: steps } = curve();
    const i = Math.max(0, Math.min(steps.length - 1, index));
    step = steps[i];
    place.setAttribute('aria-valuenow', step);
    place.setAttribute('aria-valuetext', [where(i), ...said(step)].filter(Boolean).join(', '));
    point(i);
  }

  function where(i) {
    const { step: steps, at } = curve();
    const file = files().findLast((each) => each.step < steps[i]);
    return `step ${count(steps[i])}, ${clock(at[i])}${file ? `, ${file.name}` : ''}`;
  }

  const index = () => (step === null ? curve().step.length - 1 : Math.max(0, curve().step.findLastIndex((each) => each <= step)));

  function zoom(by) {
    if (step === null) return;
    const [from, until] = shownRange();
    const half = Math.max(1, ((until - from) * by) / 2);
    stretch(Math.max(0, Math.floor(step - half)), Math.ceil(step + half));
  }

  const KEYS = {
    ArrowLeft: () => to(index() - 1),
    ArrowDown: () => to(index() - 1),
    ArrowRight: () => to(index() + 1),
    ArrowUp: () => to(index() + 1),
    PageDown: () => to(index() - Math.ceil(curve().step.length * PAGE)),
    PageUp: () => to(index() + Math.ceil(curve().step.length * PAGE)),
    Home: () => to(0),
    End: () => to(curve().step.length - 1),
    '+': () => zoom(1 / ZOOM),
    '-': () => zoom(ZOOM),
    Escape: all,
  };

  place.addEventListener('keydown', (event) => {
    const key = KEYS[event.key];
    if (!key || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    key();
  });
  place.addEventListener('focus', () => {
    if (place.matches(':focus-visible')) to(curve().step.length - 1);
  });
  place.addEventListener('blur', () => {
    step = null;
    point(null);
  });

  return {
    // The points are others: what was read stays what is read.
    drawn() {
      const { step: steps } = curve();
      if (steps.length === 0) return;
      place.setAttribute('aria-valuemin', steps[0]);
      place.setAttribute('aria-valuemax', steps.at(-1));
      if (step === null) place.setAttribute('aria-valuenow', steps.at(-1));
      else if (steps[index()] === step) point(index());
      else to(index());
    },
    // By mouse or by keys.
    pointed(i) {
      const { step: steps } = curve();
      text('loss-range', i === null || i >= steps.length ? `steps ${count(steps[0])} to ${count(steps.at(-1))}` : where(i));
    },
  };
}
