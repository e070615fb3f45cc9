// What the model knows: the validation set over the steps, and of each file what later ones left of it.

import { $, element, isolated, text } from './dom.js';
import { plot } from './plot.js';
import { asked } from './session.js';
import { count, counted, number } from './words.js';

const FILES = 12; // Rows and columns that are still read at a glance.
const ASK_AGAIN_MS = 60_000;

// Neither is ever below 0, and only with it in sight is a small change seen to be one.
function fromZero(_, most) {
  return [0, 1.1 * most || 1];
}

const CHARTS = [
  { id: 'known-right', value: (each) => percent(each.exact_match), words: (v) => `${number(v, 0)} %`, limits: () => [0, 100] },
  { id: 'known-loss', value: (each) => each.cross_entropy, words: (v) => number(v, 3), ticks: (v) => `${v}`, limits: fromZero },
  { id: 'known-ece', value: (each) => each.calibration_error, words: (v) => number(v, 3), ticks: (v) => `${v}`, limits: fromZero },
];

const plots = new Map();
let shownFor = '';
let askAgainAt = 0;
let asking = false;
let fixed = [];

const percent = (ratio) => (ratio === null ? null : 100 * ratio);

// Asks anew where the status says that something was asked since.
export async function follow(status) {
  const now = [status.boot_id, status.fixed_eval_step, status.current_file, status.status, status.phase === 'evaluating'].join('|');
  if (asking || (now === shownFor && Date.now() < askAgainAt)) return;
  shownFor = now;
  askAgainAt = Date.now() + ASK_AGAIN_MS;
  asking = true;
  try {
    const response = await asked(`/api/v1/evaluations?files=${FILES}`);
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error ?? response.status);
    fixed = answer.fixed;
    set(fixed.at(-1));
    draw();
    matrix(answer.matrix);
    text('known-problem', '');
  } catch (e) {
    text('known-problem', `What the model knows cannot be read: ${e.message}`);
  } finally {
    asking = false;
  }
}

function set(newest) {
  $('known-set').hidden = !newest;
  $('known-empty').hidden = Boolean(newest);
  if (!newest) return;
  const all = newest.rows === newest.set_rows;
  text('known-note', `${all ? counted(newest.rows, 'row', 'rows') : `the first ${count(newest.rows)} of ${count(newest.set_rows)} rows`} of validation/, at step ${count(newest.step)}`);
  text('known-right-value', newest.judged === 0 ? '–' : `${count(newest.right)} of ${count(newest.judged)}`);
  text('known-loss-value', number(newest.cross_entropy, 4));
  text('known-ece-value', number(newest.calibration_error, 3));
}

// Weights that were asked after one file and are told of again before the next are one point.
export function draw() {
  const points = fixed.filter((each, i) => each.step !== fixed[i + 1]?.step);
  for (const { id, value, words, limits, ticks = words } of CHARTS) {
    const known = points.filter((each) => value(each) !== null);
    const place = $(`${id}-chart`);
    place.hidden = known.length < 2;
    if (place.hidden) continue;
    if (!plots.has(id)) plots.set(id, plot(place, { height: 90, ticks, limits, lines: [{ fill: true }], pointed: () => {} }));
    place.setAttribute('aria-label', `from ${words(value(known[0]))} at step ${count(known[0].step)} to ${words(value(known.at(-1)))} at step ${count(known.at(-1).step)}`);
    // Charts begin at the first step: what was known before it is drawn there.
    plots.get(id).draw([known.map((each) => Math.max(1, each.step)), known.map(value)]);
  }
}

// Rows are the newest files in the order in which they were learnt; columns what was asked of these after each of them.
// Those of files before them have no row that says which they are; the report has all.
function matrix({ columns, rows }) {
  const learnt = new Set(rows.map((row) => row.file_id));
  const files = columns.map((column, i) => ({ ...column, i })).filter((column) => learnt.has(column.file_id));
  $('forgetting').hidden = files.length === 0;
  $('forgetting-empty').hidden = files.length > 0;
  const heads = files.map((column, i) => {
    const head = element('th', `${i + 1}`);
    head.scope = 'col';
    head.title = column.name;
    return head;
  });
  const corner = element('th', 'After training');
  corner.scope = 'col';
  $('forgetting-head').replaceChildren(corner, ...heads);
  $('forgetting-rows').replaceChildren(
    ...rows.map((row) => {
      const own = files.findIndex((column) => column.file_id === row.file_id);
      const name = element('th', element('span', own < 0 ? '–' : `${own + 1}`), ' ', isolated(row.file));
      name.scope = 'row';
      return element('tr', name, ...files.map((column, i) => cell(row.scores[column.i], i === own)));
    }),
  );
}

function cell(score, own) {
  if (!score) return element('td', '');
  const judged = score.exact_match !== null;
  const made = element('td', judged ? `${number(percent(score.exact_match), 0)} %` : number(score.cross_entropy, 2));
  made.title = `${judged ? `${count(score.right)} of ${count(score.judged)} right, ` : ''}loss ${number(score.cross_entropy, 3)}`;
  made.classList.toggle('own', own);
  // Ten shades, each of them a class: the page's policy allows no styles of elements.
  if (judged) made.classList.add(`known-${Math.round(10 * score.exact_match)}`);
  return made;
}
