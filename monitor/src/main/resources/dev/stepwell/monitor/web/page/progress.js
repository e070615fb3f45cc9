// Three bars, what they count, and the figures beside them.

import { $, text } from './dom.js';
import { count, counted, done, number, range, rate } from './words.js';

export function progress(status) {
  bar('file', status.file_percent, ofFile(status));
  bar('queue', status.queue_percent, ofQueue(status));
  bar('total', status.cumulative_percent, ofLife(status));
  estimate('eta-file', status.eta_file, status);
  estimate('eta-queue', status.eta_queue, status);
  text('loss', number(status.loss, 4));
  text('loss-more', status.gradient_norm === null ? '' : `gradient norm ${rate(status.gradient_norm)}`);
  text('rate', rate(status.learning_rate));
  text('speed', status.tokens_per_sec === null ? '–' : `${count(status.tokens_per_sec)} tokens/s`);
  text('speed-more', status.steps_per_sec === null ? '' : `${rate(status.steps_per_sec)} steps/s`);
  text('accuracy', status.total_evals ? `${count(status.total_correct)} of ${count(status.total_evals)}` : '–');
  text('accuracy-more', status.total_evals ? 'since this start' : '');
}

// A bar always has words: one whose `aria-valuetext` is empty is nothing to a screen reader.
function ofFile(status) {
  if (status.batch_total_steps !== null) {
    const pass = status.epoch > 0 ? `, pass ${count(status.epoch + 1)} over it` : '';
    return `step ${count(status.batch_step)} of ${count(status.batch_total_steps)} in this file${pass}`;
  }
  return status.current_file ? 'its steps are being counted' : 'no file yet';
}

function ofQueue(status) {
  const { batch_number: n, batch_queue_size: of, waiting_files: waiting } = status;
  if (n === null) return waiting ? `${counted(waiting, 'file waits', 'files wait')}` : 'nothing is queued yet';
  const rest = waiting ? `${count(waiting)} wait, ${counted(status.waiting_steps, 'step', 'steps')}` : 'none waits';
  return `file ${count(n)} of ${count(of)}; ${rest}`;
}

function ofLife(status) {
  if (status.total_steps === null) return `step ${count(status.model_step)} of the model's life`;
  return status.current_step === status.total_steps
    ? `step ${count(status.current_step)} of the model's life`
    : `step ${count(status.current_step)} of the model's life; ${count(status.total_steps)} after this file`;
}

function bar(name, percent, words) {
  const element = $(`bar-${name}`);
  element.firstElementChild.style.width = `${percent ?? 0}%`;
  if (percent === null) element.removeAttribute('aria-valuenow');
  else element.setAttribute('aria-valuenow', percent);
  element.setAttribute('aria-valuetext', words);
  text(`percent-${name}`, percent === null ? '' : `${percent} %`);
  text(`words-${name}`, words);
}

function estimate(id, left, status) {
  text(id, left ? done(left) : status.status === 'training' ? 'not known yet' : '–');
  text(`${id}-more`, left ? range(left) : '');
}
