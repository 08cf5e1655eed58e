import type { PolicyRule } from '@kubedrill/kube-model';
import { goQuote } from '../validation/go-quote.ts';
import type { Access } from './access.ts';

/** pkg/apis/rbac/v1/evaluation_helpers.go RuleAllows. */
export function allows(rule: PolicyRule, access: Access): boolean {
  if (!holds(rule.verbs, access.verb)) return false;
  if ('path' in access) return (rule.nonResourceURLs ?? []).some((url) => coversUrl(url, access.path));
  const { group, resource, subresource, name } = access;
  const names = rule.resourceNames ?? [];
  return (
    holds(rule.apiGroups, group) &&
    coversResource(rule.resources, subresource === '' ? resource : `${resource}/${subresource}`) &&
    (names.length === 0 || names.includes(name))
  );
}

function holds(words: readonly string[] | null | undefined, word: string): boolean {
  return words?.some((known) => known === '*' || known === word) ?? false;
}

/** "pods", "pods/log", or "*" and "*" + "/log". */
function coversResource(resources: readonly string[] = [], resource: string): boolean {
  if (holds(resources, resource)) return true;
  const slash = resource.indexOf('/');
  return slash > 0 && resources.includes(`*${resource.slice(slash)}`);
}

function coversUrl(url: string, asked: string): boolean {
  return url === asked || (url.endsWith('*') && asked.startsWith(url.replace(/\*+$/, '')));
}

/** component-helpers/auth/rbac/validation Covers: what of the wanted rules no held one allows, in the smallest parts. */
export function uncovered(held: readonly PolicyRule[], wanted: readonly PolicyRule[]): readonly PolicyRule[] {
  return wanted.flatMap(partsOf).filter((part) => !held.some((rule) => covers(rule, part)));
}

function partsOf({
  verbs,
  apiGroups = [],
  resources = [],
  resourceNames,
  nonResourceURLs = [],
}: PolicyRule): PolicyRule[] {
  const names = resourceNames?.length ? resourceNames : [undefined];
  const every = verbs ?? [];
  const ofResources = apiGroups.flatMap((group) =>
    resources.flatMap((resource) =>
      every.flatMap((verb) =>
        names.map((name) => ({
          verbs: [verb],
          apiGroups: [group],
          resources: [resource],
          ...(name === undefined ? {} : { resourceNames: [name] }),
        })),
      ),
    ),
  );
  const ofUrls = nonResourceURLs.flatMap((url) => every.map((verb) => ({ verbs: [verb], nonResourceURLs: [url] })));
  return [...ofResources, ...ofUrls];
}

function covers(rule: PolicyRule, part: PolicyRule): boolean {
  const all = (words: readonly string[] | null | undefined, test: (word: string) => boolean): boolean =>
    (words ?? []).every(test);
  const names = rule.resourceNames ?? [];
  return (
    all(part.verbs, (verb) => holds(rule.verbs, verb)) &&
    all(part.apiGroups, (group) => holds(rule.apiGroups, group)) &&
    all(part.resources, (resource) => coversResource(rule.resources, resource)) &&
    all(part.nonResourceURLs, (asked) => (rule.nonResourceURLs ?? []).some((url) => coversUrl(url, asked))) &&
    (names.length === 0 ||
      (part.resourceNames?.length ? all(part.resourceNames, (name) => names.includes(name)) : false))
  );
}

/** CompactRules: the parts that differ by their verb alone, as one rule each; sorted as texts. */
export function compactTexts(parts: readonly PolicyRule[]): readonly string[] {
  const merged = new Map<string, PolicyRule>();
  for (const part of parts) {
    const { verbs, ...rest } = part;
    const key = JSON.stringify(part.nonResourceURLs ? part : rest);
    const known = merged.get(key);
    merged.set(key, known ? { ...known, verbs: [...(known.verbs ?? []), ...(verbs ?? [])] } : part);
  }
  return [...new Set([...merged.values()].map(compactText))].sort();
}

/** CompactString. */
function compactText({ apiGroups, resources, nonResourceURLs, resourceNames, verbs }: PolicyRule): string {
  const parts = Object.entries({
    APIGroups: apiGroups,
    Resources: resources,
    NonResourceURLs: nonResourceURLs,
    ResourceNames: resourceNames,
    Verbs: verbs,
  }).flatMap(([name, words]) => (words?.length ? [`${name}:${quotedWords(words)}`] : []));
  return `{${parts.join(', ')}}`;
}

/** A []string under %q. */
export function quotedWords(words: readonly string[]): string {
  return `[${words.map(goQuote).join(' ')}]`;
}
