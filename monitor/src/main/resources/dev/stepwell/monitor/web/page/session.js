// The token of this browser, in the storage that belongs to this page alone.

const NAME = 'stepwell-token';

export function token() {
  return localStorage.getItem(NAME);
}

export function forget() {
  localStorage.removeItem(NAME);
}

// Exchanges the key of a link (#key=…) for a token. The key leaves the address, so that no bookmark has it. Returns why
// that was not possible, or nothing.
export async function logInByLink() {
  const key = new URLSearchParams(location.hash.slice(1)).get('key');
  if (!key) return null;
  history.replaceState(null, '', location.pathname);
  return logIn({ key });
}

// Exchanges what somebody typed, the daemon's own token, for one of this browser. Returns why not, or nothing.
export async function logIn(credential) {
  try {
    const response = await fetch('/login', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(credential),
    });
    const answer = await response.json();
    if (!response.ok) return answer.message;
    localStorage.setItem(NAME, answer.token);
    return null;
  } catch (e) {
    return `The daemon does not answer: ${e.message}`;
  }
}

export function asked(path, options = {}) {
  const headers = { ...options.headers, Authorization: `Bearer ${token()}` };
  return fetch(path, { ...options, headers });
}
