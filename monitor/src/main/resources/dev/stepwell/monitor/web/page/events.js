// Server-sent events over fetch: EventSource cannot send a token.

import { asked } from './session.js';

// The server says within how long it will say something: 1.5 s unless a hundred watch. What has been silent for longer
// is lost.
const WITHIN_MS = 1500;
const DELAY_MS = 1300;

// Thrown where the token is no good any more.
export class Refused extends Error {}

// Calls heard({ id, type, data }) for each event after the one whose id is `lastId`. Ends only by throwing: `Refused`,
// or anything else where the connection is lost or `signal` says that it is enough.
export async function listen(lastId, signal, heard) {
  const silence = new AbortController();
  let watchdog;
  let within = WITHIN_MS;
  const alive = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => silence.abort(), within + DELAY_MS);
  };
  try {
    alive();
    const response = await asked('/api/v1/events', {
      headers: lastId ? { 'Last-Event-ID': lastId } : {},
      signal: AbortSignal.any([silence.signal, signal]),
      cache: 'no-store',
    });
    if (response.status === 401) throw new Refused();
    if (!response.ok) throw new Error(`status ${response.status}`);
    for await (const event of parsed(response.body)) {
      if (event.type === 'heartbeat') within = JSON.parse(event.data).within_ms;
      alive();
      heard(event);
    }
    throw new Error('the stream has ended');
  } finally {
    clearTimeout(watchdog);
    silence.abort();
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
