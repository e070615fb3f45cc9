// The token of this browser, in the storage that belongs to this page alone.

const NAME = 'stepwell-token';

export function token() {
  return localStorage.getItem(NAME);
}

export function forget() {
  localStorage.removeItem(NAME);
}

// Exchanges the key of a link (#key=…) for a token. The key leaves the address, so that no bookmark has it.
export async function logInByLink() {
  const key = new URLSearchParams(location.hash.slice(1)).get('key');
  if (!key) return;
  history.replaceState(null, '', location.pathname);
  const response = await fetch('/login', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ key }),
  });
  if (response.ok) {
    localStorage.setItem(NAME, (await response.json()).token);
  }
}

export function asked(path, options = {}) {
  const headers = { ...options.headers, Authorization: `Bearer ${token()}` };
  return fetch(path, { ...options, headers });
}
