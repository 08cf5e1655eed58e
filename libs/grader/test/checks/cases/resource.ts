import { service } from '../../example-manifests.ts';
import type { CheckCase } from '../check-case.ts';

const of = { kind: 'resource', object: { kind: 'Service', name: 'api' } };

export const resourceCases: readonly CheckCase[] = [
  {
    what: 'a field with its default',
    check: { ...of, path: 'spec.type', equals: 'ClusterIP' },
    submission: service({ name: 'api' }),
    credit: 1,
  },
  {
    what: 'a field with another value',
    check: { ...of, path: 'spec.ports[0].port', equals: 80 },
    submission: service({ name: 'api', ports: 'port: 8080' }),
    credit: 0,
    observed: ['it is 8080'],
    source: { line: 9, field: 'Service default/api spec.ports[0].port' },
  },
  {
    what: 'a field that is absent points at its nearest ancestor',
    check: { ...of, path: 'spec.externalName', exists: true },
    submission: service({ name: 'api' }),
    credit: 0,
    observed: ['it is not set'],
    source: { line: 5, field: 'Service default/api spec.externalName' },
  },
  {
    what: 'an object that is absent',
    check: { ...of, exists: true },
    submission: service({ name: 'apis' }),
    credit: 0,
    observed: ['there is no Service api, but there is "apis"'],
  },
  {
    what: 'an object that must be absent',
    check: { ...of, exists: false },
    submission: service({ name: 'web' }),
    credit: 1,
  },
];
