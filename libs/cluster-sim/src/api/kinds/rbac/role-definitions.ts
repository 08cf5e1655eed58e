import type { ClusterRole, Role } from '@kubedrill/kube-model';
import { refusedAggregation, refusedRules } from '../../authorization/escalation.ts';
import { validateMetadataUpdate } from '../../validation/metadata.ts';
import type { KindDefinition } from '../kind-definition.ts';
import { validateClusterRole, validateRole } from './rbac-validation.ts';
import { clusterRole, role } from './schema.ts';

/** rbac.authorization.k8s.io/v1 Role: pkg/registry/rbac/role. */
export const roleDefinition: KindDefinition<'Role'> = {
  kind: 'Role',
  schema: role,
  defaults: (object) => object,
  strategy: {
    allowCreateOnUpdate: true,
    allowUnconditionalUpdate: true,
    prepareForCreate: (object) => object,
    prepareForUpdate: (object) => object,
    validateCreate: validateRole,
    validateUpdate: (object, old) => updated(validateRole, object, old),
  },
  refuseEscalation: (object, _old, context) => refusedRules(object, context),
};

/** rbac.authorization.k8s.io/v1 ClusterRole: pkg/registry/rbac/clusterrole. */
export const clusterRoleDefinition: KindDefinition<'ClusterRole'> = {
  kind: 'ClusterRole',
  schema: clusterRole,
  defaults: (object) => object,
  strategy: {
    allowCreateOnUpdate: true,
    allowUnconditionalUpdate: true,
    prepareForCreate: (object) => object,
    prepareForUpdate: (object) => object,
    validateCreate: validateClusterRole,
    validateUpdate: (object, old) => updated(validateClusterRole, object, old),
  },
  refuseEscalation: (object, old, context) =>
    refusedRules(object, context) ?? refusedAggregation([object, ...(old ? [old] : [])], context),
};

function updated<R extends Role | ClusterRole>(
  validate: (object: R) => ReturnType<typeof validateRole>,
  object: R,
  old: R,
): ReturnType<typeof validateRole> {
  const report = validate(object);
  validateMetadataUpdate(object.metadata, old.metadata, report);
  return report;
}
