import type { ApiStatus, AppliedDocument } from '@kubedrill/cluster-sim';
import { isJsonObject, resources, type Kind } from '@kubedrill/kube-model';
import { defineCheckKind } from '../check-kind.ts';
import type { RejectionParameters } from './schema.ts';

export const rejection = defineCheckKind({
  kind: 'rejection',
  evaluate(parameters, { applied }) {
    const candidates = applied.filter((entry) => isMeant(parameters, entry));
    return { credit: candidates.some((entry) => isWantedRefusal(parameters, entry)) ? 1 : 0, candidates };
  },
  explain(parameters, { candidates }) {
    const expected = describeWanted(parameters);
    const refused = candidates.find(({ response }) => !response.ok);
    if (refused && !refused.response.ok) {
      return { expected, observed: `it was refused for another reason: ${refused.response.status.message}` };
    }
    const [accepted] = candidates;
    if (!accepted) return { expected, observed: 'the submission holds no such document' };
    const { kind, name, namespace } = identityOf(accepted);
    const observed = `the API server accepted ${kind} "${name}"`;
    return Object.hasOwn(resources, kind)
      ? { expected, observed, evidence: [{ kind: kind as Kind, name, namespace, path: fieldPath(parameters.field) }] }
      : { expected, observed };
  },
});

/** Whether a refusal is one that some check of the exercise asks for, so that it is no reason to reject the submission. */
export function expectsRefusal(parameters: RejectionParameters, entry: AppliedDocument): boolean {
  return isMeant(parameters, entry) && isWantedRefusal(parameters, entry);
}

function isMeant({ document }: RejectionParameters, entry: AppliedDocument): boolean {
  const { kind, name } = identityOf(entry);
  return (
    (document.kind === undefined || kind === document.kind) && (document.name === undefined || name === document.name)
  );
}

function isWantedRefusal({ reason, field, message }: RejectionParameters, { response }: AppliedDocument): boolean {
  if (response.ok) return false;
  const { status } = response;
  if (reason !== undefined && status.reason !== reason) return false;
  if (field !== undefined && !namesField(status, field)) return false;
  return message === undefined || status.message.includes(message);
}

function namesField({ details }: ApiStatus, field: string): boolean {
  return details?.causes?.some((cause) => cause.field === field) ?? false;
}

function identityOf({ document }: AppliedDocument): {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
} {
  const { kind, metadata } = document.value;
  const { name, namespace } = isJsonObject(metadata) ? metadata : {};
  const text = (value: unknown, fallback: string): string => (typeof value === 'string' ? value : fallback);
  return { kind: text(kind, ''), name: text(name, ''), namespace: text(namespace, 'default') };
}

function fieldPath(field: string | undefined): readonly (string | number)[] {
  return (field?.match(/[^.[\]]+/g) ?? []).map((key) => (/^\d+$/.test(key) ? Number(key) : key));
}

function describeWanted({ document, reason, field, message }: RejectionParameters): string {
  const subject = [document.kind, document.name].filter((part) => part !== undefined).join(' ') || 'a document';
  const why = [reason, field, message].filter((part) => part !== undefined).join(', ');
  return `the API server refuses ${subject}${why === '' ? '' : ` (${why})`}`;
}
