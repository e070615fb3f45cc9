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

// "in 4 min 10 s (3 min – 5 min), at 14:32"
export function eta(left) {
  if (!left) return '–';
  const at = left.finish_at
    ? `, at ${new Date(left.finish_at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}`
    : '';
  const same = duration(left.low_seconds) === duration(left.high_seconds);
  const range = same ? '' : ` (${duration(left.low_seconds)} – ${duration(left.high_seconds)})`;
  return `in ${duration(left.seconds)}${range}${at}`;
}
