import {
  createCluster,
  ipvsSchedulers,
  proxyModes,
  type Cluster,
  type ClusterSettings,
  type Trace,
} from '@kubedrill/cluster-sim';
import { describeOutcome, formatRatio, numberedNodes } from '@kubedrill/grader';
import { parseManifests } from '@kubedrill/kube-model';
import { parseArgs } from 'node:util';
import { UsageError, type Command } from '../command.ts';
import { readManifestFiles } from '../manifest-files.ts';
import { renderHops } from '../render/hops.ts';
import { kindOf, renderTable } from '../render/object-table.ts';
import type { Terminal } from '../terminal.ts';
import { parseDestination, parseVantagePoint } from '../trace-ends.ts';

const mostNodes = 500;

export const simApply: Command = {
  name: 'sim apply',
  usage:
    '<files...> [--get KIND,...] [--trace FROM TO]... [--rules NODE] [-n NAMESPACE] [--nodes N] ' +
    '[--proxy-mode MODE] [--ipvs-scheduler NAME] [--json]',
  summary: 'Applies manifests to an empty cluster, lets it settle and shows objects and ways through the network.',
  run(argv, terminal) {
    const { args, pairs } = takePairs(argv, '--trace');
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        get: { type: 'string', multiple: true, default: [] },
        namespace: { type: 'string', short: 'n', default: 'default' },
        nodes: { type: 'string', default: '3' },
        'proxy-mode': { type: 'string', default: 'iptables' },
        'ipvs-scheduler': { type: 'string', default: 'rr' },
        rules: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    if (positionals.length === 0) throw new UsageError('name the files to apply, or - for standard input');
    const shown = values.get.flatMap((words) => words.split(',')).map(kindOf);
    const cluster = emptyCluster(values.nodes, proxySettings(values['proxy-mode'], values['ipvs-scheduler']));
    const accepted = applyFiles(cluster, positionals, values.namespace, terminal);
    for (const kind of shown) {
      const objects = cluster.view.list(kind);
      terminal.out('');
      terminal.out(values.json ? JSON.stringify(objects, null, 2) : renderTable(kind, objects, cluster.clock.now()));
    }
    for (const [from, to] of pairs) {
      const point = parseVantagePoint(cluster, from, values.namespace);
      const trace = cluster.trace({ from: point, ...parseDestination(to) });
      terminal.out('');
      terminal.out(values.json ? JSON.stringify(trace, null, 2) : renderTrace(`${from} -> ${to}`, trace, terminal));
    }
    if (values.rules !== undefined) terminal.out(`\n${rulesOf(cluster, values.rules)}`);
    return accepted ? 0 : 1;
  },
};

/** parseArgs knows options of one value; these take two. */
function takePairs(
  argv: readonly string[],
  option: string,
): { readonly args: string[]; readonly pairs: readonly (readonly [string, string])[] } {
  const args: string[] = [];
  const pairs: [string, string][] = [];
  for (let index = 0; index < argv.length; index += 1) {
    if (argv[index] !== option) {
      args.push(argv[index] ?? '');
      continue;
    }
    const [from, to] = argv.slice(index + 1, index + 3);
    if (from === undefined || to === undefined)
      throw new UsageError(`${option} takes two values: FROM (deploy/web, node/node-1) and TO (http://api:80/)`);
    pairs.push([from, to]);
    index += 2;
  }
  return { args, pairs };
}

function emptyCluster(nodes: string, settings: ClusterSettings): Cluster {
  const count = Number(nodes);
  if (!Number.isInteger(count) || count < 1 || count > mostNodes)
    throw new UsageError(`--nodes takes a number from 1 to ${mostNodes}, not "${nodes}"`);
  const cluster = createCluster({ ...settings, nodes: numberedNodes(count) });
  cluster.settle();
  return cluster;
}

function proxySettings(mode: string, scheduler: string): ClusterSettings {
  const proxyMode = proxyModes.find((known) => known === mode);
  if (!proxyMode) throw new UsageError(`--proxy-mode takes ${proxyModes.join(', ')}, not "${mode}"`);
  const ipvsScheduler = ipvsSchedulers.find((known) => known === scheduler);
  if (!ipvsScheduler) throw new UsageError(`--ipvs-scheduler takes ${ipvsSchedulers.join(', ')}, not "${scheduler}"`);
  return { proxyMode, ipvsScheduler };
}

/** What iptables-save, nft list or ipvsadm would print on the node. */
function rulesOf(cluster: Cluster, node: string): string {
  if (!cluster.view.get('Node', '', node)) throw new UsageError(`--rules takes the name of a node, not "${node}"`);
  return cluster.proxyRules(node).trimEnd();
}

function applyFiles(cluster: Cluster, paths: readonly string[], namespace: string, terminal: Terminal): boolean {
  const { documents, issues } = parseManifests(readManifestFiles(paths));
  let accepted = issues.length === 0;
  for (const { response, printed } of cluster.apply(documents, { namespace })) {
    for (const warning of response.warnings) terminal.error(`Warning: ${warning}`);
    if (response.ok) terminal.out(printed);
    else terminal.error(printed);
    accepted &&= response.ok;
  }
  for (const { file, line, column, message } of issues)
    terminal.error(`error: ${file}:${line ?? 1}:${column ?? 1}: ${message}`);
  const report = cluster.settle();
  if (report.kind === 'limited') terminal.error(`error: the cluster does not come to rest: ${report.bound} is hit`);
  return accepted && report.kind === 'settled';
}

function renderTrace(title: string, { outcomes }: Trace, { style }: Terminal): string {
  const lines = [style('bold', title)];
  for (const { probability, outcome, hops } of outcomes) {
    lines.push(
      `  ${formatRatio(probability)}  ${style(outcome.kind === 'delivered' ? 'green' : 'red', describeOutcome(outcome))}`,
    );
    lines.push(...renderHops(hops).map((hop) => `      ${style('dim', hop)}`));
  }
  return lines.join('\n');
}
