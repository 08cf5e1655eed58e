import { nearestWord } from '@kubedrill/grader';
import type { z } from 'zod';
import { fieldNames } from './field-names.ts';

/** What is wrong in an exercise.yaml or module.yaml, by the path of the field. */
export interface DefinitionProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

type Issue = z.core.$ZodIssue;

export function problemsOf(error: z.ZodError): readonly DefinitionProblem[] {
  return error.issues.flatMap((issue) => problemsOfIssue(issue, []));
}

function problemsOfIssue(issue: Issue, above: readonly (string | number)[]): readonly DefinitionProblem[] {
  const path = [...above, ...issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: `unknown field "${key}"${suggestion(key, fieldNames())}`,
      }));
    case 'invalid_value':
      return [{ path, message: `write one of ${issue.values.map(String).join(', ')}` }];
    case 'invalid_union':
      return unionProblems(issue, path);
    case 'invalid_type':
      return [
        {
          path,
          message:
            issue.input === undefined && issue.message.includes('undefined')
              ? `"${String(path.at(-1))}" is missing`
              : issue.message.replace('Invalid input: ', ''),
        },
      ];
    default:
      return [{ path, message: issue.message }];
  }
}

function suggestion(word: string, candidates: Iterable<string>): string {
  const near = nearestWord(word, candidates);
  return near === undefined ? '' : `; did you mean "${near}"?`;
}

/** Of a union the branch that came nearest: the one whose first complaint lies deepest. */
function unionProblems(
  issue: Issue & { readonly code: 'invalid_union' },
  path: readonly (string | number)[],
): readonly DefinitionProblem[] {
  if (issue.errors.length === 0) {
    const options = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
    return [{ path, message: options.length === 0 ? issue.message : `write one of ${options.join(', ')}` }];
  }
  const branches = issue.errors.map((issues) => issues.flatMap((inner) => problemsOfIssue(inner, path)));
  const depth = (branch: readonly DefinitionProblem[]): number =>
    Math.max(...branch.map((problem) => problem.path.length));
  const nearest = branches.reduce((best, branch) => (depth(branch) > depth(best) ? branch : best));
  return depth(nearest) === path.length && branches.length > 1
    ? [{ path, message: branches.flatMap((branch) => branch.map(({ message }) => message)).join(', or ') }]
    : nearest;
}
