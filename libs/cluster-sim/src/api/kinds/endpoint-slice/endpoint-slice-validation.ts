import type { Endpoint, EndpointPort, EndpointSlice } from '@kubedrill/kube-model';
import { validateEndpointIp } from '../../validation/endpoint-ip.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { duplicate, invalid, notSupported, required, tooMany } from '../../validation/field-error.ts';
import { immutable, semanticallyEqual } from '../../validation/immutable.ts';
import { canonicalIp, legacyIp } from '../../validation/ip-address.ts';
import { labels, validateMetadata } from '../../validation/metadata.ts';
import { root, type Path } from '../../validation/path.ts';
import { each, field, formatted, given, inOrder, oneOf, when, type Rule } from '../../validation/rule.ts';
import { dns1123Label, dns1123Subdomain, labelValueFormat, qualifiedName } from '../../validation/text-format.ts';

/** pkg/apis/discovery/validation/validation.go. */

const addressTypes = ['FQDN', 'IPv4', 'IPv6'];
const maxAddresses = 100;
const maxPorts = 20000;
const maxEndpoints = 1000;
const maxTopologyLabels = 16;
const maxHints = 8;

export function validateEndpointSlice(slice: EndpointSlice, old?: EndpointSlice): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadata(slice.metadata, true, dns1123Subdomain, report);
  validateAddressType(slice.addressType, report);
  ports(slice.ports, root.child('ports'), report);
  const errors: FieldError[] = [];
  bounded(maxEndpoints, each(endpointRule(slice.addressType)))(slice.endpoints, root.child('endpoints'), errors);
  const areOldOnes = errors.length > 0 && old !== undefined && semanticallyEqual(slice.endpoints, old.endpoints);
  if (!areOldOnes) report.push(...errors);
  if (old) immutable(slice.addressType, old.addressType, root.child('addressType'), report);
  return report;
}

function validateAddressType(type: string, report: FieldError[]): void {
  const at = root.child('addressType');
  if (!type) report.push(required(at));
  else if (!addressTypes.includes(type)) report.push(notSupported(at, type, addressTypes));
}

/** Too long a list is only said to be so. */
function bounded<T>(max: number, rule: Rule<readonly T[] | null | undefined>): Rule<readonly T[] | null | undefined> {
  return (list, at, report) => {
    if ((list?.length ?? 0) > max) report.push(tooMany(at, list?.length ?? 0, max));
    else rule(list, at, report);
  };
}

const portRule = inOrder<EndpointPort>(
  field('protocol', (protocol, at, report) => {
    if (protocol === undefined) report.push(required(at));
    else oneOf(['SCTP', 'TCP', 'UDP'])(protocol, at, report);
  }),
  field('appProtocol', given(formatted(qualifiedName))),
);

const ports = bounded<EndpointPort>(maxPorts, (list, at, report) => {
  const names = new Set<string>();
  list?.forEach((port, index) => {
    const name = port.name ?? '';
    const namePath = at.index(index).child('name');
    if (name !== '') formatted(dns1123Label)(name, namePath, report);
    if (names.has(name)) report.push(duplicate(namePath, name));
    names.add(name);
    portRule(port, at.index(index), report);
  });
});

function endpointRule(addressType: EndpointSlice['addressType']): Rule<Endpoint> {
  return inOrder<Endpoint>(
    field('addresses', addressesRule(addressType)),
    field('nodeName', given(formatted(dns1123Subdomain))),
    field('deprecatedTopology', (topology, at, report) => {
      const count = Object.keys(topology ?? {}).length;
      if (count > maxTopologyLabels) report.push(tooMany(at, count, maxTopologyLabels));
      labels(topology, at, report);
    }),
    field('hostname', given(formatted(dns1123Label))),
    field('hints', given(hints)),
  );
}

function addressesRule(type: EndpointSlice['addressType']): Rule<readonly string[] | null> {
  return (addresses, at, report) => {
    if (!addresses?.length) report.push(required(at, 'must contain at least 1 address'));
    else if (addresses.length > maxAddresses) report.push(tooMany(at, addresses.length, maxAddresses));
    addresses?.forEach((address, index) => {
      if (type === 'FQDN') fullyQualifiedName(address, at.index(index), report);
      else if (type === 'IPv4' || type === 'IPv6') addressOfFamily(type, address, at, index, report);
    });
  };
}

function addressOfFamily(type: 'IPv4' | 'IPv6', address: string, at: Path, index: number, report: FieldError[]): void {
  const before = report.length;
  const ip = (type === 'IPv4' ? legacyIp : canonicalIp)(address, at.index(index), report);
  if (report.length > before) return;
  if (ip?.family !== type) report.push(invalid(at, address, `must be an ${type} address`));
  validateEndpointIp(address, at.index(index), report);
}

/** IsFullyQualifiedDomainName of apimachinery. */
function fullyQualifiedName(name: string, at: Path, report: FieldError[]): void {
  if (name === '') {
    report.push(required(at));
    return;
  }
  const plain = name.endsWith('.') ? name.slice(0, -1) : name;
  const problems = dns1123Subdomain(plain);
  const parts = plain.split('.');
  const wrong = parts.find((part) => dns1123Label(part).length > 0);
  if (problems.length > 0) report.push(invalid(at, plain, problems.join(',')));
  else if (parts.length < 2)
    report.push(invalid(at, plain, 'should be a domain with at least two segments separated by dots'));
  else if (wrong !== undefined) report.push(invalid(at, wrong, dns1123Label(wrong).join(',')));
}

const uniqueNames =
  (rule: Rule<string>): Rule<readonly { readonly name: string }[] | null | undefined> =>
  (list, at, report) => {
    const names = new Set<string>();
    list?.forEach(({ name }, index) => {
      const namePath = at.index(index).child('name');
      if (names.has(name)) report.push(duplicate(namePath, name));
      names.add(name);
      rule(name, namePath, report);
    });
  };

type EndpointHints = NonNullable<Endpoint['hints']>;

/** Too many zones, and the nodes are not looked at. */
const hints = inOrder<EndpointHints>(
  field('forZones', bounded(maxHints, uniqueNames(formatted(labelValueFormat)))),
  when<EndpointHints>(
    ({ forZones }) => (forZones?.length ?? 0) <= maxHints,
    field('forNodes', bounded(maxHints, uniqueNames(formatted(dns1123Subdomain)))),
  ),
);
