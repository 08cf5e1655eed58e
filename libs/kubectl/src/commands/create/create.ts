import { creationFlags } from '../../created-object.ts';
import { dryRunNote, dryRunOf } from '../../dry-run.ts';
import { faultText, refusal, withSource, type Fault } from '../../fault.ts';
import { fieldValidationOf } from '../../field-validation.ts';
import type { Invocation, KubectlCommand } from '../../invocation.ts';
import { CommandError, NotModelled, usageError } from '../../invocation.ts';
import { filenameFlags, hasFiles } from '../../manifest-files.ts';
import { recordFlag } from '../../record-flag.ts';
import { withChangeCause } from '../../recorded-cause.ts';
import type { VisitedObject } from '../../resource-visit.ts';
import { findVisits, noSuchResource, shownAs, visitAll } from '../../resource-visit.ts';
import { ResultPrinter } from '../../result-printer.ts';
import { withConfiguration } from '../../saved-configuration.ts';
import { runEditSession } from '../edit/edit-session.ts';

/** kubectl/pkg/cmd/create/create.go: `create -f`. */
export const create: KubectlCommand = {
  name: 'create',
  flags: {
    ...creationFlags,
    ...filenameFlags,
    ...recordFlag,
    edit: { value: 'none' },
    raw: { value: 'required' },
    selector: { short: 'l', value: 'required' },
    'windows-line-endings': { value: 'none' },
  },
  run(invocation) {
    const { console, flags, operands } = invocation;
    if (operands.length > 0) throw usageError('create', `Unexpected args: [${operands.join(' ')}]`);
    const dryRun = dryRunOf(flags);
    const fieldValidation = fieldValidationOf(flags);
    const printer = new ResultPrinter(invocation);
    if (!hasFiles(invocation)) throw new CommandError('error: must specify one of -f and -k');
    if (flags.text('raw') !== '') throw new NotModelled('kubectl create --raw');
    if (flags.isTrue('edit')) {
      createEdited(invocation, printer);
      return;
    }
    const options = { labelSelector: flags.text('selector'), fieldValidation };
    const visits = findVisits(invocation, options);
    let count = 0;
    const problem = visitAll(invocation, visits, options, (target) => {
      const configured = withConfiguration(target.object, flags.isTrue('save-config'));
      const object = withChangeCause(invocation, configured);
      const created = dryRun === 'client' ? { object } : post(invocation, { ...target, object });
      if ('kind' in created) return withSource('creating', target.source, created);
      count += 1;
      printer.print(created.object, `created${dryRunNote(dryRun)}`);
      return undefined;
    });
    if (problem) console.fail(faultText(problem));
    else if (count === 0) throw new CommandError('error: no objects passed to create');
  },
};

/** RunEditOnCreate: each object goes through the editor. */
function createEdited(invocation: Invocation, printer: ResultPrinter): void {
  const { console, flags } = invocation;
  const problem = visitAll(invocation, findVisits(invocation, {}), {}, (target) => {
    runEditSession(invocation, {
      mode: 'object',
      originals: [target],
      save: (edited) => {
        const object = withConfiguration(edited.object, flags.isTrue('save-config'));
        const created = post(invocation, { ...target, ...edited, namespace: target.namespace, object });
        if ('kind' in created) return { kind: 'failed', message: faultText(created) };
        printer.print(created.object, 'created');
        return { kind: 'done' };
      },
    });
    return undefined;
  });
  if (problem) console.fail(faultText(problem));
}

type Created = Pick<VisitedObject, 'object'> | Fault;

/** resource.Helper Create: the version that a manifest names is no concern of a new object. */
function post({ cluster, console, flags }: Invocation, { resource, namespace, object }: VisitedObject): Created {
  if (resource.version === '') return refusal(noSuchResource);
  const response = cluster.api.handle({
    verb: 'create',
    resource,
    namespace,
    body: withoutVersion(object),
    dryRun: dryRunOf(flags) === 'server',
    fieldManager: flags.has('field-manager') ? flags.text('field-manager') : 'kubectl-create',
    fieldValidation: fieldValidationOf(flags),
  });
  console.warn(response.warnings);
  if (!response.ok) return refusal(response.status);
  return { object: 'object' in response ? shownAs(resource, response.object) : {} };
}

function withoutVersion(object: VisitedObject['object']): VisitedObject['object'] {
  const { resourceVersion: _, ...metadata } = object.metadata as VisitedObject['object'];
  return { ...object, metadata };
}
