import { client, documents, echo, service } from '../../example-manifests.ts';
import type { CheckCase } from '../check-case.ts';

const asks = { kind: 'dns', from: { deployment: 'client' } };
const instance = { initial: client() };

export const dnsCases: readonly CheckCase[] = [
  {
    what: 'the cluster IP',
    check: { ...asks, name: 'api', expect: { clusterIPOf: 'api' } },
    submission: service({ name: 'api' }),
    credit: 1,
    instance,
  },
  {
    what: 'the Pods behind a headless Service',
    check: { ...asks, name: 'api.default.svc.cluster.local', expect: { podIPsOf: { deployment: 'api' } } },
    submission: documents(echo('api', { replicas: 3 }), service({ name: 'api', spec: ['clusterIP: None'] })),
    credit: 1,
    instance,
  },
  {
    what: 'a cluster IP where the Pods are wanted',
    check: { ...asks, name: 'api', expect: { podIPsOf: { deployment: 'api' } } },
    submission: documents(service({ name: 'api' }), echo('api')),
    credit: 0,
    observed: ['asked for api: A 10.'],
    instance,
  },
  {
    what: 'a name that is not there, expected',
    check: { ...asks, name: 'api', expect: { code: 'NXDOMAIN' } },
    submission: service({ name: 'other' }),
    credit: 1,
    instance,
  },
  {
    what: 'a name that is not there',
    check: { ...asks, name: 'api', expect: { clusterIPOf: 'api' } },
    submission: service({ name: 'apis' }),
    credit: 0,
    observed: ['NXDOMAIN', 'but there is "apis"'],
    source: { line: 4, field: 'Service default/apis metadata.name' },
    instance,
  },
  {
    what: 'no IPv6 address',
    check: { ...asks, name: 'api', type: 'AAAA', expect: { code: 'NODATA' } },
    submission: service({ name: 'api' }),
    credit: 1,
    instance,
  },
];
