// The figures of a machine in words. Each is
//
// name, words     as shown
// share           how much of what there is, 0 to 1
// high            whether that is worth a look
// metrics, most   which curves show it over the steps, and the end of their axis
// at(values)      words for a moment of these curves
// shown(value)    where the curve shows something else than was measured

import { bytes } from './words.js';

const HIGH = 0.9;

export function figures(machine) {
  const { gpus } = machine;
  return [
    busy('Processors', machine.cpu_percent, 'cpu_percent'),
    memory(machine),
    disk(machine),
    ...(gpus.length > 1 ? together(gpus) : []),
    ...gpus.flatMap((gpu) => one(gpu, gpus.length === 1)),
  ].filter(Boolean);
}

const percent = (p) => `${Math.round(p)} %`;

const part = (some, all) => (some === null || Number.isNaN(some) || !all ? null : Math.min(1, some / all));

function busy(name, p, metric, more = []) {
  const share = part(p, 100);
  if (share === null) return null;
  return { name, share, high: false, words: [percent(p), ...more].join(', '), metrics: metric ? [metric] : [], most: 100, at: ([v]) => known(v, percent) };
}

// Nearly all of it in use is worth a look.
function full(name, used, all, words, metrics, at, shown) {
  const share = part(used, all);
  return share === null ? null : { name, share, high: share > HIGH, words, metrics, most: all, at, shown };
}

const known = (v, words) => (v === null || v === undefined ? '–' : words(v));

function memory({ memory_used_bytes: used, memory_total_bytes: all, process_memory_bytes: own }) {
  const words = `${known(used, bytes)} of ${known(all, bytes)}${own === null ? '' : `, the daemon ${bytes(own)}`}`;
  const metrics = own === null ? ['memory_used_bytes'] : ['memory_used_bytes', 'process_memory_bytes'];
  const at = ([v, w]) => `${known(v, bytes)}${w === null || w === undefined ? '' : `, the daemon ${bytes(w)}`}`;
  return full('Memory', used, all, words, metrics, at);
}

function disk({ disk_free_bytes: free, disk_total_bytes: all }) {
  if (free === null || all === null) return null;
  return full('Disk', all - free, all, `${bytes(free)} free of ${bytes(all)}`, ['disk_free_bytes'], ([v]) => known(v, (n) => `${bytes(n)} free`), (v) => all - v);
}

function one(gpu, alone) {
  const more = [
    gpu.temperature_celsius === null ? '' : `${Math.round(gpu.temperature_celsius)} °C`,
    gpu.power_watts === null ? '' : `${Math.round(gpu.power_watts)} W`,
  ].filter(Boolean);
  return [
    busy(`GPU ${gpu.index}, ${gpu.name}`, gpu.busy_percent, alone ? 'gpu_percent' : null, more),
    gpuMemory(`GPU ${gpu.index}, memory`, gpu.memory_used_bytes, gpu.memory_total_bytes, alone),
  ];
}

function gpuMemory(name, used, all, curved) {
  return full(name, used, all, `${known(used, bytes)} of ${known(all, bytes)}`, curved ? ['gpu_memory_used_bytes'] : [], ([v]) => known(v, bytes));
}

// Over the steps the history knows several only together.
function together(gpus) {
  const sum = (figure) => {
    const all = gpus.map(figure).filter((each) => each !== null);
    return all.length === 0 ? null : all.reduce((a, b) => a + b, 0);
  };
  const used = sum((gpu) => gpu.busy_percent);
  const measured = gpus.filter((gpu) => gpu.busy_percent !== null).length;
  return [
    busy(`${gpus.length} GPUs, in the mean`, used === null ? null : used / measured, 'gpu_percent'),
    gpuMemory(`${gpus.length} GPUs, memory together`, sum((gpu) => gpu.memory_used_bytes), sum((gpu) => gpu.memory_total_bytes), true),
  ];
}
