import { aggregatedRules } from '../api/authorization/aggregation.ts';
import { semanticallyEqual } from '../api/validation/immutable.ts';
import { noChanges, type Controller } from '../engine/controller.ts';

/** pkg/controller/clusterroleaggregation: any change of a ClusterRole may change what the aggregating ones gather. */
export const clusterRoleAggregationController: Controller = {
  name: 'clusterrole-aggregation',
  watches: ['ClusterRole'],
  keysFor: (_event, view) =>
    view.list('ClusterRole').flatMap(({ aggregationRule, metadata }) => (aggregationRule ? [metadata.name] : [])),
  reconcile(view, name) {
    const role = view.get('ClusterRole', '', name);
    if (!role?.aggregationRule) return noChanges;
    const rules = aggregatedRules(role, view.list('ClusterRole'));
    if (semanticallyEqual(rules, role.rules)) return noChanges;
    return { changes: [{ verb: 'update', object: { ...role, rules } }] };
  },
};
