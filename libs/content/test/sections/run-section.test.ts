import { describe, expect, it } from '@jest/globals';
import { formatIssue } from '../../src/content-issue.ts';
import { readFolder } from '../../src/folder-reader.ts';
import { loadContent } from '../../src/load-content.ts';
import { runSection } from '../../src/sections/run-section.ts';

const pod = `apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: web, image: 'nginx:1.29' }] }
`;
const service = `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, clusterIP: 10.96.0.80, ports: [{ port: 8080, targetPort: 80 }] }
`;
const start = `---
cluster:
  externalHosts: [{ name: laptop, address: 192.0.2.10 }]
---
# Title
\`\`\`yaml apply
${pod}---
${service}\`\`\`
`;

function block(info: string, ...lines: readonly string[]): string {
  return [`\`\`\`${info}`, ...lines, '```', ''].join('\n');
}

function run(...blocks: readonly string[]): { readonly issues: readonly string[]; readonly blocks: string } {
  const markdown = [start, ...blocks].join('');
  const { issues, markdown: observed } = runSection({ file: 's.md', markdown, manifests: [] });
  return { issues: issues.map(formatIssue), blocks: observed.slice(start.length) };
}

describe('runSection', () => {
  it.each([
    ['on the workstation', ['$ kubectl get pods -o name', 'pod/web']],
    ['with files of the text', ['$ head -n 2 manifest.yaml', 'apiVersion: v1', 'kind: Pod']],
    ['over two lines', ['$ echo a \\', '> b', 'a b']],
    ['in a Pod', ['web$ curl -s http://localhost | grep title', '<title>Welcome to nginx!</title>']],
    ['in a Pod with its namespace', ['default/web$ hostname', 'web']],
    ['on a host outside', ['laptop$ curl -sm 2 http://10.96.0.80:8080 || echo $?', '28']],
    ['on a node', ['node-1$ iptables-save | grep -c "^-A KUBE-SERVICES -d 10.96.0.80/32"', '1']],
    ['with an exit code', ['web$ false', '$ echo next', 'next']],
  ])('finds what is shown right %s', (_where, lines) => {
    expect(run(block('console', ...lines))).toEqual({ issues: [], blocks: block('console', ...lines) });
  });

  it('writes what was observed, and says where it was not shown', () => {
    const shown = block('console', '$ echo a', 'b', '$ echo c; echo d', 'c', '', '$ echo e', 'e', 'f');
    expect(run(shown)).toEqual({
      issues: [
        's.md:19:1: error: shows b; observed: a',
        's.md:22:1: error: leaves out what was observed: d',
        's.md:25:1: error: shows what was not observed: f',
      ],
      blocks: block('console', '$ echo a', 'a', '$ echo c; echo d', 'c', 'd', '', '$ echo e', 'e'),
    });
  });

  it('traces connections', () => {
    const { blocks } = run(block('trace web -> 10.96.0.80:8080'));
    expect(blocks).toContain('1  answered by pod default/web');
    expect(blocks).toContain('10.96.0.80:8080/TCP is a cluster IP of Service default/web');
  });

  it('begins another cluster with what was applied', () => {
    const rules = block(
      'console',
      '$ kubectl get service web -o name',
      'service/web',
      'node-1$ ipvsadm -Ln | grep 80:8',
    );
    const { issues, blocks } = run('<!-- cluster: { proxyMode: ipvs } -->\n', rules);
    expect(blocks).toContain('TCP  10.96.0.80:8080 rr');
    expect(issues).toEqual(['s.md:22:1: error: leaves out what was observed: TCP  10.96.0.80:8080 rr']);
  });

  it.each([
    [
      'a manifest that is refused',
      block('yaml apply', service.replace('8080', '0')),
      's.md:18:1: error: The Service "web"',
    ],
    ['a manifest that is not', block('yaml refused', service), 's.md:18:1: error: should be refused, and is not'],
    ['a place that is none', block('console', 'wbe$ true'), 's.md:18:1: error: there is no host, node or Pod "wbe"'],
    ['a long output', block('console', '$ seq 100'), 'prints 100 lines, more than the 60 that a section shows'],
    ['what is not modelled', block('console', '$ kubectl proxy'), 's.md:18:1: error: '],
  ])('finds %s', (_what, text, issue) => {
    expect(run(text).issues.join('\n')).toContain(issue);
  });

  it('takes a refusal for what it is', () => {
    expect(run(block('yaml refused', service.replace('8080', '0'))).issues).toEqual([]);
  });
});

describe('the course', () => {
  const { modules } = loadContent(readFolder(new URL('../../../../challenges', import.meta.url).pathname));

  it.each(modules.flatMap(({ sections }) => sections))('shows in $id what is observed', ({ source }) => {
    expect(runSection(source).issues.map(formatIssue)).toEqual([]);
  });
});
