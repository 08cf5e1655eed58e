import { describe, expect, it } from '@jest/globals';
import { formatIssue } from '../../src/content-issue.ts';
import { lintSection } from '../../src/sections/section-lint.ts';

function lint(...lines: readonly string[]): readonly string[] {
  return lintSection({ file: 's.md', markdown: lines.join('\n'), manifests: [] }).map(formatIssue);
}

const service = ['```yaml apply', 'kind: Service', 'spec: { ports: [{ port: 80 }, { port: 90, name: x }] }', '```'];

describe('lintSection', () => {
  it.each([
    [
      'a whole section',
      ['---', 'cluster: { nodes: 2 }', '---', '# Title', ...service, '```console', '$ a', 'b', '```'],
    ],
    ['a fragment of a manifest', [...service, '```yaml fragment', 'ports: [{ name: x }]', '```']],
    ['a fragment from deep inside', [...service, '```yaml fragment', 'name: x', '```']],
    ['a direction', ['<!-- cluster: { proxyMode: ipvs } -->']],
  ])('finds nothing in %s', (_what, lines) => {
    expect(lint(...lines)).toEqual([]);
  });

  it.each([
    ['a manifest that nothing runs', ['', '```yaml', 'a: 1', '```'], 's.md:2:1: error: a manifest that nothing runs'],
    ['a block of another language', ['```sh', 'ls', '```'], 's.md:1:1: error: nothing runs a block "sh"'],
    ['a block that is left open', ['```console', '$ a'], 's.md:1:1: error: this block is never closed'],
    ['output without a command', ['```console', 'output', '```'], 'a console begins with a command'],
    ['a file without a name', ['```yaml file', 'a: 1', '```'], 'a file needs a name'],
    ['indented code', ['', '    kubectl get pods'], 's.md:2:1: error: code that is only indented is not run'],
    ['a foreign fragment', [...service, '```yaml fragment', 'ports: [{ port: 81 }]', '```'], 's.md:6:1: error: is a'],
    ['a fragment that is a list', ['```yaml fragment', '- 1', '```'], 'error: a fragment is a map of fields'],
    [
      'a mistyped field of the front matter',
      ['---', 'cluster:', '  noodes: 3', '---'],
      's.md:3:3: error: cluster.noodes: unknown field "noodes"; did you mean "nodes"?',
    ],
    ['a mistyped direction', ['', '<!-- cluster: { proxyMode: ipvz } -->'], 's.md:2:1: error: write one of iptables,'],
    ['a missing manifest', ['---', 'cluster: { manifests: [a.yaml] }', '---'], 'the file "a.yaml" does not exist'],
  ])('finds %s', (_what, lines, issue) => {
    expect(lint(...lines).join('\n')).toContain(issue);
  });
});
