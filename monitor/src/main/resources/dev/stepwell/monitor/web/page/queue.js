// The queue: what waits, what is done, what can be done about it.

import { desk } from './desk.js';
import { details } from './details.js';
import { $, button, element, isolated, text } from './dom.js';
import { cell, fill } from './rows.js';
import { clock, count, counted, duration, number } from './words.js';

const SHOWN_OF_EACH_STATE = [8, 50, 500]; // At first, and each time that more are asked for.
const ASK_AGAIN_MS = 60_000; // What changes without a word in the status: a priority, a copy that is held.
const TRY_AGAIN_MS = 5_000;

const WORDS = { hold: 'Hold', release: 'Release', remove: 'Remove', retry: 'Retry' };
const STATES = {
  queue: ['training', 'interrupted', 'held', 'waiting', 'taking'],
  done: ['completed', 'skipped', 'failed', 'removed'],
};
const PRIORITIES = ['high', 'normal', 'low'];

let shownFor = '';
let askAgainAt = 0;
const more = { queue: 0, done: 0 };
let asking = false;
let askAgain = false; // Somebody wants it anew while it is being asked for.
let failed = false;

// Asks anew where the status says that the queue is another.
export function follow(status) {
  const now = [status.boot_id, status.status, status.batch_number, status.batch_queue_size, status.waiting_files, status.current_file].join('|');
  const due = Date.now() >= askAgainAt;
  if (asking || !(due || (now !== shownFor && !failed))) return;
  shownFor = now;
  refresh();
}

export async function refresh() {
  if (asking) {
    askAgain = true;
    return;
  }
  asking = true;
  askAgainAt = Date.now() + ASK_AGAIN_MS;
  try {
    const tables = Object.keys(STATES);
    const lists = await Promise.all(tables.map((table) => desk({ request: 'list', states: STATES[table], limit: SHOWN_OF_EACH_STATE[more[table]] })));
    tables.forEach((table, i) => draw(table, lists[i]));
    text('queue-problem', '');
    failed = false;
  } catch (e) {
    failed = true;
    askAgainAt = Date.now() + TRY_AGAIN_MS;
    text('queue-problem', `The queue cannot be read: ${e.message}`);
  } finally {
    asking = false;
  }
  if (askAgain) {
    askAgain = false;
    refresh();
  }
}

function draw(table, list) {
  const counts = Object.entries(list.counts).filter(([state]) => STATES[table].includes(state));
  const all = counts.reduce((sum, [, n]) => sum + n, 0);
  text(`${table}-note`, counts.map(([state, n]) => `${count(n)} ${state}`).join(', '));
  fill(table, list.files, table === 'queue' ? openRow : doneRow);
  rest(table, all - list.files.length);
}

// Of long lists the beginning is shown. More than some hundred are nothing for a page.
function rest(table, hidden) {
  const all = more[table] === SHOWN_OF_EACH_STATE.length - 1;
  $(`${table}-more`).hidden = hidden === 0 || all;
  text(`${table}-more`, `Show more; ${counted(hidden, 'is', 'are')} not shown`);
  text(`${table}-rest`, hidden > 0 && all ? `${counted(hidden, 'file is', 'files are')} not shown: ./stepwell list --all shows every one.` : '');
}

function openRow(file) {
  const waits = file.state === 'waiting' || file.state === 'held';
  const rejected = file.rejected ? `, ${count(file.rejected)} refused` : '';
  return [
    nameOf(file),
    state(file),
    cell('Rows', `${count(file.rows)}${rejected}`),
    cell('Steps', count(file.planned_steps)),
    cell('Priority', waits ? priority(file) : file.priority),
    actions(file, openActions(file)),
  ];
}

function openActions(file) {
  if (file.state === 'held') return ['release', 'remove'];
  if (file.state === 'interrupted') return ['hold', 'remove'];
  if (file.state !== 'waiting') return [];
  return file.ready_at === null ? ['hold', 'remove'] : ['retry', 'hold', 'remove']; // In its back-off: try it now.
}

function doneRow(file) {
  const { trained = null, first_loss: first = null, last_loss: last = null, seconds = null } = file.learnt ?? {};
  const loss = last === null ? '–' : first === null ? number(last, 3) : `${number(first, 3)} → ${number(last, 3)}`;
  const refused = file.rejected
    ? button(count(file.rejected), () => details(file), `${counted(file.rejected, 'row', 'rows')} of ${file.name} refused: show which`)
    : count(file.rejected);
  return [
    nameOf(file),
    state(file),
    cell('Rows trained', count(trained)),
    cell('Refused', link(refused)),
    cell('Loss', loss),
    cell('Took', seconds === null ? '–' : duration(seconds)),
    cell('Done', file.settled_at === null ? '–' : clock(file.settled_at)),
    actions(file, file.state === 'completed' ? [] : ['retry']),
  ];
}

function link(control) {
  if (control instanceof Element) control.className = 'link';
  return control;
}

const nameOf = (file) => cell('File', link(button(isolated(file.name), () => details(file))));

function state(file) {
  const word = element('span', file.state);
  word.className = `word ${file.state}`;
  const made = cell('State', word);
  if (file.reason) made.append(element('small', isolated(file.reason)));
  return made;
}

function actions(file, names) {
  const made = cell('Actions', ...names.map((each) => button(WORDS[each], () => change({ request: each, file: String(file.id) }), `${WORDS[each]} ${file.name}`)));
  made.classList.add('actions');
  return made;
}

function priority(file) {
  const select = element('select', ...PRIORITIES.map((each) => new Option(each, each, false, each === file.priority)));
  select.setAttribute('aria-label', `Priority of ${file.name}`);
  select.addEventListener('change', () => change({ request: 'priority', file: String(file.id), priority: select.value }));
  return select;
}

async function change(request) {
  try {
    await desk(request);
    text('queue-problem', '');
  } catch (e) {
    text('queue-problem', e.message);
  }
  refresh();
}

for (const table of Object.keys(STATES)) {
  $(`${table}-more`).addEventListener('click', () => {
    more[table]++;
    refresh();
  });
}
