// What the machine is busy with: a row for each thing, as far as it is known.

import { bytes } from './words.js';

const $ = (id) => document.getElementById(id);
const HIGH = 0.9;

export function machine(figures) {
  $('machine').hidden = !figures;
  $('machine-empty').hidden = Boolean(figures);
  if (!figures) return;
  const rows = [
    share('Processors', part(figures.cpu_percent, 100), (p) => `${Math.round(p * 100)} %`, false),
    share(
      'Memory',
      part(figures.memory_used_bytes, figures.memory_total_bytes),
      () =>
        `${bytes(figures.memory_used_bytes)} of ${bytes(figures.memory_total_bytes)}` +
        (figures.process_memory_bytes === null ? '' : `, the daemon ${bytes(figures.process_memory_bytes)}`),
      true,
    ),
    share(
      'Disk',
      part(figures.disk_total_bytes - figures.disk_free_bytes, figures.disk_total_bytes),
      () => `${bytes(figures.disk_free_bytes)} free of ${bytes(figures.disk_total_bytes)}`,
      true,
    ),
    ...figures.gpus.flatMap(gpu),
  ].filter(Boolean);
  show(rows);
}

function gpu(each) {
  const more = [
    each.temperature_celsius === null ? '' : `${Math.round(each.temperature_celsius)} °C`,
    each.power_watts === null ? '' : `${Math.round(each.power_watts)} W`,
  ].filter(Boolean);
  const words = (p) => [p === null ? '' : `${Math.round(p * 100)} %`, ...more].filter(Boolean).join(', ');
  return [
    share(`GPU ${each.index}, ${each.name}`, part(each.busy_percent, 100), words, false),
    share(
      `GPU ${each.index}, memory`,
      part(each.memory_used_bytes, each.memory_total_bytes),
      () => `${bytes(each.memory_used_bytes)} of ${bytes(each.memory_total_bytes)}`,
      true,
    ),
  ];
}

const part = (some, all) => (some === null || Number.isNaN(some) || !all ? null : Math.min(1, some / all));

// A row, or null where nothing is known. `scarce`: nearly all of it in use is worth a look.
function share(name, of, words, scarce) {
  return of === null ? null : { name, of, words: words(of), high: scarce && of > HIGH };
}

// The rows stay the same elements as long as their names do, so that whoever reads one is not torn out of it.
function show(rows) {
  const list = $('machine');
  const names = rows.map((row) => row.name).join('\n');
  if (list.dataset.names !== names) {
    list.dataset.names = names;
    list.replaceChildren(...rows.flatMap(made));
  }
  rows.forEach((row, i) => {
    const shown = list.children[2 * i + 1];
    shown.classList.toggle('high', row.high);
    shown.firstElementChild.value = row.of;
    shown.lastElementChild.textContent = row.words;
  });
}

function made(row) {
  const name = document.createElement('dt');
  name.textContent = row.name;
  const shown = document.createElement('dd');
  const meter = document.createElement('meter');
  meter.setAttribute('aria-label', row.name);
  shown.append(meter, document.createElement('span'));
  return [name, shown];
}
