import { formatLabels } from '@kubedrill/cluster-sim';
import type { EndpointSlice, LoadBalancerIngress, Service, ServicePort } from '@kubedrill/kube-model';
import type { Describer } from './describer.ts';
import { endpointList } from './endpoint-list.ts';
import { describeEvents } from './events-table.ts';
import { orNone, orUnset, type Sheet } from './sheet.ts';

/** describeService. */
export const describeService: Describer<'Service'> = (sheet, service, context) => {
  const { metadata, spec } = service;
  const slices = context.reader.list('EndpointSlice', metadata.namespace ?? '', {
    labels: `kubernetes.io/service-name=${metadata.name}`,
  });
  sheet.field('Name', metadata.name);
  sheet.field('Namespace', metadata.namespace ?? '');
  sheet.labels('Labels', metadata.labels);
  sheet.annotations('Annotations', metadata.annotations);
  sheet.field('Selector', formatLabels(spec.selector));
  sheet.field('Type', spec.type);
  describeAddresses(sheet, service);
  for (const port of spec.ports ?? []) describePort(sheet, port, slices.ok ? slices.objects : []);
  describePolicies(sheet, service);
  describeEvents(sheet, service, context);
};

function describeAddresses(sheet: Sheet, { spec, status }: Service): void {
  const { ipFamilyPolicy, ipFamilies = [], clusterIP = '', clusterIPs = [], externalIPs = [] } = spec;
  const { loadBalancerIP = '', externalName = '' } = spec;
  if (ipFamilyPolicy !== undefined) sheet.field('IP Family Policy', ipFamilyPolicy);
  sheet.field('IP Families', orNone(ipFamilies.join(',')));
  sheet.field('IP', clusterIP);
  sheet.field('IPs', clusterIPs.length === 0 ? '<none>' : clusterIPs.join(','));
  if (externalIPs.length > 0) sheet.field('External IPs', externalIPs.join(','));
  if (loadBalancerIP !== '') sheet.field('Desired LoadBalancer IP', loadBalancerIP);
  if (externalName !== '') sheet.field('External Name', externalName);
  const { ingress = [] } = status.loadBalancer;
  if (ingress.length > 0) sheet.field('LoadBalancer Ingress', ingress.map(ingressText).join(', '));
}

function ingressText({ ip = '', ipMode, hostname = '' }: LoadBalancerIngress): string {
  if (ip === '') return hostname;
  return ipMode === undefined ? ip : `${ip} (${ipMode})`;
}

function describePort(sheet: Sheet, port: ServicePort, slices: readonly EndpointSlice[]): void {
  const { name, port: number, protocol, targetPort, appProtocol, nodePort = 0 } = port;
  sheet.field('Port', `${orUnset(name)}\t${number}/${protocol}`);
  sheet.field('TargetPort', `${targetPort}/${protocol}`);
  if (appProtocol !== undefined) sheet.field('AppProtocol', appProtocol);
  if (nodePort !== 0) sheet.field('NodePort', `${orUnset(name)}\t${nodePort}/${protocol}`);
  sheet.field('Endpoints', endpointList(slices, name ?? ''));
}

function describePolicies(sheet: Sheet, { spec }: Service): void {
  const { externalTrafficPolicy = '', internalTrafficPolicy, healthCheckNodePort = 0 } = spec;
  const { loadBalancerSourceRanges = [], trafficDistribution } = spec;
  sheet.field('Session Affinity', spec.sessionAffinity ?? '');
  if (externalTrafficPolicy !== '') sheet.field('External Traffic Policy', externalTrafficPolicy);
  if (internalTrafficPolicy !== undefined) sheet.field('Internal Traffic Policy', internalTrafficPolicy);
  if (healthCheckNodePort !== 0) sheet.field('HealthCheck NodePort', healthCheckNodePort);
  if (loadBalancerSourceRanges.length > 0)
    sheet.field('LoadBalancer Source Ranges', loadBalancerSourceRanges.join(','));
  if (trafficDistribution !== undefined) sheet.field('Traffic Distribution', trafficDistribution);
}
