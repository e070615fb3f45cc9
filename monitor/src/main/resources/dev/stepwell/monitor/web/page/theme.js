// The colors of the style sheet, for what is drawn on a canvas. Read once for each theme: asking costs a layout.

let known = {};
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  known = {};
});

export function color(name) {
  known[name] ??= getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  return known[name];
}
