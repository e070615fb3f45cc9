// What the daemon does, in a word, and what there is to do about it.

import { $, text } from './dom.js';
import { counted } from './words.js';

export const ALIVE = ['starting', 'idle', 'training', 'paused'];

const STATES = {
  starting: 'Starting',
  idle: 'Idle',
  training: 'Training',
  paused: 'Paused',
  completed: 'Completed',
  stopped: 'Stopped',
  crashed: 'Crashed',
};

const PHASES = {
  loading: 'the model is being loaded',
  preparing: 'the file is being read',
  evaluating: 'the model answers a preview',
  saving: 'a checkpoint is being saved',
};

let newest = null;

const waitsForDisk = (status) =>
  status.status === 'paused' && status.active_alerts.some((alert) => alert.type === 'disk_full');

export const stateWord = (status) =>
  waitsForDisk(status) ? 'Waiting for disk space' : (STATES[status.status] ?? status.status);

export function state(status) {
  newest = status;
  text('state', stateWord(status));
  $('state').className = `state ${status.status}`;
  text('phase', status.status === 'training' ? (PHASES[status.phase] ?? '') : '');
  text('file', status.current_file ?? 'No file yet');
  text('of-file', ofFile(status));
  text('advice', advice(status));
  $('choose-first').hidden = status.status !== 'idle';
  $('progress').classList.toggle('over', status.status !== 'training' && status.status !== 'paused');
  text('foot', `process ${status.pid}, since ${new Date(status.started_at).toLocaleString()}`);
}

// A file that is not in training is the last one: its bars would be taken for something that goes on.
function ofFile(status) {
  if (status.current_file === null) return '';
  return status.status === 'idle' || status.status === 'completed' ? 'the last file' : '';
}

function advice(status) {
  switch (status.status) {
    case 'starting':
      return 'The model is being loaded.';
    case 'idle':
      if (status.waiting_files > 0) return `${counted(status.waiting_files, 'file waits', 'files wait')} for another try, or to be begun.`;
      return status.current_file === null
        ? 'Drop JSONL files on this page, or put them into inbox/, and training begins. ./stepwell check FILE says what a file would teach.'
        : 'Everything is trained. Drop more JSONL files on this page, or put them into inbox/.';
    case 'paused':
      return waitsForDisk(status)
        ? 'The disk is full. Make room, and training goes on by itself; nothing is lost.'
        : 'The model is saved and waits in memory. Resume goes on exactly here.';
    case 'stopped':
      return 'The daemon has ended, with everything saved. ./stepwell run goes on here.';
    case 'completed':
      return 'Everything is trained and the daemon has ended. ./stepwell run waits for more.';
    case 'crashed':
      return 'The daemon has ended with an error. logs/ in the base directory says more; ./stepwell run goes on from the last checkpoint.';
    default:
      return '';
  }
}

// What was last known stays, and is said to be old. Returns whether something is wrong: after an orderly end nothing is.
export function lost() {
  $('connection').hidden = false;
  $('controls').hidden = true;
  text('phase', '');
  if (newest !== null && !ALIVE.includes(newest.status)) {
    text('connection', 'This page goes on when the daemon runs again.');
    return false;
  }
  text('state', 'Connection lost');
  $('state').className = 'state crashed';
  text(
    'connection',
    newest === null
      ? 'Trying again.'
      : `What you see is of ${new Date(newest.heartbeat_at).toLocaleTimeString()}. Trying again; where the daemon is gone, ./stepwell run starts it.`,
  );
  document.body.classList.add('stale');
  return true;
}

export function found() {
  if ($('connection').hidden) return;
  $('connection').hidden = true;
  document.body.classList.remove('stale');
  if (newest !== null) state(newest);
}
