// What the model answers: the latest preview, and those before it that the status still has.

import { differences } from './differences.js';
import { $, button, element, text } from './dom.js';
import { count, counted } from './words.js';

let examples = [];
let latest = null;
let chosen = null; // Which one somebody looks at, by `key`; null for the latest.
let shownFor = '';

export function preview(status) {
  const there = status.current_prompt !== null;
  $('preview').hidden = !there;
  $('preview-empty').hidden = there;
  if (!there) return;
  examples = status.recent_examples ?? [];
  // In full, where the examples are cut at 400 characters.
  latest = {
    step: examples.at(-1)?.step ?? null,
    system_prompt: status.current_system_prompt,
    prompt: status.current_prompt,
    golden_answer: status.golden_answer,
    model_answer: status.model_answer,
    answer_matches: status.answer_matches,
  };
  if (!examples.some((each) => key(each) === chosen)) chosen = null;
  show();
}

// Several rows may be asked at one step.
const key = (example) => `${example.step} ${example.prompt}`;

function show() {
  const one = chosen === null ? latest : examples.findLast((each) => key(each) === chosen);
  const now = JSON.stringify([one, chosen, examples.map(key)]);
  if (now === shownFor) return;
  shownFor = now;
  text('preview-prompt', one.prompt);
  for (const part of ['preview-system-name', 'preview-system']) $(part).hidden = !one.system_prompt;
  text('preview-system', one.system_prompt ?? '');
  const answer = one.model_answer?.trim() ? one.model_answer : '';
  const differ = differences($('preview-golden'), $('preview-answer'), one.golden_answer ?? '', answer);
  if (answer === '') $('preview-answer').replaceChildren(element('em', 'nothing'));
  text('preview-verdict', verdict(one, differ));
  $('preview-answer').className = one.answer_matches ? 'right' : 'differs';
  choices();
}

function verdict(one, differ) {
  const at = one.step === null ? '' : `step ${count(one.step)}: `;
  if (one.answer_matches) return `${at}right`;
  if (differ === Infinity) return `${at}differs altogether`;
  return differ ? `${at}differs in ${counted(differ, 'place', 'places')}` : `${at}differs`;
}

// One for each preview that the status has, oldest first. They are made anew only where there is another.
function choices() {
  const list = $('previews');
  const had = list.contains(document.activeElement);
  list.replaceChildren(...(examples.length < 2 ? [] : examples.map(choice)));
  if (had) (list.querySelector('[aria-pressed=true]') ?? $('preview-heading')).focus({ preventScroll: true });
}

function choice(example) {
  const newest = example === examples.at(-1);
  const word = example.answer_matches ? 'right' : 'differs';
  const made = button(example.answer_matches ? '✓' : '✗', () => {
    chosen = newest ? null : key(example);
    show();
  }, `${example.answer_matches ? '✓' : '✗'} step ${count(example.step)}, ${word}${newest ? ', the latest' : ''}`);
  made.className = word;
  made.title = `step ${count(example.step)}`;
  made.setAttribute('aria-pressed', String(chosen === null ? newest : chosen === key(example)));
  return made;
}
