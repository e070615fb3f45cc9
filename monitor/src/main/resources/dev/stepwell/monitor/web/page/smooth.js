// A running mean, to see a trend through noise.

const SHARE = 1 / 80; // Of all points, to either side.

// For each value the mean of its neighbours: as many to the left as to the right, so that it is not late, and none of
// another file, where all begins anew. `begins` are the steps before the files' first.
export function smoothed(steps, values, begins) {
  const most = Math.floor(values.length * SHARE);
  const all = [];
  let from = 0;
  for (const begin of [...begins, Infinity]) {
    let to = from;
    while (to < steps.length && steps[to] <= begin) to++;
    append(all, values.slice(from, to), most);
    from = to;
  }
  return all;
}

function append(all, values, most) {
  const sums = [0];
  for (const value of values) sums.push(sums.at(-1) + value);
  values.forEach((_, i) => {
    const reach = Math.min(most, i, values.length - 1 - i);
    all.push((sums[i + reach + 1] - sums[i - reach]) / (2 * reach + 1));
  });
}
