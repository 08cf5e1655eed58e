import type { JsonObject } from '@kubedrill/kube-model';
import { resources } from '@kubedrill/kube-model';
import { creationFlags, requiredName, requireFlags, sendCreated } from '../../created-object.ts';
import type { Flags, FlagSet } from '../../flags.ts';
import type { KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';

const bindingFlags: FlagSet = {
  ...creationFlags,
  clusterrole: { value: 'required' },
  group: { value: 'required' },
  serviceaccount: { value: 'required' },
  user: { value: 'required' },
};

/** pkg/cmd/create/create_rolebinding.go. */
export const createRoleBinding: KubectlCommand = {
  name: 'create rolebinding',
  flags: { ...bindingFlags, role: { value: 'required' } },
  run(invocation) {
    const { flags } = invocation;
    const name = requiredName(invocation, 'create rolebinding');
    const [role, clusterRole] = [flags.text('role'), flags.text('clusterrole')];
    if ((role === '') === (clusterRole === ''))
      throw new CommandError('error: exactly one of clusterrole or role must be specified');
    const roleRef = role === '' ? referenceTo('ClusterRole', clusterRole) : referenceTo('Role', role);
    const content = { metadata: { name }, roleRef, ...subjectsOf(flags) };
    sendCreated(invocation, resources.RoleBinding, content, {
      done: 'created',
      fieldManager: 'kubectl-create',
      failure: 'failed to create rolebinding: ',
    });
  },
};

/** pkg/cmd/create/create_clusterrolebinding.go. */
export const createClusterRoleBinding: KubectlCommand = {
  name: 'create clusterrolebinding',
  flags: bindingFlags,
  run(invocation) {
    const { flags } = invocation;
    requireFlags(flags, 'clusterrole');
    const name = requiredName(invocation, 'create clusterrolebinding');
    const roleRef = referenceTo('ClusterRole', flags.text('clusterrole'));
    const content = { metadata: { name }, roleRef, ...subjectsOf(flags) };
    sendCreated(invocation, resources.ClusterRoleBinding, content, {
      done: 'created',
      fieldManager: 'kubectl-create',
      failure: 'failed to create clusterrolebinding: ',
    });
  },
};

const group = 'rbac.authorization.k8s.io';

function referenceTo(kind: 'Role' | 'ClusterRole', name: string): JsonObject {
  return { apiGroup: group, kind, name };
}

function subjectsOf(flags: Flags): JsonObject {
  const subjects = [
    ...flags.all('user').map((name) => ({ apiGroup: group, kind: 'User', name })),
    ...flags.all('group').map((name) => ({ apiGroup: group, kind: 'Group', name })),
    ...flags.all('serviceaccount').map(serviceAccount),
  ];
  return subjects.length > 0 ? { subjects } : {};
}

function serviceAccount(text: string): JsonObject {
  const [namespace = '', name = '', ...more] = text.split(':');
  if (namespace === '' || name === '' || more.length > 0)
    throw new CommandError('error: serviceaccount must be <namespace>:<name>');
  return { kind: 'ServiceAccount', name, namespace };
}
