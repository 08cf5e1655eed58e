import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { servedCluster, type ServedCluster } from '../api-client.ts';

const agnhost = 'registry.k8s.io/e2e-test-images/agnhost:2.53';
const manifests = `
{apiVersion: v1, kind: Pod, metadata: {name: lines}, spec: {restartPolicy: Never, containers: [{name: c, image: busybox, command: [sh, -c, "echo one; echo two; echo three"]}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: broken}, spec: {containers: [{name: c, image: "nginx:no-such-tag"}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: two}, spec: {containers: [{name: a, image: nginx}, {name: b, image: redis}]}}
---
apiVersion: v1
kind: Pod
metadata: {name: porter, labels: {app: porter}}
spec:
  containers:
  - name: c
    image: ${agnhost}
    args: [porter]
    env:
    - {name: SERVE_PORT_80, value: '<a href="/rewriteme">test</a>'}
    - {name: SERVE_PORT_160, value: foo}
    - {name: SERVE_TLS_PORT_443, value: tls baz}
    ports: [{name: web, containerPort: 80}]
---
{apiVersion: v1, kind: Pod, metadata: {name: netexec}, spec: {containers: [{name: c, image: "${agnhost}", args: [netexec], ports: [{containerPort: 8080}]}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: porter}, spec: {selector: {app: porter}, ports: [{name: web, port: 80}, {name: foo, port: 81, targetPort: 160}, {name: tls, port: 443}, {name: shut, port: 99}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: nobody}, spec: {selector: {app: nobody}, ports: [{port: 80}]}}
`;

const pods = '/api/v1/namespaces/default/pods';
const services = '/api/v1/namespaces/default/services';
let served: ServedCluster;

beforeAll(async () => {
  served = await servedCluster(manifests);
});

afterAll(() => served.close());

describe('pods/log', () => {
  it.each([
    ['all of it', 'lines/log', 200, 'one\ntwo\nthree\n'],
    ['the last lines', 'lines/log?tailLines=2', 200, 'two\nthree\n'],
    ['no line', 'lines/log?tailLines=0', 200, ''],
    ['as many bytes as are asked for', 'lines/log?limitBytes=5', 200, 'one\nt'],
    ['nothing that is too old', 'lines/log?sinceTime=2040-01-01T00:00:00Z', 200, ''],
    ['to its end where the container has ended', 'lines/log?follow=true', 200, 'one\ntwo\nthree\n'],
    [
      'why there is none',
      'broken/log',
      400,
      'container \\"c\\" in pod \\"broken\\" is waiting to start: trying and failing to pull image',
    ],
    [
      'that no container has run before',
      'lines/log?previous=true',
      400,
      'previous terminated container \\"c\\" in pod \\"lines\\" not found',
    ],
    [
      'which containers there are',
      'two/log',
      400,
      'a container name must be specified for pod two, choose one of: [a b]',
    ],
    ['that there is no such container', 'lines/log?container=x', 400, 'container x is not valid for pod lines'],
    ['that there is no such Pod', 'none/log', 404, 'pods \\"none\\" not found'],
    [
      'what is wrong with the options',
      'lines/log?tailLines=-3',
      422,
      'PodLogOptions \\"lines\\" is invalid: tailLines: Invalid value: -3: must be greater than or equal to 0',
    ],
    [
      'that one time is enough',
      'lines/log?sinceSeconds=3&sinceTime=2040-01-01T00:00:00Z',
      422,
      'at most one of `sinceTime` or `sinceSeconds` may be specified',
    ],
  ])('says %s', async (_, path, status, text) => {
    const answer = await served.send(`${pods}/${path}`);
    expect({ status: answer.status, isThere: answer.text.includes(text) }).toEqual({ status, isThere: true });
    if (status === 200) expect(answer.text).toBe(text);
  });

  it('puts the time in front of each line', async () => {
    const { text } = await served.send(`${pods}/lines/log?timestamps=true&tailLines=1`);
    expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z three\n$/);
  });
});

/** The paths that test/e2e/network/proxy.go asks for, and what stands in the way of others. */
describe('the proxies', () => {
  it.each([
    [
      'a Pod, and leads its links through itself',
      `${pods}/porter/proxy/`,
      200,
      `<a href="${pods}/porter/proxy/rewriteme">test</a>`,
    ],
    ['a port of a Pod', `${pods}/porter:160/proxy/`, 200, 'foo'],
    ['a Pod with a scheme', `${pods}/http:porter:160/proxy/`, 200, 'foo'],
    ['a Pod over TLS', `${pods}/https:porter:443/proxy/`, 200, 'tls baz'],
    ['a port of a Service by number', `${services}/porter:81/proxy/`, 200, 'foo'],
    ['a port of a Service by name', `${services}/porter:foo/proxy/`, 200, 'foo'],
    ['a Service over TLS', `${services}/https:porter:tls/proxy/`, 200, 'tls baz'],
    ['path and query', `${pods}/netexec/proxy/echo?msg=hello%20there`, 200, 'hello there'],
    ['what the process answers, whatever it is', `${pods}/netexec/proxy/echo?msg=no&code=404`, 404, 'no'],
    ['nothing to a closed port', `${pods}/porter:81/proxy/`, 503, 'error trying to reach service: dial tcp 10.244.'],
    ['nothing to a closed port of a Service', `${services}/porter:99/proxy/`, 503, ':99: connect: connection refused'],
    [
      'no TLS where there is none',
      `${pods}/https:porter:160/proxy/`,
      503,
      'http: server gave HTTP response to HTTPS client',
    ],
    [
      'nothing where nobody serves',
      `${services}/nobody/proxy/`,
      503,
      'no endpoints available for service \\"nobody\\"',
    ],
    [
      'nothing to a port that the Service has not',
      `${services}/porter:82/proxy/`,
      503,
      'no service port 82 found for service \\"porter\\"',
    ],
    ['nothing for a scheme that it does not know', `${pods}/ftp:porter:80/proxy/`, 400, 'invalid pod request'],
    ['nothing to a Service that is not there', `${services}/none/proxy/`, 404, 'endpoints \\"none\\" not found'],
    ['the health of a node', '/api/v1/nodes/node-1/proxy/healthz', 200, 'ok'],
  ])('hand on %s', async (_, path, status, text) => {
    const answer = await served.send(path);
    expect(answer).toMatchObject({ status, text: expect.stringContaining(text) });
  });

  it('send who leaves the final slash out to it', async () => {
    const answer = await served.send(`${pods}/porter/proxy?a=b`);
    expect(answer).toMatchObject({ status: 301, headers: { location: `${pods}/porter/proxy/?a=b` } });
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('know the verb %s', async (method) => {
    expect(await served.send(`${pods}/porter:160/proxy/`, { method })).toMatchObject({ status: 200, text: 'foo' });
  });
});
