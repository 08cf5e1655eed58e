import { ExampleCluster, type ClusterSetup } from '@kubedrill/grader';
import { parseManifests, type ManifestDocument } from '@kubedrill/kube-model';
import type { ContentIssue } from '../content-issue.ts';
import type { ConsoleCommand, SectionBlock, ShownLines } from './section-block.ts';
import { readSection } from './section-document.ts';
import { lintSection } from './section-lint.ts';
import type { SectionSource } from './section-source.ts';
import { asOnTerminal, linesOf, withoutEmptyEnd } from './terminal-text.ts';

/** What came of a section's examples. */
export interface SectionRun {
  /** Examples that failed, and shown outputs that were observed otherwise. */
  readonly issues: readonly ContentIssue[];
  /** The section with the outputs that were observed. */
  readonly markdown: string;
}

/** Nobody reads more than this of one output. */
const mostLines = 60;

/** Runs all examples of a section, in order, in a cluster of its own. */
export function runSection(source: SectionSource): SectionRun {
  const issues = lintSection(source);
  if (issues.length > 0) return { issues, markdown: source.markdown };
  const { document } = readSection(source.file, source.markdown);
  return new Run(source, document.cluster).through(document.blocks);
}

interface Observation {
  readonly shown: ShownLines;
  readonly observed: readonly string[];
}

class Run {
  private readonly source: SectionSource;
  private setup: ClusterSetup;
  private cluster: ExampleCluster;
  private readonly files = new Map<string, string>();
  private readonly applied: (readonly ManifestDocument[])[] = [];
  private readonly issues: ContentIssue[] = [];
  private readonly observations: Observation[] = [];

  constructor(source: SectionSource, setup: ClusterSetup) {
    this.source = source;
    this.setup = setup;
    this.cluster = this.newCluster();
  }

  private newCluster(): ExampleCluster {
    return new ExampleCluster(this.setup, this.source.manifests, this.files);
  }

  through(blocks: readonly SectionBlock[]): SectionRun {
    for (const block of blocks) this.run(block);
    return { issues: this.issues, markdown: this.rewritten() };
  }

  private run(block: SectionBlock): void {
    switch (block.kind) {
      case 'manifest':
        this.manifest(block);
        break;
      case 'console':
        for (const command of block.commands) this.command(command);
        break;
      case 'trace': {
        const { place, host, port, line, output } = block;
        const text = this.cluster.trace(place, host, port);
        if (text === undefined) this.report(line - 1, `there is no host, node or Pod "${place}"`);
        else this.observe(output, text, line - 1);
        break;
      }
      case 'cluster':
        this.setup = { ...this.setup, ...block.changes };
        this.cluster = this.newCluster();
        for (const documents of this.applied) this.cluster.apply(documents);
        break;
    }
  }

  private manifest({ use, name, content, line }: SectionBlock & { kind: 'manifest' }): void {
    if (use === 'fragment') return;
    this.files.set(`/root/${name}`, content);
    if (use === 'file') return;
    const { documents, issues } = parseManifests([{ path: name, content }]);
    for (const issue of issues) this.report(line + (issue.line ?? 1) - 1, issue.message);
    if (use === 'refused') {
      if (this.cluster.refusalsOf(documents).length === 0) this.report(line, 'should be refused, and is not');
      return;
    }
    this.applied.push(documents);
    for (const refusal of this.cluster.apply(documents)) this.report(line, refusal);
  }

  private command({ place, script, line, output }: ConsoleCommand): void {
    const result = this.cluster.run(place, script);
    if (!result) {
      this.report(line, `there is no host, node or Pod "${place}"`);
      return;
    }
    if (result.stderr.startsWith('kubedrill: ')) this.report(line, result.stderr.trim());
    this.observe(output, asOnTerminal(result), line);
  }

  private observe(shown: ShownLines, text: string, line: number): void {
    const observed = linesOf(text);
    if (observed.length > mostLines)
      this.report(
        line,
        `prints ${observed.length} lines, more than the ${mostLines} that a section shows: cut it down`,
      );
    const difference = firstDifference(withoutEmptyEnd(shown.lines), observed);
    if (difference !== undefined) this.report(shown.first + difference.index, difference.message);
    this.observations.push({ shown, observed });
  }

  private rewritten(): string {
    const lines = this.source.markdown.split('\n');
    for (const { shown, observed } of this.observations.toReversed()) {
      const kept = withoutEmptyEnd(shown.lines).length;
      lines.splice(shown.first - 1, kept, ...observed);
    }
    return lines.join('\n');
  }

  private report(line: number, message: string): void {
    this.issues.push({ severity: 'error', file: this.source.file, line, column: 1, message });
  }
}

function firstDifference(
  shown: readonly string[],
  observed: readonly string[],
): { readonly index: number; readonly message: string } | undefined {
  for (let index = 0; index < Math.max(shown.length, observed.length); index += 1) {
    const [said, seen] = [shown[index], observed[index]];
    if (said === seen) continue;
    if (said === undefined) return { index, message: `leaves out what was observed: ${seen ?? ''}` };
    if (seen === undefined) return { index, message: `shows what was not observed: ${said}` };
    return { index, message: `shows ${said}; observed: ${seen}` };
  }
  return undefined;
}
