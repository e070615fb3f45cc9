// Files dropped on the page, or chosen, are sent to the inbox. One after the other, and each says how it went.

import { $, button, element, isolated } from './dom.js';
import { refresh } from './queue.js';
import { token } from './session.js';

// By then what was sent is taken; of a copy, which is held, the status does not tell.
const TAKEN_MS = 3000;
const TOLD_MS = 12_000; // How long it is said that a file has arrived: after that the queue says so.
const MOST_PROBLEMS = 50;

const waiting = [];
let sending = false;

for (const id of ['choose', 'choose-first']) $(id).addEventListener('click', () => $('chosen').click());
$('chosen').addEventListener('change', () => {
  add($('chosen').files);
  $('chosen').value = '';
});

const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes('Files');

// Also where nobody is signed in: else the browser would open the file and leave the page.
addEventListener('dragover', (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  if (token() === null) event.dataTransfer.dropEffect = 'none';
  else document.body.classList.add('dropping');
});
addEventListener('dragleave', (event) => {
  if (event.relatedTarget === null) document.body.classList.remove('dropping');
});
addEventListener('drop', (event) => {
  document.body.classList.remove('dropping');
  if (!hasFiles(event)) return;
  event.preventDefault();
  if (token() !== null) add(event.dataTransfer.files);
});

function add(files) {
  for (const file of files) {
    const words = element('span');
    const bar = document.createElement('progress');
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute('aria-label', `Sending ${file.name}`);
    const line = element('li', words, bar);
    say(words, file, 'waits to be sent');
    $('uploads').append(line);
    waiting.push({ file, line, words, bar });
  }
  if (!sending) sendAll();
}

function say(words, file, how) {
  words.replaceChildren(isolated(file.name), ` ${how}`);
}

async function sendAll() {
  sending = true;
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { file, line, words, bar } = next;
    say(words, file, 'is being sent');
    try {
      await send(next);
      say(words, file, 'is in the inbox, and taken from there.');
      setTimeout(() => line.remove(), TOLD_MS);
    } catch (e) {
      say(words, file, `was not taken: ${e.message}`);
      words.className = 'problem';
      line.append(button('Dismiss', () => dismiss(line), `Dismiss ${file.name}`));
    }
    bar.remove();
    const problems = $('uploads').querySelectorAll('.problem');
    if (problems.length > MOST_PROBLEMS) problems[0].closest('li').remove();
  }
  sending = false;
  setTimeout(refresh, TAKEN_MS);
}

function dismiss(line) {
  line.remove();
  $('choose').focus();
}

// By XMLHttpRequest, because fetch does not tell how much has been sent.
function send({ file, bar }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/files?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('Authorization', `Bearer ${token()}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.addEventListener('load', () => (request.status === 201 ? resolve() : reject(new Error(problem(request)))));
    request.addEventListener('error', () => reject(new Error('the connection was lost, or it is no file')));
    request.send(file);
  });
}

function problem(request) {
  try {
    return JSON.parse(request.responseText).message;
  } catch {
    return `status ${request.status}`;
  }
}
