// What was measured, from the run history. What is measured from now on is added as it comes; the whole is asked for anew
// now and then, so that no step stays missing, and there are never more points than charts can show.

import { text } from './dom.js';
import { bounds, isLive } from './range.js';
import { asked } from './session.js';

const POINTS = 1200;
const MOST_POINTS = 2 * POINTS;
const ASK_AGAIN_MS = 60_000;
const CATCH_UP_MS = 3_000; // The history is written about a second after the steps, and after they went back.
const TRY_AGAIN_MS = [3_000, 10_000, 60_000];

// How each is found in a status.
const METRICS = {
  loss: (s) => s.loss,
  tokens_per_sec: (s) => s.tokens_per_sec,
  gradient_norm: (s) => s.gradient_norm,
  learning_rate: (s) => s.learning_rate,
  accuracy_percent: judged,
  cpu_percent: (s) => s.machine?.cpu_percent,
  memory_used_bytes: (s) => s.machine?.memory_used_bytes,
  process_memory_bytes: (s) => s.machine?.process_memory_bytes,
  disk_free_bytes: (s) => s.machine?.disk_free_bytes,
  gpu_percent: (s) => ofGpus(s, (gpu) => gpu.busy_percent, (sum, n) => sum / n),
  gpu_memory_used_bytes: (s) => ofGpus(s, (gpu) => gpu.memory_used_bytes, (sum) => sum),
};

const curves = Object.fromEntries(Object.keys(METRICS).map((metric) => [metric, { step: [], at: [], value: [] }]));
let marks = { files: [], checkpoints: [] };
let known = { first: 0, last: 0, begin: 0 };
let askedFor = '';
let askedAt = 0;
let askAgainAt = 0;
let failures = 0;
let question = 0; // Which question was asked last: an answer to an earlier one is of another range.
let asking = false;
let judgements = null; // How many previews the last status told of.
let drawn = () => {};

export const curve = (metric) => curves[metric];
export const files = () => marks.files;
export const checkpoints = () => marks.checkpoints;
export const shownRange = () => bounds(known);

// Calls `listener` when an answer has come.
export function onSeries(listener) {
  drawn = listener;
}

// The share that was right, where a preview has come since the status before.
function judged(status) {
  const isNew = judgements !== null && status.total_evals > judgements;
  judgements = status.total_evals;
  return isNew ? status.accuracy_percent : null;
}

function ofGpus(status, figure, together) {
  const figures = (status.machine?.gpus ?? []).map(figure).filter((each) => each !== null);
  return figures.length === 0 ? null : together(figures.reduce((sum, each) => sum + each, 0), figures.length);
}

// Follows a status: what it has measured is added, and where files or processes changed all is asked for anew.
export function follow(status) {
  known = { ...known, last: status.current_step ?? status.model_step ?? 0, begin: status.base_step ?? 0 };
  const now = [status.boot_id, status.current_file, status.batch_number, status.base_step].join('|');
  if (status.status === 'training' && curves.loss.step.at(-1) > known.last) askAgainAt = Math.min(askAgainAt, askedAt + CATCH_UP_MS);
  const due = Date.now() >= askAgainAt;
  if (!asking && (due || (now !== askedFor && failures === 0))) {
    askedFor = now;
    refresh();
  }
  const at = Date.parse(status.timestamp);
  for (const [metric, figure] of Object.entries(METRICS)) {
    const value = figure(status);
    if (isLive() && status.batch_step !== null && Number.isFinite(value)) add(curves[metric], status.current_step, at, value);
  }
  if (isLive()) Object.values(curves).forEach(trim);
}

// What a range that moves on has left behind goes.
function trim(curve) {
  const [from] = bounds(known);
  const gone = curve.step.findIndex((step) => step >= from);
  if (gone > 0) for (const list of Object.values(curve)) list.splice(0, gone);
}

function add(curve, step, at, value) {
  if (step <= (curve.step.at(-1) ?? -1)) return;
  curve.step.push(step);
  curve.at.push(at);
  curve.value.push(value);
  if (curve.step.length > MOST_POINTS) for (const list of Object.values(curve)) halve(list);
}

// Every second point, where the history cannot be asked for fewer.
function halve(list) {
  list.splice(0, list.length, ...list.filter((_, i) => i % 2 === 0 || i === list.length - 1));
}

export async function refresh() {
  const mine = ++question;
  asking = true;
  askedAt = Date.now();
  askAgainAt = askedAt + ASK_AGAIN_MS;
  const lastThen = known.last;
  try {
    const [from, to] = bounds(known);
    const span = `&from=${from}${isLive() ? '' : `&to=${to}`}`;
    const response = await asked(`/api/v1/series?metrics=${Object.keys(METRICS).join(',')}&points=${POINTS}${span}`);
    if (!response.ok) throw new Error(`status ${response.status}`);
    const answer = await response.json();
    if (mine !== question) return;
    marks = { files: answer.files, checkpoints: answer.checkpoints };
    known.first = answer.first_step ?? 0;
    for (const metric of Object.keys(METRICS)) curves[metric] = isLive() ? withNewer(answer.series[metric], curves[metric]) : answer.series[metric];
    if ((answer.last_step ?? 0) < lastThen) askAgainAt = askedAt + CATCH_UP_MS;
    failures = 0;
    text('charts-note', '');
    drawn();
  } catch (e) {
    if (mine !== question) return;
    askAgainAt = Date.now() + TRY_AGAIN_MS[Math.min(failures++, TRY_AGAIN_MS.length - 1)];
    text('charts-note', `The history cannot be read: ${e.message}. It is tried again.`);
  } finally {
    if (mine === question) asking = false;
  }
}

// What came by events and is not in the history yet stays. Where steps went back, those that were ahead do not.
function withNewer(series, old) {
  const last = series.step.at(-1) ?? 0;
  const newer = old.step.findIndex((step) => step > last);
  if (newer < 0 || old.step.at(-1) > known.last) return series;
  return {
    step: series.step.concat(old.step.slice(newer)),
    at: series.at.concat(old.at.slice(newer)),
    value: series.value.concat(old.value.slice(newer)),
  };
}
