import { discoverResource } from '../../discovery.ts';
import type { Console, Invocation } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';

/** What --resource names: "deployments.apps/scale". */
export interface RuledResource {
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
}

/** create_role.go Complete: a bare "*" leaves nothing else standing. */
export function readRuledResources(texts: readonly string[]): readonly RuledResource[] {
  const read: RuledResource[] = [];
  for (const text of texts) {
    const slash = text.indexOf('/');
    const name = slash < 0 ? text : text.slice(0, slash);
    const dot = name.indexOf('.');
    const one: RuledResource = {
      group: dot < 0 ? '' : name.slice(dot + 1),
      resource: dot < 0 ? name : name.slice(0, dot),
      subresource: slash < 0 ? '' : text.slice(slash + 1),
    };
    if (text === '*') return [one];
    read.push(one);
  }
  return read;
}

const standardVerbs: readonly string[] = [
  '*',
  'get',
  'delete',
  'list',
  'create',
  'update',
  'patch',
  'watch',
  'proxy',
  'deletecollection',
  'use',
  'bind',
  'escalate',
  'impersonate',
];

export function checkVerbs(console: Console, verbs: readonly string[]): void {
  for (const verb of verbs)
    if (!standardVerbs.includes(verb)) console.note(`Warning: '${verb}' is not a standard resource verb`);
}

const roles: readonly string[] = ['roles.rbac.authorization.k8s.io', 'clusterroles.rbac.authorization.k8s.io'];

/** Verbs that only these resources have. */
const specialVerbs: ReadonlyMap<string, readonly string[]> = new Map([
  ['use', ['podsecuritypolicies.policy', 'podsecuritypolicies.extensions']],
  ['bind', roles],
  ['escalate', roles],
  ['impersonate', ['users.', 'serviceaccounts.', 'groups.', 'userextras.authentication.k8s.io']],
]);

export function refuseUnsuitedVerbs(
  invocation: Invocation,
  targets: readonly RuledResource[],
  verbs: readonly string[],
): void {
  for (const { group, resource } of targets) {
    if (resource === '') throw new CommandError('error: resource must be specified if apiGroup/subresource specified');
    if (resource === '*') return;
    const found = discoverResource(invocation, resource, group);
    const known = found ?? { group, plural: resource };
    const special = verbs.filter((verb) => specialVerbs.has(verb));
    for (const verb of special)
      if (specialVerbs.get(verb)?.includes(`${known.plural}.${known.group}`) !== true)
        throw new CommandError(`error: can not perform '${verb}' on '${known.plural}' in group '${known.group}'`);
    if (!found && special.length === 0) throw unknownResource(resource, group);
  }
}

/** meta.NoResourceMatchError as checkErr prints it, without a prefix. */
function unknownResource(resource: string, group: string): CommandError {
  const place = group === '' ? '' : ` in group ${JSON.stringify(group)}`;
  return new CommandError(`the server doesn't have a resource type ${JSON.stringify(resource)}${place}`);
}
