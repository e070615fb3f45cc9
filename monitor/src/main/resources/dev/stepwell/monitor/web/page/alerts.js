// What a person should look at. Said once by a screen reader, and touched only where it is another.

import { $, element } from './dom.js';

let shown = '[]';

export function alerts(status) {
  const standing = (status.active_alerts ?? []).map((alert) => alert.message);
  if (status.error_message && !standing.includes(status.error_message)) standing.unshift(`${status.error_type}: ${status.error_message}`);
  const now = JSON.stringify(standing);
  if (now === shown) return;
  shown = now;
  $('alerts').replaceChildren(...standing.map((message) => element('p', message)));
}
