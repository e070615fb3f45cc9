// Pause, resume, skip, stop, and what came of them.

import { $, text } from './dom.js';
import { asked } from './session.js';
import { ALIVE } from './state.js';

const TOLD_MS = 20_000; // How long it is said what came of a command.

const QUESTIONS = {
  skip: { words: 'Leave this file as skipped and go on with the next? What it has learnt stays.', yes: 'Skip' },
  stop: { words: 'Stop the daemon? It saves a checkpoint, and the file goes on there at the next start.', yes: 'Stop now', other: 'After this file' },
};

export function controls(status) {
  const inFile = status.current_file !== null && (status.status === 'training' || status.status === 'paused');
  const focused = document.activeElement;
  $('controls').hidden = !ALIVE.includes(status.status);
  $('pause').hidden = status.status === 'paused';
  $('resume').hidden = status.status !== 'paused';
  if (focused === $('pause') && focused.hidden) $('resume').focus();
  if (focused === $('resume') && focused.hidden) $('pause').focus();
  $('skip').disabled = !inFile;
  $('confirm-other').disabled = !inFile;
}

// Asks first where it cannot be undone. Returns 'yes', 'other' or 'no'.
async function sure(command) {
  const question = QUESTIONS[command];
  if (!question) return 'yes';
  text('confirm-text', question.words);
  text('confirm-yes', question.yes);
  text('confirm-other', question.other ?? '');
  $('confirm-other').hidden = !question.other;
  const dialog = $('confirm');
  dialog.returnValue = 'no';
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener('close', resolve, { once: true }));
  return dialog.returnValue || 'no';
}

let forgetting;

function say(words) {
  text('effect', words);
  clearTimeout(forgetting);
  forgetting = setTimeout(() => text('effect', ''), TOLD_MS);
}

async function command(name) {
  const answer = await sure(name);
  if (answer === 'no') return;
  const after = answer === 'other' ? '?after_file=true&wait=false' : '';
  $(name).setAttribute('aria-busy', 'true');
  say(after ? 'Asked to stop after this file.' : '');
  try {
    const response = await asked(`/api/v1/control/${name}${after}`, { method: 'POST' });
    const effect = await response.json();
    if (!after || !response.ok) say(effect.message ?? `status ${response.status}`);
  } catch (e) {
    if (name !== 'stop') say(`Not done: ${e.message}`); // A daemon that stops may be gone before it answers.
  } finally {
    $(name).removeAttribute('aria-busy');
  }
}

for (const name of ['pause', 'resume', 'skip', 'stop']) {
  $(name).addEventListener('click', () => {
    if ($(name).getAttribute('aria-busy') !== 'true') command(name);
  });
}
