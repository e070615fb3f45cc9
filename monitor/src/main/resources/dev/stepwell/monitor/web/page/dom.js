// What every part of the page needs of the document. Texts from data and model go in as text, never as HTML.

export const $ = (id) => document.getElementById(id);

// What says the same already is left alone: a screen reader would say it again, and the browser lay it out again.
export function text(id, words) {
  const element = $(id);
  if (element.textContent !== words) element.textContent = words;
}

export function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

// `label` is what it is called where the words alone do not say of what: it begins with the words.
export function button(words, pressed, label) {
  const made = element('button', words);
  made.type = 'button';
  if (label) made.setAttribute('aria-label', label);
  made.addEventListener('click', pressed);
  return made;
}

// A text that may be written from right to left among others that are not.
export const isolated = (words) => element('bdi', words);
