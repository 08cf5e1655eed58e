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
];
