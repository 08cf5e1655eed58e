import { clusterSetupSchema, type ClusterSetup } from '@kubedrill/grader';
import { isJsonObject, type JsonObject } from '@kubedrill/kube-model';
import { z } from 'zod';
import type { ContentIssue } from '../content-issue.ts';
import { readDefinition } from '../definition-file.ts';
import { problemsOf } from '../definition-problem.ts';
import { readBlock, type SectionBlock } from './section-block.ts';

/** A section's Markdown, taken apart into what its readers see and what runs. */
export interface SectionDocument {
  /** The cluster in which its examples run. */
  readonly cluster: ClusterSetup;
  readonly blocks: readonly SectionBlock[];
  /** What learners read: without front matter and directions. */
  readonly text: string;
}

export interface SectionReading {
  readonly document: SectionDocument;
  readonly issues: readonly ContentIssue[];
}

const frontMatterSchema = z.strictObject({
  cluster: clusterSetupSchema.default(clusterSetupSchema.parse({})),
});

const fence = /^( {0,3})(`{3,})([^`]*)$/;
const direction = /^<!-- cluster: (.*) -->$/;

/** Reads a section; what is faulty in it becomes an issue with its line. */
export function readSection(file: string, source: string): SectionReading {
  return new SectionReader(file, source).read();
}

class SectionReader {
  private readonly file: string;
  private readonly lines: readonly string[];
  private readonly issues: ContentIssue[] = [];
  private readonly blocks: SectionBlock[] = [];
  private readonly shown: string[] = [];

  constructor(file: string, source: string) {
    this.file = file;
    this.lines = source.split('\n');
  }

  read(): SectionReading {
    const { cluster, end } = this.frontMatter();
    let at = end;
    while (at < this.lines.length) at = this.readFrom(at);
    const document = { cluster, blocks: this.blocks, text: this.shown.join('\n').trimStart() };
    return { document, issues: this.issues };
  }

  private frontMatter(): { readonly cluster: ClusterSetup; readonly end: number } {
    const { file, lines } = this;
    const close = lines[0] === '---' ? lines.indexOf('---', 1) : -1;
    if (close < 0) return { cluster: clusterSetupSchema.parse({}), end: 0 };
    // An empty line stands in for the first "---", so that problems have the right lines.
    const reading = readDefinition(file, ['', ...lines.slice(1, close)].join('\n'));
    const end = close + 1;
    if (!reading.ok) {
      this.issues.push(...reading.issues);
      return { cluster: clusterSetupSchema.parse({}), end };
    }
    const parsed = frontMatterSchema.safeParse(reading.file.value);
    if (parsed.success) return { cluster: parsed.data.cluster, end };
    this.issues.push(...problemsOf(parsed.error).map((problem) => reading.file.issueAt(problem)));
    return { cluster: clusterSetupSchema.parse({}), end };
  }

  /** Reads what begins at a line; returns where the next thing begins. */
  private readFrom(at: number): number {
    const line = this.lines[at] ?? '';
    const [, indent = '', ticks = '', info = ''] = fence.exec(line) ?? [];
    if (ticks !== '') return this.fenced(at, indent, ticks, info.trim());
    const [, changes] = direction.exec(line) ?? [];
    if (changes !== undefined) {
      this.clusterDirection(at, changes);
      return at + 1;
    }
    // Markdown takes four blanks after an empty line for code, which nothing would run.
    if (/^( {4}|\t)\s*\S/.test(line) && (this.lines[at - 1] ?? '').trim() === '')
      this.report(at, 'code that is only indented is not run: put it into a fenced block');
    this.shown.push(line);
    return at + 1;
  }

  private fenced(open: number, indent: string, ticks: string, info: string): number {
    const { lines } = this;
    const close = lines.findIndex((line, index) => index > open && line.trim() === ticks);
    if (close < 0) {
      this.report(open, 'this block is never closed');
      return lines.length;
    }
    if (indent !== '') this.report(open, 'write fenced blocks at the beginning of the line');
    const block = readBlock(info, lines.slice(open + 1, close), open + 2);
    if (typeof block === 'string') this.report(open, block);
    else this.blocks.push(block);
    this.shown.push(...lines.slice(open, close + 1));
    return close + 1;
  }

  private clusterDirection(at: number, changes: string): void {
    const reading = readDefinition(this.file, changes);
    if (!reading.ok || !isJsonObject(reading.file.value)) {
      this.report(at, 'write <!-- cluster: { field: value } -->');
      return;
    }
    const parsed = clusterSetupSchema.partial().safeParse(reading.file.value);
    if (!parsed.success) for (const { message } of problemsOf(parsed.error)) this.report(at, message);
    else this.blocks.push({ kind: 'cluster', changes: given(reading.file.value, parsed.data), line: at + 1 });
  }

  private report(at: number, message: string): void {
    this.issues.push({ severity: 'error', file: this.file, line: at + 1, column: 1, message });
  }
}

/** The fields that were written; parsing fills in the defaults of all. */
function given(written: JsonObject, parsed: Partial<ClusterSetup>): Partial<ClusterSetup> {
  return Object.fromEntries(Object.entries(parsed).filter(([key]) => Object.hasOwn(written, key)));
}
