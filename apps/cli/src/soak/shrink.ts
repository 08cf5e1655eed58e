import { isJsonObject, type Json } from '@kubedrill/kube-model';
import type { Counterexample } from './property.ts';
import type { Step } from './step.ts';

const maxAttempts = 1_000;

/** The smallest scenario found that goes wrong in the same way: fewer steps first, then less in each. */
export function shrunk({ problem, steps, problemOf }: Counterexample): Pick<Counterexample, 'problem' | 'steps'> {
  const wanted = signature(problem);
  let [smallest, attempts] = [steps, 0];
  const stillFails = (candidate: readonly Step[]): boolean => {
    attempts += 1;
    const found = problemOf(candidate);
    return found !== undefined && signature(found) === wanted;
  };
  for (let progress = true; progress && attempts < maxAttempts;) {
    const simpler = firstWhere(
      simplerScenarios(smallest),
      (candidate) => attempts < maxAttempts && stillFails(candidate),
    );
    progress = simpler !== undefined;
    smallest = simpler ?? smallest;
  }
  return { problem: problemOf(smallest) ?? problem, steps: smallest };
}

/** What kind of problem: its first line without the values in it, and where it was thrown. */
function signature(problem: string): string {
  const [first = '', second = ''] = problem.split('\n');
  return `${first.replace(/[^A-Za-z ]+/g, '').slice(0, 60)} ${second.trim().startsWith('at ') ? second : ''}`;
}

function firstWhere<T>(candidates: Iterable<T>, accepts: (candidate: T) => boolean): T | undefined {
  for (const candidate of candidates) if (accepts(candidate)) return candidate;
  return undefined;
}

function* simplerScenarios(steps: readonly Step[]): Iterable<readonly Step[]> {
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let at = 0; at < steps.length; at += size) yield [...steps.slice(0, at), ...steps.slice(at + size)];
  for (const [index, step] of steps.entries())
    for (const simpler of simplerSteps(step)) yield steps.with(index, simpler);
}

function* simplerSteps(step: Step): Iterable<Step> {
  switch (step.do) {
    case 'request': {
      const { request } = step;
      if ('body' in request)
        for (const body of simplerValues(request.body)) yield { do: 'request', request: { ...request, body } };
      return;
    }
    case 'apply':
      for (const text of simplerTexts(step.text)) yield { ...step, text };
      return;
    case 'workstation':
      for (const script of simplerTexts(step.script)) yield { ...step, script };
      return;
    case 'exec':
      for (const argv of simplerValues(step.argv)) yield { ...step, argv: argv as readonly string[] };
      return;
    case 'trace':
    case 'connect':
    case 'resolve':
    case 'rules':
    case 'advance':
    case 'settle':
      return;
  }
}

/** With one member or element less, somewhere; words inside keep their type. */
function* simplerValues(value: Json): Iterable<Json> {
  if (Array.isArray(value)) {
    const elements = value as readonly Json[];
    for (let at = 0; at < elements.length; at += 1) yield elements.toSpliced(at, 1);
    for (const [at, element] of elements.entries())
      for (const simpler of simplerValues(element)) yield elements.with(at, simpler);
  } else if (isJsonObject(value)) {
    const members = Object.entries(value);
    for (let at = 0; at < members.length; at += 1) yield Object.fromEntries(members.toSpliced(at, 1));
    for (const [at, [key, member]] of members.entries())
      for (const simpler of simplerValues(member ?? null)) yield Object.fromEntries(members.with(at, [key, simpler]));
  } else if (typeof value === 'string') yield* simplerTexts(value);
}

/** Without a line; without a half, then smaller and smaller parts. JSON documents are shortened as such. */
function* simplerTexts(text: string): Iterable<string> {
  const parsed = parsedJson(text);
  if (parsed !== undefined) {
    for (const simpler of simplerValues(parsed)) yield JSON.stringify(simpler);
    return;
  }
  const lines = text.split('\n');
  if (lines.length > 1) for (let at = 0; at < lines.length; at += 1) yield lines.toSpliced(at, 1).join('\n');
  for (let size = Math.ceil(text.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let at = 0; at < text.length; at += size) yield text.slice(0, at) + text.slice(at + size);
}

function parsedJson(text: string): Json | undefined {
  if (!text.trim().startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
