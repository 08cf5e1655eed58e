import type { JsonObject } from '@kubedrill/kube-model';
import type { Fault } from '../../fault.ts';
import { bareText, fault, faultText, several } from '../../fault.ts';
import type { FlagSet } from '../../flags.ts';
import type { Invocation } from '../../invocation.ts';
import { differenceTo, isEmptyPatch, isFault, sendPatch } from '../../object-patch.ts';
import { printFlags } from '../../print-flags.ts';
import type { VisitedObject } from '../../resource-visit.ts';
import { ResultPrinter } from '../../result-printer.ts';
import { rolloutFlags, visitRollouts } from './rollout-selection.ts';

export const changeFlags: FlagSet = { ...rolloutFlags, ...printFlags, 'field-manager': { value: 'required' } };

/** How a command changes what it is given. */
export interface SpecChange {
  /** The changed object, or why it cannot be changed. */
  readonly change: (target: VisitedObject) => JsonObject | string;
  readonly done: string;
  /** Where there is nothing to change: what to say of it, or why that is wrong. */
  readonly unchanged: (target: VisitedObject) => string | Fault;
}

/** kubectl/pkg/cmd/rollout/rollout_pause.go, rollout_resume.go, rollout_restart.go. */
export function changeSpecs(invocation: Invocation, { change, done, unchanged }: SpecChange): void {
  const { console, flags, namespace } = invocation;
  const printer = new ResultPrinter(invocation, 'typed');
  const targets: VisitedObject[] = [];
  const unreached = visitRollouts(invocation, (target) => {
    targets.push(target);
    return undefined;
  });
  if (targets.length === 0 && !unreached) {
    console.note(`No resources found in ${namespace} namespace.`);
    return;
  }
  const fieldManager = flags.has('field-manager') ? flags.text('field-manager') : 'kubectl-rollout';
  const faults = unreached ? [unreached] : [];
  for (const target of targets) {
    const { resource, name } = target;
    const changed = change(target);
    if (typeof changed === 'string') {
      const type = resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`;
      faults.push(fault(`error: ${type} ${JSON.stringify(name)} ${changed}`));
      continue;
    }
    const patch = differenceTo(invocation, target, changed);
    if (isFault(patch)) faults.push(patch);
    else if (isEmptyPatch(patch)) {
      const said = unchanged(target);
      if (typeof said === 'string') printer.print(target.object, said);
      else faults.push(said);
    } else {
      const patched = sendPatch(invocation, target, patch, { fieldManager });
      if (isFault(patched)) faults.push(fault(`failed to patch: ${bareText(patched)}`));
      else printer.print(patched, done);
    }
  }
  const problem = several(faults);
  if (problem) console.fail(faultText(problem));
}

/** The object with another specification. */
export function withSpec(object: JsonObject, spec: JsonObject): JsonObject {
  return { ...object, spec: { ...(object.spec as JsonObject), ...spec } };
}
