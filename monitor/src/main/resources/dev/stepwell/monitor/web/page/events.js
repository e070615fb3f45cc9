// Server-sent events over fetch: EventSource cannot send a token. Comes back by itself, with the id of what it had.

import { asked } from './session.js';

// The server says something every 1.5 s. What has been silent for longer is lost.
const SILENCE_MS = 2800;
const RETRY_MS = 1000;

// Calls heard(type, data), lost() once for each loss, refused() where the token is no good; never ends otherwise.
export async function listen({ heard, lost, refused }) {
  let lastId = null;
  let connected = true;
  for (;;) {
    const abort = new AbortController();
    let watchdog;
    const alive = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => abort.abort(), SILENCE_MS);
    };
    try {
      alive();
      const response = await asked('/api/v1/events', {
        headers: lastId ? { 'Last-Event-ID': lastId } : {},
        signal: abort.signal,
        cache: 'no-store',
      });
      if (response.status === 401) {
        refused();
        return;
      }
      if (!response.ok) throw new Error(`status ${response.status}`);
      for await (const event of parsed(response.body)) {
        alive();
        connected = true;
        if (event.id) lastId = event.id;
        if (event.data) heard(event.type, JSON.parse(event.data));
      }
    } catch {
      // Every way to lose the server looks alike from here; what follows says so and tries again.
    } finally {
      clearTimeout(watchdog);
    }
    if (connected) {
      connected = false;
      lost();
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

async function* parsed(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest += value;
    for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
      const event = { id: null, type: 'message', data: '' };
      for (const line of rest.slice(0, end).split('\n')) {
        const colon = line.indexOf(': ');
        const field = line.slice(0, colon);
        if (field === 'id') event.id = line.slice(colon + 2);
        if (field === 'event') event.type = line.slice(colon + 2);
        if (field === 'data') event.data += line.slice(colon + 2);
      }
      rest = rest.slice(end + 2);
      yield event;
    }
  }
}
