import type { JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import { discoverQualified } from '../../discovery.ts';
import type { Invocation, KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import { layOutTable } from '../../text-table.ts';
import { review, statusOf, textsOf } from './review.ts';

/** kubectl/pkg/cmd/auth/cani.go. */
export const canI: KubectlCommand = {
  name: 'auth can-i',
  flags: {
    'all-namespaces': { short: 'A', value: 'none' },
    list: { value: 'none' },
    'no-headers': { value: 'none' },
    quiet: { short: 'q', value: 'none' },
    subresource: { value: 'required' },
  },
  run(invocation) {
    const { console, flags } = invocation;
    if (flags.isTrue('list')) {
      listAccess(invocation);
      return;
    }
    const spec = questionOf(invocation);
    if (flags.isTrue('no-headers'))
      throw new CommandError('error: --no-headers cannot be set without --list specified');
    const { allowed, reason, evaluationError } = statusOf(review(invocation, 'SelfSubjectAccessReview', spec));
    const whys = [reason, evaluationError].flatMap((why) => (typeof why === 'string' && why !== '' ? [why] : []));
    const answer = allowed === true ? 'yes' : ['no', ...whys].join(' - ');
    if (!flags.isTrue('quiet')) console.print(answer);
    if (allowed !== true) console.fail('');
  },
};

const resourceVerbs =
  'get list watch create update patch delete deletecollection use bind impersonate * approve sign escalate attest'.split(
    ' ',
  );
const pathVerbs = 'get put post head options delete patch *'.split(' ');

/** Resources that no discovery names. */
const nonStandard: readonly string[] = ['users', 'groups'];

function warn({ console }: Invocation, text: string): void {
  console.note(`Warning: ${text}\n`);
}

function questionOf(invocation: Invocation): JsonObject {
  const { flags, operands } = invocation;
  const [verb, target] = operands;
  if (verb === undefined || target === undefined || operands.length !== 2)
    throw new CommandError(
      "error: you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
    );
  const subresource = flags.text('subresource');
  if (target.startsWith('/')) {
    if (subresource !== '') throw new CommandError('error: --subresource can not be used with NonResourceURL');
    if (!pathVerbs.includes(verb)) warn(invocation, `verb '${verb}' is not a known verb`);
    return { nonResourceAttributes: { verb, path: target } };
  }
  return { resourceAttributes: { ...attributesOf(invocation, verb, target), verb, ...optional({ subresource }) } };
}

function attributesOf(invocation: Invocation, verb: string, target: string): JsonObject {
  const { flags, namespace } = invocation;
  const slash = target.indexOf('/');
  const word = slash < 0 ? target : target.slice(0, slash);
  const isEverywhere = flags.isTrue('all-namespaces');
  const place = isEverywhere ? '' : namespace;
  const { group, resource } = resourceOf(invocation, word, isEverywhere);
  if (!isEverywhere && !resourceVerbs.includes(verb)) warn(invocation, `verb '${verb}' is not a known verb`);
  return optional({ group, resource, namespace: place, name: slash < 0 ? '' : target.slice(slash + 1) });
}

function resourceOf(
  invocation: Invocation,
  word: string,
  isEverywhere: boolean,
): { readonly group: string; readonly resource: string } {
  if (word === '*') return { group: '', resource: word };
  const found = discoverQualified(invocation, word.toLowerCase());
  if (!found) {
    const [name = '', ...group] = word.toLowerCase().split('.');
    const where = group.length > 0 ? ` in group '${group.join('.')}'` : '';
    if (!nonStandard.includes(word.toLowerCase()))
      warn(invocation, `the server doesn't have a resource type '${name}'${where}`);
    return { group: '', resource: word };
  }
  const { group, plural, namespaced } = found;
  if (!isEverywhere && !namespaced)
    warn(invocation, `resource '${plural}' is not namespace scoped${group === '' ? '' : ` in group '${group}'`}`);
  return { group, resource: plural };
}

function optional(fields: Readonly<Record<string, string>>): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

interface Rule {
  readonly resource: string;
  readonly group: string;
  readonly name: string;
  readonly path: string;
  readonly verbs: readonly string[];
}

function listAccess(invocation: Invocation): void {
  const { console, flags, namespace, operands } = invocation;
  if (operands.length > 0) throw new CommandError('error: list option must be specified with no arguments');
  if (flags.isTrue('quiet') || flags.isTrue('all-namespaces') || flags.text('subresource') !== '')
    throw new CommandError(
      "error: list option can't be specified with neither quiet, all-namespaces nor subresource options",
    );
  const status = statusOf(review(invocation, 'SelfSubjectRulesReview', { namespace }));
  const rules = compacted([...rulesOf(status, 'resourceRules'), ...rulesOf(status, 'nonResourceRules')]);
  const rows = rules.map(({ resource, group, name, path, verbs }) => [
    combined(resource, group),
    path === '' ? '[]' : `[${path}]`,
    name === '' ? '[]' : `[${name}]`,
    `[${verbs.join(' ')}]`,
  ]);
  const header = ['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs'];
  for (const line of layOutTable(flags.isTrue('no-headers') ? rows : [header, ...rows])) console.print(line);
}

/** rbac BreakdownRule: one resource, name and verb each. */
function rulesOf(status: JsonObject, field: string): readonly Rule[] {
  const rules = status[field];
  if (!Array.isArray(rules)) return [];
  return rules.filter(isJsonObject).flatMap((rule) => {
    const verbs = textsOf(rule, 'verbs');
    const paths = textsOf(rule, 'nonResourceURLs');
    if (paths.length > 0)
      return paths.flatMap((path) => verbs.map((verb) => ({ resource: '', group: '', name: '', path, verbs: [verb] })));
    const names = textsOf(rule, 'resourceNames');
    return textsOf(rule, 'apiGroups').flatMap((group) =>
      textsOf(rule, 'resources').flatMap((resource) =>
        (names.length > 0 ? names : ['']).flatMap((name) =>
          verbs.map((verb) => ({ resource, group, name, path: '', verbs: [verb] })),
        ),
      ),
    );
  });
}

/** CompactRules, in the order of SortableRuleSlice: the verbs of a resource without names come together. */
function compacted(rules: readonly Rule[]): readonly Rule[] {
  const simple = new Map<string, Rule>();
  const others: Rule[] = [];
  for (const rule of rules) {
    if (rule.path !== '' || rule.name !== '') {
      others.push(rule);
      continue;
    }
    const key = `${rule.group}/${rule.resource}`;
    const known = simple.get(key);
    simple.set(key, known ? { ...known, verbs: [...new Set([...known.verbs, ...rule.verbs])] } : rule);
  }
  return [...others, ...simple.values()].toSorted((left, right) => (ruleText(left) < ruleText(right) ? -1 : 1));
}

function ruleText({ verbs, group, resource, name, path }: Rule): string {
  return `&PolicyRule{Verbs:[${verbs.join(' ')}],APIGroups:[${group}],Resources:[${resource}],ResourceNames:[${name}],NonResourceURLs:[${path}],}`;
}

function combined(resource: string, group: string): string {
  const slash = resource.indexOf('/');
  const [main, sub] = slash < 0 ? [resource, ''] : [resource.slice(0, slash), resource.slice(slash)];
  return `${main}${group === '' || main === '' ? '' : `.${group}`}${sub}`;
}
