import type { Evidence, JournalEntry, RecordedRequest } from '@kubedrill/cluster-sim';
import { isJsonObject } from '@kubedrill/kube-model';
import type { ChangeReference } from '../grading-result.ts';
import { formatFieldPath } from '../observe/field-path.ts';

/** Leads from fields of stored objects back to the changes that a learner made in his sandbox. */
export class SandboxChanges {
  private readonly journal: readonly JournalEntry[];

  constructor(journal: readonly JournalEntry[]) {
    this.journal = journal;
  }

  /** The last change of the first piece of evidence that was changed at all. */
  changeOf(evidence: readonly Evidence[]): ChangeReference | undefined {
    for (const { kind, namespace, name, path } of evidence) {
      const object = `${kind} ${namespace === '' ? name : `${namespace}/${name}`}`;
      const index = this.journal.findLastIndex((entry) => entry.do === 'request' && objectOf(entry.request) === object);
      const entry = this.journal[index];
      if (entry?.do !== 'request') continue;
      const field = `${object} ${formatFieldPath(path)}`.trimEnd();
      return { field, entry: index + 1, request: describe(entry.request) };
    }
    return undefined;
  }
}

/** "Service default/api" */
function objectOf(request: RecordedRequest): string {
  const name = nameOf(request);
  return `${request.kind} ${request.namespace === '' ? name : `${request.namespace}/${name}`}`;
}

function nameOf(request: RecordedRequest): string {
  if ('name' in request && request.name !== undefined) return request.name;
  const metadata = 'body' in request && isJsonObject(request.body) ? request.body['metadata'] : undefined;
  const name = isJsonObject(metadata) ? metadata['name'] : undefined;
  return typeof name === 'string' ? name : '';
}

function describe(request: RecordedRequest): string {
  const manager = 'fieldManager' in request ? request.fieldManager : undefined;
  return `${request.verb} of ${objectOf(request)}${manager === undefined ? '' : ` by ${manager}`}`;
}
