import { labelSelector, objectMeta } from '../../schema/object-meta.ts';
import { always, atomic, list, object, string } from '../../schema/schema.ts';

/** rbac.authorization.k8s.io/v1. */

const policyRules = always(
  list(
    object('PolicyRule', {
      verbs: always(list(string)),
      apiGroups: list(string),
      resources: list(string),
      resourceNames: list(string),
      nonResourceURLs: list(string),
    }),
  ),
);

const roleRef = always(
  atomic(object('RoleRef', { apiGroup: always(string), kind: always(string), name: always(string) })),
);

const subjects = list(
  atomic(object('Subject', { kind: always(string), apiGroup: string, name: always(string), namespace: string })),
);

export const role = object('Role', { metadata: objectMeta, rules: policyRules });

export const clusterRole = object('ClusterRole', {
  metadata: objectMeta,
  rules: policyRules,
  aggregationRule: object('AggregationRule', { clusterRoleSelectors: list(labelSelector) }),
});

export const roleBinding = object('RoleBinding', { metadata: objectMeta, subjects, roleRef });

export const clusterRoleBinding = object('ClusterRoleBinding', { metadata: objectMeta, subjects, roleRef });
