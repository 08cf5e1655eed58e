import { deployment, documents, service } from '../../example-manifests.ts';
import type { CheckCase } from '../check-case.ts';

const web = deployment({ name: 'web', replicas: 3 });
const listsWeb = { kind: 'endpoints', service: 'web', of: { deployment: 'web' } };

export const endpointsCases: readonly CheckCase[] = [
  {
    what: 'lists the Pods of a Deployment',
    check: { ...listsWeb, ready: 3, ports: [80], notReady: 0 },
    submission: documents(web, service({ name: 'web' })),
    credit: 1,
  },
  {
    what: 'a selector that differs by a letter',
    check: listsWeb,
    submission: documents(service({ name: 'web', selector: 'app: webb' }), web),
    credit: 0,
    observed: ['0 ready endpoints', 'the selector app=webb matches no Pod', 'has app=web'],
    source: { line: 7, field: 'Service default/web spec.selector.app' },
  },
  {
    what: 'a selector with one pair too many',
    check: listsWeb,
    submission: documents(service({ name: 'web', selector: '{app: web, tier: front}' }), web),
    credit: 0,
    observed: ['has no label "tier" but app=web'],
  },
  {
    what: 'Pods that are not ready',
    check: { ...listsWeb, notReady: 0 },
    submission: documents(
      service({ name: 'web' }),
      deployment({ name: 'web', replicas: 1, container: ['readinessProbe:', '  httpGet: {path: /, port: 81}'] }),
    ),
    credit: 0,
    observed: ['1 endpoint not ready', 'one Pod, which is not ready', 'fails its readiness probe'],
    source: { line: 26, field: 'Deployment default/web spec.template.spec.containers[0].readinessProbe' },
  },
  {
    what: 'a Service of nearly the right name',
    check: listsWeb,
    submission: documents(web, service({ name: 'webs', selector: 'app: web' })),
    credit: 0,
    observed: ['there is no Service "web"', 'but there is "webs"'],
    source: { line: 20, field: 'Service default/webs metadata.name' },
  },
  {
    what: 'too few of them',
    check: { ...listsWeb, ready: 4 },
    submission: documents(web, service({ name: 'web' })),
    credit: 0,
    observed: ['3 ready endpoints'],
  },
  {
    what: 'addresses written by hand',
    check: { kind: 'endpoints', service: 'db', addresses: ['192.168.1.100'], ports: [5432] },
    submission: documents(
      service({ name: 'db', selector: '', ports: 'port: 5432' }),
      'apiVersion: v1\nkind: Endpoints\nmetadata: {name: db}\nsubsets: [{addresses: [{ip: 192.168.1.100}], ports: [{port: 5432}]}]\n',
    ),
    credit: 1,
  },
  {
    what: 'addresses written by hand under another name',
    check: { kind: 'endpoints', service: 'db', addresses: ['192.168.1.100'] },
    submission: documents(
      service({ name: 'db', selector: '', ports: 'port: 5432' }),
      'apiVersion: v1\nkind: Endpoints\nmetadata: {name: database}\nsubsets: [{addresses: [{ip: 192.168.1.100}], ports: [{port: 5432}]}]\n',
    ),
    credit: 0,
    observed: ['no endpoints are written for it', 'the Endpoints "database" do not have its name'],
    source: { line: 11, field: 'Endpoints default/database metadata.name' },
  },
  {
    what: 'a slice without the label of the Service',
    check: { kind: 'endpointSlices', service: 'db', addresses: ['192.168.1.100'] },
    submission: documents(
      service({ name: 'db', selector: '', ports: 'port: 5432' }),
      'apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: db-1}\naddressType: IPv4\nendpoints: [{addresses: [192.168.1.100]}]\nports: [{port: 5432}]\n',
    ),
    credit: 0,
    observed: ['the EndpointSlice "db-1" does not have the label kubernetes.io/service-name=db'],
  },
  {
    what: 'a selector with one pair too few',
    check: listsWeb,
    submission: documents(
      service({ name: 'web', selector: 'app: web' }),
      deployment({ name: 'web', replicas: 1, labels: 'app: web, tier: front' }),
      deployment({ name: 'worker', replicas: 1, labels: 'app: web, tier: worker' }),
    ),
    credit: 0,
    observed: ['2 ready endpoints', 'the selector app=web finds Pod worker-', '(app=web, tier=worker)'],
    source: { line: 6, field: 'Service default/web spec.selector' },
  },
  {
    what: 'no endpoints where none are wanted',
    check: { kind: 'endpoints', service: 'web', ready: 0 },
    submission: service({ name: 'web' }),
    credit: 1,
  },
  {
    what: 'no endpoints and no Service either',
    check: { kind: 'endpoints', service: 'web', ready: 0 },
    submission: web,
    credit: 0,
    observed: ['there is no Service "web"'],
  },
];
