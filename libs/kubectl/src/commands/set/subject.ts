import { deepEqual } from '@kubedrill/cluster-sim';
import type { Json, JsonObject } from '@kubedrill/kube-model';
import type { Invocation, KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import type { VisitedObject } from '../../resource-visit.ts';
import { localOnServer, selectedTwice, setFlags, setObjects, setPlace, targetsOf } from './set-objects.ts';

const text = { value: 'required' } as const;

/** kubectl/pkg/cmd/set/set_subject.go. */
export const setSubject: KubectlCommand = {
  name: 'set subject',
  flags: { ...setFlags, group: text, selector: { short: 'l', value: 'required' }, serviceaccount: text, user: text },
  run(invocation) {
    const { flags, operands } = invocation;
    const place = setPlace(invocation);
    const targets = targetsOf(invocation, operands, place);
    if (place.isLocal && place.dryRun === 'server') throw new CommandError(`error: ${localOnServer}`);
    if (flags.isTrue('all') && flags.text('selector') !== '') throw new CommandError(`error: ${selectedTwice}`);
    const subjects = subjectsOf(invocation, targets);
    setObjects(invocation, targets, place, {
      change: ({ resource, object }) => {
        if (resource.kind !== 'RoleBinding' && resource.kind !== 'ClusterRoleBinding')
          return 'setting subjects is only supported for RoleBinding/ClusterRoleBinding';
        const known = Array.isArray(object.subjects) ? (object.subjects as readonly Json[]) : [];
        const added = subjects.filter((subject) => !known.some((one) => deepEqual(one, subject)));
        return added.length === 0 ? undefined : { ...object, subjects: [...known, ...added] };
      },
      done: 'subjects updated',
      failure: 'failed to patch subjects to rolebinding: ',
    });
  },
};

const group = 'rbac.authorization.k8s.io';

function subjectsOf({ flags, namespace }: Invocation, targets: readonly VisitedObject[]): readonly JsonObject[] {
  const [users, groups, accounts] = [
    sorted(flags.all('user')),
    sorted(flags.all('group')),
    flags.all('serviceaccount'),
  ];
  if (users.length + groups.length + accounts.length === 0)
    throw new CommandError('error: you must specify at least one value of user, group or serviceaccount');
  for (const account of accounts) {
    const [place = '', name = '', ...more] = account.split(':');
    if (name === '' || more.length > 0) throw new CommandError('error: serviceaccount must be <namespace>:<name>');
    if (place === '' && targets.some(({ resource }) => resource.kind === 'ClusterRoleBinding'))
      throw new CommandError('error: serviceaccount must be <namespace>:<name>, namespace must be specified');
  }
  return [
    ...users.map((name) => ({ kind: 'User', apiGroup: group, name })),
    ...groups.map((name) => ({ kind: 'Group', apiGroup: group, name })),
    ...sorted(accounts).map((account) => {
      const [place = '', name = ''] = account.split(':');
      return { kind: 'ServiceAccount', namespace: place === '' ? namespace : place, name };
    }),
  ];
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
