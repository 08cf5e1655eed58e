import { badRequest, deepEqual, patchLocally, type PatchType, type Subresource } from '@kubedrill/cluster-sim';
import type { Json, JsonObject } from '@kubedrill/kube-model';
import { jsonFault, readRawDocuments } from '@kubedrill/kube-model';
import { dryRunFlag, dryRunOf } from '../dry-run.ts';
import type { Fault } from '../fault.ts';
import { fault, faultText, refusal } from '../fault.ts';
import type { Invocation, KubectlCommand } from '../invocation.ts';
import { CommandError } from '../invocation.ts';
import { filenameFlags } from '../manifest-files.ts';
import { printFlags } from '../print-flags.ts';
import { recordFlag } from '../record-flag.ts';
import type { VisitedObject } from '../resource-visit.ts';
import { findVisits, shownAs, subresourceOf, visitAll } from '../resource-visit.ts';
import { ResultPrinter } from '../result-printer.ts';

/** kubectl/pkg/cmd/patch/patch.go. */
export const patch: KubectlCommand = {
  name: 'patch',
  flags: {
    ...printFlags,
    ...filenameFlags,
    ...recordFlag,
    'dry-run': dryRunFlag,
    'field-manager': { value: 'required' },
    local: { value: 'none' },
    patch: { short: 'p', value: 'required' },
    'patch-file': { value: 'required' },
    subresource: { value: 'required' },
    type: { value: 'required' },
  },
  run(invocation) {
    const { flags, console } = invocation;
    const patching = readPatching(invocation);
    const options = {
      isLocal: patching.isLocal,
      subresource: subresourceOf(flags),
    };
    const visits = findVisits(invocation, options);
    const printer = new ResultPrinter(invocation);
    const problem = visitAll(invocation, visits, options, (target) => {
      const patched = patching.isSent
        ? send(invocation, target, patching, options.subresource)
        : patchHere(invocation, target, patching);
      if ('kind' in patched) return patched;
      const isChanged = !deepEqual(target.object, patched.object);
      printer.print(patched.object, isChanged ? 'patched' : 'patched (no change)');
      return undefined;
    });
    if (problem) console.fail(faultText(problem));
    else if (visits.targets.length === 0) throw new CommandError('error: no objects passed to patch');
  },
};

interface Patching {
  readonly type: Exclude<PatchType, 'apply'>;
  readonly body: Body;
  readonly isLocal: boolean;
  readonly isSent: boolean;
  readonly isDryRun: boolean;
}

interface Body {
  readonly value: Json;
  /** Why the server could not read it. */
  readonly fault?: Fault;
}

const types: Readonly<Record<string, Patching['type']>> = { json: 'json', merge: 'merge', strategic: 'strategic' };

function readPatching(invocation: Invocation): Patching {
  const { flags, operands } = invocation;
  const dryRun = dryRunOf(flags);
  const isLocal = flags.isTrue('local');
  const [text, file] = [flags.text('patch'), flags.text('patch-file')];
  if (text !== '' && file !== '') throw new CommandError('error: cannot specify --patch and --patch-file together');
  if (text === '' && file === '')
    throw new CommandError('error: must specify --patch or --patch-file containing the contents of the patch');
  if (isLocal && operands.length > 0) throw new CommandError('error: cannot specify --local and server resources');
  if (isLocal && dryRun === 'server')
    throw new CommandError('error: cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  const typeText = flags.has('type') && flags.text('type') !== '' ? flags.text('type') : 'strategic';
  const type = types[typeText.toLowerCase()];
  if (type === undefined)
    throw new CommandError(
      `error: --type must be one of [json merge strategic], not ${JSON.stringify(flags.text('type'))}`,
    );
  const body = readBody(invocation, text, file, type);
  return { type, body, isLocal, isSent: !isLocal && dryRun !== 'client', isDryRun: dryRun === 'server' };
}

/** apimachinery/pkg/util/yaml ToJSON: what begins like an object of JSON is left to the server. */
function readBody({ host }: Invocation, text: string, file: string, type: Patching['type']): Body {
  const content = file === '' ? text : host.readFile(file);
  if (content === undefined)
    throw new CommandError(`error: unable to read patch file: open ${file}: no such file or directory`);
  if (content.trimStart().startsWith('{')) return readJson(content, type);
  const { values, problem } = readRawDocuments(content);
  if (problem)
    throw new CommandError(
      `error: unable to parse ${JSON.stringify(text)}: yaml: ${problem.line !== undefined ? `line ${problem.line}: ` : ''}${problem.reason}`,
    );
  return { value: values[0] ?? null };
}

function readJson(content: string, type: Patching['type']): Body {
  try {
    return { value: JSON.parse(content) as Json };
  } catch {
    const problem = jsonFault(content);
    return {
      value: null,
      fault: refusal(badRequest(type === 'strategic' ? problem : `error decoding patch: ${problem}`)),
    };
  }
}

type Patched = { readonly object: JsonObject } | Fault;

function send(
  { cluster, console, flags }: Invocation,
  { resource, namespace, name }: VisitedObject,
  { type, body, isDryRun }: Patching,
  subresource: Subresource | undefined,
): Patched {
  if (body.fault) return body.fault;
  const response = cluster.api.handle({
    verb: 'patch',
    patchType: type,
    resource,
    namespace,
    name,
    body: body.value,
    dryRun: isDryRun,
    fieldValidation: 'Warn',
    fieldManager: flags.has('field-manager') ? flags.text('field-manager') : 'kubectl-patch',
    ...(subresource && { subresource }),
  });
  console.warn(response.warnings);
  if (!response.ok) return refusal(response.status);
  return { object: 'object' in response ? shownAs(resource, response.object) : {} };
}

function patchHere({ cluster }: Invocation, { resource, object }: VisitedObject, { type, body }: Patching): Patched {
  if (body.fault) return body.fault;
  const result = patchLocally(cluster.api, resource, type, object, body.value);
  return result.ok ? { object: result.object } : fault(result.message);
}
