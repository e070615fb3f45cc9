// Wires page, session and events together.

import { alerts } from './alerts.js';
import { attend } from './attention.js';
import { draw as drawCharts, follow as followCharts } from './charts.js';
import { controls } from './controls.js';
import { $, text } from './dom.js';
import { draw as drawKnowledge, follow as followKnowledge } from './knowledge.js';
import { draw as drawMachine, machine } from './machine.js';
import { paced } from './pace.js';
import { preview } from './preview.js';
import { progress } from './progress.js';
import { follow as followQueue } from './queue.js';
import { onRange } from './range.js';
import { follow as followSeries, onSeries, refresh } from './series.js';
import { forget, logIn, logInByLink, token } from './session.js';
import { found, lost, state } from './state.js';
import { tab, tabLost } from './tab.js';
import './upload.js';

function signIn(why) {
  $('login').hidden = false;
  $('dashboard').hidden = true;
  $('controls').hidden = true;
  text('state', 'Not signed in');
  text('phase', '');
  text('login-why', why ?? '');
  document.title = 'Not signed in – Stepwell';
}

$('token-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const why = await logIn({ token: $('token').value.trim() });
  if (why === null) {
    location.reload();
  } else {
    text('token-why', why);
  }
});

function drawCurves() {
  drawCharts();
  drawMachine();
  drawKnowledge();
}

function draw(status) {
  $('login').hidden = true;
  $('dashboard').hidden = false;
  state(status);
  controls(status);
  tab(status);
  progress(status);
  alerts(status);
  preview(status);
  machine(status.machine);
  followQueue(status);
  followSeries(status);
  followCharts(status);
  followKnowledge(status);
  drawCurves();
}

onSeries(drawCurves);
onRange(() => {
  drawCurves();
  refresh();
});

const problem = await logInByLink();
if (token()) {
  const paint = paced(draw, (s) => [s.status, s.current_file, s.error_message, s.active_alerts.length, s.boot_id].join('|'));
  await attend({
    seen: paint.offer,
    glanced: tab,
    found,
    lost() {
      paint.flush();
      if (lost()) tabLost();
    },
  });
  forget();
  signIn('This browser is not signed in any more.');
} else {
  signIn(problem);
}
