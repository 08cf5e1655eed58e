import type { ApiResponse } from '@kubedrill/cluster-sim';
import { resources } from '@kubedrill/kube-model';
import { dryRunFlag, dryRunNote, dryRunOf } from '../../dry-run.ts';
import { fault, faultText, refusal, type Fault } from '../../fault.ts';
import type { Invocation, KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import { filenameFlags, hasFiles } from '../../manifest-files.ts';
import { printFlags } from '../../print-flags.ts';
import { findVisits, shownAs, visitAll, type VisitedObject } from '../../resource-visit.ts';
import { ResultPrinter } from '../../result-printer.ts';
import { creationOf, reconciled, type Reconciliation } from './reconciliation.ts';

/** kubectl/pkg/cmd/auth/reconcile.go. */
export const reconcile: KubectlCommand = {
  name: 'auth reconcile',
  flags: {
    ...printFlags,
    ...filenameFlags,
    'dry-run': dryRunFlag,
    'remove-extra-permissions': { value: 'none' },
    'remove-extra-subjects': { value: 'none' },
  },
  run(invocation) {
    const { console, flags, operands } = invocation;
    if (!hasFiles(invocation)) throw new CommandError('error: must specify one of -f and -k');
    if (operands.length > 0) throw new CommandError('error: no arguments are allowed');
    if (dryRunOf(flags) === 'server')
      throw new CommandError('error: --dry-run=server for command reconcile is not supported yet');
    const printer = new ResultPrinter(invocation, 'typed');
    const options = { isLocal: true };
    const problem = visitAll(invocation, findVisits(invocation, options), options, (target) =>
      reconcileOne(invocation, target, printer),
    );
    if (problem) console.fail(faultText(problem));
  },
};

const roles: readonly string[] = ['Role', 'ClusterRole'];
const bindings: readonly string[] = ['RoleBinding', 'ClusterRoleBinding'];

/** What is neither role nor binding is passed over in silence. */
function reconcileOne(invocation: Invocation, target: VisitedObject, printer: ResultPrinter): Fault | undefined {
  const { cluster, flags } = invocation;
  const { resource, name, object } = target;
  const isRole = roles.includes(resource.kind);
  if (!isRole && !bindings.includes(resource.kind)) return undefined;
  const { namespace } = target;
  // Local() knows no scopes, so that the file alone says where a role is.
  if (resource.namespaced && namespace === '') return fault('resource name may not be empty');
  const place = { resource, namespace };
  const existing = cluster.api.handle({ verb: 'get', ...place, name });
  if (!existing.ok && existing.status.reason !== 'NotFound') return refusal(existing.status);
  const removesExtra = flags.isTrue(isRole ? 'remove-extra-permissions' : 'remove-extra-subjects');
  const result =
    existing.ok && 'object' in existing
      ? reconciled(shownAs(resource, existing.object), object, removesExtra)
      : creationOf(object);
  const sent =
    result.isProtected || dryRunOf(flags) === 'client' ? undefined : send(invocation, target, namespace, result);
  if (sent && !sent.ok) return refusal(sent.status);
  const shown = sent && 'object' in sent ? shownAs(resource, sent.object) : result.object;
  printer.print(shown, `reconciled${dryRunNote(dryRunOf(flags))}`);
  tell(invocation, result, isRole ? 'rules' : 'subjects', removesExtra);
  return undefined;
}

function send(
  { cluster }: Invocation,
  { resource, name }: VisitedObject,
  namespace: string,
  { operation, object }: Reconciliation,
): ApiResponse | undefined {
  const place = { resource, namespace, name };
  const body = object;
  if (operation === 'none') return undefined;
  if (operation === 'update') return cluster.api.handle({ verb: 'update', ...place, body, fieldManager: 'kubectl' });
  if (operation === 'recreate') cluster.api.handle({ verb: 'delete', ...place });
  // tryEnsureNamespace.
  if (namespace !== '')
    cluster.api.handle({
      verb: 'create',
      resource: resources.Namespace,
      namespace: '',
      body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    });
  return cluster.api.handle({ verb: 'create', resource, namespace, body, fieldManager: 'kubectl' });
}

/** printResults. */
function tell(
  { console }: Invocation,
  { operation, isProtected, missing, extra }: Reconciliation,
  parts: 'rules' | 'subjects',
  removesExtra: boolean,
): void {
  if (operation === 'none') return;
  const caveat = isProtected ? ', but object opted out (rbac.authorization.kubernetes.io/autoupdate: false)' : '';
  console.note(`\treconciliation required ${operation}${caveat}`);
  if (missing.length > 0) console.note(`\tmissing ${parts} added:`);
  for (const text of missing) console.note(`\t\t${text}`);
  if (!removesExtra || extra.length === 0) return;
  console.note(`\textra ${parts} removed:`);
  for (const text of extra) console.note(`\t\t${text}`);
}
