import { isJsonObject, type Json, type JsonObject } from '@kubedrill/kube-model';
import { compare, type ComparisonRules } from '../comparison.ts';
import { inStep, type StepDifference } from '../report.ts';

/** Where FORMAT.md of the API recordings says that order does not matter; numbers are positions in lists. */
const unordered: readonly RegExp[] = [
  /\.(subsets|addresses|notReadyAddresses|conditions|replicaSets)$/,
  /\.subsets\.\d+\.ports$/,
  /\.endpointSlices\.[^.]*$/,
  /\.endpointSlices\..*\.(endpoints|ports)$/,
  /^\.results\.\d+\.stored\.(endpoints|ports)$/,
];

const rules: ComparisonRules = {
  isUnordered: (steps) => {
    const path = `.${steps.join('.')}`;
    return !path.includes('.spec.') && unordered.some((pattern) => pattern.test(path));
  },
  isWildcard: (expected) => expected === '<progressing>',
};

/** Compares what the recording has of a step with what the simulation would have recorded. */
export function compareStep(
  step: string,
  recorded: JsonObject | undefined,
  observed: JsonObject,
): readonly StepDifference[] {
  if (!recorded) return inStep(step, [{ path: 'step', expected: undefined, observed: 'carried out' }]);
  return inStep(step, compare(comparable(recorded), comparable(observed), rules));
}

function comparable({ results, state }: JsonObject): JsonObject {
  return {
    ...(Array.isArray(results) ? { results: (results as readonly Json[]).map(withoutWording) } : {}),
    ...(state === undefined ? {} : { state }),
  };
}

/** The wording of a client's own refusal is the client's: only that it refused is compared. */
function withoutWording(result: Json): Json {
  return isJsonObject(result) && result.clientError !== undefined
    ? { accepted: false, clientError: '(refused by the client)' }
    : result;
}
