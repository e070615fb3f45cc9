// Draws the newest of what comes, once a second at most: more often is flicker and work, and tells nobody more.

const INTERVAL_MS = 1000;

// `urgent` gives what a person waits for: where that changes, it is drawn at once. `flush` draws what was not drawn yet.
export function paced(draw, urgent) {
  let newest;
  let drawnAt = -Infinity;
  let drawnFor = null;
  let timer = null;

  function now() {
    clearTimeout(timer);
    timer = null;
    drawnAt = performance.now();
    drawnFor = urgent(newest);
    draw(newest);
  }

  return {
    offer(what) {
      newest = what;
      const left = drawnAt + INTERVAL_MS - performance.now();
      if (left <= 0 || urgent(what) !== drawnFor) now();
      else timer ??= setTimeout(now, left);
    },
    flush() {
      if (timer !== null) now();
    },
  };
}
