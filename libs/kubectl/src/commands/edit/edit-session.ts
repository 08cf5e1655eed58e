import type { JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import type { Fault } from '../../fault.ts';
import { bareText, fault, faultText, several } from '../../fault.ts';
import { fieldValidationOf } from '../../field-validation.ts';
import type { Invocation } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import { readManifestObjects, type ManifestEntry } from '../../manifest-objects.ts';
import { goIndentedJson } from '../../go-syntax.ts';
import type { VisitedObject } from '../../resource-visit.ts';
import { formatYaml } from '../../yaml-text.ts';
import type { EditMode, EditReason } from './edited-text.ts';
import { hasLines, headerText, saysTheSame, withoutComments } from './edited-text.ts';
import { Editor } from './editor.ts';

/** What becomes of one object that came out of the editor. */
export type SavedEdit =
  | { readonly kind: 'done' }
  /** Back to the editor. */
  | { readonly kind: 'invalid'; readonly message: string; readonly reason: EditReason }
  | { readonly kind: 'missing' | 'retryable'; readonly message: string }
  /** Ends the session. */
  | { readonly kind: 'failed'; readonly message: string };

export interface EditJob {
  readonly mode: EditMode;
  readonly originals: readonly VisitedObject[];
  readonly save: (edited: ManifestEntry) => SavedEdit;
}

/** The editor is opened so many times at most. */
const mostRounds = 20;

/** kubectl/pkg/cmd/util/editor/editoptions.go Run: edits until what was edited is accepted, or given up. */
export function runEditSession(invocation: Invocation, job: EditJob): void {
  const session = new EditSession(invocation, job);
  for (let round = 0; round < mostRounds; round += 1) if (session.round()) return;
  throw new CommandError('error: Edit cancelled, no valid changes were saved.');
}

class EditSession {
  private readonly invocation: Invocation;
  private readonly job: EditJob;
  private readonly editor: Editor;
  private readonly original: string;
  private readonly isYaml: boolean;
  private reasons: readonly EditReason[] = [];
  /** What the editor left behind before; undefined where nothing was wrong with it. */
  private rejected: string | undefined;
  private edited = '';
  private file = '';

  constructor(invocation: Invocation, job: EditJob) {
    this.invocation = invocation;
    this.job = job;
    this.editor = new Editor(invocation.host, invocation.console);
    this.isYaml = invocation.flags.text('output') !== 'json';
    const document = documentOf(job.originals.map(({ object }) => withoutManagedFields(object)));
    this.original = this.isYaml ? formatYaml(document) : `${goIndentedJson(document)}\n`;
  }

  /** Whether the session is over. */
  round(): boolean {
    const { console } = this.invocation;
    const header = this.isYaml ? headerText(this.job.mode, this.reasons) : '';
    const body = this.rejected === undefined ? this.original : withoutComments(this.rejected);
    const { edited, file } = this.open(header + body);
    if (this.rejected !== undefined && saysTheSame(this.rejected, edited)) {
      this.file = file;
      throw this.preserving('error: Edit cancelled, no valid changes were saved.');
    }
    if (this.file !== '') this.editor.discard(this.file);
    this.file = file;
    this.edited = edited;
    const unfit = this.schemaFault();
    if (unfit !== undefined) return this.reopen([unfit]);
    if (saysTheSame(this.original, edited)) return this.end('Edit cancelled, no changes made.');
    if (!hasLines(edited)) return this.end('Edit cancelled, saved file was empty.');
    const { entries, faults } = readManifestObjects([{ source: 'edited-file', content: edited }], { isLocal: false });
    const problem = several(faults);
    if (problem)
      return this.reopen([{ head: `The edited file had a syntax error: ${bareText(problem)}`, details: [] }]);
    this.refuseMoves(entries);
    const saved = entries.map((entry) => this.save(entry));
    const reasons = saved.flatMap((one) => (one.kind === 'invalid' ? [one.reason] : []));
    if (saved.some(({ kind }) => kind === 'retryable')) {
      console.fail(`You can run \`kubectl replace -f ${file}\` to try this update again.`);
      return true;
    }
    if (saved.some(({ kind }) => kind === 'missing')) {
      console.fail(`The edits you made on deleted resources have been saved to ${JSON.stringify(file)}`);
      return true;
    }
    if (reasons.length > 0) return this.reopen(reasons);
    this.editor.discard(file);
    return true;
  }

  private open(text: string): { readonly edited: string; readonly file: string } {
    try {
      return this.editor.edit(text, this.isYaml ? '.yaml' : '.json');
    } catch (error) {
      throw error instanceof CommandError ? this.preserving(error.message) : error;
    }
  }

  private reopen(reasons: readonly EditReason[]): false {
    this.reasons = reasons;
    this.rejected = this.edited;
    return false;
  }

  private end(message: string): true {
    this.editor.discard(this.file);
    this.invocation.console.note(message);
    return true;
  }

  /** preservedFile. */
  private preserving(message: string): CommandError {
    if (this.file !== '')
      this.invocation.console.note(`A copy of your changes has been stored to ${JSON.stringify(this.file)}`);
    return new CommandError(message);
  }

  /** The schema looks at the file as a whole; its complaint is shown as that of an object. */
  private schemaFault(): EditReason | undefined {
    const fieldValidation = fieldValidationOf(this.invocation.flags);
    const content = withoutComments(this.edited);
    const options = { isLocal: true, fieldValidation };
    const { entries, faults } = readManifestObjects([{ source: 'edited-file', content }], options);
    const complaints = entries.length + faults.length === 0 ? [fault('invalid object to validate')] : faults;
    const unfit = complaints.find((one) => !bareText(one).startsWith('unable to decode'));
    const [first] = this.job.originals;
    if (!unfit || !first) return undefined;
    const shown = `${groupedPlural(first)} ${JSON.stringify(first.name)}`;
    this.invocation.console.note(`error: ${shown} is invalid`);
    const complaint = bareText(unfit).replace(/^error validating "edited-file": error validating data: /, '');
    return {
      head: `${shown} was not valid`,
      details: [
        `<nil>: Invalid value: "The edited file failed validation": ${complaint.replace(/; if you choose .*$/, '')}`,
      ],
    };
  }

  private refuseMoves(entries: readonly ManifestEntry[]): void {
    const { namespace } = this.invocation;
    for (const entry of entries)
      if (entry.resource.namespaced && entry.namespace !== '' && entry.namespace !== namespace)
        throw this.preserving(
          `error: the namespace from the provided object ${JSON.stringify(entry.namespace)} does not match the namespace ${JSON.stringify(namespace)}. You must pass '--namespace=${entry.namespace}' to perform this operation.`,
        );
  }

  private save(entry: ManifestEntry): SavedEdit {
    const saved = this.job.save(entry);
    if (saved.kind === 'failed') throw this.preserving(saved.message);
    if (saved.kind !== 'done') this.invocation.console.note(saved.message);
    return saved;
  }
}

export function groupedPlural({ resource }: Pick<ManifestEntry, 'resource'>): string {
  return resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`;
}

function documentOf(objects: readonly JsonObject[]): JsonObject {
  const [only] = objects;
  return objects.length === 1 && only ? only : { apiVersion: 'v1', items: objects, kind: 'List', metadata: {} };
}

function withoutManagedFields(object: JsonObject): JsonObject {
  const { managedFields: _, ...metadata } = isJsonObject(object.metadata) ? object.metadata : {};
  return { ...object, metadata };
}

/** editoptions.go addError: what a refused edit means for the session. */
export function refusedEdit(entry: ManifestEntry, problem: Fault): SavedEdit {
  const shown = `${groupedPlural(entry)} ${JSON.stringify(entry.name)}`;
  if (problem.kind !== 'refusal') return { kind: 'failed', message: faultText(problem) };
  const { reason, message, details } = problem.status;
  if (reason === 'Invalid') {
    const causes = (details?.causes ?? []).map((cause) => `${cause.field ?? ''}: ${cause.message}`);
    return {
      kind: 'invalid',
      message: `error: ${shown} is invalid`,
      reason: { head: `${shown} was not valid`, details: causes },
    };
  }
  if (reason === 'NotFound') return { kind: 'missing', message: `error: ${shown} could not be found on the server` };
  return { kind: 'retryable', message: `error: ${shown} could not be patched: ${message}` };
}
