// Loss and speed over the steps, from the run history, drawn by uPlot. What is measured from now on is added as it
// comes; the whole is asked for anew now and then, so that no step stays missing.

import { asked } from './session.js';
import { count, number, rate } from './words.js';
import uPlot from './uplot.js';

const $ = (id) => document.getElementById(id);
const POINTS = 1200;
const ASK_AGAIN_MS = 60_000;
const CATCH_UP_MS = 3_000; // The history is written about a second after the steps.
const HEIGHT = 220;
const MOST_NAMES = 12;

const charts = [
  { id: 'loss', metric: 'loss', name: 'Loss', words: (v) => number(v, 4), newest: (s) => s.loss },
  { id: 'speed', metric: 'tokens_per_sec', name: 'Tokens per second', words: (v) => count(v), newest: (s) => s.tokens_per_sec },
  { id: 'rate', metric: 'learning_rate', name: 'Learning rate', words: (v) => rate(v), newest: (s) => s.learning_rate },
  { id: 'accuracy', metric: 'accuracy_percent', name: 'Previews right, in percent', words: (v) => (v == null ? '–' : `${number(v, 1)} %`), newest: judged },
];
let range = null; // [first, last] steps looked at; null for all
let marks = { files: [], checkpoints: [] };
let askedFor = '';
let askAgainAt = 0;
let newestStep = 0;
let question = 0; // Which question was asked last: an answer to an earlier one is of another range.
let asking = false;
let judgements = null; // How many previews the last status told of.

// The share that was right, where a preview has come since the status before.
function judged(status) {
  const isNew = judgements !== null && status.total_evals > judgements;
  judgements = status.total_evals;
  return isNew ? status.accuracy_percent : null;
}

// Follows a status: its newest step is drawn, and where files or processes changed all is asked for anew.
export function follow(status) {
  newestStep = status.current_step ?? 0;
  const now = [status.boot_id, status.current_file, status.batch_number, status.base_step].join('|');
  if (!asking && (now !== askedFor || Date.now() > askAgainAt)) {
    askedFor = now;
    refresh();
  }
  if (range !== null || status.batch_step === null) return;
  for (const chart of charts) {
    const value = chart.newest(status);
    const steps = chart.data?.[0];
    if (!steps || value === null || (steps.length > 0 && status.current_step <= steps.at(-1))) continue;
    steps.push(status.current_step);
    chart.data[1].push(value);
    draw(chart);
  }
}

async function refresh() {
  const mine = ++question;
  asking = true;
  askAgainAt = Date.now() + ASK_AGAIN_MS;
  const stepThen = newestStep;
  try {
    const span = range === null ? '' : `&from=${range[0]}&to=${range[1]}`;
    const metrics = charts.map((chart) => chart.metric).join(',');
    const response = await asked(`/api/v1/series?metrics=${metrics}&points=${POINTS}${span}`);
    if (!response.ok) throw new Error(`status ${response.status}`);
    const answer = await response.json();
    if (mine !== question) return;
    marks = { files: answer.files, checkpoints: answer.checkpoints };
    for (const chart of charts) {
      const series = answer.series[chart.metric];
      chart.data = range === null ? withNewer(series, chart.data) : [series.step, series.value];
      draw(chart);
    }
    if ((answer.last_step ?? 0) < stepThen) askAgainAt = Date.now() + CATCH_UP_MS;
    text('charts-note', '');
  } catch (e) {
    askedFor = ''; // The next status tries again.
    text('charts-note', `The history cannot be read: ${e.message}`);
  } finally {
    if (mine === question) asking = false;
  }
}

// What came by events and is not in the history yet stays. Where steps went back, those that were ahead do not.
function withNewer(series, [steps, values] = [[], []]) {
  const last = series.step.at(-1) ?? 0;
  const newer = steps.findIndex((step) => step > last);
  if (newer < 0 || steps.at(-1) > newestStep) return [series.step, series.value];
  return [series.step.concat(steps.slice(newer)), series.value.concat(values.slice(newer))];
}

function draw(chart) {
  const place = $(`${chart.id}-chart`);
  const [steps, values] = chart.data;
  const shown = steps.length > 1;
  place.hidden = !shown;
  $(`${chart.id}-empty`).hidden = shown;
  if (!shown) return;
  chart.plot ??= made(chart, place);
  chart.plot.setData(chart.data);
  text(`${chart.id}-range`, `steps ${count(steps[0])} to ${count(steps.at(-1))}`);
  place.setAttribute(
    'aria-label',
    `${chart.name} from step ${count(steps[0])} to ${count(steps.at(-1))}: from ${chart.words(values[0])} to ${chart.words(values.at(-1))}`,
  );
}

function made(chart, place) {
  const ink = () => style('--soft');
  const grid = { stroke: () => style('--line'), width: 1 };
  const axis = { stroke: ink, grid, ticks: grid, font: '12px system-ui, sans-serif' };
  const plot = new uPlot(
    {
      width: width(place),
      height: HEIGHT,
      cursor: { drag: { x: true, y: false }, sync: { key: 'steps' } },
      legend: { live: true },
      scales: { x: { time: false } },
      series: [
        { label: 'Step', value: (_, v) => count(v) },
        { label: chart.name, stroke: () => style('--accent'), width: 1.5, points: { show: false }, value: (_, v) => chart.words(v) },
      ],
      axes: [
        { ...axis, values: (_, ticks) => ticks.map((v) => (Number.isInteger(v) ? count(v) : '')) },
        { ...axis, size: 64, values: (_, ticks) => ticks.map(short) },
      ],
      hooks: { drawAxes: [boundaries], setSelect: [zoom] },
    },
    chart.data,
    place,
  );
  new ResizeObserver(() => plot.setSize({ width: width(place), height: HEIGHT })).observe(place);
  return plot;
}

const width = (place) => Math.max(200, place.clientWidth);

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

const short = (v) => (v !== 0 && Math.abs(v) < 1e-3 ? v.toExponential(0) : compact.format(v));

// Where files begin, with their names as far as there is room, and below where checkpoints are.
function boundaries(plot) {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.textBaseline = 'top';
  ctx.textAlign = 'left';
  const { min, max } = plot.scales.x;
  const before = marks.files.findLast((file) => file.step < min);
  const seen = [...(before ? [{ ...before, step: min }] : []), ...marks.files.filter((file) => file.step >= min && file.step <= max)];
  let free = -Infinity;
  for (const file of seen) {
    const x = Math.round(plot.valToPos(file.step, 'x', true));
    ctx.strokeStyle = style('--mark');
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    if (seen.length <= MOST_NAMES && x > free) {
      const name = file.name.length > 24 ? `${file.name.slice(0, 23)}…` : file.name;
      ctx.fillStyle = style('--soft');
      ctx.fillText(name, x + 4 * devicePixelRatio, bbox.top + 2 * devicePixelRatio);
      free = x + ctx.measureText(name).width + 12 * devicePixelRatio;
    }
  }
  ctx.setLineDash([]);
  ctx.fillStyle = style('--soft');
  for (const checkpoint of marks.checkpoints.filter((each) => each.step >= min && each.step <= max)) {
    const x = plot.valToPos(checkpoint.step, 'x', true);
    const y = bbox.top + bbox.height;
    const half = 4 * devicePixelRatio;
    ctx.beginPath();
    ctx.moveTo(x - half, y);
    ctx.lineTo(x + half, y);
    ctx.lineTo(x, y - 1.6 * half);
    ctx.fill();
  }
  ctx.restore();
}

// A stretch that was marked with the mouse is asked for, with as many points as there were for all.
function zoom(plot) {
  if (plot.select.width < 8) return;
  const from = Math.max(0, Math.floor(plot.posToVal(plot.select.left, 'x')));
  const to = Math.ceil(plot.posToVal(plot.select.left + plot.select.width, 'x'));
  look([from, to]);
}

function look(at) {
  range = at;
  $('zoom-out').hidden = at === null;
  refresh();
}

// The last of all steps, for those who have no mouse to mark them with.
function lastSteps(event) {
  const most = Number(event.target.value);
  const steps = charts[0].data?.[0] ?? [];
  const last = Math.max(steps.at(-1) ?? 0, 1);
  look(most === 0 ? null : [Math.max(0, last - most), Number.MAX_SAFE_INTEGER]);
}

$('zoom-out').addEventListener('click', () => {
  $('zoom').value = '0';
  look(null);
});
$('zoom').addEventListener('change', lastSteps);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => charts.forEach((chart) => chart.plot?.redraw()));

const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function text(id, words) {
  const element = $(id);
  if (element.textContent !== words) element.textContent = words;
}
