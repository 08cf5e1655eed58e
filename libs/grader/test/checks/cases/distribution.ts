import { client, deployment, documents, networkPolicy, service } from '../../example-manifests.ts';
import type { CheckCase } from '../check-case.ts';

const asks = { kind: 'distribution', from: { deployment: 'client' }, to: { host: 'web', port: 80 } };
const instance = { initial: client() };
const canary = documents(
  deployment({ name: 'stable', replicas: 3, labels: 'app: web, track: stable' }),
  deployment({ name: 'canary', replicas: 1, labels: 'app: web, track: canary' }),
  service({ name: 'web' }),
);

export const distributionCases: readonly CheckCase[] = [
  {
    what: 'each of three Pods gets a third',
    check: { ...asks, even: { deployment: 'web' } },
    submission: documents(deployment({ name: 'web', replicas: 3 }), service({ name: 'web' })),
    credit: 1,
    instance,
  },
  {
    what: 'a canary of one in four',
    check: {
      ...asks,
      shares: [
        { of: { deployment: 'canary' }, share: '1/4' },
        { of: { pods: 'track=stable' }, share: '3/4' },
      ],
    },
    submission: canary,
    credit: 1,
    instance,
  },
  {
    what: 'a canary that gets more than wanted',
    check: { ...asks, shares: [{ of: { deployment: 'canary' }, share: '1/10' }] },
    submission: canary,
    credit: 0,
    observed: ['1/4 default/canary-'],
    instance,
  },
  {
    what: 'a policy that keeps the canary out',
    check: { ...asks, even: { pods: 'app=web' } },
    submission: documents(canary, networkPolicy('stable-only', 'podSelector: {matchLabels: {track: canary}}')),
    credit: 0,
    observed: ['1/4 denied by a NetworkPolicy (no answer, timed out): ingress of pod default/canary-'],
    source: { line: 48, field: 'NetworkPolicy default/stable-only spec.podSelector' },
    instance,
  },
  {
    what: 'somebody else among the Pods',
    check: { ...asks, even: { deployment: 'stable' } },
    submission: canary,
    credit: 0,
    instance,
  },
];
