import type { Deployment, JsonObject } from '@kubedrill/kube-model';
import type { Defaulter } from '../pod-template/defaults/defaulter.ts';
import { absent, all, inMember } from '../pod-template/defaults/defaulter.ts';
import { defaultPodTemplate } from '../pod-template/defaults/pod-spec-defaults.ts';

const rollingUpdate: Defaulter = (strategy) => {
  if (strategy.type !== 'RollingUpdate') return strategy;
  const given = strategy.rollingUpdate === undefined ? { ...strategy, rollingUpdate: {} } : strategy;
  return inMember('rollingUpdate', absent({ maxUnavailable: '25%', maxSurge: '25%' }))(given);
};

/** pkg/apis/apps/v1/defaults.go SetDefaults_Deployment. */
const defaultSpec = inMember(
  'spec',
  all(
    absent({ replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600, strategy: {} }),
    inMember('strategy', all(absent({ type: 'RollingUpdate' }), rollingUpdate)),
    defaultPodTemplate,
  ),
);

export function defaultDeployment(deployment: Deployment): Deployment {
  return defaultSpec(deployment as unknown as JsonObject) as unknown as Deployment;
}
