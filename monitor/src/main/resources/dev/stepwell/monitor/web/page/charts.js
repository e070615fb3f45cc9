// What training comes to over the steps: loss, and small below it what goes with it.

import { $, text } from './dom.js';
import { plot } from './plot.js';
import { reader } from './reading.js';
import { curve, files } from './series.js';
import { smoothed } from './smooth.js';
import { count, number, rate } from './words.js';

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const short = (v) => (v !== 0 && Math.abs(v) < 1e-3 ? v.toExponential(0) : compact.format(v));
const fromZero = (low, high) => [0, high > 0 ? high * 1.05 : 1];

const NOISY = [{ strength: 'faint' }, { strength: 'full' }];
const PLAIN = [{ strength: 'full' }];

const charts = [
  { id: 'loss', metric: 'loss', name: 'Loss', lines: NOISY, height: 260, large: true, words: (v) => number(v, 4), newest: (s) => s.loss },
  { id: 'speed', metric: 'tokens_per_sec', name: 'Tokens per second', lines: NOISY, limits: fromZero, words: count, newest: (s) => s.tokens_per_sec },
  { id: 'gradient', metric: 'gradient_norm', name: 'Gradient norm', lines: NOISY, limits: fromZero, words: rate, newest: (s) => s.gradient_norm },
  { id: 'rate', metric: 'learning_rate', name: 'Learning rate', lines: PLAIN, limits: fromZero, words: rate, newest: (s) => s.learning_rate },
  { id: 'accuracy', metric: 'accuracy_percent', name: 'Previews right', lines: PLAIN, limits: () => [0, 100], words: (v) => `${number(v, 1)} %`, newest: (s) => s.accuracy_percent },
];
const SMALL = 110;

let newest = null;

// What is known now, beside the curves.
export function follow(status) {
  newest = status;
}

export function draw() {
  charts.forEach(one);
  reading.drawn();
}

function one(chart) {
  const { step, value } = curve(chart.metric);
  const place = $(`${chart.id}-chart`);
  const shown = step.length > 1;
  place.hidden = !shown;
  $(`${chart.id}-empty`).hidden = shown;
  if (!shown) return;
  chart.plot ??= plot(place, {
    height: SMALL,
    ticks: short,
    pointed: (i) => pointed(chart, i),
    ...chart,
  });
  chart.plot.draw(chart.lines === NOISY ? [step, value, smoothed(step, value, files().map((file) => file.step))] : [step, value]);
  place.setAttribute('aria-label', summary(chart, step, value));
  pointed(chart, chart.at ?? null);
}

function summary(chart, step, value) {
  return `${chart.name} from step ${count(step[0])} to ${count(step.at(-1))}: from ${chart.words(value[0])} to ${chart.words(value.at(-1))}`;
}

// In the chart's heading: the value that is pointed at, or else what is so now.
function pointed(chart, index) {
  chart.at = index;
  const shown = index === null ? null : curve(chart.metric).value[index];
  const now = newest === null ? null : chart.newest(newest);
  text(`${chart.id}-value`, shown != null ? chart.words(shown) : now != null ? chart.words(now) : '');
  if (chart.large) reading.pointed(index);
}

// All that is known at a step, in words, for who reads it by keyboard.
function said(step) {
  return charts.map((chart) => {
    const { step: steps, value } = curve(chart.metric);
    const i = steps.findLastIndex((each) => each <= step);
    return i < 0 ? '' : `${chart.name} ${chart.words(value[i])}`;
  });
}

const reading = reader({ place: $('loss-chart'), curve: () => curve('loss'), point: (i) => charts[0].plot?.point(i), said });
