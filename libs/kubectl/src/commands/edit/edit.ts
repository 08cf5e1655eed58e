import { createTwoWayPatch, deepEqual, encodeGoJson } from '@kubedrill/cluster-sim';
import type { JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import { faultText, refusal } from '../../fault.ts';
import { fieldValidationOf, validateFlag } from '../../field-validation.ts';
import type { Invocation, KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import { filenameFlags } from '../../manifest-files.ts';
import type { ManifestEntry } from '../../manifest-objects.ts';
import { printFlags } from '../../print-flags.ts';
import { recordFlag } from '../../record-flag.ts';
import type { VisitedObject, VisitOptions } from '../../resource-visit.ts';
import { findVisits, shownAs, subresourceOf, visitAll } from '../../resource-visit.ts';
import { ResultPrinter } from '../../result-printer.ts';
import { withConfiguration } from '../../saved-configuration.ts';
import type { SavedEdit } from './edit-session.ts';
import { refusedEdit, runEditSession } from './edit-session.ts';

/** kubectl/pkg/cmd/edit/edit.go. */
export const edit: KubectlCommand = {
  name: 'edit',
  flags: {
    ...printFlags,
    ...filenameFlags,
    ...recordFlag,
    'field-manager': { value: 'required' },
    'output-patch': { value: 'none' },
    'save-config': { value: 'none' },
    subresource: { value: 'required' },
    validate: validateFlag,
    'windows-line-endings': { value: 'none' },
  },
  run(invocation) {
    fieldValidationOf(invocation.flags);
    const printer = new ResultPrinter(invocation);
    const originals = fetchAll(invocation, { subresource: subresourceOf(invocation.flags) });
    runEditSession(invocation, {
      mode: 'object',
      originals,
      save: (edited) => patchEdited(invocation, originals, edited, printer),
    });
  },
};

/** The objects that a command edits, as they are now. */
export function fetchAll(invocation: Invocation, own: VisitOptions): readonly VisitedObject[] {
  const options = { ...own, latest: true, allowsEmptySelector: true };
  const found: VisitedObject[] = [];
  const problem = visitAll(invocation, findVisits(invocation, options), options, (target) => {
    found.push(target);
    return undefined;
  });
  if (problem) throw new CommandError(faultText(problem));
  if (found.length === 0) throw new CommandError('error: edit cancelled, no objects found');
  return found;
}

export function originalOf(originals: readonly VisitedObject[], { object }: ManifestEntry): VisitedObject | undefined {
  return originals.find((original) => uidOf(original.object) === uidOf(object));
}

function uidOf({ metadata }: JsonObject): string {
  const uid = isJsonObject(metadata) ? metadata.uid : undefined;
  return typeof uid === 'string' ? uid : '';
}

const renamed = 'error: At least one of apiVersion, kind and name was changed';

/** editoptions.go visitToPatch. */
function patchEdited(
  invocation: Invocation,
  originals: readonly VisitedObject[],
  edited: ManifestEntry,
  printer: ResultPrinter,
): SavedEdit {
  const { cluster, console, flags } = invocation;
  const original = originalOf(originals, edited);
  if (!original)
    return { kind: 'failed', message: `error: no original object found for ${encodeGoJson(edited.object)}` };
  const before = withoutManagedFields(original.object);
  const after = withConfiguration(edited.object, flags.isTrue('save-config'));
  if (deepEqual(before, after)) {
    printer.print(after, 'skipped');
    return { kind: 'done' };
  }
  const { resource, namespace, name } = original;
  const created = createTwoWayPatch(before, after, cluster.api.schemaOf(resource.kind));
  if (!created.ok) return { kind: 'failed', message: `error: ${created.message}` };
  const { patch } = created;
  const metadata = isJsonObject(patch.metadata) ? patch.metadata : {};
  if ('apiVersion' in patch || 'kind' in patch || 'name' in metadata) return { kind: 'failed', message: renamed };
  if (flags.isTrue('output-patch')) console.print(`Patch: ${encodeGoJson(patch)}`);
  const subresource = subresourceOf(flags);
  const response = cluster.api.handle({
    verb: 'patch',
    patchType: 'strategic',
    resource,
    namespace,
    name,
    body: patch,
    fieldManager: flags.has('field-manager') ? flags.text('field-manager') : 'kubectl-edit',
    fieldValidation: fieldValidationOf(flags),
    ...(subresource && { subresource }),
  });
  console.warn(response.warnings);
  if (!response.ok) return refusedEdit(edited, refusal(response.status));
  if ('object' in response) printer.print(shownAs(resource, response.object), 'edited');
  return { kind: 'done' };
}

function withoutManagedFields(object: JsonObject): JsonObject {
  const { managedFields: _, ...metadata } = isJsonObject(object.metadata) ? object.metadata : {};
  return { ...object, metadata };
}
