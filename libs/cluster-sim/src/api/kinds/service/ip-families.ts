import type { IPFamily, Service } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { invalid } from '../../validation/field-error.ts';
import { specPath } from '../../validation/path.ts';
import { familyOf, validateClusterIPs } from './cluster-ip-rules.ts';
import type { SpecDraft } from './service-draft.ts';

/** The cluster has addresses of one family only. */
const clusterFamily: IPFamily = 'IPv4';

/**
 * initIPFamilyFields of pkg/registry/core/service/storage/alloc.go on a single-stack cluster: fills the policy and the families.
 * Its errors stop the request before anything else is validated.
 */
export function initIPFamilies(service: Service, spec: SpecDraft, old: Service | undefined): readonly FieldError[] {
  if (spec.type === 'ExternalName' || isMatchingPreferDualStack(spec, old)) return [];
  const isSelectorless = spec.clusterIP === 'None' && Object.keys(spec.selector ?? {}).length === 0;
  spec.ipFamilyPolicy ??= old?.spec.ipFamilyPolicy ?? (isSelectorless ? 'RequireDualStack' : 'SingleStack');
  const errors: FieldError[] = [];
  validateClusterIPs({ ...service, spec }, old, errors);
  if (errors.length > 0) return errors;
  if (old) releaseSecondary(spec, old, errors);
  takeFamiliesOfAddresses(spec, errors);
  if (errors.length > 0) return errors;
  return isSelectorless ? bothFamilies(spec) : configuredFamilies(spec);
}

function isMatchingPreferDualStack(spec: SpecDraft, old: Service | undefined): boolean {
  if (!old || spec.ipFamilyPolicy !== 'PreferDualStack' || old.spec.type !== spec.type) return false;
  if (old.spec.ipFamilyPolicy !== undefined && old.spec.ipFamilyPolicy !== 'PreferDualStack') return false;
  return sameList(spec.clusterIPs, old.spec.clusterIPs) && sameList(spec.ipFamilies, old.spec.ipFamilies);
}

/** A Service that becomes single-stack gives its second address and family back. */
function releaseSecondary(spec: SpecDraft, old: Service, errors: FieldError[]): void {
  const at = specPath.child('ipFamilyPolicy');
  const [ips, families] = [spec.clusterIPs ?? [], spec.ipFamilies ?? []];
  if (spec.ipFamilyPolicy === 'SingleStack') {
    if (ips.length > 1 && sameList(ips, old.spec.clusterIPs)) spec.clusterIPs = ips.slice(0, 1);
    if (families.length > 1 && sameList(families, old.spec.ipFamilies)) spec.ipFamilies = families.slice(0, 1);
    return;
  }
  if (ips.length > 0 && ips.length < (old.spec.clusterIPs?.length ?? 0))
    errors.push(invalid(at, spec.ipFamilyPolicy, "must be 'SingleStack' to release the secondary cluster IP"));
  if (families.length > 0 && families.length < (old.spec.ipFamilies?.length ?? 0))
    errors.push(invalid(at, spec.ipFamilyPolicy, "must be 'SingleStack' to release the secondary IP family"));
}

function takeFamiliesOfAddresses(spec: SpecDraft, errors: FieldError[]): void {
  const at = specPath.child('ipFamilyPolicy');
  const isSingle = spec.ipFamilyPolicy === 'SingleStack';
  const needsTwo = "must be 'RequireDualStack' or 'PreferDualStack' when multiple";
  if (isSingle && spec.clusterIPs?.length === 2)
    errors.push(invalid(at, spec.ipFamilyPolicy, `${needsTwo} cluster IPs are specified`));
  if (isSingle && spec.ipFamilies?.length === 2)
    errors.push(invalid(at, spec.ipFamilyPolicy, `${needsTwo} IP families are specified`));
  for (const [index, ip] of (spec.clusterIPs ?? []).entries()) {
    if (ip === 'None') break;
    const family = familyOf(ip);
    if (index < (spec.ipFamilies?.length ?? 0)) continue;
    if (family === clusterFamily) spec.ipFamilies = [...(spec.ipFamilies ?? []), family];
    else
      errors.push(
        invalid(
          specPath.child('clusterIPs').index(index),
          spec.clusterIPs,
          `${family ?? 'unknown'} is not configured on this cluster`,
        ),
      );
  }
}

/** Headless without a selector: its endpoints are written by hand and may be of either family. */
function bothFamilies(spec: SpecDraft): readonly FieldError[] {
  const [first = clusterFamily, second] = spec.ipFamilies ?? [];
  const other: IPFamily = first === 'IPv4' ? 'IPv6' : 'IPv4';
  if (second === undefined) spec.ipFamilies = spec.ipFamilyPolicy === 'SingleStack' ? [first] : [first, other];
  return [];
}

function configuredFamilies(spec: SpecDraft): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (spec.ipFamilyPolicy === 'RequireDualStack')
    errors.push(
      invalid(
        specPath.child('ipFamilyPolicy'),
        spec.ipFamilyPolicy,
        'this cluster is not configured for dual-stack services',
      ),
    );
  spec.ipFamilies?.forEach((family, index) => {
    if (family !== clusterFamily)
      errors.push(invalid(specPath.child('ipFamilies').index(index), family, 'not configured on this cluster'));
  });
  if (errors.length === 0 && (spec.ipFamilies?.length ?? 0) === 0) spec.ipFamilies = [clusterFamily];
  return errors;
}

function sameList(left: readonly string[] | undefined, right: readonly string[] | undefined): boolean {
  const [a, b] = [left ?? [], right ?? []];
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
