// Follows the daemon for as long as the page is open: told of everything while somebody can see the page; while nobody
// can, it only asks now and then, for title and icon. Comes back by itself after every loss.

import { Refused, listen } from './events.js';
import { asked } from './session.js';

const RETRY_MS = 1000;
const RARE_RETRY_MS = 5000; // After a minute of trying: a daemon may be gone for a night.
const TRIES = 60;
const GLANCE_MS = 15_000;

let lastId = null;

// Calls seen(status) or glanced(status), found() with every sign of life, lost() once for each loss. Returns where the
// token is no good any more.
export async function attend({ seen, glanced, found, lost }) {
  let failures = 0;
  const alive = () => {
    failures = 0;
    found();
  };
  for (;;) {
    try {
      if (document.hidden) await glance(alive, glanced);
      else await watch(alive, seen);
      continue;
    } catch (e) {
      if (e instanceof Refused) return;
      // Every other way to lose the server looks alike from here; what follows says so and tries again.
    }
    if (failures++ === 0) lost();
    await visibleOrAfter(failures > TRIES ? RARE_RETRY_MS : RETRY_MS);
  }
}

// Returns when the page is hidden.
async function watch(alive, seen) {
  const leaving = new AbortController();
  const look = () => document.hidden && leaving.abort();
  document.addEventListener('visibilitychange', look);
  try {
    await listen(lastId, leaving.signal, ({ id, type, data }) => {
      alive();
      if (id) lastId = id;
      if (type === 'snapshot') seen(JSON.parse(data));
    });
  } catch (e) {
    if (!leaving.signal.aborted) throw e;
  } finally {
    document.removeEventListener('visibilitychange', look);
  }
}

async function glance(alive, glanced) {
  await visibleOrAfter(GLANCE_MS);
  if (!document.hidden) return;
  const response = await asked('/api/v1/status', { cache: 'no-store' });
  if (response.status === 401) throw new Refused();
  if (!response.ok) throw new Error(`status ${response.status}`);
  const status = await response.json();
  alive();
  glanced(status);
}

// Waits that long, or until a page that was hidden is seen again.
function visibleOrAfter(ms) {
  return new Promise((resolve) => {
    const over = new AbortController();
    const end = () => {
      clearTimeout(timer);
      over.abort();
      resolve();
    };
    const timer = setTimeout(end, ms);
    document.addEventListener('visibilitychange', () => document.hidden || end(), { signal: over.signal });
  });
}
