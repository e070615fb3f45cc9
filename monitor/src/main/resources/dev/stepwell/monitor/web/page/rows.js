// A table whose rows are those of a list that changes: a row stays the same element for as long as it says the same, so
// that nobody who reads, has the focus in it or has a list of it open is torn out.

import { $, element } from './dom.js';

// Fills the body of table `name`. `made(item)` gives the cells; items have an `id`.
export function fill(name, items, made) {
  const body = $(`${name}-rows`);
  $(`${name}-empty`).hidden = items.length > 0;
  $(name).hidden = items.length === 0;
  const old = new Map([...body.rows].map((row) => [row.dataset.id, row]));
  const focused = body.contains(document.activeElement) ? placeOf(document.activeElement) : null;
  let next = body.firstElementChild;
  for (const item of items) {
    const id = String(item.id);
    const says = JSON.stringify(item);
    let row = old.get(id);
    old.delete(id);
    if (row?.says !== says) {
      const fresh = element('tr', ...made(item));
      fresh.setAttribute('role', 'row');
      fresh.dataset.id = id;
      fresh.says = says;
      if (row && row === next) next = row.nextElementSibling;
      row?.remove();
      row = fresh;
    }
    if (row === next) next = next.nextElementSibling;
    else body.insertBefore(row, next);
  }
  old.forEach((row) => row.remove());
  if (focused !== null && !body.contains(document.activeElement)) refocus(body, focused, name);
}

// Where in the table something with the focus is: its row may be made anew, or go.
function placeOf(focused) {
  const row = focused.closest('tr');
  return { id: row.dataset.id, index: row.sectionRowIndex, control: [...row.querySelectorAll('button, select')].indexOf(focused) };
}

function refocus(body, { id, index, control }, name) {
  const row = [...body.rows].find((each) => each.dataset.id === id) ?? body.rows[Math.min(index, body.rows.length - 1)];
  const controls = row ? [...row.querySelectorAll('button, select')] : [];
  const target = controls[Math.min(control, controls.length - 1)] ?? $(`${name}-heading`);
  target.focus({ preventScroll: true });
}

// A cell, and what its column is called, for where the columns stand below each other.
export function cell(label, ...content) {
  const made = element('td', ...content);
  made.setAttribute('role', 'cell');
  made.dataset.label = label;
  return made;
}
