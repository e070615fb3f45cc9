// What the machine is busy with: a tile for each figure, as far as it is known, now and over the steps of the charts.

import { $, element } from './dom.js';
import { figures } from './figures.js';
import { plot } from './plot.js';
import { curve } from './series.js';
import { count } from './words.js';

const HEIGHT = 56;

const tiles = new Map();

export function machine(measured) {
  $('machine').hidden = !measured;
  $('machine-empty').hidden = Boolean(measured);
  if (!measured) return;
  const now = figures(measured);
  // The tiles stay the same elements as long as there are the same, so that whoever reads one is not torn out of it.
  if (now.map((figure) => figure.name).join('\n') !== [...tiles.keys()].join('\n')) lay(now);
  for (const figure of now) show(tiles.get(figure.name), figure);
}

// What was measured over the steps is another.
export function draw() {
  for (const tile of tiles.values()) curves(tile);
}

function lay(now) {
  for (const tile of tiles.values()) tile.plot?.remove();
  tiles.clear();
  for (const { name } of now) {
    const tile = { words: element('p'), meter: document.createElement('meter'), place: element('div'), plot: null, at: null };
    tile.words.className = 'words';
    tile.meter.setAttribute('aria-label', name);
    tile.place.className = 'chart spark';
    tile.place.setAttribute('role', 'img');
    tile.place.hidden = true;
    tile.element = element('div', element('h3', name), tile.words, tile.meter, tile.place);
    tile.element.className = 'tile';
    tiles.set(name, tile);
  }
  $('machine').replaceChildren(...[...tiles.values()].map((tile) => tile.element));
}

function show(tile, figure) {
  const first = tile.figure === undefined;
  tile.figure = figure;
  tile.element.classList.toggle('high', figure.high);
  tile.meter.value = figure.share;
  words(tile);
  if (first) curves(tile);
}

function words({ figure, words: place, at }) {
  const now = at === null ? figure.words : figure.at(figure.metrics.map((metric) => curve(metric).value[at]));
  if (place.textContent !== now) place.textContent = now;
}

function curves(tile) {
  const { figure, place } = tile;
  if (figure === undefined || figure.metrics.length === 0) return;
  const [{ step, value }, second] = figure.metrics.map(curve);
  place.hidden = step.length < 2;
  if (place.hidden) return;
  tile.plot ??= plot(place, {
    height: HEIGHT,
    bare: true,
    limits: () => [0, tile.figure.most],
    lines: [{ strength: 'full', fill: true }, { strength: 'faint' }].slice(0, figure.metrics.length),
    pointed(i) {
      tile.at = i;
      words(tile);
    },
  });
  const shown = figure.shown ?? ((each) => each);
  tile.plot.draw([step, value.map(shown), ...(second ? [alongside(step, second)] : [])]);
  const ends = [0, step.length - 1].map((i) => figure.at(figure.metrics.map((metric) => alongside(step, curve(metric))[i])));
  place.setAttribute('aria-label', `${figure.name} from step ${count(step[0])} to ${count(step.at(-1))}: from ${ends[0]} to ${ends[1]}`);
}

// The values of a curve at the steps of another: the newest at each.
function alongside(steps, { step, value }) {
  let i = -1;
  return steps.map((each) => {
    while (i + 1 < step.length && step[i + 1] <= each) i++;
    return i < 0 ? null : value[i];
  });
}
