import type { ClusterRole, ClusterRoleBinding, PolicyRule, Role, RoleBinding, Subject } from '@kubedrill/kube-model';
import { rbacGroup } from '../../authorization/access.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { invalid, notSupportedText, required } from '../../validation/field-error.ts';
import { goStruct } from '../../validation/go-quote.ts';
import { semanticallyEqual } from '../../validation/immutable.ts';
import { labelSelectorRule } from '../../validation/label-selector.ts';
import { pathSegment, validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import { root } from '../../validation/path.ts';
import { each, formatted, requiredText, type Rule } from '../../validation/rule.ts';
import { dns1123Subdomain } from '../../validation/text-format.ts';

/** pkg/apis/rbac/validation. */

const rulesPath = root.child('rules');
const roleRefPath = root.child('roleRef');
const subjectsPath = root.child('subjects');
const selectorsPath = root.child('aggregationRule').child('clusterRoleSelectors');

export function validateRole({ metadata, rules }: Role): FieldError[] {
  const report: FieldError[] = [];
  validateMetadata(metadata, true, pathSegment, report);
  each(policyRule(true))(rules, rulesPath, report);
  return report;
}

export function validateClusterRole({ metadata, rules, aggregationRule }: ClusterRole): FieldError[] {
  const report: FieldError[] = [];
  validateMetadata(metadata, false, pathSegment, report);
  each(policyRule(false))(rules, rulesPath, report);
  if (!aggregationRule) return report;
  const { clusterRoleSelectors: selectors = [] } = aggregationRule;
  if (selectors.length === 0)
    report.push(required(selectorsPath, 'at least one clusterRoleSelector required if aggregationRule is non-nil'));
  each(labelSelectorRule)(selectors, selectorsPath, report);
  return report;
}

function policyRule(isNamespaced: boolean): Rule<PolicyRule> {
  return ({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }, at, report) => {
    if (isEmpty(verbs)) report.push(required(at.child('verbs'), 'verbs must contain at least one value'));
    if (!isEmpty(nonResourceURLs)) {
      const place = at.child('nonResourceURLs');
      if (isNamespaced)
        report.push(invalid(place, nonResourceURLs, 'namespaced rules cannot apply to non-resource URLs'));
      if (![apiGroups, resources, resourceNames].every(isEmpty))
        report.push(
          invalid(place, nonResourceURLs, 'rules cannot apply to both regular resources and non-resource URLs'),
        );
      return;
    }
    if (isEmpty(apiGroups))
      report.push(required(at.child('apiGroups'), 'resource rules must supply at least one api group'));
    if (isEmpty(resources))
      report.push(required(at.child('resources'), 'resource rules must supply at least one resource'));
  };
}

function isEmpty(list: readonly string[] | null | undefined): boolean {
  return (list?.length ?? 0) === 0;
}

export function validateBinding(binding: RoleBinding | ClusterRoleBinding): FieldError[] {
  const isNamespaced = binding.kind === 'RoleBinding';
  const { metadata, roleRef, subjects } = binding;
  const report: FieldError[] = [];
  validateMetadata(metadata, isNamespaced, pathSegment, report);
  if (roleRef.apiGroup !== rbacGroup)
    report.push(notSupportedText(roleRefPath.child('apiGroup'), roleRef.apiGroup, [rbacGroup]));
  const kinds = isNamespaced ? ['Role', 'ClusterRole'] : ['ClusterRole'];
  if (!kinds.includes(roleRef.kind)) report.push(notSupportedText(roleRefPath.child('kind'), roleRef.kind, kinds));
  requiredText(formatted(pathSegment))(roleRef.name, roleRefPath.child('name'), report);
  each(subjectRule(isNamespaced))(subjects, subjectsPath, report);
  return report;
}

/** What a binding binds to is its identity: to bind to another role, there has to be another binding. */
export function validateBindingUpdate<B extends RoleBinding | ClusterRoleBinding>(binding: B, old: B): FieldError[] {
  const report = validateBinding(binding);
  validateMetadataUpdate(binding.metadata, old.metadata, report);
  if (!semanticallyEqual(binding.roleRef, old.roleRef)) {
    const { apiGroup, kind, name } = binding.roleRef;
    report.push(
      invalid(roleRefPath, goStruct({ APIGroup: apiGroup, Kind: kind, Name: name }), 'cannot change roleRef'),
    );
  }
  return report;
}

const subjectKinds = ['ServiceAccount', 'User', 'Group'];

function subjectRule(isNamespaced: boolean): Rule<Subject> {
  return ({ kind, name, apiGroup = '', namespace = '' }, at, report) => {
    if (name === '') report.push(required(at.child('name')));
    if (kind === 'ServiceAccount') {
      if (name !== '') formatted(dns1123Subdomain)(name, at.child('name'), report);
      if (apiGroup !== '') report.push(notSupportedText(at.child('apiGroup'), apiGroup, ['']));
      if (!isNamespaced && namespace === '') report.push(required(at.child('namespace')));
    } else if (kind === 'User' || kind === 'Group') {
      if (apiGroup !== rbacGroup) report.push(notSupportedText(at.child('apiGroup'), apiGroup, [rbacGroup]));
    } else report.push(notSupportedText(at.child('kind'), kind, subjectKinds));
  };
}
