import { client, deployment, documents, echo, service } from '../../example-manifests.ts';
import type { CheckCase } from '../check-case.ts';

const fromClient = { kind: 'reachability', from: { deployment: 'client' } };
const api = service({ name: 'api', ports: 'port: 80, targetPort: 5678' });
const instance = { initial: client() };

export const reachabilityCases: readonly CheckCase[] = [
  {
    what: 'by the name of the Service, with the answer and who gives it',
    check: {
      ...fromClient,
      to: { host: 'api', port: 80, http: {} },
      expect: { status: 200, body: 'this is api', server: { deployment: 'api' } },
    },
    submission: documents(echo('api'), api),
    credit: 1,
    instance,
  },
  {
    what: 'another answer than expected',
    check: { ...fromClient, to: { host: 'api', port: 80, http: {} }, expect: { bodyContains: 'hello' } },
    submission: documents(echo('api'), api),
    credit: 0,
    observed: ['answered by pod default/api-', '200 "this is api"'],
    instance,
  },
  {
    what: 'every Pod reaches every Pod by its address',
    check: {
      kind: 'reachability',
      from: { pods: 'app in (api, client)' },
      to: { deployment: 'api', port: 5678 },
      expect: {},
    },
    submission: echo('api', { replicas: 3 }),
    credit: 1,
    instance,
  },
  {
    what: 'a target port where no process listens is refused',
    check: { ...fromClient, to: { host: 'api', port: 80 } },
    submission: documents(service({ name: 'api', ports: 'port: 80' }), echo('api')),
    credit: 0,
    observed: ['connection refused', 'no process listens on target port 80 of the Pods behind Service api'],
    source: { line: 9, field: 'Service default/api spec.ports[0].targetPort' },
    instance,
  },
  {
    what: 'one endpoint of three that refuses',
    check: { ...fromClient, to: { host: 'api', port: 80 } },
    submission: documents(api, echo('api'), deployment({ name: 'mute', replicas: 1, labels: 'app: api' })),
    credit: 0,
    observed: ['connection refused with probability 1/3;'],
    instance,
  },
  {
    what: 'somebody else answers',
    check: { ...fromClient, to: { host: 'api', port: 80 }, expect: { server: { deployment: 'api' } } },
    submission: documents(api, echo('api'), echo('other', { replicas: 1, labels: 'app: api' })),
    credit: 0,
    observed: ['answered by pod default/other-', 'the selector app=api finds Pod other-'],
    source: { line: 6, field: 'Service default/api spec.selector' },
    instance,
  },
  {
    what: 'a port without a namesake in the list that was written by hand',
    check: { ...fromClient, to: { host: 'db', port: 5432 } },
    submission: documents(
      service({ name: 'db', selector: '', ports: 'port: 5432, name: postgres' }),
      'apiVersion: v1\nkind: Endpoints\nmetadata: {name: db}\nsubsets: [{addresses: [{ip: 192.168.1.100}], ports: [{port: 5432}]}]\n',
    ),
    credit: 0,
    observed: ['port 5432 of Service db is named "postgres"', 'other ports: one without a name'],
    instance,
  },
  {
    what: 'a list written by hand that leads to nobody',
    check: { ...fromClient, to: { host: 'db', port: 5432 } },
    submission: documents(
      service({ name: 'db', selector: '', ports: 'port: 5432' }),
      'apiVersion: v1\nkind: Endpoints\nmetadata: {name: db}\nsubsets: [{addresses: [{ip: 192.168.1.100}], ports: [{port: 6432}]}]\n',
    ),
    credit: 0,
    observed: ['what is written by hand for Service db is 192.168.1.100:6432'],
    instance,
  },
  {
    what: 'a refusal that is expected',
    check: { ...fromClient, to: { host: 'api', port: 80 }, expect: { outcome: 'refused' } },
    submission: service({ name: 'api' }),
    credit: 1,
    instance,
  },
  {
    what: 'the target port called on the cluster IP is no port of the Service',
    check: { ...fromClient, to: { host: 'api', port: 5678 } },
    submission: documents(api, echo('api')),
    credit: 0,
    observed: ['Service api has no port 5678 (it has 80)'],
    instance,
  },
  {
    what: 'a name that does not exist, expected',
    check: { ...fromClient, to: { host: 'api', port: 80 }, expect: { outcome: 'nameNotFound' } },
    submission: service({ name: 'other' }),
    credit: 1,
    instance,
  },
  {
    what: 'a cluster IP is not to be reached from outside',
    check: {
      kind: 'reachability',
      from: { external: 'laptop' },
      to: { service: 'api', port: 80 },
      expect: { outcome: ['timedOut', 'unreachable'] },
    },
    submission: documents(api, echo('api')),
    credit: 1,
  },
  {
    what: 'a node port on every node, from outside',
    check: {
      kind: 'reachability',
      from: { external: 'laptop' },
      to: { nodes: 'all', port: 30080, http: {} },
      expect: { server: { deployment: 'web' } },
    },
    submission: documents(
      deployment({ name: 'web', replicas: 1 }),
      service({ name: 'web', ports: 'port: 80, nodePort: 30080', spec: ['type: NodePort'] }),
    ),
    credit: 1,
  },
  {
    what: 'another node port than expected',
    check: { kind: 'reachability', from: { external: 'laptop' }, to: { nodes: 'all', port: 30080 } },
    submission: documents(
      service({ name: 'web', ports: 'port: 80, nodePort: 30081', spec: ['type: NodePort'] }),
      deployment({ name: 'web' }),
    ),
    credit: 0,
    observed: ['no Service has node port 30080 (Service web has 30081)'],
    source: { line: 9, field: 'Service default/web spec.ports[0].nodePort' },
  },
  {
    what: 'a share of the pairs gives partial credit',
    check: {
      ...fromClient,
      to: [
        { host: 'api', port: 80 },
        { host: 'db', port: 80 },
      ],
      partial: true,
    },
    submission: documents(api, echo('api')),
    credit: 0.5,
    observed: ['the name "db'],
    instance,
  },
  {
    what: 'nobody is there to ask',
    check: { ...fromClient, from: { deployment: 'web' }, to: { host: 'api', port: 80 } },
    submission: documents(api, echo('api')),
    credit: 0,
    observed: ['nobody is there to ask', 'there is no Deployment "web"'],
  },
];
