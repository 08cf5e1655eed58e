import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@kubedrill/kube-model';
import { TestServer } from '../../api-server-fixture.ts';

function causesOf(answer: {
  readonly causes?: readonly { readonly field?: string; readonly message: string }[];
}): readonly string[] {
  return (answer.causes ?? []).map(({ field = '', message }) => `${field}: ${message}`);
}

/** Expectations from ValidateNode and ValidateNodeUpdate of pkg/apis/core/validation/validation.go; taints stand below metadata there. */
describe('Node', () => {
  it.each<[string, JsonObject, readonly string[]]>([
    ['a right one', { status: { capacity: { cpu: '1500m', pods: '10', 'example.com/gpu': '1' } } }, []],
    [
      'taints without an effect, with an unknown one, and twice',
      {
        spec: {
          taints: [
            { key: 'a' },
            { key: 'a', effect: 'NoRun' },
            { key: 'a', effect: 'NoSchedule' },
            { key: 'a', value: 'b', effect: 'NoSchedule' },
          ],
        },
      },
      [
        'metadata.taints[0].effect: Required value',
        'metadata.taints[1].effect: Unsupported value: "NoRun": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
        'metadata.taints[3]: Duplicate value: {"Key":"a","Value":"b","Effect":"NoSchedule","TimeAdded":null}: taints must be unique by key and effect pair',
      ],
    ],
    [
      'amounts below nothing, and halves of what is counted',
      {
        status: {
          capacity: { memory: '-1', pods: '500m' },
          allocatable: { 'example.com/gpu': '1500m', secrets: '0.5' },
        },
      },
      [
        'status.capacity.memory: Invalid value: "-1": must be greater than or equal to 0',
        'status.capacity.pods: Invalid value: "500m": must be an integer',
        'status.allocatable.example.com/gpu: Invalid value: "1500m": must be an integer',
        'status.allocatable.secrets: Invalid value: "500m": must be an integer',
      ],
    ],
    [
      'two ranges of one family',
      { spec: { podCIDR: '10.1.0.0/24', podCIDRs: ['10.1.0.0/24', '10.2.0.0/24'] } },
      [
        'spec.podCIDRs: Invalid value: ["10.1.0.0/24","10.2.0.0/24"]: may specify no more than one CIDR for each IP family',
      ],
    ],
  ])('with %s', (_what, members, expected) => {
    expect(causesOf(new TestServer().create('Node', { metadata: { name: 'n' }, ...members }))).toEqual(expected);
  });

  it.each<[string, JsonObject, readonly string[]]>([
    [
      'another range',
      { spec: { podCIDR: '10.2.0.0/24', podCIDRs: ['10.2.0.0/24'] } },
      ['spec.podCIDRs: Forbidden: node updates may not change podCIDR except from "" to valid'],
    ],
    [
      'another id of its provider',
      { spec: { providerID: 'b' } },
      ['spec.providerID: Forbidden: node updates may not change providerID except from "" to valid'],
    ],
    ['nothing scheduled on it', { spec: { unschedulable: true } }, []],
  ])('changed to %s', (_what, change, expected) => {
    const server = new TestServer();
    const spec = { podCIDR: '10.1.0.0/24', podCIDRs: ['10.1.0.0/24'], providerID: 'a' };
    expect(causesOf(server.create('Node', { metadata: { name: 'n' }, spec }))).toEqual([]);
    expect(causesOf(server.patch('Node', 'n', 'merge', change))).toEqual(expected);
  });
});
