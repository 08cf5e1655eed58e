import { quote } from '../../observe/outcomes.ts';
import { defineCheckKind } from '../check-kind.ts';
import { isRight, rightAnswer } from './right-answer.ts';

export const answer = defineCheckKind({
  kind: 'answer',
  evaluate({ id, query }, context) {
    const right = rightAnswer(query, context);
    const given = context.answers.get(id);
    return { credit: right !== undefined && given !== undefined && isRight(given, right) ? 1 : 0, right, given };
  },
  explain({ question }, { right, given }) {
    const text = right === undefined ? 'nothing' : typeof right === 'string' ? right : right.join(', ') || '<none>';
    return {
      expected: `${question} ${quote(text)}`,
      observed: given === undefined || given.trim() === '' ? 'no answer' : quote(given),
    };
  },
});
