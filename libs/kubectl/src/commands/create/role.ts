import type { JsonObject } from '@kubedrill/kube-model';
import { resources } from '@kubedrill/kube-model';
import { creationFlags, requiredName, sendCreated } from '../../created-object.ts';
import { discoverResource } from '../../discovery.ts';
import type { FlagSet } from '../../flags.ts';
import type { Invocation, KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import type { RuledResource } from './role-resources.ts';
import { checkVerbs, readRuledResources, refuseUnsuitedVerbs } from './role-resources.ts';

const roleFlags: FlagSet = {
  ...creationFlags,
  resource: { value: 'required' },
  'resource-name': { value: 'required' },
  verb: { value: 'required' },
};

/** pkg/cmd/create/create_role.go. */
export const createRole: KubectlCommand = {
  name: 'create role',
  flags: roleFlags,
  run(invocation) {
    const name = requiredName(invocation, 'create role');
    const rule = readRule(invocation);
    if (rule.verbs.length === 0) throw new CommandError('error: at least one verb must be specified');
    checkVerbs(invocation.console, rule.verbs);
    if (rule.targets.length === 0) throw new CommandError('error: at least one resource must be specified');
    refuseUnsuitedVerbs(invocation, rule.targets, rule.verbs);
    const content = { metadata: { name }, rules: rulesOf(invocation, rule) };
    sendCreated(invocation, resources.Role, content, { done: 'created', fieldManager: 'kubectl-create' });
  },
};

/** pkg/cmd/create/create_clusterrole.go. */
export const createClusterRole: KubectlCommand = {
  name: 'create clusterrole',
  flags: { ...roleFlags, 'aggregation-rule': { value: 'required' }, 'non-resource-url': { value: 'required' } },
  run(invocation) {
    const name = requiredName(invocation, 'create clusterrole');
    const rule = readRule(invocation);
    const aggregated = aggregationOf(invocation);
    const content = { metadata: { name }, ...(aggregated ?? checkedRules(invocation, rule)) };
    sendCreated(invocation, resources.ClusterRole, content, { done: 'created', fieldManager: 'kubectl-create' });
  },
};

interface Rule {
  readonly verbs: readonly string[];
  readonly targets: readonly RuledResource[];
  readonly names: readonly string[];
  readonly urls: readonly string[];
}

function readRule({ flags }: Invocation): Rule {
  const verbs = [...new Set(flags.list('verb'))];
  return {
    verbs: verbs.includes('*') ? ['*'] : verbs,
    targets: readRuledResources(flags.list('resource')),
    names: [...new Set(flags.all('resource-name'))],
    urls: [...new Set(flags.list('non-resource-url'))],
  };
}

function aggregationOf({ flags }: Invocation): JsonObject | undefined {
  if (!flags.has('aggregation-rule')) return undefined;
  if (['non-resource-url', 'verb', 'resource', 'resource-name'].some((name) => flags.has(name)))
    throw new CommandError(
      'error: aggregation rule must be specified without nonResourceURLs, verbs, resources or resourceNames',
    );
  const pairs = flags.list('aggregation-rule').map((pair): [string, string] => {
    const equals = pair.indexOf('=');
    if (equals < 0) throw new CommandError(`error: malformed pair, expect string=string`);
    return [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()];
  });
  const selector = { matchLabels: Object.fromEntries(pairs) };
  return { aggregationRule: { clusterRoleSelectors: [selector] }, rules: null };
}

const urlVerbs: readonly string[] = ['*', 'get', 'post', 'put', 'delete', 'patch', 'head', 'options'];

function checkedRules(invocation: Invocation, rule: Rule): JsonObject {
  const { verbs, targets, urls } = rule;
  if (verbs.length === 0) throw new CommandError('error: at least one verb must be specified');
  if (targets.length === 0 && urls.length === 0)
    throw new CommandError('error: one of resource or nonResourceURL must be specified');
  if (targets.length > 0) {
    checkVerbs(invocation.console, verbs);
    refuseUnsuitedVerbs(invocation, targets, verbs);
  }
  if (urls.length > 0) {
    const unknown = verbs.find((verb) => !urlVerbs.includes(verb));
    if (unknown !== undefined) throw new CommandError(`error: invalid verb: '${unknown}' for nonResourceURL`);
    urls.forEach(checkUrl);
  }
  return { rules: rulesOf(invocation, rule) };
}

function checkUrl(url: string): void {
  if (url === '*') return;
  if (!url.startsWith('/')) throw new CommandError('error: nonResourceURL should start with /');
  if (url.slice(0, -1).includes('*'))
    throw new CommandError("error: nonResourceURL only supports wildcard matches when '*' is at the end");
}

/** A rule for each group, in their order. */
function rulesOf(invocation: Invocation, { verbs, targets, names, urls }: Rule): readonly JsonObject[] {
  const groups = new Map<string, string[]>();
  for (const { group, resource, subresource } of targets) {
    const found = discoverResource(invocation, resource, group);
    const known = found ?? { group, plural: resource };
    const shown = subresource === '' ? known.plural : `${known.plural}/${subresource}`;
    const listed = groups.get(known.group) ?? [];
    groups.set(known.group, listed);
    if (!listed.includes(shown)) listed.push(shown);
  }
  const ruled = [...groups].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return [
    ...ruled.map(([group, listed]) => ({
      apiGroups: [group],
      ...(names.length > 0 ? { resourceNames: names } : {}),
      resources: listed,
      verbs,
    })),
    ...(urls.length > 0 ? [{ nonResourceURLs: urls, verbs }] : []),
  ];
}
