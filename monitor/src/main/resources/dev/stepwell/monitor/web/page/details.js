// All about one file, in a dialog: the rows that were refused above all.

import { desk } from './desk.js';
import { $, element, isolated } from './dom.js';
import { count, counted, duration } from './words.js';

export async function details(file) {
  const place = $('details-lines');
  $('details-name').replaceChildren(isolated(file.name));
  place.replaceChildren(element('p', '…'));
  $('details').showModal();
  try {
    const about = (await desk({ request: 'show', file: String(file.id) })).file;
    place.replaceChildren(...facts(about), ...refused(about));
  } catch (e) {
    place.replaceChildren(element('p', e.message));
  }
}

function facts(about) {
  const { file } = about;
  const held = about.held_out ? `, ${count(about.held_out)} held out to be asked` : '';
  const cut = about.truncated ? `, ${count(about.truncated)} of them cut to the longest that is trained` : '';
  return [
    `${file.state}, id ${file.id}${about.format ? `, ${about.format}` : ''}`,
    file.reason ?? '',
    `${counted(file.rows, 'row', 'rows')}: ${count(about.usable)} usable${cut}${held}, ${count(file.rejected)} refused`,
    about.attempts.length === 0 ? '' : attempts(about),
    about.checkpoints.length === 0 ? '' : `in ${counted(about.checkpoints.length, 'checkpoint', 'checkpoints')} on disk, the newest of step ${count(Math.max(...about.checkpoints))}`,
    about.report ? `report: ${about.report}` : '',
  ]
    .filter((line) => line !== '')
    .map((line) => element('p', isolated(line)));
}

function attempts(about) {
  const took = about.duration_seconds === null ? '' : `, ${duration(about.duration_seconds)} together`;
  return `${counted(about.attempts.length, 'attempt', 'attempts')}${took}`;
}

function refused(about) {
  const rejections = about.rejections ?? [];
  if (rejections.length === 0) return [];
  const heads = ['Line', 'Column', 'Why it was refused'].map((words) => {
    const head = element('th', words);
    head.scope = 'col';
    return head;
  });
  const rows = rejections.map((each) => element('tr', element('td', count(each.line)), element('td', each.column ? count(each.column) : '–'), element('td', isolated(each.reason))));
  const table = element('table', element('thead', element('tr', ...heads)), element('tbody', ...rows));
  const left = about.rejections_omitted;
  return left ? [table, element('p', `${counted(left, 'more row is', 'more rows are')} only counted.`)] : [table];
}
