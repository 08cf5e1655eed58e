import type { FieldValidation, PatchType, Propagation, Subresource } from '@kubedrill/cluster-sim';
import type { Json, JsonObject } from '@kubedrill/kube-model';
import { readDuration } from '../durations.ts';
import { listOf, objectOf, textOf } from '../recorded-json.ts';

/** One step of a recorded case: one action, and whether time passes and the state is compared after it. */
export interface CaseStep {
  readonly action: CaseAction;
  readonly settle: boolean;
  readonly snapshot: boolean;
}

export type CaseAction =
  | { readonly kind: 'apply' | 'create' | 'replace' | 'serverApply'; readonly text: string }
  | {
      readonly kind: 'patch';
      readonly target: string;
      readonly type: PatchType;
      readonly subresource?: Subresource;
      readonly body: Json;
    }
  | {
      readonly kind: 'delete';
      readonly targets: readonly string[];
      readonly grace?: number;
      readonly propagation: Propagation;
    }
  | { readonly kind: 'scale'; readonly target: string; readonly replicas: Json }
  | { readonly kind: 'annotate' | 'label'; readonly target: string; readonly set: Json }
  | { readonly kind: 'get'; readonly target: string }
  | { readonly kind: 'run'; readonly command: string }
  | { readonly kind: 'wait'; readonly milliseconds: number };

export interface ApiCase {
  readonly name: string;
  readonly fieldValidation: FieldValidation;
  readonly full: boolean;
  readonly quietMilliseconds: number;
  readonly steps: readonly CaseStep[];
}

const defaultQuiet = '900ms';

export function readApiCase(document: Json | undefined): ApiCase {
  const file = objectOf(document, 'a case');
  return {
    name: textOf(file['name'], 'name'),
    fieldValidation: (file['fieldValidation'] ?? 'Strict') as FieldValidation,
    full: file['full'] === true,
    quietMilliseconds: readDuration(textOf(file['quiet'] ?? defaultQuiet, 'quiet')),
    steps: listOf(file['steps'], 'steps').map((step) => readStep(objectOf(step, 'a step'))),
  };
}

function readStep(step: JsonObject): CaseStep {
  const action = readAction(step);
  return { action, settle: step['settle'] !== false, snapshot: step['snapshot'] !== false && action.kind !== 'get' };
}

function readAction(step: JsonObject): CaseAction {
  for (const kind of ['apply', 'create', 'replace', 'serverApply'] as const) {
    if (step[kind] !== undefined) return { kind, text: textOf(step[kind], kind) };
  }
  for (const kind of ['annotate', 'label'] as const) {
    if (step[kind] === undefined) continue;
    const body = objectOf(step[kind], kind);
    return { kind, target: textOf(body['target'], 'target'), set: body['set'] ?? {} };
  }
  if (step['patch'] !== undefined) return readPatch(objectOf(step['patch'], 'patch'));
  if (step['delete'] !== undefined) return readDelete(step['delete']);
  if (step['scale'] !== undefined) {
    const body = objectOf(step['scale'], 'scale');
    return { kind: 'scale', target: textOf(body['target'], 'target'), replicas: body['replicas'] ?? null };
  }
  if (step['get'] !== undefined) return { kind: 'get', target: textOf(step['get'], 'get') };
  if (step['run'] !== undefined) return { kind: 'run', command: textOf(step['run'], 'run') };
  if (step['wait'] !== undefined) return { kind: 'wait', milliseconds: readDuration(textOf(step['wait'], 'wait')) };
  throw new Error(`a step has no action that is known: ${Object.keys(step).join(', ')}`);
}

function readPatch(body: JsonObject): CaseAction {
  const type = body['type'] ?? 'strategic';
  if (type !== 'strategic' && type !== 'merge' && type !== 'json')
    throw new Error(`patch type ${JSON.stringify(type)} is unknown`);
  const subresource = body['subresource'];
  return {
    kind: 'patch',
    target: textOf(body['target'], 'target'),
    type,
    ...(subresource === 'status' || subresource === 'scale' ? { subresource } : {}),
    body: body['body'] ?? null,
  };
}

function readDelete(body: Json): CaseAction {
  if (typeof body === 'string')
    return { kind: 'delete', targets: body.split(/\s+/).filter(Boolean), propagation: 'Background' };
  const options = objectOf(body, 'delete');
  const grace = options['grace'];
  return {
    kind: 'delete',
    targets: textOf(options['target'], 'target').split(/\s+/).filter(Boolean),
    ...(typeof grace === 'number' ? { grace } : {}),
    propagation: (options['propagation'] ?? 'Background') as Propagation,
  };
}
