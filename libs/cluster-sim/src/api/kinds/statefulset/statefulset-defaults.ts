import type { JsonObject, StatefulSet } from '@kubedrill/kube-model';
import type { Defaulter } from '../pod-template/defaults/defaulter.ts';
import { absent, all, inElements, inMember } from '../pod-template/defaults/defaulter.ts';
import { defaultPodTemplate } from '../pod-template/defaults/pod-spec-defaults.ts';

const updateStrategy: Defaulter = (strategy) => {
  const typed = strategy.type === undefined ? { rollingUpdate: {}, ...strategy, type: 'RollingUpdate' } : strategy;
  return typed.type === 'RollingUpdate' ? inMember('rollingUpdate', absent({ partition: 0 }))(typed) : typed;
};

/** A claim inside of a StatefulSet names its kind, as it did before conversions were generated: pkg/apis/apps/v1/conversion.go. */
const volumeClaim: Defaulter = all(
  (claim) => ({ ...claim, kind: 'PersistentVolumeClaim', apiVersion: 'v1' }),
  inMember('spec', absent({ volumeMode: 'Filesystem' })),
  inMember('status', absent({ phase: 'Pending' })),
);

/** pkg/apis/apps/v1/defaults.go SetDefaults_StatefulSet. */
const defaultSpec = inMember(
  'spec',
  all(
    absent({
      podManagementPolicy: 'OrderedReady',
      updateStrategy: {},
      persistentVolumeClaimRetentionPolicy: {},
      replicas: 1,
      revisionHistoryLimit: 10,
    }),
    inMember('updateStrategy', updateStrategy),
    inMember('persistentVolumeClaimRetentionPolicy', absent({ whenDeleted: 'Retain', whenScaled: 'Retain' })),
    inElements('volumeClaimTemplates', volumeClaim),
    defaultPodTemplate,
  ),
);

export function defaultStatefulSet(statefulSet: StatefulSet): StatefulSet {
  return defaultSpec(statefulSet as unknown as JsonObject) as unknown as StatefulSet;
}
