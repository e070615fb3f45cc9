// Where the model's answer parts from what it should be. Words, because a letter here and there tells nobody anything.

const MOST_WORDS = 1500;

// Fills `golden` and `answer` with their texts, and marks in each the words that the other has not in this order.
export function differences(golden, answer, goldenText, answerText) {
  const left = words(goldenText);
  const right = words(answerText);
  if (left.length > MOST_WORDS || right.length > MOST_WORDS) {
    golden.textContent = goldenText;
    answer.textContent = answerText;
    return;
  }
  const [keptLeft, keptRight] = common(left, right);
  fill(golden, left, keptLeft, 'missing');
  fill(answer, right, keptRight, 'other');
}

const words = (text) => text.match(/\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? [];

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

function fill(element, all, kept, kind) {
  element.replaceChildren(
    ...all.map((word, i) => {
      if (kept.has(i) || word.trim() === '') return word;
      const mark = document.createElement('mark');
      mark.className = kind;
      mark.textContent = word;
      return mark;
    }),
  );
}
