import type { ProxyMode } from '@kubedrill/cluster-sim';
import type { Json } from '@kubedrill/kube-model';
import { compare, type ComparisonRules, type Difference } from '../comparison.ts';

/** Differences between two dumps of a node's rules; the observed one's allocated addresses are translated first. */
export function compareDumps(
  mode: ProxyMode,
  recorded: string,
  observed: string,
  translation: ReadonlyMap<string, string>,
): readonly Difference[] {
  const read = mode === 'nftables' ? readNftables : readIptables;
  return compare(read(recorded), read(translate(observed, translation)), dumpRules);
}

function translate(text: string, translation: ReadonlyMap<string, string>): string {
  return text.replace(/(?<![\d.])(?:\d+\.\d+\.\d+\.\d+|\d{5})(?![\d.])/g, (value) => translation.get(value) ?? value);
}

/** The rules of these chains, and elements of sets, come in the order of a Go map. */
const withoutOrder = /^\*\w+ KUBE-(SERVICES|NODEPORTS|EXTERNAL-SERVICES|PROXY-FIREWALL)$/;

const dumpRules: ComparisonRules = {
  isUnordered: ([chain = '', part]) => part === 'elements' || withoutOrder.test(chain),
  matches: () => false,
};

/** iptables-save: "*table chain" -> its rules in order. */
function readIptables(text: string): Json {
  const chains = new Map<string, string[]>();
  let table = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('*')) table = line.trim();
    const chain = /^(?::|-A )(\S+)/.exec(line)?.[1];
    if (chain === undefined) continue;
    const rules = chains.get(`${table} ${chain}`) ?? [];
    if (line.startsWith('-A')) rules.push(withoutHealthCheckPort(line.trim()));
    chains.set(`${table} ${chain}`, rules);
  }
  return Object.fromEntries(chains);
}

/** An allocated number that the recordings have nowhere else. */
function withoutHealthCheckPort(rule: string): string {
  return rule.includes('health check node port') ? rule.replace(/--dport \d+/, '--dport <port>') : rule;
}

/** nft list: "chain name" -> its rules in order, "set name" and "map name" -> declaration and elements. */
function readNftables(text: string): Json {
  const blocks = text.replace(/,\n\s+/g, ', ').split(/\n\t(?=set |map |chain |comment )/);
  const entries = blocks.map((block): [string, Json] => {
    const [header = '', ...rest] = block.split('\n');
    const lines = rest.map((line) => line.trim()).filter((line) => line !== '' && line !== '}');
    const elements = lines.find((line) => line.startsWith(elementsStart));
    const rules = lines.filter((line) => line !== elements);
    return [header.trim(), { rules, ...(elements === undefined ? {} : { elements: elementsOf(elements) }) }];
  });
  // kube-proxy deletes a chain some time after the last use of it; until then it is empty.
  const isLeftOver = ([header, block]: [string, Json]) =>
    header.startsWith('chain ') && (block as { readonly rules: readonly string[] }).rules.length === 0;
  return Object.fromEntries(entries.filter((entry) => !isLeftOver(entry)));
}

const elementsStart = 'elements = {';

/** How long an affinity entry is still to live is a matter of the moment. */
function elementsOf(line: string): readonly string[] {
  return line
    .slice(elementsStart.length, -1)
    .split(', ')
    .map((element) => element.trim().replace(/ timeout \S+ expires \S+/, ''));
}
