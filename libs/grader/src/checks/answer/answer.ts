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
  /** The right answer is kept back: the instance stays the same, and whoever tries again would only copy it. */
  explain({ question }, { given }) {
    return {
      expected: `what the cluster shows: ${question}`,
      observed: given === undefined || given.trim() === '' ? 'no answer' : quote(given),
    };
  },
});
