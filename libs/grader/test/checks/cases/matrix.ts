import { client, deployment, documents, service } from '../../example-manifests.ts';
import type { CheckCase } from '../check-case.ts';

const check = {
  kind: 'matrix',
  sources: { client: { deployment: 'client' }, laptop: { external: 'laptop' } },
  targets: { web: { host: 'web', port: 80 }, api: { service: 'api', port: 80 }, door: { node: 'node-1', port: 30080 } },
  expect: `
             web  api  door
    client   yes  no   yes
    laptop   .    no   yes
  `,
};
const web = documents(
  deployment({ name: 'web' }),
  service({ name: 'web', ports: 'port: 80, nodePort: 30080', spec: ['type: NodePort'] }),
  deployment({ name: 'api' }),
);
const closed = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: api
spec:
  podSelector: {matchLabels: {app: api}}
  ingress: []
`;
const api = service({ name: 'api' });
const instance = { initial: client() };

export const matrixCases: readonly CheckCase[] = [
  { what: 'a table that is as it should be', check, submission: documents(web, api, closed), credit: 1, instance },
  {
    what: 'a Service that is open: three of five cells are right, since hosts outside reach no cluster IP',
    check: { ...check, expect: check.expect.replace('yes  no   yes', 'yes  denied yes') },
    submission: documents(web, api),
    credit: 0.8,
    observed: ['1 of 5 differ', 'client -> api: denied by a NetworkPolicy', 'answered by pod default/api'],
    instance,
  },
  {
    what: 'a Service that is not there',
    check: { ...check, expect: 'web api door\nclient yes yes yes\nlaptop . . .' },
    submission: web,
    credit: 0.666667,
    observed: [
      '1 of 3 differ',
      'client -> api: delivered, but there is no address of the cluster IP of Service api:80',
    ],
    instance,
  },
  {
    what: 'a node port that leads nowhere, with the line that says so',
    check,
    submission: documents(web.replace('30080', '30081'), api, closed),
    credit: 0.6,
    observed: ['2 of 5 differ', 'client -> door', 'laptop -> door'],
    source: { line: 25, field: 'Service default/web spec.ports[0].nodePort' },
    instance,
  },
];
