import type { JsonObject, Taint } from '@kubedrill/kube-model';
import { resources } from '@kubedrill/kube-model';
import { dryRunFlag, dryRunOf } from '../../dry-run.ts';
import type { Fault } from '../../fault.ts';
import { fault, faultText, refusal, several } from '../../fault.ts';
import { fieldValidationOf, validateFlag } from '../../field-validation.ts';
import type { Invocation, KubectlCommand } from '../../invocation.ts';
import { CommandError, usageError } from '../../invocation.ts';
import { printFlags } from '../../print-flags.ts';
import { readResourceArguments } from '../../resource-arguments.ts';
import type { VisitedObject } from '../../resource-visit.ts';
import { findVisits, shownAs, visitAll } from '../../resource-visit.ts';
import { ResultPrinter } from '../../result-printer.ts';
import { contradictions, readTaintChange, reorganized, taken, WrongTaint, type TaintChange } from './taint-change.ts';

/** kubectl/pkg/cmd/taint/taint.go. */
export const taint: KubectlCommand = {
  name: 'taint',
  flags: {
    ...printFlags,
    all: { value: 'none' },
    'dry-run': dryRunFlag,
    'field-manager': { value: 'required' },
    overwrite: { value: 'none' },
    selector: { short: 'l', value: 'required' },
    validate: validateFlag,
  },
  run(invocation) {
    const { console, flags } = invocation;
    const { words, change } = readArguments(invocation.operands);
    const all = flags.isTrue('all');
    const labelSelector = flags.text('selector');
    check(words, change, all, labelSelector);
    const isSelecting = all || labelSelector !== '';
    const names = words.slice(1).map((name) => `nodes/${name}`);
    const options = { words: isSelecting ? ['nodes'] : names, labelSelector, all, latest: true };
    const printer = new ResultPrinter(invocation, 'typed');
    const problem = visitAll(invocation, findVisits(invocation, options), options, (node) =>
      changeTaints(invocation, node, change, printer),
    );
    if (problem) console.fail(faultText(problem));
  },
};

function readArguments(operands: readonly string[]): {
  readonly words: readonly string[];
  readonly change: TaintChange;
} {
  const isTaint = (operand: string): boolean => /[=:]|-$/.test(operand);
  const first = operands.findIndex(isTaint);
  const words = first < 0 ? operands : operands.slice(0, first);
  const texts = first < 0 ? [] : operands.slice(first);
  const stray = texts.find((text) => !isTaint(text));
  if (stray !== undefined)
    throw new CommandError(`error: all resources must be specified before taint changes: ${stray}`);
  if (words.length === 0) throw new CommandError('error: one or more resources must be specified as <resource> <name>');
  if (texts.length === 0) throw new CommandError('error: at least one taint update is required');
  try {
    return { words, change: readTaintChange(texts) };
  } catch (error) {
    if (error instanceof WrongTaint) throw usageError('taint', error.message);
    throw error;
  }
}

function check(words: readonly string[], change: TaintChange, all: boolean, labelSelector: string): void {
  const [type = ''] = words;
  const [resource] = readResourceArguments([type]).types;
  if (resource !== resources.Node)
    throw new CommandError(`error: invalid resource type ${type.toLowerCase()}, only node types are supported`);
  const both = contradictions(change);
  if (both.length > 0)
    throw new CommandError(
      `error: can not both modify and remove the following taint(s) in the same command: ${both.join(', ')}`,
    );
  if (all && labelSelector !== '')
    throw new CommandError("error: setting 'all' parameter with a non empty selector is prohibited");
  if (!all && labelSelector === '' && words.length < 2)
    throw new CommandError("error: at least one resource name must be specified since 'all' parameter is not set");
}

function changeTaints(
  invocation: Invocation,
  node: VisitedObject,
  change: TaintChange,
  printer: ResultPrinter,
): Fault | undefined {
  const { flags } = invocation;
  const spec = (node.object.spec ?? {}) as JsonObject & { readonly taints?: readonly Taint[] };
  const before = spec.taints ?? [];
  const overwrites = flags.isTrue('overwrite');
  const present = taken(before, change);
  if (!overwrites && present.length > 0)
    return fault(
      `node ${node.name} already has ${present.join(',')} taint(s) with same effect(s) and --overwrite is false`,
    );
  const { taints, operation, missing } = reorganized(before, change, overwrites);
  if (missing.length > 0) return several(missing.map(fault));
  const dryRun = dryRunOf(flags);
  const changed = { ...node.object, spec: { ...spec, taints } } as unknown as JsonObject;
  const sent = dryRun === 'client' ? { object: changed } : send(invocation, node, taints, dryRun === 'server');
  if ('kind' in sent) return sent;
  // taint.go sets the operation anew for each node, which loses what a dry run says of itself.
  printer.print(sent.object, operation);
  return undefined;
}

function send(
  { cluster, console, flags }: Invocation,
  { resource, name }: VisitedObject,
  taints: readonly Taint[],
  dryRun: boolean,
): { readonly object: JsonObject } | Fault {
  const response = cluster.api.handle({
    verb: 'patch',
    patchType: 'strategic',
    resource,
    namespace: '',
    name,
    body: { spec: { taints: taints.length > 0 ? (taints as unknown as readonly JsonObject[]) : null } },
    dryRun,
    fieldManager: flags.has('field-manager') ? flags.text('field-manager') : 'kubectl-taint',
    fieldValidation: fieldValidationOf(flags),
  });
  console.warn(response.warnings);
  if (!response.ok) return refusal(response.status);
  return { object: 'object' in response ? shownAs(resource, response.object) : {} };
}
