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
  matches: (expected, observed) => {
    if (expected === '<progressing>') return true;
    if (typeof expected !== 'string' || typeof observed !== 'string') return false;
    return expected.includes(dumpedObject) && isAroundDump(expected.split(dumpedObject), observed);
  },
};

/** Stands for a dump of a whole object inside a message. */
const dumpedObject = '<object>';

/** Whether the texts around the dumps come in the observed text in that order, the first at its start, the last at its end. */
function isAroundDump(parts: readonly string[], observed: string): boolean {
  let from = 0;
  for (const [index, part] of parts.entries()) {
    const at = index === parts.length - 1 ? observed.length - part.length : observed.indexOf(part, from);
    if (at < from || !observed.startsWith(part, at) || (index === 0 && at !== 0)) return false;
    from = at + part.length;
  }
  return true;
}

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
