import type { Endpoints, EndpointSubset, LoadBalancerIngress, Service } from '@kubedrill/kube-model';
import { formatLabelSelector } from './label-selector-text.ts';
import { ageColumn, column, firstThree, formatLabels, nameColumn, wide } from './table.ts';
import type { TableColumn } from './table.ts';

/** kubernetes/pkg/printers/internalversion/printers.go: Services and what stands around them. */

export const serviceTable: readonly TableColumn<'Service'>[] = [
  nameColumn,
  column('Type', ({ spec }) => spec.type),
  column('Cluster-IP', ({ spec }) => spec.clusterIPs?.[0] ?? '<none>'),
  column('External-IP', externalAddress),
  column('Port(s)', ({ spec }) =>
    orNone(
      (spec.ports ?? []).map(
        ({ port, nodePort = 0, protocol }) => `${port}${nodePort > 0 ? `:${nodePort}` : ''}/${protocol}`,
      ),
    ),
  ),
  ageColumn,
  wide('Selector', ({ spec }) => formatLabels(spec.selector)),
];

export const endpointsTable: readonly TableColumn<'Endpoints'>[] = [
  nameColumn,
  column('Endpoints', endpointAddresses),
  ageColumn,
];

export const endpointSliceTable: readonly TableColumn<'EndpointSlice'>[] = [
  nameColumn,
  column('AddressType', ({ addressType }) => addressType),
  column('Ports', ({ ports }) => orUnset((ports ?? []).map(({ port, name }) => String(port ?? name ?? '*')))),
  column('Endpoints', ({ endpoints }) => orUnset((endpoints ?? []).flatMap(({ addresses }) => addresses))),
  ageColumn,
];

export const ingressTable: readonly TableColumn<'Ingress'>[] = [
  nameColumn,
  column('Class', ({ spec }) => spec.ingressClassName ?? '<none>'),
  column('Hosts', ({ spec }) => hosts((spec.rules ?? []).map(({ host = '' }) => host))),
  column('Address', ({ status }) => balancerAddresses(status.loadBalancer.ingress ?? [])),
  column('Ports', ({ spec }) => ((spec.tls ?? []).length > 0 ? '80, 443' : '80')),
  ageColumn,
];

export const ingressClassTable: readonly TableColumn<'IngressClass'>[] = [
  nameColumn,
  column('Controller', ({ spec }) => spec.controller ?? ''),
  column('Parameters', ({ spec: { parameters } }) => {
    if (!parameters) return '<none>';
    const { kind, apiGroup, name } = parameters;
    return `${kind}${apiGroup === undefined ? '' : `.${apiGroup}`}/${name}`;
  }),
  ageColumn,
];

export const serviceCIDRTable: readonly TableColumn<'ServiceCIDR'>[] = [
  nameColumn,
  column('CIDRs', ({ spec }) => (spec.cidrs ?? []).join(',')),
  ageColumn,
];

/** Without a column for it, the age is in the cells all the same. */
export const ipAddressTable: readonly TableColumn<'IPAddress'>[] = [
  nameColumn,
  column('ParentRef', ({ spec: { parentRef } }) => {
    if (!parentRef) return '<none>';
    const { group, resource = '', namespace, name = '' } = parentRef;
    const kind = `${resource}${group ? `.${group}` : ''}`.toLowerCase();
    return [kind, ...(namespace ? [namespace] : []), name].join('/');
  }),
];

export const networkPolicyTable: readonly TableColumn<'NetworkPolicy'>[] = [
  nameColumn,
  column('Pod-Selector', ({ spec }) => formatLabelSelector(spec.podSelector)),
  ageColumn,
];

function orNone(entries: readonly string[]): string {
  return entries.length === 0 ? '<none>' : entries.join(',');
}

function orUnset(entries: readonly string[]): string {
  return entries.length === 0 ? '<unset>' : firstThree(entries);
}

/** printers.go getServiceExternalIP. */
function externalAddress({ spec, status }: Service): string {
  const external = spec.externalIPs ?? [];
  switch (spec.type) {
    case 'ClusterIP':
    case 'NodePort':
      return orNone(external);
    case 'LoadBalancer': {
      const addresses = balancerAddresses(status.loadBalancer.ingress ?? []);
      const all = [...(addresses === '' ? [] : [addresses]), ...external];
      return all.length === 0 ? '<pending>' : all.join(',');
    }
    case 'ExternalName':
      return spec.externalName ?? '';
  }
}

/** The server makes its tables wide (printers/storage TableConvertor), so nothing is cut off. */
function balancerAddresses(ingress: readonly LoadBalancerIngress[]): string {
  const addresses = new Set(
    ingress.map(({ ip, hostname }) => ip ?? hostname ?? '').filter((address) => address !== ''),
  );
  return [...addresses].sort().join(',');
}

/** printers.go formatHosts: whatever follows the third host counts as more, whether it names a host or not. */
function hosts(rules: readonly string[]): string {
  const named: string[] = [];
  for (const host of rules) {
    if (named.length === 3) return `${named.join(',')} + ${rules.length - 3} more...`;
    if (host !== '') named.push(host);
  }
  return named.length === 0 ? '*' : named.join(',');
}

function endpointAddresses({ subsets = [] }: Endpoints): string {
  if (subsets.length === 0) return '<none>';
  return firstThree(subsets.flatMap(subsetAddresses));
}

function subsetAddresses({ addresses = [], ports = [] }: EndpointSubset): readonly string[] {
  if (ports.length === 0) return addresses.map(({ ip }) => ip);
  return ports.flatMap(({ port }) => addresses.map(({ ip }) => `${ip.includes(':') ? `[${ip}]` : ip}:${port}`));
}
