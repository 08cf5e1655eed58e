import type { ClusterRoleBinding, RoleBinding, Subject } from '@kubedrill/kube-model';
import { rbacGroup } from '../../authorization/access.ts';
import { refusedBinding } from '../../authorization/escalation.ts';
import type { KindDefinition, Strategy } from '../kind-definition.ts';
import { validateBinding, validateBindingUpdate } from './rbac-validation.ts';
import { clusterRoleBinding, roleBinding } from './schema.ts';

type Binding = RoleBinding | ClusterRoleBinding;

function strategy<K extends Binding['kind']>(): Strategy<K> {
  return {
    allowCreateOnUpdate: true,
    allowUnconditionalUpdate: true,
    prepareForCreate: (binding) => binding,
    prepareForUpdate: (binding) => binding,
    validateCreate: validateBinding,
    validateUpdate: validateBindingUpdate,
  };
}

/** rbac.authorization.k8s.io/v1 RoleBinding: pkg/registry/rbac/rolebinding. */
export const roleBindingDefinition: KindDefinition<'RoleBinding'> = {
  kind: 'RoleBinding',
  schema: roleBinding,
  defaults: defaultBinding,
  strategy: strategy<'RoleBinding'>(),
  refuseEscalation: (binding, _old, context) => refusedBinding(binding, context),
};

/** rbac.authorization.k8s.io/v1 ClusterRoleBinding: pkg/registry/rbac/clusterrolebinding. */
export const clusterRoleBindingDefinition: KindDefinition<'ClusterRoleBinding'> = {
  kind: 'ClusterRoleBinding',
  schema: clusterRoleBinding,
  defaults: defaultBinding,
  strategy: strategy<'ClusterRoleBinding'>(),
  refuseEscalation: (binding, _old, context) => refusedBinding(binding, context),
};

/** pkg/apis/rbac/v1/defaults.go. */
function defaultBinding<B extends Binding>(binding: B): B {
  const { roleRef, subjects } = binding;
  return {
    ...binding,
    ...(subjects ? { subjects: subjects.map(withGroup) } : {}),
    roleRef: roleRef.apiGroup === '' ? { ...roleRef, apiGroup: rbacGroup } : roleRef,
  };
}

function withGroup(subject: Subject): Subject {
  const isMissing = !subject.apiGroup && (subject.kind === 'User' || subject.kind === 'Group');
  return isMissing ? { ...subject, apiGroup: rbacGroup } : subject;
}
