// Files dropped on the page, or chosen, are sent to the inbox. One after the other, and each says how it went.

import { refresh } from './queue.js';
import { token } from './session.js';

const $ = (id) => document.getElementById(id);
// By then what was sent is taken; of a copy, which is held, the status does not tell.
const TAKEN_MS = 3000;
const queue = [];
let sending = false;

$('choose').addEventListener('click', () => $('chosen').click());
$('chosen').addEventListener('change', () => {
  add($('chosen').files);
  $('chosen').value = '';
});

const hasFiles = (event) => token() !== null && [...(event.dataTransfer?.types ?? [])].includes('Files');

addEventListener('dragover', (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  document.body.classList.add('dropping');
});
addEventListener('dragleave', (event) => {
  if (event.relatedTarget === null) document.body.classList.remove('dropping');
});
addEventListener('drop', (event) => {
  document.body.classList.remove('dropping');
  if (!hasFiles(event)) return;
  event.preventDefault();
  add(event.dataTransfer.files);
});

function add(files) {
  for (const file of files) {
    const line = document.createElement('li');
    const words = document.createElement('span');
    const bar = document.createElement('progress');
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute('aria-label', `Sending ${file.name}`);
    words.textContent = `${file.name} waits`;
    line.append(words, bar);
    $('uploads').append(line);
    queue.push({ file, words, bar });
  }
  if (!sending) sendAll();
}

async function sendAll() {
  sending = true;
  for (let next = queue.shift(); next; next = queue.shift()) {
    next.words.textContent = `${next.file.name} is being sent`;
    try {
      await send(next);
      next.words.textContent = `${next.file.name} is in the inbox, and taken from there.`;
    } catch (e) {
      next.words.textContent = `${next.file.name} was not taken: ${e.message}`;
      next.words.className = 'problem';
    }
    next.bar.remove();
  }
  sending = false;
  setTimeout(refresh, TAKEN_MS);
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
    request.addEventListener('error', () => reject(new Error('the connection was lost')));
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
