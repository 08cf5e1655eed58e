import type { StringMap } from '@kubedrill/kube-model';
import type { Quantity } from '../../../quantity.ts';
import { isWholeNumber, parseQuantity } from '../../../quantity.ts';
import type { FieldError } from '../../../validation/field-error.ts';
import { duplicate, forbidden, invalid, notSupported, required } from '../../../validation/field-error.ts';
import type { Path } from '../../../validation/path.ts';
import type { Rule } from '../../../validation/rule.ts';
import { formatted } from '../../../validation/rule.ts';
import { dns1123Label, qualifiedName } from '../../../validation/text-format.ts';
import { aggregated } from '../aggregated-resources.ts';
import type { FullPodSpec, Resources } from './pod-spec-shape.ts';

/** Names of resources: pkg/apis/core/helper. */
const containerResources = new Set(['cpu', 'memory', 'ephemeral-storage']);
const countedResources = new Set([
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]);
const quotaResources = new Set([
  ...['cpu', 'memory', 'ephemeral-storage', 'storage'].map((name) => `requests.${name}`),
  ...['cpu', 'memory', 'ephemeral-storage'].map((name) => `limits.${name}`),
  'storage',
]);

/** IsStandardQuotaResourceName. */
export function isQuotaResource(name: string): boolean {
  if (name === 'storage') return false;
  return (
    containerResources.has(name) ||
    countedResources.has(name) ||
    quotaResources.has(name) ||
    /^(requests\.)?hugepages-/.test(name)
  );
}

const isHugePages = (name: string): boolean => name.startsWith('hugepages-');
const isNative = (name: string): boolean => !name.includes('/') || name.includes('kubernetes.io/');

function isExtended(name: string): boolean {
  return !isNative(name) && !name.startsWith('requests.') && qualifiedName(`requests.${name}`).length === 0;
}

/** IsIntegerResourceName: what there is no half of. */
export function isCounted(name: string): boolean {
  return countedResources.has(name) || isExtended(name);
}

function isStandard(name: string): boolean {
  return (
    containerResources.has(name) ||
    countedResources.has(name) ||
    quotaResources.has(name) ||
    isHugePages(name) ||
    name.startsWith('requests.hugepages-')
  );
}

export const resourceName: Rule<string> = (name, at, report) => {
  const messages = qualifiedName(name);
  for (const message of messages) report.push(invalid(at, name, message));
  if (messages.length === 0 && !name.includes('/') && !isStandard(name)) {
    report.push(invalid(at, name, 'must be a standard resource type or fully qualified'));
  }
};

export const containerResourceName: Rule<string> = (name, at, report) => {
  resourceName(name, at, report);
  if (!name.includes('/')) {
    if (!containerResources.has(name) && !isHugePages(name))
      report.push(invalid(at, name, 'must be a standard resource for containers'));
  } else if (!isNative(name) && !isExtended(name))
    report.push(invalid(at, name, "doesn't follow extended resource name standard"));
};

const podResourceName: Rule<string> = (name, at, report) => {
  const before = report.length;
  resourceName(name, at, report);
  if (report.length > before || name === 'cpu' || name === 'memory' || isHugePages(name)) return;
  report.push(notSupported(at, name, ['cpu', 'hugepages-', 'memory']));
};

function amountsOf(amounts: StringMap | undefined): ReadonlyMap<string, Quantity> {
  const parsed = new Map<string, Quantity>();
  for (const [name, text] of Object.entries(amounts ?? {})) {
    const result = parseQuantity(text);
    if (result.ok) parsed.set(name, result.quantity);
  }
  return parsed;
}

function amountOf(name: string, amount: Quantity, at: Path, report: FieldError[]): void {
  if (amount.nano < 0n) report.push(invalid(at, amount.text, 'must be greater than or equal to 0'));
  if (isCounted(name) && !isWholeNumber(amount)) report.push(invalid(at, amount.text, 'must be an integer'));
  if (isHugePages(name) && !isMultipleOfPage(name, amount)) {
    report.push(invalid(at, amount.text, `${amount.text} is not positive integer multiple of ${name}`));
  }
}

function isMultipleOfPage(name: string, amount: Quantity): boolean {
  const page = parseQuantity(name.slice('hugepages-'.length));
  return page.ok && page.quantity.nano > 0n && amount.nano % page.quantity.nano === 0n;
}

/** IsOvercommitAllowed. */
export function overcommits(name: string): boolean {
  return isNative(name) && !isHugePages(name);
}

function requestOf(name: string, request: Quantity, limit: Quantity | undefined, at: Path, report: FieldError[]): void {
  const isOvercommitted = overcommits(name);
  const [requests, limits] = [at.child('requests'), at.child('limits')];
  if (!limit) {
    if (!isOvercommitted) report.push(required(limits, 'Limit must be set for non overcommitable resources'));
  } else if (!isOvercommitted && request.nano !== limit.nano) {
    report.push(invalid(requests, request.text, `must be equal to ${name} limit of ${limit.text}`));
  } else if (request.nano > limit.nano) {
    report.push(invalid(requests, request.text, `must be less than or equal to ${name} limit of ${limit.text}`));
  }
}

const isCpuOrMemory = (name: string): boolean => name === 'cpu' || name === 'memory';

/** validateResourceRequirements. */
function requirements(nameRule: Rule<string>, claimNames: ReadonlySet<string>): Rule<Resources | undefined> {
  return (resources, at, report) => {
    if (!resources || (!resources.limits && !resources.requests && !resources.claims)) return;
    const [limits, requests] = [amountsOf(resources.limits), amountsOf(resources.requests)];
    for (const [name, amount] of limits) {
      const place = at.child('limits').key(name);
      nameRule(name, place, report);
      amountOf(name, amount, place, report);
    }
    for (const [name, amount] of requests) {
      const place = at.child('requests').key(name);
      nameRule(name, place, report);
      amountOf(name, amount, place, report);
      requestOf(name, amount, limits.get(name), at, report);
    }
    const names = [...limits.keys(), ...requests.keys()];
    if (names.some(isHugePages) && !names.some(isCpuOrMemory))
      report.push(forbidden(at, 'HugePages require cpu or memory'));
    claims(resources.claims ?? [], claimNames, at.child('claims'), report);
  };
}

export function containerResourceRule(claimNames: ReadonlySet<string>): Rule<Resources | undefined> {
  return requirements(containerResourceName, claimNames);
}

/** validatePodResources: what all containers share. */
export function podResources(spec: FullPodSpec, at: Path, report: FieldError[]): void {
  const { resources } = spec;
  if (!resources) return;
  if (spec.os?.name === 'windows') return void report.push(forbidden(at, 'may not be set for a windows pod'));
  if (resources.claims) report.push(forbidden(at.child('claims'), 'claims may not be set for Resources at pod-level'));
  requirements(podResourceName, new Set())(resources, at, report);
  consistent(spec, resources, at, report);
}

/** validatePodResourceConsistency: the containers keep within what the pod has. */
function consistent(spec: FullPodSpec, resources: Resources, at: Path, report: FieldError[]): void {
  const [requests, limits] = [amountsOf(resources.requests), amountsOf(resources.limits)];
  for (const [name, sum] of aggregated(spec, 'requests')) {
    const own = requests.get(name);
    if (own && sum.nano > own.nano)
      report.push(invalid(at.child('requests').key(name), own.text, notLess('requests', sum)));
  }
  for (const [name, sum] of aggregated(spec, 'limits')) {
    const own = limits.get(name);
    if (own && isHugePages(name) && sum.nano > own.nano)
      report.push(invalid(at.child('limits').key(name), own.text, notLess('limits', sum)));
  }
  for (const [index, container] of (spec.containers ?? []).entries()) {
    for (const [name, limit] of amountsOf(container.resources?.limits)) {
      const own = limits.get(name);
      if (!own || limit.nano <= own.nano) continue;
      const place = at.child('containers').index(index).key(name).child('limits');
      report.push(invalid(place, limit.text, `must be less than or equal to pod limits of ${own.text}`));
    }
  }
}

function notLess(what: string, sum: Quantity): string {
  return `must be greater than or equal to aggregate container ${what} of ${sum.text}`;
}

function claims(
  list: NonNullable<Resources['claims']>,
  claimNames: ReadonlySet<string>,
  at: Path,
  report: FieldError[],
): void {
  const seen = new Set<string>();
  for (const [index, { name, request }] of list.entries()) {
    const place = at.index(index);
    if (name === '') {
      report.push(required(place));
      continue;
    }
    if (request) formatted(dns1123Label)(request, place.child('request'), report);
    const key = request ? `${name}/${request}` : name;
    const overlaps = !request && [...seen].some((other) => other.startsWith(`${name}/`));
    if (seen.has(name)) report.push(duplicate(place, name));
    else if (seen.has(key) || overlaps) report.push(duplicate(place, key));
    seen.add(key);
    if (!claimNames.has(name)) report.push(unknownClaim(name, claimNames, place));
  }
}

function unknownClaim(name: string, claimNames: ReadonlySet<string>, at: Path): FieldError {
  const known = claimNames.size === 0 ? ' which is empty' : `: ${[...claimNames].sort().join(', ')}`;
  const body = `Not found: ${JSON.stringify(name)}: must be one of the names in pod.spec.resourceClaims${known}`;
  return { type: 'FieldValueNotFound', field: at.toString(), body };
}
