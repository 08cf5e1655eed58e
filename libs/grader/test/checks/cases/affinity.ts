import { client, deployment, documents, service } from '../../example-manifests.ts';
import type { CheckCase } from '../check-case.ts';

const asks = { kind: 'affinity', from: { deployment: 'client' }, to: { host: 'web', port: 80 } };
const instance = { initial: client() };
const web = deployment({ name: 'web', replicas: 3 });
const sticky = (seconds: number): string =>
  documents(
    web,
    service({
      name: 'web',
      spec: ['sessionAffinity: ClientIP', `sessionAffinityConfig: {clientIP: {timeoutSeconds: ${seconds}}}`],
    }),
  );

export const affinityCases: readonly CheckCase[] = [
  {
    what: 'a client comes back, until the time-out',
    check: { ...asks, timeout: '1m' },
    submission: sticky(60),
    credit: 1,
    instance,
  },
  {
    what: 'a time-out that is too short',
    check: { ...asks, timeout: '5m' },
    submission: sticky(60),
    credit: 0,
    observed: ['4m59s later the client may end at any of 3 Pods'],
    instance,
  },
  {
    what: 'a time-out that is too long',
    check: { ...asks, timeout: '1m' },
    submission: sticky(600),
    credit: 0,
    observed: ['1m1s later the client still ends at the same Pod'],
    instance,
  },
  {
    what: 'no affinity',
    check: asks,
    submission: documents(web, service({ name: 'web' })),
    credit: 0,
    observed: ['after one connection the client may end at any of 3 Pods'],
    instance,
  },
  {
    what: 'no affinity, expected',
    check: { ...asks, sticky: false },
    submission: documents(web, service({ name: 'web' })),
    credit: 1,
    instance,
  },
  {
    what: 'a Service without endpoints',
    check: asks,
    submission: service({ name: 'web' }),
    credit: 0,
    observed: ['connection refused'],
    instance,
  },
];
