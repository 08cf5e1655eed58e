import { documents, service } from '../../example-manifests.ts';
import type { CheckCase } from '../check-case.ts';

const check = { kind: 'rejection', document: { kind: 'Service', name: 'web' } };
const withNodePort = (port: number): string =>
  service({ name: 'web', ports: `port: 80, nodePort: ${port}`, spec: ['type: NodePort'] });

export const rejectionCases: readonly CheckCase[] = [
  {
    what: 'a node port out of range',
    check: {
      ...check,
      reason: 'Invalid',
      field: 'spec.ports[0].nodePort',
      message: 'The range of valid ports is 30000-32767',
    },
    submission: withNodePort(80),
    credit: 1,
  },
  {
    what: 'one that is accepted',
    check: { ...check, field: 'spec.ports[0].nodePort' },
    submission: documents(service({ name: 'other' }), withNodePort(30080)),
    credit: 0,
    observed: ['the API server accepted Service "web"'],
    source: { line: 19, field: 'Service default/web spec.ports[0].nodePort' },
  },
  {
    what: 'no such document',
    check,
    submission: service({ name: 'api' }),
    credit: 0,
    observed: ['holds no such document'],
  },
];
