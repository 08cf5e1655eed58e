import { isJsonObject, parseManifests, type Json } from '@kubedrill/kube-model';
import type { ContentIssue } from '../content-issue.ts';
import { readSection } from './section-document.ts';
import type { SectionSource } from './section-source.ts';

/** What is wrong with a section without running it: blocks that nothing runs, fragments of nothing, files that are missing. */
export function lintSection({ file, markdown, manifests }: SectionSource): readonly ContentIssue[] {
  const { document, issues } = readSection(file, markdown);
  const found = [...issues];
  const report = (line: number, message: string): void => {
    found.push({ severity: 'error', file, line, column: 1, message });
  };
  for (const path of document.cluster.manifests) {
    if (!manifests.some((candidate) => candidate.path === path)) report(1, `the file "${path}" does not exist`);
  }
  const blocks = document.blocks.filter((block) => block.kind === 'manifest');
  const whole = blocks.filter(({ use }) => use !== 'fragment').flatMap(({ content }) => valuesIn(content));
  for (const { use, content, line } of blocks) {
    if (use !== 'fragment') continue;
    const parts = valuesIn(content);
    if (parts.length === 0) report(line, 'a fragment is a map of fields');
    if (!parts.every((part) => whole.some((value) => isWithin(part, value))))
      report(line, 'is a fragment of no manifest of this section');
  }
  return found;
}

function valuesIn(content: string): readonly Json[] {
  return parseManifests([{ path: '', content }]).documents.map(({ value }) => value);
}

/** Whether a value, or one somewhere inside of it, holds all that the part says. */
function isWithin(part: Json, value: Json): boolean {
  if (holds(value, part)) return true;
  if (isList(value)) return value.some((item) => isWithin(part, item));
  return isJsonObject(value) && Object.values(value).some((field) => field !== undefined && isWithin(part, field));
}

function holds(value: Json, part: Json): boolean {
  if (isList(part)) {
    return isList(value) && part.every((wanted) => value.some((item) => holds(item, wanted)));
  }
  if (isJsonObject(part)) {
    if (!isJsonObject(value)) return false;
    return Object.entries(part).every(([key, wanted]) => {
      const field = Object.hasOwn(value, key) ? value[key] : undefined;
      return wanted !== undefined && field !== undefined && holds(field, wanted);
    });
  }
  return value === part;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
