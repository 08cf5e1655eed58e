import type { LoadBalancerIngress, Service } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { forbidden, invalid, notSupported, required } from '../../validation/field-error.ts';
import { legacyIp, parseIp } from '../../validation/ip-address.ts';
import { validateMetadataUpdate } from '../../validation/metadata.ts';
import { statusPath, type Path } from '../../validation/path.ts';
import { formatted } from '../../validation/rule.ts';
import { dns1123Subdomain } from '../../validation/text-format.ts';

/** ValidateServiceStatusUpdate and ValidateLoadBalancerStatus of pkg/apis/core/validation. */
export function validateServiceStatusUpdate(service: Service, old: Service): readonly FieldError[] {
  const report: FieldError[] = [];
  const at = statusPath.child('loadBalancer').child('ingress');
  validateMetadataUpdate(service.metadata, old.metadata, report);
  const ingress = service.status.loadBalancer.ingress ?? [];
  if (service.spec.type !== 'LoadBalancer' && ingress.length > 0) {
    report.push(forbidden(at, "may only be used when `spec.type` is 'LoadBalancer'"));
    return report;
  }
  const before = (old.status.loadBalancer.ingress ?? []).flatMap(({ ip }) => (ip ? [ip] : []));
  ingress.forEach((entry, index) => validateIngress(entry, before, at.index(index), report));
  return report;
}

const ipModes = ['Proxy', 'VIP'];

function validateIngress(entry: LoadBalancerIngress, before: readonly string[], at: Path, report: FieldError[]): void {
  const { ip, ipMode, hostname } = entry;
  if (ip) legacyIp(ip, at.child('ip'), report, before);
  if (ipMode === undefined) {
    if (ip) report.push(required(at.child('ipMode'), 'must be specified when `ip` is set'));
  } else if (!ip) report.push(forbidden(at.child('ipMode'), 'may not be specified when `ip` is not set'));
  else if (!ipModes.includes(ipMode)) report.push(notSupported(at.child('ipMode'), ipMode, ipModes));
  if (!hostname) return;
  formatted(dns1123Subdomain)(hostname, at.child('hostname'), report);
  if (parseIp(hostname)) report.push(invalid(at.child('hostname'), hostname, 'must be a DNS name, not an IP address'));
}
