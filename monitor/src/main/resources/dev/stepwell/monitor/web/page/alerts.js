// What a person should look at: what is wrong, since when, by what it is seen and what to do. One that stands keeps its
// place, open or closed; a screen reader says it once.

import { $, element } from './dom.js';
import { clock, count } from './words.js';

const shown = new Map();

export function alerts(status) {
  const standing = status.active_alerts ?? [];
  const errors = status.error_message && !standing.some((alert) => alert.message === status.error_message) ? [error(status)] : [];
  const all = [...errors, ...standing];
  const keys = all.map(key);
  for (const [of, made] of shown) {
    if (keys.includes(of)) continue;
    made.remove();
    shown.delete(of);
  }
  all.forEach((alert, i) => {
    const made = shown.get(keys[i]) ?? opened(alert, keys[i]);
    fill(made, alert);
    if ($('alerts').children[i] !== made) $('alerts').insertBefore(made, $('alerts').children[i] ?? null);
  });
}

const error = (status) => ({ type: 'error', severity: 'critical', message: `${status.error_type}: ${status.error_message}` });

const key = (alert) => `${alert.type} ${alert.since ?? alert.message}`;

function opened(alert, of) {
  const made = element('details', element('summary', element('span'), ' ', element('small')), element('p'), element('p'));
  made.open = alert.severity === 'critical';
  made.children[1].setAttribute('aria-live', 'off'); // Figures move; what is wrong does not.
  shown.set(of, made);
  return made;
}

function fill(made, alert) {
  made.className = ['critical', 'info'].includes(alert.severity) ? alert.severity : 'warning';
  const [summary, seenBy, whatToDo] = made.children;
  say(summary.firstChild, alert.message);
  say(summary.lastChild, [alert.since && `since ${clock(alert.since)}`, alert.step != null && `step ${count(alert.step)}`].filter(Boolean).join(', '));
  say(seenBy, alert.evidence ? `Seen by: ${alert.evidence}` : '');
  say(whatToDo, alert.remedy ? `What to do: ${alert.remedy}` : '');
  made.classList.toggle('bare', !alert.evidence && !alert.remedy);
}

function say(node, words) {
  if (node.textContent !== words) node.textContent = words;
}
