import type { IPFamily, Service } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { duplicate, forbidden, invalid, notSupported, required } from '../../validation/field-error.ts';
import { legacyIp, parseIp } from '../../validation/ip-address.ts';
import { specPath } from '../../validation/path.ts';
import { isHeadless } from './service-traits.ts';

/** Cluster IPs and IP families: ValidateServiceClusterIPsRelatedFields and the update rules of pkg/apis/core/validation. */

const families = ['IPv4', 'IPv6'];
const policies = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];

const clusterIPsPath = specPath.child('clusterIPs');
const ipFamiliesPath = specPath.child('ipFamilies');
const ipFamilyPolicyPath = specPath.child('ipFamilyPolicy');

export function validateClusterIPs(service: Service, old: Service | undefined, report: FieldError[]): void {
  const { spec } = service;
  if (spec.type === 'ExternalName') return;
  firstMatchesSingular(service, report);
  const seen = new Set<string>();
  spec.ipFamilies?.forEach((family, index) => {
    if (!families.includes(family)) report.push(notSupported(ipFamiliesPath.index(index), family, families));
    if (seen.has(family)) report.push(duplicate(ipFamiliesPath.index(index), family));
    seen.add(family);
  });
  if (spec.ipFamilyPolicy !== undefined && !policies.includes(spec.ipFamilyPolicy))
    report.push(notSupported(ipFamilyPolicyPath, spec.ipFamilyPolicy, policies));
  if (areAddresses(service, old?.spec.clusterIPs, report)) matchFamilies(service, report);
}

function firstMatchesSingular({ spec }: Service, report: FieldError[]): void {
  const all = spec.clusterIPs ?? [];
  if (!spec.clusterIP) {
    if (all.length > 0) report.push(invalid(clusterIPsPath, all, 'must be empty when `clusterIP` is not specified'));
  } else if (all.length === 0) report.push(required(clusterIPsPath));
  else if (all[0] !== spec.clusterIP) report.push(invalid(clusterIPsPath, all, 'first value must match `clusterIP`'));
}

function areAddresses({ spec }: Service, oldIPs: readonly string[] | undefined, report: FieldError[]): boolean {
  const all = spec.clusterIPs ?? [];
  let valid = true;
  all.forEach((ip, index) => {
    if (index === 0 && ip === 'None') {
      if (all.length === 1) return;
      valid = false;
      report.push(invalid(clusterIPsPath, all, "'None' must be the first and only value"));
      return;
    }
    const before = report.length;
    legacyIp(ip, clusterIPsPath.index(index), report, oldIPs);
    if (report.length > before) valid = false;
  });
  if (all.length > 2) report.push(invalid(clusterIPsPath, all, 'may only hold up to 2 values'));
  return valid;
}

function matchFamilies(service: Service, report: FieldError[]): void {
  const { clusterIPs = [], ipFamilies = [] } = service.spec;
  if (clusterIPs.length > 1 && new Set(clusterIPs.map(familyOf)).size < 2)
    report.push(invalid(clusterIPsPath, clusterIPs, 'may specify no more than one IP for each IP family'));
  if (isHeadless(service)) return;
  clusterIPs.slice(0, ipFamilies.length).forEach((ip, index) => {
    const family = ipFamilies[index];
    if (families.includes(family ?? '') && familyOf(ip) !== family)
      report.push(
        invalid(
          clusterIPsPath.index(index),
          ip,
          `expected an ${family} value as indicated by \`ipFamilies[${index}]\``,
        ),
      );
  });
}

export function familyOf(ip: string): IPFamily | undefined {
  return parseIp(ip)?.family;
}

/** validateUpgradeDowngradeClusterIPs. */
export function validateClusterIPsUpdate(service: Service, old: Service, report: FieldError[]): void {
  if (service.spec.type === 'ExternalName' || old.spec.type === 'ExternalName') return;
  if (isHeadless(service) && isHeadless(old)) return;
  const [before, after] = [old.spec.clusterIPs ?? [], service.spec.clusterIPs ?? []];
  const unchangeable = 'may not change once set';
  if (before.length === after.length) {
    before.forEach((ip, index) => {
      if (ip !== after[index]) report.push(invalid(clusterIPsPath.index(index), after, unchangeable));
    });
    return;
  }
  if (after.length === 0)
    report.push(invalid(clusterIPsPath.index(0), service.spec.clusterIPs, 'primary clusterIP can not be unset'));
  if (before.length > 0 && after.length > 0 && before[0] !== after[0])
    report.push(invalid(clusterIPsPath.index(0), after, unchangeable));
  if (before.length > after.length && after.length === 1) onlySingleStackReleases(service, 'clusterIP', report);
}

/** validateUpgradeDowngradeIPFamilies. */
export function validateIPFamiliesUpdate(service: Service, old: Service, report: FieldError[]): void {
  if (service.spec.type === 'ExternalName' || old.spec.type === 'ExternalName') return;
  if (isHeadless(service) || isHeadless(old)) return;
  const [before, after] = [old.spec.ipFamilies ?? [], service.spec.ipFamilies ?? []];
  const at = ipFamiliesPath.index(0);
  if (before.length === after.length) {
    before.forEach((family, index) => {
      if (family !== after[index]) report.push(invalid(at, after, 'may not change once set'));
    });
    return;
  }
  const clusterIPs = service.spec.clusterIPs ?? [];
  if (before.length > after.length && clusterIPs.length === 0)
    report.push(invalid(at, service.spec.ipFamilies, 'primary ipFamily can not be unset'));
  if (before.length > 0 && after.length > 0 && before[0] !== after[0])
    report.push(invalid(at, service.spec.clusterIPs, 'may not change once set'));
  if (before.length > after.length && after.length === 1) onlySingleStackReleases(service, 'ipFamily', report);
}

function onlySingleStackReleases({ spec }: Service, what: string, report: FieldError[]): void {
  if (spec.ipFamilyPolicy !== 'SingleStack')
    report.push(
      invalid(
        ipFamilyPolicyPath,
        spec.ipFamilyPolicy,
        `must be set to 'SingleStack' when releasing the secondary ${what}`,
      ),
    );
}

/** What only a Service with an address may say. */
export function validateExternalNameHasNoIPs({ spec }: Service, report: FieldError[]): void {
  const words = 'may not be set for ExternalName services';
  if ((spec.clusterIPs?.length ?? 0) > 0) report.push(forbidden(clusterIPsPath, words));
  if ((spec.ipFamilies?.length ?? 0) > 0) report.push(forbidden(ipFamiliesPath, words));
  if (spec.ipFamilyPolicy !== undefined) report.push(forbidden(ipFamilyPolicyPath, words));
}
