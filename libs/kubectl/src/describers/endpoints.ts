import type { Endpoint, EndpointAddress } from '@kubedrill/kube-model';
import type { Describer } from './describer.ts';
import { describeEvents } from './events-table.ts';
import { orNone, orUnset, type Sheet } from './sheet.ts';

/** describeEndpoints. */
export const describeEndpoints: Describer<'Endpoints'> = (sheet, endpoints, context) => {
  const { metadata, subsets = [] } = endpoints;
  sheet.field('Name', metadata.name);
  sheet.field('Namespace', metadata.namespace ?? '');
  sheet.labels('Labels', metadata.labels);
  sheet.annotations('Annotations', metadata.annotations);
  sheet.line('Subsets:');
  for (const { addresses, notReadyAddresses, ports = [] } of subsets) {
    sheet.field('Addresses', addressList(addresses), 1);
    sheet.field('NotReadyAddresses', addressList(notReadyAddresses), 1);
    if (ports.length > 0) describePortHeader(sheet, 1);
    for (const { name, port, protocol } of ports) sheet.row([orUnset(name), String(port), protocol], 2);
    sheet.line('');
  }
  describeEvents(sheet, endpoints, context);
};

function addressList(addresses: readonly EndpointAddress[] = []): string {
  return orNone(addresses.map(({ ip }) => ip).join(','));
}

function describePortHeader(sheet: Sheet, level: number): void {
  sheet.line('Ports:', level);
  sheet.row(['Name', 'Port', 'Protocol'], level + 1);
  sheet.row(['----', '----', '--------'], level + 1);
}

/** describeEndpointSliceV1. */
export const describeEndpointSlice: Describer<'EndpointSlice'> = (sheet, slice, context) => {
  const { metadata, addressType } = slice;
  const [ports, endpoints] = [slice.ports ?? [], slice.endpoints ?? []];
  sheet.field('Name', metadata.name);
  sheet.field('Namespace', metadata.namespace ?? '');
  sheet.labels('Labels', metadata.labels);
  sheet.annotations('Annotations', metadata.annotations);
  sheet.field('AddressType', addressType);
  if (ports.length === 0) sheet.line('Ports: <unset>');
  else describePortHeader(sheet, 0);
  for (const { name, port, protocol = '' } of ports) sheet.row([orUnset(name), orUnset(port), protocol], 1);
  sheet.line(endpoints.length === 0 ? 'Endpoints: <none>' : 'Endpoints:');
  for (const endpoint of endpoints) describeEndpoint(sheet, endpoint);
  describeEvents(sheet, slice, context);
};

function describeEndpoint(sheet: Sheet, endpoint: Endpoint): void {
  const { addresses, conditions = {}, hostname, targetRef, nodeName, zone } = endpoint;
  sheet.field('- Addresses', orNone(addresses.join(', ')), 1);
  sheet.line('Conditions:', 2);
  sheet.field('Ready', orUnset(conditions.ready), 3);
  sheet.field('Hostname', hostname ?? '<unset>', 2);
  if (targetRef) sheet.field('TargetRef', `${targetRef.kind ?? ''}/${targetRef.name ?? ''}`, 2);
  sheet.field('NodeName', nodeName ?? '<unset>', 2);
  sheet.field('Zone', zone ?? '<unset>', 2);
}
