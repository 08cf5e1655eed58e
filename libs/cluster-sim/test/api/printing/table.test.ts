import { describe, expect, it } from '@jest/globals';
import type { Service } from '@kubedrill/kube-model';
import { humanDuration } from '../../../src/api/printing/table.ts';
import { tableOf } from '../../../src/api/printing/tables.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** apimachinery/pkg/util/duration/duration_test.go TestHumanDuration. */
const cases: readonly (readonly [duration: number, text: string])[] = [
  [second, '1s'],
  [70 * second, '70s'],
  [190 * second, '3m10s'],
  [70 * minute, '70m'],
  [47 * hour, '47h'],
  [49 * hour, '2d1h'],
  [(8 * 24 + 2) * hour, '8d'],
  [367 * day, '367d'],
  [(365 * 2 + 25) * day, '2y25d'],
  [(365 * 8 + 2) * day, '8y'],
];

describe('humanDuration', () => {
  it.each(cases)('%d ms is %s', (duration, text) => {
    expect(humanDuration(duration)).toBe(text);
  });
});

describe('the external address of a Service', () => {
  const external = tableOf('Service').find(({ name }) => name === 'External-IP');

  // The server makes its tables wide: none of the addresses is cut off (printers.go loadBalancerStatusStringer).
  it.each([
    [[], '<pending>'],
    [[{ ip: '203.0.113.51' }, { hostname: 'lb.example.com' }], '203.0.113.51,lb.example.com'],
  ])('%j is shown as %s', (ingress, text) => {
    const service: Service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 's', namespace: 'default', uid: '', resourceVersion: '', creationTimestamp: '' },
      spec: { type: 'LoadBalancer' },
      status: { loadBalancer: { ingress } },
    };
    expect(external?.cell(service, 0)).toBe(text);
  });
});
