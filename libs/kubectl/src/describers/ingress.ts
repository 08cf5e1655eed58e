import type { Ingress, IngressBackend } from '@kubedrill/kube-model';
import type { Describer, DescriptionContext } from './describer.ts';
import { endpointList } from './endpoint-list.ts';
import { describeEvents } from './events-table.ts';
import type { Sheet } from './sheet.ts';

/** describeIngressV1. */
export const describeIngress: Describer<'Ingress'> = (sheet, ingress, context) => {
  const { metadata, spec } = ingress;
  const namespace = metadata.namespace ?? '';
  const { defaultBackend, ingressClassName } = spec;
  const fallback = defaultBackend ? backendText(namespace, defaultBackend, context) : '<default>';
  sheet.field('Name', metadata.name);
  sheet.labels('Labels', metadata.labels);
  sheet.field('Namespace', namespace);
  sheet.field('Address', addressesOf(ingress));
  sheet.field('Ingress Class', ingressClassName ?? '<none>');
  sheet.field('Default backend', fallback);
  describeTls(sheet, ingress);
  sheet.write('Rules:\n  Host\tPath\tBackends\n');
  sheet.row(['----', '----', '--------'], 1);
  const rules = (spec.rules ?? []).flatMap(({ host = '', http }) => (http ? [{ host, paths: http.paths ?? [] }] : []));
  for (const { host, paths } of rules) {
    sheet.row([host === '' ? '*' : host, ''], 1);
    for (const { path = '', backend } of paths)
      sheet.row(['', `${path} `, backendText(namespace, backend, context)], 2);
  }
  if (rules.length === 0) sheet.row(['*', '*', fallback], 1);
  sheet.annotations('Annotations', metadata.annotations);
  describeEvents(sheet, ingress, context);
};

function addressesOf({ status }: Ingress): string {
  const points = (status.loadBalancer.ingress ?? []).map(({ ip = '', hostname = '' }) => (ip === '' ? hostname : ip));
  return [...new Set(points.filter((point) => point !== ''))].sort().join(',');
}

function describeTls(sheet: Sheet, { spec: { tls = [] } }: Ingress): void {
  if (tls.length > 0) sheet.line('TLS:');
  for (const { hosts = [], secretName = '' } of tls)
    sheet.line(`${secretName === '' ? 'SNI routes' : `${secretName} terminates`} ${hosts.join(',')}`, 1);
}

/** describeBackendV1. */
function backendText(
  namespace: string,
  { service: named, resource }: IngressBackend,
  { reader }: DescriptionContext,
): string {
  if (!named) {
    if (!resource) return '';
    const { apiGroup = '<none>', kind, name } = resource;
    return `APIGroup: ${apiGroup}, Kind: ${kind}, Name: ${name}`;
  }
  const { name, port } = named;
  const shown = `${name}:${port.number || (port.name ?? '')}`;
  const slices = reader.list('EndpointSlice', namespace, { labels: `kubernetes.io/service-name=${name}` });
  if (!slices.ok) return `${shown} (<error: ${slices.status.message}>)`;
  const service = reader.get('Service', namespace, name);
  if (!service.ok) return `${shown} (<error: ${service.status.message}>)`;
  const found = (service.object.spec.ports ?? []).findLast((one) =>
    port.number ? one.port === port.number : port.name !== undefined && one.name === port.name,
  );
  return `${shown} (${endpointList(slices.objects, found?.name ?? '')})`;
}

/** describeIngressClassV1. */
export const describeIngressClass: Describer<'IngressClass'> = (sheet, ingressClass, context) => {
  const { metadata, spec } = ingressClass;
  sheet.field('Name', metadata.name);
  sheet.labels('Labels', metadata.labels);
  sheet.annotations('Annotations', metadata.annotations);
  sheet.field('Controller', spec.controller ?? '');
  if (spec.parameters) {
    const { apiGroup, kind, name } = spec.parameters;
    sheet.line('Parameters:');
    if (apiGroup !== undefined) sheet.field('APIGroup', apiGroup, 1);
    sheet.field('Kind', kind, 1);
    sheet.field('Name', name, 1);
  }
  describeEvents(sheet, ingressClass, context);
};
