import { expect, it } from '@jest/globals';
import { TestServer } from './api-server-fixture.ts';

/** rest.BeforeDelete: a Pod that is going can only go sooner, and never in the past. */
it.each<[number, number | undefined, string, number]>([
  [20, 10, '2026-01-01T00:00:20Z', 1],
  [5, 10, '2026-01-01T00:00:10Z', 10],
  [5, 40, '2026-01-01T00:00:30Z', 30],
  [5, undefined, '2026-01-01T00:00:30Z', 30],
])('after %i of 30 seconds, deleted with a grace period of %s', (passed, gracePeriodSeconds, time, left) => {
  const server = new TestServer();
  const spec = { nodeName: 'node-1', containers: [{ name: 'c', image: 'nginx' }] };
  expect(server.create('Pod', { metadata: { name: 'p' }, spec }).code).toBe(201);
  server.delete('Pod', 'p');
  server.now += passed * 1000;
  expect(server.delete('Pod', 'p', { gracePeriodSeconds }).object?.metadata).toMatchObject({
    deletionTimestamp: time,
    deletionGracePeriodSeconds: left,
  });
});
