// Where the model's answer parts from what it should be. Words, because a letter here and there tells nobody anything.

const MOST_WORDS = 1500;

// Fills `golden` and `answer` with their texts, and marks in each the words that the other has not in this order: what
// is `missing` in the answer, what comes after its end and so was `unsaid`, and what it has of its `other`. Returns in
// how many places they differ: without end, and nothing is marked, where they have no word in common; null where the
// texts are too long to be compared.
export function differences(golden, answer, goldenText, answerText) {
  const left = words(goldenText);
  const right = words(answerText);
  if (left.length > MOST_WORDS || right.length > MOST_WORDS) {
    golden.textContent = goldenText;
    answer.textContent = answerText;
    return null;
  }
  const [keptLeft, keptRight] = common(left, right);
  if ([...keptLeft].every((i) => left[i].trim() === '')) {
    golden.textContent = goldenText;
    answer.textContent = answerText;
    return Infinity;
  }
  const end = right.length > 0 && keptRight.has(right.length - 1) ? Math.max(...keptLeft) : left.length;
  fill(golden, left, keptLeft, (i) => (i > end ? 'unsaid' : 'missing'));
  fill(answer, right, keptRight, () => 'other');
  return Math.max(...[golden, answer].map((each) => each.querySelectorAll('mark').length));
}

const words = (text) => text.match(/\s+|[\p{L}\p{M}\p{N}_]+|[^\s\p{L}\p{M}\p{N}_]/gu) ?? [];

// The longest common subsequence: which words of each side belong to it.
function common(left, right) {
  const lengths = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      lengths[i][j] = left[i] === right[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  const keptLeft = new Set();
  const keptRight = new Set();
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    if (left[i] === right[j]) {
      keptLeft.add(i++);
      keptRight.add(j++);
    } else if (lengths[i + 1][j] >= lengths[i][j + 1]) i++;
    else j++;
  }
  return [keptLeft, keptRight];
}

// Words that differ one after the other are one mark, whatever space is between them.
function fill(element, all, kept, kind) {
  const pieces = [];
  for (let i = 0; i < all.length; i++) {
    const last = pieces.at(-1);
    const of = all[i].trim() === '' ? (last?.of ?? null) : kept.has(i) ? null : kind(i);
    if (last?.of === of) last.words.push(all[i]);
    else pieces.push({ of, words: [all[i]] });
  }
  element.replaceChildren(...pieces.map((piece) => (piece.of === null ? piece.words.join('') : marked(piece))));
}

function marked({ of, words: some }) {
  const mark = document.createElement('mark');
  mark.className = of;
  mark.textContent = some.join('');
  return mark;
}
