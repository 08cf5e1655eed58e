import type { DaemonSet, JsonObject } from '@kubedrill/kube-model';
import type { Defaulter } from '../pod-template/defaults/defaulter.ts';
import { absent, all, inMember } from '../pod-template/defaults/defaulter.ts';
import { defaultPodTemplate } from '../pod-template/defaults/pod-spec-defaults.ts';

const rollingUpdate: Defaulter = (strategy) => {
  // To the API server both amounts are numbers, not pointers: what is not defaulted is 0.
  if (strategy.type !== 'RollingUpdate')
    return inMember('rollingUpdate', absent({ maxUnavailable: 0, maxSurge: 0 }))(strategy);
  return all(
    absent({ rollingUpdate: {} }),
    inMember('rollingUpdate', absent({ maxUnavailable: 1, maxSurge: 0 })),
  )(strategy);
};

/** pkg/apis/apps/v1/defaults.go SetDefaults_DaemonSet. */
const defaultSpec = inMember(
  'spec',
  all(
    absent({ updateStrategy: {}, revisionHistoryLimit: 10 }),
    inMember('updateStrategy', all(absent({ type: 'RollingUpdate' }), rollingUpdate)),
    defaultPodTemplate,
  ),
);

export function defaultDaemonSet(daemonSet: DaemonSet): DaemonSet {
  return defaultSpec(daemonSet as unknown as JsonObject) as unknown as DaemonSet;
}
