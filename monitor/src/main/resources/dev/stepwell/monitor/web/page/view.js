// Draws a status document. Texts from data and model go in as text, never as HTML.

import { differences } from './differences.js';
import { machine } from './machine.js';
import { count, eta, number, rate } from './words.js';

const $ = (id) => document.getElementById(id);
const SVG = 'http://www.w3.org/2000/svg';

const STATES = {
  starting: 'Starting',
  idle: 'Idle',
  training: 'Training',
  paused: 'Paused',
  completed: 'Completed',
  stopped: 'Stopped',
  crashed: 'Crashed',
};
const HINTS = {
  idle: 'Nothing waits. Drop JSONL files into inbox/ and they are trained.',
  paused: 'The model is saved and waits in memory. Resume goes on exactly here.',
  stopped: 'The daemon has ended. ./stepwell run goes on here.',
  completed: 'Everything is trained and the daemon has ended. ./stepwell run waits for more.',
};

const ALIVE = ['starting', 'idle', 'training', 'paused'];

let newest = null;
let shownAnswers = '';

export function draw(status) {
  newest = status;
  state(status);
  bar('file', status.file_percent, steps(status));
  bar('queue', status.queue_percent, files(status));
  bar('total', status.cumulative_percent, cumulative(status));
  text('file', status.current_file ?? HINTS[status.status] ?? 'No file in training');
  text('eta-file', eta(status.eta_file));
  text('eta-queue', eta(status.eta_queue));
  text('loss', number(status.loss, 4));
  text('rate', rate(status.learning_rate));
  text('speed', status.steps_per_sec === null ? '–' : `${rate(status.steps_per_sec)} steps/s, ${count(status.tokens_per_sec)} tokens/s`);
  text('accuracy', status.total_evals ? `${count(status.total_correct)} of ${count(status.total_evals)}` : '–');
  alerts(status);
  preview(status);
  machine(status.machine);
  text('foot', `process ${status.pid}, started ${new Date(status.started_at).toLocaleString()}`);
}

// What was last known stays, and is said to be old. After an orderly end nothing is wrong.
export function lost() {
  const ended = newest !== null && !ALIVE.includes(newest.status);
  $('connection').hidden = false;
  $('controls').hidden = true;
  if (ended) {
    text('connection', 'the daemon has ended; this page goes on when it runs again');
    return;
  }
  text('state', 'Connection lost');
  $('state').className = 'state crashed';
  text('connection', newest === null ? 'trying again' : `what you see is of ${time(newest.heartbeat_at)}; trying again`);
  document.body.classList.add('stale');
  title('Connection lost');
}

const time = (instant) => new Date(instant).toLocaleTimeString();

export function found() {
  $('connection').hidden = true;
  document.body.classList.remove('stale');
}

function state(status) {
  const word = STATES[status.status] ?? status.status;
  const phase = status.status === 'training' && status.phase && status.phase !== 'training' ? `, ${status.phase}` : '';
  text('state', word + phase);
  $('state').className = `state ${status.status}`;
  $('controls').hidden = !ALIVE.includes(status.status);
  $('pause').hidden = status.status === 'paused';
  $('resume').hidden = status.status !== 'paused';
  $('skip').disabled = !status.current_file || status.status === 'idle';
  title(status.status === 'training' ? `${status.file_percent ?? 0}% ${status.current_file ?? ''}` : word);
  icon(status.file_percent ?? 0, status.status);
}

function title(words) {
  document.title = `${words} – Stepwell`;
}

function icon(percent, state) {
  const color = { training: '#2f7d5b', paused: '#a86a00', crashed: '#b3261e' }[state] ?? '#6b7280';
  const turn = (Math.min(percent, 99.99) / 100) * 2 * Math.PI;
  const x = 16 + 12 * Math.sin(turn);
  const y = 16 - 12 * Math.cos(turn);
  const arc = `M16 4 A12 12 0 ${turn > Math.PI ? 1 : 0} 1 ${x} ${y}`;
  const svg = `<svg xmlns="${SVG}" viewBox="0 0 32 32" fill="none" stroke-width="7"><circle cx="16" cy="16" r="12" stroke="#9993"/><path d="${arc}" stroke="${color}"/></svg>`;
  $('icon').href = `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

// A bar always has words: one whose `aria-valuetext` is empty is nothing to a screen reader.
function steps(status) {
  if (status.batch_total_steps !== null) {
    return `step ${count(status.batch_step)} of ${count(status.batch_total_steps)} in this file`;
  }
  return status.current_file ? 'its steps are being counted' : 'no file yet';
}

function files(status) {
  if (status.batch_number === null) return 'nothing is queued yet';
  const waiting = status.waiting_files ? `, ${count(status.waiting_files)} waiting` : '';
  return `file ${count(status.batch_number)} of ${count(status.batch_queue_size)}${waiting}`;
}

function cumulative(status) {
  return status.total_steps === null
    ? `step ${count(status.model_step)} of this model's life`
    : `step ${count(status.current_step)} of ${count(status.total_steps)} in this model's life`;
}

function bar(name, percent, words) {
  const element = $(`bar-${name}`);
  element.firstElementChild.style.width = `${percent ?? 0}%`;
  if (percent === null) element.removeAttribute('aria-valuenow');
  else element.setAttribute('aria-valuenow', percent);
  element.setAttribute('aria-valuetext', words);
  text(`percent-${name}`, percent === null ? '' : `${percent} %`);
  text(`words-${name}`, words);
}

function alerts(status) {
  const standing = (status.active_alerts ?? []).map((alert) => alert.message);
  if (status.error_message) standing.unshift(`${status.error_type}: ${status.error_message}`);
  $('alerts').hidden = standing.length === 0;
  $('alerts').replaceChildren(
    ...standing.map((message) => {
      const line = document.createElement('p');
      line.textContent = message;
      return line;
    }),
  );
}

function preview(status) {
  const shown = status.current_prompt !== null && status.current_prompt !== undefined;
  $('preview').hidden = !shown;
  $('preview-empty').hidden = shown;
  if (!shown) return;
  text('preview-prompt', status.current_prompt);
  const answer = status.model_answer?.trim() ? status.model_answer : '(nothing)';
  const shownNow = JSON.stringify([status.golden_answer, answer]);
  if (shownNow !== shownAnswers) {
    shownAnswers = shownNow;
    differences($('preview-golden'), $('preview-answer'), status.golden_answer ?? '', answer);
  }
  text('preview-verdict', status.answer_matches ? 'right' : 'differs');
  $('preview-answer').className = status.answer_matches ? 'right' : 'differs';
}

function text(id, words) {
  const element = $(id);
  if (element.textContent !== words) element.textContent = words;
}
