// The queue: what waits, what is done, what can be done about it. Speaks to the desk that the commands speak to.

import { asked } from './session.js';
import { count, counted, duration, number } from './words.js';

const $ = (id) => document.getElementById(id);
const SHOWN_OF_EACH_STATE = 8;

const ACTIONS = {
  waiting: ['hold', 'remove'],
  held: ['release', 'remove'],
  failed: ['retry'],
  skipped: ['retry'],
  removed: ['retry'],
  interrupted: ['hold', 'remove'],
};
const WORDS = { hold: 'Hold', release: 'Release', remove: 'Remove', retry: 'Retry' };
const DONE = ['completed', 'skipped', 'failed', 'removed'];
const PRIORITIES = ['high', 'normal', 'low'];

let shownFor = '';
let asking = false;

// Asks anew where the status says that the queue is another.
export function follow(status) {
  const now = [status.boot_id, status.status, status.batch_number, status.batch_queue_size, status.waiting_files, status.current_file].join('|');
  if (now === shownFor || asking) return;
  shownFor = now;
  refresh();
}

async function desk(request) {
  const response = await asked('/api/v1/desk', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(request),
  });
  const answer = await response.json();
  if (answer.answer === 'refused') throw new Error(`${answer.problem}: ${answer.remedy}`);
  if (!response.ok) throw new Error(answer.message ?? answer.error);
  return answer;
}

export async function refresh() {
  asking = true;
  try {
    draw(await desk({ request: 'list', states: [], limit: SHOWN_OF_EACH_STATE }));
  } catch (e) {
    shownFor = ''; // The next status tries again.
    $('queue-note').textContent = `The queue cannot be read: ${e.message}`;
  } finally {
    asking = false;
  }
}

function draw(list) {
  const open = list.files.filter((file) => !DONE.includes(file.state));
  const done = list.files.filter((file) => DONE.includes(file.state));
  $('queue-note').textContent = amounts(list.counts, (state) => !DONE.includes(state));
  $('done-note').textContent = amounts(list.counts, (state) => DONE.includes(state));
  fill('queue', open.map(openRow));
  fill('done', done.map(doneRow));
}

const amounts = (counts, wanted) =>
  Object.entries(counts)
    .filter(([state]) => wanted(state))
    .map(([state, n]) => `${count(n)} ${state}`)
    .join(', ');

function fill(table, rows) {
  $(`${table}-empty`).hidden = rows.length > 0;
  $(table).hidden = rows.length === 0;
  $(`${table}-rows`).replaceChildren(...rows);
}

function openRow(file) {
  const rejected = file.rejected ? `, ${count(file.rejected)} refused` : '';
  const rows = file.rows === null ? '–' : `${counted(file.rows, 'row', 'rows')}${rejected}`;
  const cell = actions(file);
  if (file.state === 'waiting' || file.state === 'held') cell.append(priority(file));
  return element('tr', [nameOf(file), state(file), td(rows), td(counted(file.planned_steps, 'step', 'steps')), cell]);
}

function doneRow(file) {
  const { trained = null, first_loss: first = null, last_loss: last = null, seconds = null } = file.learnt ?? {};
  const loss = last === null ? '–' : first === null ? number(last, 3) : `${number(first, 3)} → ${number(last, 3)}`;
  const at = file.settled_at === null ? '–' : new Date(file.settled_at).toLocaleString([], { dateStyle: 'short', timeStyle: 'short' });
  const took = seconds === null ? '–' : duration(seconds);
  return element('tr', [nameOf(file), state(file), td(count(trained)), td(count(file.rejected)), td(loss), td(took), td(at), actions(file)]);
}

function nameOf(file) {
  const name = button(file.name, () => show(file));
  name.className = 'link';
  return td(name);
}

function state(file) {
  const cell = td(file.state);
  if (file.reason) {
    const why = element('small', [file.reason]);
    cell.append(why);
  }
  return cell;
}

function actions(file) {
  const cell = document.createElement('td');
  for (const action of ACTIONS[file.state] ?? []) {
    cell.append(button(WORDS[action], () => change({ request: action, file: String(file.id) })));
  }
  return cell;
}

function priority(file) {
  const select = document.createElement('select');
  select.setAttribute('aria-label', `Priority of ${file.name}`);
  for (const each of PRIORITIES) {
    const option = element('option', [each]);
    option.selected = each === file.priority;
    select.append(option);
  }
  select.addEventListener('change', () => change({ request: 'priority', file: String(file.id), priority: select.value }));
  return select;
}

async function change(request) {
  try {
    await desk(request);
  } catch (e) {
    $('queue-note').textContent = e.message;
    return;
  }
  refresh();
}

async function show(file) {
  const lines = $('details-lines');
  $('details-name').textContent = file.name;
  lines.replaceChildren(element('p', ['…']));
  $('details').showModal();
  try {
    const d = (await desk({ request: 'show', file: String(file.id) })).file;
    const facts = [
      `${d.file.state}, id ${d.file.id}${d.format ? `, ${d.format}` : ''}`,
      `${counted(d.file.rows, 'row', 'rows')}: ${count(d.usable)} usable, ${count(d.file.rejected)} refused`,
      d.duration_seconds === null ? '' : `trained in ${d.duration_seconds.toFixed(1)} s`,
      d.report ? `report: ${d.report}` : '',
    ];
    const refused = (d.rejections ?? []).map((r) => `line ${r.line}${r.column ? `, column ${r.column}` : ''}: ${r.reason}`);
    lines.replaceChildren(...[...facts, ...refused].filter((line) => line !== '').map((line) => element('p', [line])));
  } catch (e) {
    lines.replaceChildren(element('p', [e.message]));
  }
}

function button(words, pressed) {
  const made = element('button', [words]);
  made.type = 'button';
  made.addEventListener('click', pressed);
  return made;
}

const td = (content) => element('td', [content]);

function element(name, children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}
