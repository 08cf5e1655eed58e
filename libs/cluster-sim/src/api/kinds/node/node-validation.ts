import type { Node, StringMap, Taint } from '@kubedrill/kube-model';
import { isWholeNumber, parseQuantity } from '../../quantity.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { duplicate, forbidden, invalid, notSupported, required } from '../../validation/field-error.ts';
import { legacyCidr, parseIpRange } from '../../validation/ip-address.ts';
import { goStruct } from '../../validation/go-quote.ts';
import { validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import { metadataPath, specPath, statusPath, type Path } from '../../validation/path.ts';
import { formatted } from '../../validation/rule.ts';
import { dns1123Subdomain, labelValueFormat, qualifiedName } from '../../validation/text-format.ts';
import { isCounted } from '../pod-template/validation/resources.ts';

/** ValidateNode and ValidateNodeUpdate of pkg/apis/core/validation. */

const taintEffects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const taintsPath = metadataPath.child('taints');
const podCIDRsPath = specPath.child('podCIDRs');

export function validateNode(node: Node): FieldError[] {
  const report: FieldError[] = [];
  validateMetadata(node.metadata, false, dns1123Subdomain, report);
  validateTaints(node.spec.taints ?? [], report);
  validateResources(node, report);
  const ranges = node.spec.podCIDRs ?? [];
  ranges.forEach((range, index) => void legacyCidr(range, podCIDRsPath.index(index), report));
  const families = new Set(ranges.map((range) => parseIpRange(range)?.address.family));
  if (ranges.length > 1 && (families.size < 2 || ranges.length > 2))
    report.push(invalid(podCIDRsPath, ranges, 'may specify no more than one CIDR for each IP family'));
  return report;
}

/** The update of the object itself: both checks of the strategy. */
export function validateNodeUpdate(node: Node, old: Node): readonly FieldError[] {
  return [...validateNode(node), ...validateNodeStatusUpdate(node, old)];
}

export function validateNodeStatusUpdate(node: Node, old: Node): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadataUpdate(node.metadata, old.metadata, report);
  validateResources(node, report);
  const addresses = new Set<string>();
  node.status.addresses?.forEach((address, index) => {
    const identity = `${address.type}/${address.address}`;
    if (addresses.has(identity)) {
      const shown = goStruct({ Type: address.type, Address: address.address });
      report.push(duplicate(statusPath.child('addresses').index(index), shown));
    }
    addresses.add(identity);
  });
  podRangesAreKept(node, old, report);
  if (old.spec.providerID && old.spec.providerID !== node.spec.providerID)
    report.push(
      forbidden(specPath.child('providerID'), 'node updates may not change providerID except from "" to valid'),
    );
  validateTaints(node.spec.taints ?? [], report);
  return report;
}

function podRangesAreKept(node: Node, old: Node, report: FieldError[]): void {
  const [before, after] = [old.spec.podCIDRs ?? [], node.spec.podCIDRs ?? []];
  const words = 'node updates may not change podCIDR except from "" to valid';
  if (before.length === 0) return;
  if (before.length !== after.length) report.push(forbidden(podCIDRsPath, words));
  else before.forEach((range, index) => range !== after[index] && report.push(forbidden(podCIDRsPath, words)));
}

function validateTaints(taints: readonly Taint[], report: FieldError[]): void {
  const seen = new Set<string>();
  taints.forEach((taint, index) => {
    const at = taintsPath.index(index);
    formatted(qualifiedName)(taint.key, at.child('key'), report);
    const problems = labelValueFormat(taint.value ?? '');
    if (problems.length > 0) report.push(invalid(at.child('value'), taint.value, problems.join(';')));
    if (!taint.effect) report.push(required(at.child('effect')));
    else if (!taintEffects.includes(taint.effect))
      report.push(notSupported(at.child('effect'), taint.effect, taintEffects));
    const identity = `${taint.effect}/${taint.key}`;
    if (seen.has(identity)) report.push(repeatedTaint(taint, at));
    seen.add(identity);
  });
}

function repeatedTaint({ key, value = '', effect, timeAdded }: Taint, at: Path): FieldError {
  const error = duplicate(at, goStruct({ Key: key, Value: value, Effect: effect, TimeAdded: timeAdded ?? null }));
  return { ...error, body: `${error.body}: taints must be unique by key and effect pair` };
}

function validateResources({ status }: Node, report: FieldError[]): void {
  amounts(status.capacity, statusPath.child('capacity'), report);
  amounts(status.allocatable, statusPath.child('allocatable'), report);
}

function amounts(list: StringMap | undefined, at: Path, report: FieldError[]): void {
  for (const [name, amount] of Object.entries(list ?? {})) {
    const parsed = parseQuantity(amount);
    if (!parsed.ok) continue;
    if (parsed.quantity.nano < 0n) report.push(invalid(at.child(name), amount, 'must be greater than or equal to 0'));
    if (isCounted(name) && !isWholeNumber(parsed.quantity))
      report.push(invalid(at.child(name), amount, 'must be an integer'));
  }
}
