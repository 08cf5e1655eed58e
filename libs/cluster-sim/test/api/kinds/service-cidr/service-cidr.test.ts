import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@kubedrill/kube-model';
import { ipAddressDefinition } from '../../../../src/api/kinds/ip-address/ip-address-definition.ts';
import { serviceCIDRDefinition } from '../../../../src/api/kinds/service-cidr/service-cidr-definition.ts';
import { TestServer } from '../../api-server-fixture.ts';
import { errorsOf } from '../decoded.ts';

function range(...cidrs: readonly string[]): JsonObject {
  return { metadata: { name: 'more' }, spec: { cidrs } };
}

const sameFamily = 'may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64';

/** pkg/apis/networking/validation/validation.go. */
describe('ServiceCIDR', () => {
  it.each<[string, JsonObject, readonly string[]]>([
    ['one range', range('10.100.0.0/16'), []],
    ['a range of either family', range('10.100.0.0/16', 'fd00:1::/64'), []],
    ['no range', range(), ['spec.cidrs: Required value: at least one CIDR required']],
    [
      'three ranges',
      range('10.1.0.0/16', 'fd00::/64', '10.2.0.0/16'),
      ['spec.cidrs: Invalid value: {"CIDRs":["10.1.0.0/16","fd00::/64","10.2.0.0/16"]}: may only hold up to 2 values'],
    ],
    [
      'two ranges of one family',
      range('10.1.0.0/16', '10.2.0.0/16'),
      [`spec.cidrs: Invalid value: ["10.1.0.0/16","10.2.0.0/16"]: ${sameFamily}`],
    ],
    [
      'what is no range',
      range('10.1.0.0', '10.1.0.1/16'),
      [
        'spec.cidrs[0]: Invalid value: "10.1.0.0": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
        'spec.cidrs[1]: Invalid value: "10.1.0.1/16": must not have bits set beyond the prefix length',
      ],
    ],
  ])('of %s is answered', (_what, manifest, errors) => {
    expect(errorsOf(serviceCIDRDefinition, manifest)).toEqual(errors);
  });

  it.each<[string, readonly string[], string | undefined]>([
    ['may get a range of the other family', ['10.100.0.0/16', 'fd00:1::/64'], undefined],
    ['keeps its range', ['10.101.0.0/16'], 'spec.cidrs[0]: Invalid value: "10.101.0.0/16": field is immutable'],
    [
      'keeps its range when it gets another',
      ['10.101.0.0/16', 'fd00:1::/64'],
      'spec.cidrs[0]: Invalid value: "10.101.0.0/16": field is immutable',
    ],
    ['does not lose it', [], 'spec.cidrs: Invalid value: null: field is immutable'],
  ])('%s', (_what, cidrs, problem) => {
    const server = new TestServer();
    server.create('ServiceCIDR', range('10.100.0.0/16'));
    const { message } = server.patch('ServiceCIDR', 'more', 'merge', {
      spec: { cidrs: cidrs.length > 0 ? cidrs : null },
    });
    const expected = problem && `ServiceCIDR.networking.k8s.io "more" is invalid: ${problem}`;
    expect(message).toBe(expected);
  });
});

function address(name: string, parentRef?: JsonObject): JsonObject {
  return { metadata: { name }, spec: parentRef ? { parentRef } : {} };
}

const service = { resource: 'services', namespace: 'default', name: 'web' };

describe('IPAddress', () => {
  it.each<[string, JsonObject, readonly string[]]>([
    ['of a Service', address('10.96.0.7', service), []],
    ['without an owner', address('10.96.0.7'), ['spec.parentRef: Required value']],
    [
      'of nothing in particular',
      address('fd00::1', { group: 'Example' }),
      [
        "spec.parentRef.group: Invalid value: \"Example\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
        'spec.parentRef.resource: Required value',
        'spec.parentRef.name: Required value',
      ],
    ],
    [
      'that is none',
      address('a', service),
      ['metadata.name: Invalid value: "a": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'],
    ],
    [
      'that has another name as well',
      address('fd00:0::1', service),
      ['metadata.name: Invalid value: "fd00:0::1": must be in canonical form ("fd00::1")'],
    ],
  ])('%s is answered', (_what, manifest, errors) => {
    expect(errorsOf(ipAddressDefinition, manifest)).toEqual(errors);
  });

  it('stays with whom it belongs to', () => {
    const server = new TestServer();
    server.create('IPAddress', address('192.0.2.1', service));
    const { message } = server.patch('IPAddress', '192.0.2.1', 'merge', { spec: { parentRef: { name: 'api' } } });
    expect(message).toBe(
      'IPAddress.networking.k8s.io "192.0.2.1" is invalid: spec.parentRef: Invalid value: {"Group":"","Resource":"services","Namespace":"default","Name":"api"}: field is immutable',
    );
  });
});
