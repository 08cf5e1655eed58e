import { deployment, documents, service } from '../../example-manifests.ts';
import type { CheckCase } from '../check-case.ts';

const check = { kind: 'endpointSlices', service: 'web', of: { deployment: 'web' } };

export const endpointSlicesCases: readonly CheckCase[] = [
  {
    what: 'one slice of three Pods',
    check: { ...check, slices: 1, ready: 3, terminating: 0, ports: [80] },
    submission: documents(deployment({ name: 'web', replicas: 3 }), service({ name: 'web' })),
    credit: 1,
  },
  {
    what: '120 Pods need two slices',
    check: { ...check, slices: 2, ready: 120 },
    submission: documents(deployment({ name: 'web', replicas: 120 }), service({ name: 'web' })),
    credit: 1,
  },
  {
    what: 'a target port by a name that no container declares',
    check: { ...check, ports: [80] },
    submission: documents(
      service({ name: 'web', ports: 'port: 80, targetPort: http' }),
      deployment({ name: 'web', ports: '{name: web, containerPort: 80}' }),
    ),
    credit: 0,
    observed: ['no port', 'no container of the Pods declares a port named "http" (declared: "web")'],
    source: { line: 9, field: 'Service default/web spec.ports[0].targetPort' },
  },
];
