import type { ResourceQuota, ScopeRequirement, StringMap } from '@kubedrill/kube-model';
import { isWholeNumber, parseQuantity } from '../../quantity.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { invalid, required, shownNamed } from '../../validation/field-error.ts';
import { goStruct, goStructs } from '../../validation/go-quote.ts';
import { validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import { specPath, statusPath, type Path } from '../../validation/path.ts';
import { dns1123Subdomain } from '../../validation/text-format.ts';
import { isCounted, isQuotaResource, resourceName } from '../pod-template/validation/resources.ts';

type Spec = ResourceQuota['spec'];

const ofPods = ['Terminating', 'NotTerminating', 'NotBestEffort', 'PriorityClass', 'CrossNamespacePodAffinity'];
const scopes: ReadonlySet<string> = new Set([...ofPods, 'BestEffort', 'VolumeAttributesClass']);
const mereScopes: ReadonlySet<string> = new Set([
  'Terminating',
  'NotTerminating',
  'BestEffort',
  'NotBestEffort',
  'CrossNamespacePodAffinity',
]);
const podResources: ReadonlySet<string> = new Set([
  ...['pods', 'cpu', 'memory', 'limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory'],
]);

/** ValidateResourceQuota of pkg/apis/core/validation. Go's maps have no order: theirs here is the alphabet's. */
export function validateResourceQuota({ metadata, spec, status }: ResourceQuota): FieldError[] {
  const report: FieldError[] = [];
  validateMetadata(metadata, true, dns1123Subdomain, report);
  validateSpec(spec, report);
  validateStatus(status, report);
  return report;
}

export function validateResourceQuotaUpdate({ metadata, spec }: ResourceQuota, old: ResourceQuota): FieldError[] {
  const report: FieldError[] = [];
  validateMetadataUpdate(metadata, old.metadata, report);
  validateSpec(spec, report);
  const [now, before] = [new Set(spec.scopes), new Set(old.spec.scopes)];
  if (now.size !== before.size || [...now].some((scope) => !before.has(scope)))
    report.push(invalid(specPath.child('scopes'), spec.scopes, 'field is immutable'));
  return report;
}

export function validateResourceQuotaStatus({ metadata, status }: ResourceQuota, old: ResourceQuota): FieldError[] {
  const report: FieldError[] = [];
  validateMetadataUpdate(metadata, old.metadata, report);
  validateStatus(status, report);
  return report;
}

function validateSpec(spec: Spec, report: FieldError[]): void {
  validateAmounts(spec.hard, specPath.child('hard'), report);
  if (spec.scopes?.length) validateScopes(spec, spec.scopes, report);
  if (spec.scopeSelector) validateSelector(spec, spec.scopeSelector, report);
}

function validateStatus({ hard, used }: ResourceQuota['status'], report: FieldError[]): void {
  validateAmounts(hard, statusPath.child('hard'), report);
  validateAmounts(used, statusPath.child('used'), report);
}

function validateAmounts(amounts: StringMap | undefined, at: Path, report: FieldError[]): void {
  for (const [name, text] of Object.entries(amounts ?? {}).sort()) {
    const place = at.key(name);
    resourceName(name, place, report);
    if (!name.includes('/') && !isQuotaResource(name))
      report.push(invalid(place, shownNamed(name), 'must be a standard resource for quota'));
    const amount = parseQuantity(text);
    if (!amount.ok) continue;
    if (amount.quantity.nano < 0n) report.push(invalid(place, text, 'must be greater than or equal to 0'));
    if (isCounted(name) && !isWholeNumber(amount.quantity)) report.push(invalid(place, text, 'must be an integer'));
  }
}

function suits(scope: string, resource: string): boolean {
  if (scope === 'BestEffort') return resource === 'pods';
  if (scope === 'VolumeAttributesClass') return ['persistentvolumeclaims', 'requests.storage'].includes(resource);
  return !ofPods.includes(scope) || podResources.has(resource);
}

/** The standard resources for which the scope says nothing. */
function unsuited(scope: string, { hard = {} }: Spec): readonly string[] {
  return Object.keys(hard).filter((name) => isQuotaResource(name) && !suits(scope, name));
}

function validateScopes(spec: Spec, chosen: readonly string[], report: FieldError[]): void {
  const at = specPath.child('scopes');
  for (const scope of chosen) {
    if (!scopes.has(scope)) report.push(invalid(at, chosen, 'unsupported scope'));
    for (const _name of unsuited(scope, spec))
      report.push(invalid(at, chosen, 'unsupported scope applied to resource'));
  }
  conflicts(chosen, spec.scopes, at, report);
}

function conflicts(
  chosen: readonly string[],
  shown: readonly string[] | undefined,
  at: Path,
  report: FieldError[],
): void {
  for (const [one, other] of [
    ['BestEffort', 'NotBestEffort'],
    ['Terminating', 'NotTerminating'],
  ] as const)
    if (chosen.includes(one) && chosen.includes(other)) report.push(invalid(at, shown, 'conflicting scopes'));
}

function validateSelector(spec: Spec, selector: NonNullable<Spec['scopeSelector']>, report: FieldError[]): void {
  const at = specPath.child('scopeSelector').child('matchExpressions');
  const { matchExpressions: requirements = [] } = selector;
  for (const requirement of requirements) {
    const { scopeName } = requirement;
    if (!scopes.has(scopeName)) report.push(invalid(at.child('scopeName'), shownNamed(scopeName), 'unsupported scope'));
    for (const _name of unsuited(scopeName, spec))
      report.push(invalid(at, shownScopes(requirements), 'unsupported scope applied to resource'));
    validateOperator(requirement, at, report);
  }
  conflicts(
    requirements.map(({ scopeName }) => scopeName),
    spec.scopes,
    at,
    report,
  );
}

function validateOperator(
  { scopeName, operator, values = [] }: ScopeRequirement,
  at: Path,
  report: FieldError[],
): void {
  const place = at.child('operator');
  if (mereScopes.has(scopeName) && operator !== 'Exists')
    report.push(
      invalid(
        place,
        shownNamed(operator),
        "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity",
      ),
    );
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0)
      report.push(
        required(
          at.child('values'),
          "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector",
        ),
      );
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length > 0)
      report.push(
        invalid(
          at.child('values'),
          values,
          "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector",
        ),
      );
  } else report.push(invalid(place, shownNamed(operator), 'not a valid selector operator'));
}

function shownScopes(requirements: readonly ScopeRequirement[]): ReturnType<typeof goStruct> {
  const shown = requirements.map(({ scopeName, operator, values }) =>
    goStruct({ ScopeName: scopeName, Operator: operator, Values: values ?? null }),
  );
  return goStruct({ MatchExpressions: goStructs(shown) });
}
