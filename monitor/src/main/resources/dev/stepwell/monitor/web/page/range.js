// Which steps are looked at: one choice for all charts, live where it reaches to the newest step.

import { $, text } from './dom.js';
import { count } from './words.js';

let chosen = { kind: 'all' };
let changed = () => {};

// Calls `listener` after each change that a person made.
export function onRange(listener) {
  changed = listener;
}

// Whether it reaches to the newest step, so that what is measured from now on belongs to it.
export const isLive = () => chosen.kind !== 'stretch';

// The first and the last step looked at, of those that there are. `begin` is the step before the file's first.
export function bounds({ first, last, begin }) {
  switch (chosen.kind) {
    case 'all':
      return [first, last];
    case 'last':
      return [Math.max(first, last - chosen.steps), last];
    case 'file':
      return [Math.min(begin, last), last];
    default:
      return [chosen.from, chosen.to];
  }
}

// Looks at the steps from `from` to `to`.
export function stretch(from, to) {
  $('zoom-stretch').hidden = false;
  text('zoom-stretch', `steps ${count(from)} to ${count(to)}`);
  $('zoom').value = 'stretch';
  choose({ kind: 'stretch', from, to });
}

export function all() {
  $('zoom').value = 'all';
  choose({ kind: 'all' });
}

function choose(range) {
  chosen = range;
  $('zoom-stretch').hidden = range.kind !== 'stretch';
  $('zoom-out').hidden = range.kind === 'all';
  changed();
}

$('zoom-out').addEventListener('click', () => {
  all();
  $('zoom').focus(); // The button is gone by now.
});
$('zoom').addEventListener('change', () => {
  const value = $('zoom').value;
  if (value === 'stretch') return;
  choose(value === 'all' || value === 'file' ? { kind: value } : { kind: 'last', steps: Number(value) });
});
