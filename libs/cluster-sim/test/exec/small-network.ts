import type { Pod } from '@kubedrill/kube-model';
import type { DnsQueryType, DnsRecord } from '../../src/cluster.ts';
import type { DnsMessage, DnsQuestion } from '../../src/dns/message.ts';
import { FileSystem } from '../../src/exec/file-system.ts';
import { networkTools, alpineTools, busyboxTools, debianTools, wgetTools } from '../../src/exec/program-sets.ts';
import type { ExecEnvironment, Program, ProgramNetwork, ProgramResult } from '../../src/exec/program.ts';
import { pgIsReady, redisCli } from '../../src/exec/programs/database-clients.ts';
import type { Outcome, Probe } from '../../src/network/flow.ts';

/**
 * Hosts by what becomes of a connection to them: `web` (10.96.0.20) answers HTTP on 80, `gone` refuses, `void` never answers, `far` has
 * no route, `cache` (port 6379) speaks redis. Names are in default.svc.cluster.local.
 */
const addresses: ReadonlyMap<string, readonly string[]> = new Map([
  ['web', ['10.96.0.20']],
  ['gone', ['10.96.0.21']],
  ['void', ['10.96.0.22']],
  ['far', ['10.96.0.23']],
  ['cache', ['10.96.0.24']],
  ['pods', ['10.244.1.5', '10.244.2.6']],
]);

const domain = 'default.svc.cluster.local';
const search = [domain, 'svc.cluster.local', 'cluster.local'];

const resolvConf = `search ${search.join(' ')}\nnameserver 10.96.0.10\noptions ndots:5\n`;
const hosts = '127.0.0.1\tlocalhost\n10.244.1.9\tclient\n';

export const smallNetwork: ProgramNetwork = {
  hostname: 'client',
  files: new Map([
    ['/etc/resolv.conf', resolvConf],
    ['/etc/hosts', hosts],
  ]),
  ask: (server, question) => (server === '10.96.0.10' ? ask(question) : undefined),
  connect: (probe) => ({ probability: { numerator: 1, denominator: 1 }, outcome: connect(probe), hops: [] }),
};

const authority: DnsRecord = {
  name: 'cluster.local.',
  type: 'SOA',
  ttl: 30,
  data: 'ns.dns.cluster.local. hostmaster.cluster.local. 1767225600 7200 1800 86400 30',
};

function ask({ name, type }: DnsQuestion): DnsMessage {
  const answers = recordsOf(name.slice(0, -1), type);
  return {
    code: answers ? 'NOERROR' : 'NXDOMAIN',
    answers: answers ?? [],
    authority: answers && answers.length > 0 ? [] : [authority],
    additional: [],
    authoritative: true,
    recursionAvailable: false,
  };
}

function recordsOf(name: string, type: DnsQueryType): readonly DnsRecord[] | undefined {
  if (type === 'PTR')
    return name === '20.0.96.10.in-addr.arpa'
      ? [{ name: `${name}.`, type, ttl: 30, data: `web.${domain}.` }]
      : undefined;
  if (name === `_http._tcp.web.${domain}`)
    return type === 'SRV' ? [{ name: `${name}.`, type, ttl: 30, data: `0 100 80 web.${domain}.` }] : [];
  if (!name.endsWith(`.${domain}`)) return undefined;
  const found = addresses.get(name.slice(0, -domain.length - 1));
  if (!found) return undefined;
  return type === 'A' ? found.map((data) => ({ name: `${name}.`, type, ttl: 30, data })) : [];
}

function connect(probe: Omit<Probe, 'from'>): Outcome {
  const server = { kind: 'pod', namespace: 'default', name: 'web-1', address: probe.host, port: probe.port } as const;
  const delivered = { kind: 'delivered', server, source: '10.244.1.9' } as const;
  if (probe.protocol === 'ICMP') return probe.host === '10.244.1.5' ? delivered : { kind: 'timedOut' };
  if (probe.host === '10.96.0.23') return { kind: 'unreachable', errno: 'EHOSTUNREACH' };
  if (probe.host === '10.96.0.22') return { kind: 'timedOut' };
  if (probe.host === '10.96.0.24' && probe.port === 6379)
    return probe.http
      ? { kind: 'closed', server }
      : { ...delivered, reply: /^ping/i.test(probe.data ?? '') ? '+PONG\r\n' : '' };
  if (probe.host !== '10.96.0.20' || probe.port !== 80) return { kind: 'refused' };
  if (!probe.http) return delivered;
  const { path } = probe.http;
  const headers = { Server: 'nginx/1.29.3', 'Content-Type': 'text/html' };
  if (path === '/moved')
    return {
      ...delivered,
      response: { status: 301, headers: { ...headers, Location: 'http://web/', 'Content-Length': '0' }, body: '' },
    };
  if (path === '/slow') return { ...delivered };
  if (path !== '/')
    return {
      ...delivered,
      response: { status: 404, headers: { ...headers, 'Content-Length': '10' }, body: 'not found\n' },
    };
  const body = probe.http.method === 'POST' ? `got ${probe.http.body ?? ''}\n` : 'hello\n';
  return {
    ...delivered,
    response: {
      status: 200,
      headers: { ...headers, 'Content-Length': String(body.length) },
      body: probe.http.method === 'HEAD' ? '' : body,
    },
  };
}

export const pod: Pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'client',
    namespace: 'default',
    uid: 'u',
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
  },
  spec: { containers: [{ name: 'main', image: 'busybox' }], nodeName: 'node-1' },
  status: { podIP: '10.244.1.9', phase: 'Running' },
};

const sets = {
  busybox: busyboxTools,
  alpine: alpineTools,
  debian: [...debianTools, ...wgetTools],
  netshoot: [...alpineTools, ...networkTools, redisCli, pgIsReady],
} satisfies Record<string, readonly Program[]>;

export type ToolSet = keyof typeof sets;

export function environmentWith(tools: ToolSet, budget = { steps: 5_000, output: 100_000 }): ExecEnvironment {
  return {
    pod,
    hostname: 'client',
    variables: new Map([
      ['HOME', '/root'],
      ['GREETING', 'good  day'],
    ]),
    workingDirectory: '/',
    files: new FileSystem([
      new Map([
        ['/etc/resolv.conf', resolvConf],
        ['/etc/hosts', hosts],
        ['/data/fruit', 'pear 3\napple 10\nfig 2\napple 10\n'],
      ]),
    ]),
    libc: tools === 'alpine' || tools === 'netshoot' ? 'musl' : 'glibc',
    programs: new Map(sets[tools].map((program) => [program.name, program] as const)),
    processes: [{ pid: 1, user: 'root', argv: ['sleep', '3600'] }],
    listeners: [],
    network: smallNetwork,
    now: Date.UTC(2026, 0, 2, 3, 4, 5),
    budget,
  };
}

/** Runs one command line of the shell of that image. */
export function runShell(
  script: string,
  tools: ToolSet = 'busybox',
  budget?: { steps: number; output: number },
): ProgramResult {
  const environment = environmentWith(tools, budget);
  const shell = environment.programs.get('sh');
  if (!shell) throw new Error(`${tools} has no shell`);
  return shell.run(['sh', '-c', script], '', environment);
}
