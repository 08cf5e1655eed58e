import { objectMeta } from '../../schema/object-meta.ts';
import { always, atomic, list, map, named, object, quantity, string } from '../../schema/schema.ts';

/** core/v1 ResourceQuota. */

const resourceList = named('v1.ResourceList', map(quantity));

const scopeSelector = atomic(
  object('ScopeSelector', {
    matchExpressions: list(
      object('ScopedResourceSelectorRequirement', {
        scopeName: always(named('v1.ResourceQuotaScope', string)),
        operator: always(named('v1.ScopeSelectorOperator', string)),
        values: list(string),
      }),
    ),
  }),
);

export const resourceQuota = object('ResourceQuota', {
  metadata: objectMeta,
  spec: always(
    object('ResourceQuotaSpec', {
      hard: resourceList,
      scopes: list(named('v1.ResourceQuotaScope', string)),
      scopeSelector,
    }),
  ),
  status: always(object('ResourceQuotaStatus', { hard: resourceList, used: resourceList })),
});
