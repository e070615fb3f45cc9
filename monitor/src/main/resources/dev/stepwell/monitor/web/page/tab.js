// What a tab in the background shows: title and icon, both with the percentage.

import { $ } from './dom.js';
import { ALIVE, stateWord } from './state.js';

const SVG = 'http://www.w3.org/2000/svg';
const COLORS = { training: '#2f7d5b', paused: '#a86a00', crashed: '#b3261e' };
const QUIET = '#6b7280';

let shown = '';

export function tab(status) {
  const percent = status.file_percent ?? 0;
  const busy = status.current_file !== null && ['training', 'paused'].includes(status.status);
  const word = stateWord(status);
  const words = !busy ? word : status.status === 'training' ? `${percent}% ${status.current_file}` : `${word} ${percent}%`;
  show(words, ALIVE.includes(status.status) ? percent : 0, COLORS[status.status] ?? QUIET);
}

export function tabLost() {
  show('Connection lost', 0, COLORS.crashed);
}

// The icon is asked for again each time it is set, so it is set only where it is another.
function show(words, percent, color) {
  const title = `${words} – Stepwell`;
  if (document.title !== title) document.title = title;
  if (shown === percent + color) return;
  shown = percent + color;
  const turn = (Math.min(percent, 99.99) / 100) * 2 * Math.PI;
  const x = 16 + 12 * Math.sin(turn);
  const y = 16 - 12 * Math.cos(turn);
  const arc = `M16 4 A12 12 0 ${turn > Math.PI ? 1 : 0} 1 ${x} ${y}`;
  const ring = percent === 0 ? `${color}66` : '#9993';
  const svg = `<svg xmlns="${SVG}" viewBox="0 0 32 32" fill="none" stroke-width="7"><circle cx="16" cy="16" r="12" stroke="${ring}"/><path d="${arc}" stroke="${color}"/></svg>`;
  $('icon').href = `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
