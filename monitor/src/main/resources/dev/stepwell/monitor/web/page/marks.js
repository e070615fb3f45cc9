// Where files begin, with their names as far as there is room, and where checkpoints are.

import { checkpoints, files } from './series.js';
import { color } from './theme.js';

const MOST_NAMES = 12;
const MOST_BOUNDARIES = 60; // More would hide the curve; a small chart has room for fewer.
const MOST_SMALL_BOUNDARIES = 12;
const MOST_TRIANGLES = 40;
const LONGEST_NAME = 24;

// Draws them on a chart, before its curves.
export function marks(plot, large) {
  const { ctx } = plot;
  const { min, max } = plot.scales.x;
  ctx.save();
  const before = files().findLast((file) => file.step < min);
  const inside = files().filter((file) => file.step >= min && file.step <= max);
  if (inside.length <= (large ? MOST_BOUNDARIES : MOST_SMALL_BOUNDARIES)) for (const file of inside) boundary(plot, file.step);
  if (large) {
    names(plot, before ? [{ ...before, step: min }, ...inside] : inside);
    saved(plot, checkpoints().filter((each) => each.step >= min && each.step <= max));
  }
  ctx.restore();
}

function boundary({ ctx, bbox, valToPos }, step) {
  const x = Math.round(valToPos(step, 'x', true));
  ctx.strokeStyle = color('--mark');
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.setLineDash([]);
}

// Above the curves, where they are in nobody's way.
function names({ ctx, bbox, valToPos }, seen) {
  if (seen.length > MOST_NAMES) return;
  ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.textBaseline = 'bottom';
  ctx.textAlign = 'left';
  ctx.fillStyle = color('--soft');
  let free = -Infinity;
  seen.forEach((file, i) => {
    const x = Math.round(valToPos(file.step, 'x', true));
    const end = i + 1 < seen.length ? valToPos(seen[i + 1].step, 'x', true) : bbox.left + bbox.width;
    const name = fitting(ctx, file.name, end - x - 8 * devicePixelRatio);
    if (x < free || name === '') return;
    ctx.fillText(name, x, bbox.top - 3 * devicePixelRatio);
    free = x + ctx.measureText(name).width + 8 * devicePixelRatio;
  });
}

// Whole characters of it, and only if enough of it fits to know it by.
function fitting(ctx, name, room) {
  const letters = [...name];
  for (let n = Math.min(letters.length, LONGEST_NAME); n >= 6; n--) {
    const part = n === letters.length ? name : `${letters.slice(0, n - 1).join('')}…`;
    if (ctx.measureText(part).width <= room) return part;
  }
  return '';
}

function saved({ ctx, bbox, valToPos }, all) {
  ctx.fillStyle = color('--soft');
  const bottom = bbox.top + bbox.height;
  const many = all.length > MOST_TRIANGLES;
  const half = (many ? 0.5 : 4) * devicePixelRatio;
  const height = (many ? 4 : 6) * devicePixelRatio;
  for (const { step } of all) {
    const x = valToPos(step, 'x', true);
    ctx.beginPath();
    ctx.moveTo(x - half, bottom);
    ctx.lineTo(x + half, bottom);
    ctx.lineTo(x, bottom - height);
    ctx.fill();
  }
}
