// Asks the queue's desk, that the commands speak to. A refusal is an error in words.

import { asked } from './session.js';

export async function desk(request) {
  const response = await asked('/api/v1/desk', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(request),
  });
  const answer = await response.json();
  if (answer.answer === 'refused') throw new Error(`${answer.problem}: ${answer.remedy}`);
  if (!response.ok) throw new Error(answer.message ?? answer.error);
  return answer;
}
