import { client, deployment, documents, service } from '../../example-manifests.ts';
import type { CheckCase } from '../check-case.ts';

const initial = documents(
  client(),
  deployment({ name: 'web', replicas: 3 }),
  service({ name: 'web' }),
  service({ name: 'empty' }),
);
const instance = { initial };
const from = { deployment: 'client' };
const ask = (query: object): Readonly<Record<string, unknown>> => ({
  kind: 'answer',
  question: 'What happens?',
  query,
});

export const answerCases: readonly CheckCase[] = [
  {
    what: 'how many endpoints',
    check: ask({ endpointCount: { service: 'web' } }),
    submission: { it: '3' },
    credit: 1,
    instance,
  },
  {
    what: 'a wrong number',
    check: ask({ podCount: { deployment: 'web' } }),
    submission: { it: '2' },
    credit: 0,
    observed: ['"2"'],
    instance,
  },
  {
    what: 'no answer',
    check: ask({ podCount: { deployment: 'web' } }),
    submission: {},
    credit: 0,
    observed: ['no answer'],
    instance,
  },
  {
    what: 'an empty list',
    check: ask({ endpoints: { service: 'empty' } }),
    submission: { it: '<none>' },
    credit: 1,
    instance,
  },
  {
    what: 'what becomes of a connection',
    check: ask({ outcome: { from, to: { host: 'empty', port: 80 } } }),
    submission: { it: 'refused' },
    credit: 1,
    instance,
  },
  {
    what: 'a share',
    check: ask({ share: { from, to: { host: 'web', port: 80 }, of: { deployment: 'web' } } }),
    submission: { it: '100%' },
    credit: 1,
    instance,
  },
  {
    what: 'a field',
    check: ask({ field: { kind: 'Service', name: 'web', path: 'spec.type' } }),
    submission: { it: 'clusterip' },
    credit: 1,
    instance,
  },
  {
    what: 'a name that is not found',
    check: ask({ address: { from, name: 'nowhere' } }),
    submission: { it: 'NXDOMAIN' },
    credit: 1,
    instance,
  },
  {
    what: 'what a command at the workstation prints',
    check: ask({ prints: { run: "kubectl get service web --no-headers | awk '{print $4}'" } }),
    submission: { it: '<none>' },
    credit: 1,
    instance,
  },
  {
    what: 'what a command in a Pod prints',
    check: ask({ prints: { at: 'client', run: 'wget -qO- http://empty 2>&1 | grep -c refused' } }),
    submission: { it: '1' },
    credit: 1,
    instance,
  },
  {
    what: 'what is printed where nobody is',
    check: ask({ prints: { at: 'nobody', run: 'hostname' } }),
    submission: { it: '' },
    credit: 0,
    instance,
  },
  {
    what: 'whom the server sees',
    check: ask({ source: { from: { node: 'node-1' }, to: { service: 'web', port: 80 } } }),
    submission: { it: '172.18.0.9' },
    credit: 0,
    observed: ['"172.18.0.9"'],
    instance,
  },
  {
    what: 'whom nobody sees',
    check: ask({ source: { from, to: { host: 'empty', port: 80 } } }),
    submission: { it: 'refused' },
    credit: 1,
    instance,
  },
];
