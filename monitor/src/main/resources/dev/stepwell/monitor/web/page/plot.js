// A curve over the steps, drawn by uPlot. All of them have the steps, the place that is pointed at and the range in
// common, so that what lies above each other was at the same time.

import { marks } from './marks.js';
import { stretch } from './range.js';
import { shownRange } from './series.js';
import { color } from './theme.js';
import uPlot from './uplot.js';

const plots = new Set();
const LEAST_WIDTH = 60;
const LEAST_DRAG = 8;
// Moving is told to the others; marking a stretch is one chart's own.
const SHARED = ['mousemove', 'mouseleave', 'mouseenter'];

// Makes a chart in `place`, without data yet.
//
// height    of all of it, in pixels
// large     whether it has an axis of steps, and says which files they are of
// bare      whether it has no axis at all
// ticks(v)  a value on the axis
// limits    (least, most) → the ends of the axis; by default uPlot's choice
// lines     { strength, fill }, one for each list of values that it is given
// pointed(i) told of the index that is pointed at, or null
export function plot(place, { height, large = false, bare = false, ticks, limits, lines, pointed }) {
  const soft = () => color('--soft');
  const grid = { stroke: () => color('--line'), width: 1 };
  const axis = { stroke: soft, grid, ticks: { show: false }, font: '12px system-ui, sans-serif', gap: 6 };
  const made = new uPlot(
    {
      width: width(place),
      height,
      padding: [large ? 18 : bare ? 2 : 6, bare ? 0 : 8, large || bare ? 0 : 6, 0],
      legend: { show: false },
      cursor: {
        y: false,
        drag: { x: true, y: false, setScale: false },
        sync: { key: 'steps', filters: { pub: (type) => SHARED.includes(type) } },
        points: { size: 7 },
      },
      scales: { x: { time: false, range: shownSteps }, y: { range: limits ? (_, low, high) => limits(low, high) : undefined } },
      series: [{}, ...lines.map(line)],
      axes: [
        { ...axis, show: !bare, size: large ? 26 : 0, values: (_, all) => all.map((v) => (large && Number.isInteger(v) ? v.toLocaleString('en') : '')) },
        { ...axis, show: !bare, size: 52, space: large ? 40 : 28, values: (_, all) => all.map(ticks) },
      ],
      hooks: {
        drawAxes: bare ? [] : [(u) => marks(u, large)],
        setSelect: [marked],
        setCursor: [(u) => pointed(u.cursor.idx ?? null)],
      },
    },
    null,
    place,
  );
  const resized = new ResizeObserver(() => made.setSize({ width: width(place), height }));
  resized.observe(place);
  plots.add(made);
  return {
    draw: (data) => made.setData(data),
    point: (index) => queueMicrotask(() => pointAt(made, index)), // By then new data have their scales.
    remove() {
      resized.disconnect();
      plots.delete(made);
      made.destroy();
    },
  };
}

const width = (place) => Math.max(LEAST_WIDTH, place.clientWidth);

// One step wide at least: a scale without an extent draws nothing.
function shownSteps() {
  const [from, to] = shownRange();
  return [from, Math.max(to, from + 1)];
}

const line = ({ strength, fill }) => ({
  stroke: () => (strength === 'faint' ? color('--faint') : color('--accent')),
  fill: fill ? () => color('--wash') : undefined,
  width: strength === 'faint' ? 1 : 1.5,
  points: { show: false },
});

function marked(u) {
  if (u.select.width < LEAST_DRAG) return;
  const from = Math.max(0, Math.floor(u.posToVal(u.select.left, 'x')));
  const to = Math.ceil(u.posToVal(u.select.left + u.select.width, 'x'));
  u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  stretch(from, to);
}

// Points at what a mouse would, and so on all charts; at nothing for null.
function pointAt(u, index) {
  if (index === null) u.setCursor({ left: -10, top: -10 }, true, true);
  else u.setCursor({ left: u.valToPos(u.data[0][index], 'x'), top: u.over.clientHeight / 2 }, true, true);
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => plots.forEach((each) => each.redraw()));
