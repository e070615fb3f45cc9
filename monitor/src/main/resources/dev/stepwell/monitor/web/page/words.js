// Numbers and times as people read them.

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export const count = (n) => (n === null || n === undefined ? '–' : whole.format(n));

export const counted = (n, one, many) => `${count(n)} ${n === 1 ? one : many}`;

export const number = (n, digits) => (n === null || n === undefined ? '–' : n.toFixed(digits));

export const rate = (n) => (n === null || n === undefined ? '–' : n.toPrecision(3).replace(/\.?0+($|e)/, '$1'));

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];

// In powers of 1,024, with three digits: 1.83 GB
export function bytes(n) {
  const unit = n < 1 ? 0 : Math.min(Math.floor(Math.log2(n) / 10), UNITS.length - 1);
  const value = n / 1024 ** unit;
  return `${value.toFixed(unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2)} ${UNITS[unit]}`;
}

export function duration(seconds) {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  const minutes = Math.round(s / 60);
  if (minutes < 60) return s < 600 ? `${Math.floor(s / 60)} min ${s % 60} s` : `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.round(hours / 24)} days`;
}

// "14:32", or with the day where it is not today
export function clock(instant) {
  const at = new Date(instant);
  const time = { hour: 'numeric', minute: '2-digit' };
  const today = at.toDateString() === new Date().toDateString();
  return today ? at.toLocaleTimeString([], time) : at.toLocaleString([], { ...time, weekday: 'short', day: 'numeric', month: 'short' });
}

// "in 4 min 10 s, at 14:32"
export const done = (left) => `in ${duration(left.seconds)}${left.finish_at ? `, at ${clock(left.finish_at)}` : ''}`;

// "3 min to 5 min"
export function range(left) {
  const [low, high] = [duration(left.low_seconds), duration(left.high_seconds)];
  return low === high ? '' : `${low} to ${high}`;
}
