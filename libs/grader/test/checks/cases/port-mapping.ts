import { documents, echo, networkPolicy, service } from '../../example-manifests.ts';
import type { CheckCase } from '../check-case.ts';

const check = { kind: 'portMapping', service: 'api', port: 80 };
const api = echo('api', { ports: '{name: http, containerPort: 5678}' });

export const portMappingCases: readonly CheckCase[] = [
  {
    what: 'a node port, a named target port and the process behind it',
    check: { ...check, targetPort: 'http', podPort: 5678, nodePort: 30080 },
    submission: documents(
      api,
      service({ name: 'api', ports: 'port: 80, targetPort: http, nodePort: 30080', spec: ['type: NodePort'] }),
    ),
    credit: 1,
  },
  {
    what: 'an allocated node port',
    check: { ...check, nodePort: 'any' },
    submission: documents(api, service({ name: 'api', ports: 'port: 80, targetPort: 5678', spec: ['type: NodePort'] })),
    credit: 1,
  },
  {
    what: 'a number where the name is wanted',
    check: { ...check, targetPort: 'http' },
    submission: documents(service({ name: 'api', ports: 'port: 80, targetPort: 5678' }), api),
    credit: 0,
    observed: ['targetPort of port 80 is 5678'],
    source: { line: 9, field: 'Service default/api spec.ports[0].targetPort' },
  },
  {
    what: 'a process that policies keep others from',
    check: { ...check, podPort: 5678, listening: true },
    submission: documents(
      api,
      service({ name: 'api', ports: 'port: 80, targetPort: http' }),
      networkPolicy('deny', 'podSelector: {}'),
    ),
    credit: 1,
  },
  {
    what: 'containerPort is information only',
    check,
    submission: documents(
      service({ name: 'api', ports: 'port: 80, targetPort: 80' }),
      echo('api', { ports: '{containerPort: 80}' }),
    ),
    credit: 0,
    observed: ['nothing accepts at', 'connection refused'],
  },
  {
    what: 'another port of the Service',
    check,
    submission: documents(service({ name: 'api', ports: 'port: 8080, targetPort: 5678' }), api),
    credit: 0,
    observed: ['Service api has port 8080/TCP'],
    source: { line: 9, field: 'Service default/api spec.ports[0].port' },
  },
  {
    what: 'no ready endpoint',
    check,
    submission: service({ name: 'api' }),
    credit: 0,
    observed: ['no ready endpoint', 'matches no Pod'],
  },
];
