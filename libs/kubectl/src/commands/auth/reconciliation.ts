import { uncoveredRules } from '@kubedrill/cluster-sim';
import type { Json, JsonObject, PolicyRule } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';

/** component-helpers/auth/rbac/reconciliation: what makes an existing object like the expected one. */
export interface Reconciliation {
  readonly operation: 'none' | 'create' | 'update' | 'recreate';
  readonly object: JsonObject;
  readonly isProtected: boolean;
  /** Go's %+v of the rules or subjects. */
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

export function creationOf(expected: JsonObject): Reconciliation {
  const parts = isBinding(expected) ? listOf(expected.subjects).map(subjectText) : rulesOf(expected).map(ruleText);
  return { operation: 'create', object: expected, isProtected: false, missing: parts, extra: [] };
}

export function reconciled(existing: JsonObject, expected: JsonObject, removesExtra: boolean): Reconciliation {
  const annotations = textsOf(existing, 'annotations');
  const isProtected = annotations['rbac.authorization.kubernetes.io/autoupdate'] === 'false';
  if (isBinding(expected) && JSON.stringify(refOf(existing)) !== JSON.stringify(refOf(expected)))
    return { operation: 'recreate', object: expected, isProtected, missing: [], extra: [] };
  const merged = withMerged(withMerged(existing, expected, 'annotations'), expected, 'labels');
  const parts = isBinding(expected) ? subjects(existing, expected) : rules(existing, expected);
  const changes = parts.missing.length > 0 || (removesExtra && parts.extra.length > 0);
  const content = removesExtra ? parts.expected : [...parts.existing, ...parts.missing];
  const object = changes ? { ...merged, [parts.field]: content as Json } : merged;
  return {
    operation: changes || JSON.stringify(merged) !== JSON.stringify(existing) ? 'update' : 'none',
    object,
    isProtected,
    missing: parts.missing.map(parts.text),
    extra: parts.extra.map(parts.text),
  };
}

interface Parts<T> {
  readonly field: string;
  readonly existing: readonly T[];
  readonly expected: readonly T[];
  readonly missing: readonly T[];
  readonly extra: readonly T[];
  readonly text: (part: T) => string;
}

function rules(existing: JsonObject, expected: JsonObject): Parts<JsonObject> {
  const [before, after] = [rulesOf(existing), rulesOf(expected)];
  const isGathered = isJsonObject(existing.aggregationRule) && isJsonObject(expected.aggregationRule);
  return {
    field: 'rules',
    existing: before,
    expected: after,
    missing: uncovered(before, after),
    extra: isGathered ? [] : uncovered(after, before),
    text: ruleText,
  };
}

function uncovered(held: readonly JsonObject[], wanted: readonly JsonObject[]): readonly JsonObject[] {
  const [owned, asked] = [held, wanted] as unknown as readonly [readonly PolicyRule[], readonly PolicyRule[]];
  return uncoveredRules(owned, asked) as unknown as readonly JsonObject[];
}

function subjects(existing: JsonObject, expected: JsonObject): Parts<JsonObject> {
  const [before, after] = [listOf(existing.subjects), listOf(expected.subjects)];
  const only = (one: readonly JsonObject[], other: readonly JsonObject[]): readonly JsonObject[] => {
    const known = new Set(other.map(subjectText));
    return one.filter(
      (subject, at) =>
        !known.has(subjectText(subject)) && one.findIndex((two) => subjectText(two) === subjectText(subject)) === at,
    );
  };
  return {
    field: 'subjects',
    existing: before,
    expected: after,
    missing: only(after, before),
    extra: only(before, after),
    text: subjectText,
  };
}

function isBinding({ kind }: JsonObject): boolean {
  return kind === 'RoleBinding' || kind === 'ClusterRoleBinding';
}

function rulesOf({ rules: listed }: JsonObject): readonly JsonObject[] {
  return listOf(listed);
}

function listOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter(isJsonObject) : [];
}

function refOf({ roleRef }: JsonObject): readonly (Json | undefined)[] {
  const { apiGroup, kind, name } = isJsonObject(roleRef) ? roleRef : {};
  return [apiGroup, kind, name];
}

function textsOf({ metadata }: JsonObject, field: 'annotations' | 'labels'): JsonObject {
  const texts = isJsonObject(metadata) ? metadata[field] : undefined;
  return isJsonObject(texts) ? texts : {};
}

/** What the existing object has stays as it is there. */
function withMerged(existing: JsonObject, expected: JsonObject, field: 'annotations' | 'labels'): JsonObject {
  const wanted = textsOf(expected, field);
  if (Object.keys(wanted).length === 0) return existing;
  const metadata = isJsonObject(existing.metadata) ? existing.metadata : {};
  return { ...existing, metadata: { ...metadata, [field]: { ...wanted, ...textsOf(existing, field) } } };
}

function ruleText({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: JsonObject): string {
  const words = (value: Json | undefined): string => `[${Array.isArray(value) ? value.map(String).join(' ') : ''}]`;
  return `{Verbs:${words(verbs)} APIGroups:${words(apiGroups)} Resources:${words(resources)} ResourceNames:${words(resourceNames)} NonResourceURLs:${words(nonResourceURLs)}}`;
}

function subjectText({ kind, apiGroup, name, namespace }: JsonObject): string {
  const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
  return `{Kind:${text(kind)} APIGroup:${text(apiGroup)} Name:${text(name)} Namespace:${text(namespace)}}`;
}
