import type { Ingress, IngressBackend, IngressPath, IngressRule } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { invalid, notSupported, required } from '../../validation/field-error.ts';
import { legacyIp, parseIp } from '../../validation/ip-address.ts';
import { pathSegment, validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import { root, specPath, statusPath, type Path } from '../../validation/path.ts';
import {
  each,
  field,
  formatted,
  given,
  inOrder,
  nonEmpty,
  numeric,
  requiredText,
  type Rule,
} from '../../validation/rule.ts';
import {
  dns1123Label,
  dns1123Subdomain,
  portName,
  portNumber,
  wildcardDns1123Subdomain,
} from '../../validation/text-format.ts';

/** ValidateIngressCreate and its updates of pkg/apis/networking/validation. */

export const classAnnotation = 'kubernetes.io/ingress.class';

export function validateIngress(ingress: Ingress): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadata(ingress.metadata, true, dns1123Subdomain, report);
  specRule(ingress.spec, specPath, report);
  const annotation = ingress.metadata.annotations?.[classAnnotation];
  const className = ingress.spec.ingressClassName;
  if (annotation !== undefined && className !== undefined && annotation !== className) {
    const at = root.child('annotations').child(classAnnotation);
    report.push(invalid(at, annotation, 'must match `ingressClassName` when both are specified'));
  }
  return report;
}

export function validateIngressUpdate(ingress: Ingress, old: Ingress): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadataUpdate(ingress.metadata, old.metadata, report);
  validateMetadata(ingress.metadata, true, dns1123Subdomain, report);
  specRule(ingress.spec, specPath, report);
  return report;
}

export function validateIngressStatus(ingress: Ingress, old: Ingress): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadataUpdate(ingress.metadata, old.metadata, report);
  const before = (old.status.loadBalancer.ingress ?? []).flatMap(({ ip }) => (ip ? [ip] : []));
  ingress.status.loadBalancer.ingress?.forEach(({ ip, hostname }, index) => {
    const at = statusPath.child('loadBalancer').child('ingress').index(index);
    if (ip) legacyIp(ip, at.child('ip'), report, before);
    if (!hostname) return;
    formatted(dns1123Subdomain)(hostname, at.child('hostname'), report);
    if (parseIp(hostname)) report.push(invalid(at.child('hostname'), hostname, notAnAddress));
  });
  return report;
}

const notAnAddress = 'must be a DNS name, not an IP address';

const hostName: Rule<string> = (host, at, report) =>
  formatted(host.includes('*') ? wildcardDns1123Subdomain : dns1123Subdomain)(host, at, report);

const ruleHost: Rule<string> = (host, at, report) => {
  if (parseIp(host)) report.push(invalid(at, host, notAnAddress));
  hostName(host, at, report);
};

const pathTypes = ['Exact', 'ImplementationSpecific', 'Prefix'];
const badSequences = ['//', '/./', '/../', '%2f', '%2F'];
const badEnds = ['/..', '/.'];

const pathRule: Rule<IngressPath> = (rule, at, report) => {
  const { pathType, path = '', backend: target } = rule;
  if (pathType === undefined) {
    report.push(required(at.child('pathType'), 'pathType must be specified'));
    return;
  }
  if (!pathTypes.includes(pathType)) report.push(notSupported(at.child('pathType'), pathType, pathTypes));
  else if (pathType !== 'ImplementationSpecific' || path !== '') {
    const place = at.child('path');
    if (!path.startsWith('/')) report.push(invalid(place, path, 'must be an absolute path'));
    if (pathType !== 'ImplementationSpecific') plainPath(path, place, report);
  }
  backendRule(target, at.child('backend'), report);
};

function plainPath(path: string, at: Path, report: FieldError[]): void {
  for (const part of badSequences)
    if (path.includes(part)) report.push(invalid(at, path, `must not contain '${part}'`));
  for (const end of badEnds) if (path.endsWith(end)) report.push(invalid(at, path, `cannot end with '${end}'`));
}

const backendRule: Rule<IngressBackend> = ({ service, resource }, at, report) => {
  if (resource && service) report.push(invalid(at, '', 'cannot set both resource and service backends'));
  else if (resource) resourceRule(resource, at.child('resource'), report);
  else if (service) serviceRule(service, at, report);
  else report.push(invalid(at, '', 'resource or service backend is required'));
};

const resourceRule = inOrder<NonNullable<IngressBackend['resource']>>(
  field('apiGroup', given(formatted(dns1123Subdomain))),
  field('kind', requiredText(formatted(pathSegment))),
  field('name', requiredText(formatted(pathSegment))),
);

function serviceRule({ name, port }: NonNullable<IngressBackend['service']>, at: Path, report: FieldError[]): void {
  const service = at.child('service');
  requiredText(formatted(dns1123Label))(name, service.child('name'), report);
  const [byName, byNumber] = [port.name ?? '', port.number ?? 0];
  if (byName !== '' && byNumber !== 0) report.push(invalid(at, '', 'cannot set both port name & port number'));
  else if (byName !== '') formatted(portName)(byName, service.child('port').child('name'), report);
  else if (byNumber !== 0) numeric(portNumber)(byNumber, service.child('port').child('number'), report);
  else report.push(required(at, 'port name or number is required'));
}

const specRule = inOrder<Ingress['spec']>(
  ({ rules, defaultBackend }, at, report) => {
    if (!rules?.length && !defaultBackend)
      report.push(invalid(at, rules, 'either `defaultBackend` or `rules` must be specified'));
  },
  field('defaultBackend', given(backendRule)),
  field(
    'rules',
    each(
      inOrder<IngressRule>(
        field('host', nonEmpty(ruleHost)),
        field('http', (http, at, report) => {
          if (!http) return;
          if (!http.paths?.length) report.push(required(at.child('paths')));
          each(pathRule)(http.paths, at.child('paths'), report);
        }),
      ),
    ),
  ),
  field(
    'tls',
    each(
      inOrder<NonNullable<Ingress['spec']['tls']>[number]>(
        field('hosts', each(hostName)),
        field('secretName', nonEmpty(formatted(dns1123Subdomain))),
      ),
    ),
  ),
  field('ingressClassName', given(formatted(dns1123Subdomain))),
);
