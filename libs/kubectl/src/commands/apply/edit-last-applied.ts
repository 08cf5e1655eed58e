import { deepEqual } from '@kubedrill/cluster-sim';
import { isJsonObject, readRawDocuments } from '@kubedrill/kube-model';
import { faultText } from '../../fault.ts';
import { fieldValidationOf, validateFlag } from '../../field-validation.ts';
import type { Invocation, KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import { filenameFlags } from '../../manifest-files.ts';
import type { ManifestEntry } from '../../manifest-objects.ts';
import { printFlags } from '../../print-flags.ts';
import { recordFlag } from '../../record-flag.ts';
import type { VisitedObject } from '../../resource-visit.ts';
import { ResultPrinter } from '../../result-printer.ts';
import { savedConfiguration } from '../../saved-configuration.ts';
import { fetchAll } from '../edit/edit.ts';
import type { SavedEdit } from '../edit/edit-session.ts';
import { runEditSession } from '../edit/edit-session.ts';
import { patchAnnotation } from './set-last-applied.ts';

/** kubectl/pkg/cmd/apply/apply_edit_last_applied.go. */
export const editLastApplied: KubectlCommand = {
  name: 'apply edit-last-applied',
  flags: {
    ...printFlags,
    ...filenameFlags,
    ...recordFlag,
    'field-manager': { value: 'required' },
    validate: validateFlag,
    'windows-line-endings': { value: 'none' },
  },
  run(invocation) {
    fieldValidationOf(invocation.flags);
    const printer = new ResultPrinter(invocation);
    const originals = fetchAll(invocation, {}).flatMap(configurationOf);
    if (originals.length === 0)
      throw new CommandError(
        'error: no last-applied-configuration annotation found on resources, to create the annotation, use command `kubectl apply set-last-applied --create-annotation`',
      );
    runEditSession(invocation, {
      mode: 'last applied',
      originals,
      save: (edited) => saveConfiguration(invocation, originals, edited, printer),
    });
  },
};

function configurationOf(target: VisitedObject): readonly VisitedObject[] {
  const saved = savedConfiguration(target.object);
  const [object] = saved === undefined ? [] : readRawDocuments(saved).values;
  return isJsonObject(object) ? [{ ...target, object }] : [];
}

/** editoptions.go visitToApplyEditPatch. */
function saveConfiguration(
  invocation: Invocation,
  originals: readonly VisitedObject[],
  edited: ManifestEntry,
  printer: ResultPrinter,
): SavedEdit {
  // Configurations have no uid: the first one matches.
  const [original] = originals;
  if (!original) return { kind: 'done' };
  if (deepEqual(original.object, edited.object)) {
    printer.print(edited.object, 'skipped');
    return { kind: 'done' };
  }
  const { flags, namespace } = invocation;
  const manager = flags.has('field-manager') ? flags.text('field-manager') : 'kubectl-client-side-apply';
  const target = { ...edited, namespace: edited.resource.namespaced ? namespace : '' };
  const sent = patchAnnotation(invocation, target, edited.object, manager);
  if ('kind' in sent) return { kind: 'failed', message: faultText(sent) };
  printer.print(edited.object, 'edited');
  return { kind: 'done' };
}
