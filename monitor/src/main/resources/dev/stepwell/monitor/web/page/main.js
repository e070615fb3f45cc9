// Wires page, session and events together.

import { follow as followCharts } from './charts.js';
import { listen } from './events.js';
import { follow as followQueue } from './queue.js';
import { asked, forget, logIn, logInByLink, token } from './session.js';
import { draw, found, lost } from './view.js';
import './upload.js';

const $ = (id) => document.getElementById(id);

const QUESTIONS = {
  skip: 'Leave this file as skipped and go on with the next? What it has learnt stays.',
  stop: 'Stop the daemon? It saves a checkpoint, and the file goes on there at the next start.',
};

function signIn() {
  $('login').hidden = false;
  $('dashboard').hidden = true;
  $('controls').hidden = true;
  $('state').textContent = 'not signed in';
}

$('token-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const why = await logIn({ token: $('token').value.trim() });
  if (why === null) {
    location.reload();
  } else {
    $('token-why').textContent = why;
  }
});

async function sure(command) {
  if (!QUESTIONS[command]) return true;
  $('confirm-text').textContent = QUESTIONS[command];
  $('confirm-yes').textContent = command === 'stop' ? 'Stop' : 'Skip';
  const dialog = $('confirm');
  dialog.returnValue = 'no';
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener('close', resolve, { once: true }));
  return dialog.returnValue === 'yes';
}

for (const command of ['pause', 'resume', 'skip', 'stop']) {
  $(command).addEventListener('click', async () => {
    if (!(await sure(command))) return;
    $(command).disabled = true;
    try {
      await asked(`/api/v1/control/${command}`, { method: 'POST' });
    } finally {
      $(command).disabled = false;
    }
  });
}

await logInByLink();
if (token()) {
  listen({
    heard(type, data) {
      found();
      if (type === 'snapshot') {
        $('login').hidden = true;
        $('dashboard').hidden = false;
        draw(data);
        followQueue(data);
        followCharts(data);
      }
    },
    lost,
    refused() {
      forget();
      signIn();
    },
  });
} else {
  signIn();
}
